"""Use case of the calendar: the days of requests and of calls for offers that somebody should not miss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from matcher.pipeline.workspace import Workspace
from matcher.report.files.calendar import Day, calendar
from models.calls import Calls
from models.identifiers import Inn
from models.offers import WAITING, Call
from models.supply_requests import SupplyRequest, SupplyRequests
from models.text import Lang, T


def supply_calendar(workspace: Workspace, own: Inn | None, today: date) -> bytes:
    """Return the coming days of a company, or of all for a manager, as a calendar.

    Last days for answers, of calls sent and received; until when offers are valid; and by when inputs are needed.
    """
    with workspace.store.read() as reader:
        calls, requests = Calls(reader.connection), SupplyRequests(reader.connection)
        sent, received = calls.all(own), calls.to(own) if own else []
        wanted = [each for each in requests.all(own) if each.state == "open"]
    buyers = {*(call.buyer_inn for call in (*sent, *received)), *(each.buyer_inn for each in wanted)}
    names = workspace.names(buyers | {firm.supplier_inn for call in sent for firm in call.firms})
    lang = workspace.settings.lang
    days = [
        *(day for call in sent for day in of_buyer(call, names, lang)),
        *(day for call in received for day in of_firm(call, own, names, lang)),
        *(day for each in wanted for day in of_request(each, names, lang)),
    ]
    return calendar(T("Requests and offers").render(lang), [day for day in days if day.day >= today])


def of_buyer(call: Call, names: Mapping[str, str], lang: Lang) -> Iterator[Day]:
    """Yield the last day of a call its buyer waits for, and until when the offers to it are valid."""
    buyer = names.get(call.buyer_inn, call.buyer_inn)
    if call.stage == "open":
        title = T("Last day for offers: {title}", title=call.ask.title).render(lang)
        yield Day(f"call-{call.number}@zveno", call.answer_by, title, buyer, last_step(call))
    for firm in call.firms:
        if firm.offer is not None and firm.offer.valid_till is not None:
            name = names.get(firm.supplier_inn, firm.supplier_inn)
            title = T("Last day of the offer of {name}: {title}", name=name, title=call.ask.title).render(lang)
            key = f"offer-{call.number}-{firm.supplier_inn}@zveno"
            yield Day(key, firm.offer.valid_till, title, buyer, firm.steps[-1].at)


def of_firm(call: Call, inn: Inn | None, names: Mapping[str, str], lang: Lang) -> Iterator[Day]:
    """Yield the last day to answer a call that waits for a firm."""
    firm = call.firm(inn) if inn else None
    if firm is not None and call.stage == "open" and firm.state in WAITING:
        buyer = names.get(call.buyer_inn, call.buyer_inn)
        title = T("Last day to answer {name}: {title}", name=buyer, title=call.ask.title).render(lang)
        yield Day(f"asked-{call.number}@zveno", call.answer_by, title, "", last_step(call))


def of_request(request: SupplyRequest, names: Mapping[str, str], lang: Lang) -> Iterator[Day]:
    """Yield the days by which the inputs of a request are needed."""
    buyer = names.get(request.buyer_inn, request.buyer_inn)
    for number, each in enumerate(request.terms.inputs):
        if each.needed_by is not None:
            title = T("Needed: {what}", what=each.words or each.code or "").render(lang)
            key = f"need-{request.number}-{number}@zveno"
            yield Day(key, each.needed_by, title, f"{request.terms.name}, {buyer}", request.at)


def last_step(call: Call) -> datetime:
    """Return when the last day of a call was last said."""
    return max([call.at, *(step.at for step in call.steps)])
