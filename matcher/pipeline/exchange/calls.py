"""Use cases of calls for offers: sent to chosen firms, answered by them or for them, and set side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from matcher.pipeline.workspace import Workspace
from matcher.report.files.letters import letter
from matcher.report.files.one_page import OnePage
from matcher.report.frame import Document
from matcher.report.offers import Comparison, comparison
from models.accounts import Accounts
from models.calls import Calls, no_call
from models.identifiers import Inn
from models.offers import WAITING, Ask, Asked, Call, Offer, Stage, State, Step
from models.roles import COMPANY_ROLES

#: Days before the last one from which a firm that has not answered is worth a reminder.
REMIND_DAYS = 3


def send(
    workspace: Workspace, request: int, buyer_inn: Inn, ask: Ask, firms: Mapping[Inn, Sequence[int]], by: str
) -> Call:  # fmt: skip
    """Ask firms of the register for offers.

    Raises
    ------
    UnknownCompany
        If one of them is not in the register.
    """
    workspace.known(firms)
    with workspace.store.begin() as unit:
        return Calls(unit.connection).open(request, buyer_inn, ask, firms, by=by)


def of_buyer(workspace: Workspace, buyer_inn: Inn, number: int) -> Call:
    """Return a call of a buyer.

    Raises
    ------
    DataError
        If it has none of that number.
    """
    found = _call(workspace, number)
    if found.buyer_inn != buyer_inn:
        raise no_call()
    return found


def to_supplier(workspace: Workspace, supplier_inn: Inn, number: int) -> tuple[Call, Asked]:
    """Return a call that asked a firm, and the part of it that the firm may see.

    Raises
    ------
    DataError
        If it did not ask this firm.
    """
    found = _call(workspace, number)
    firm = found.firm(supplier_inn)
    if firm is None:
        raise no_call()
    return found, firm


def _call(workspace: Workspace, number: int) -> Call:
    with workspace.store.read() as reader:
        return Calls(reader.connection).one(number)


def step(
    workspace: Workspace, call: Call, supplier_inn: Inn, state: State, *, inn: Inn | None, by: str, note: str = "",
    offer: Offer | None = None,
) -> Call:  # fmt: skip
    """Take a step of one firm: its answer, its refusal, a reminder, or back again."""
    with workspace.store.begin() as unit:
        calls = Calls(unit.connection)
        return calls.step(call.number, supplier_inn, state, inn=inn, by=by, note=note, offer=offer)


def set_stage(workspace: Workspace, call: Call, stage: Stage, inn: Inn | None, by: str) -> Call:
    """Close a call, or open it again."""
    with workspace.store.begin() as unit:
        return Calls(unit.connection).stage(call.number, stage, inn=inn, by=by)


def move(workspace: Workspace, call: Call, answer_by: date, inn: Inn | None, by: str) -> Call:
    """Move the last day for answers."""
    with workspace.store.begin() as unit:
        return Calls(unit.connection).move(call.number, answer_by, inn=inn, by=by)


def ask_more(workspace: Workspace, call: Call, firms: Collection[Inn], inn: Inn | None, by: str) -> Call:
    """Ask further firms for everything a call asks for.

    Raises
    ------
    UnknownCompany
        If one of them is not in the register.
    """
    workspace.known(firms)
    lines = range(len(call.ask.lines))
    with workspace.store.begin() as unit:
        return Calls(unit.connection).ask_more(call.number, dict.fromkeys(firms, lines), inn=inn, by=by)


def sent(workspace: Workspace, buyer_inn: Inn | None = None) -> list[Document]:
    """Return the calls of one buyer or of all, the latest first."""
    with workspace.store.read() as reader:
        found = Calls(reader.connection).all(buyer_inn)
    names = workspace.names(each.buyer_inn for each in found)
    return [head(each, names) for each in found]


def received(workspace: Workspace, supplier_inn: Inn) -> list[Document]:
    """Return the calls that ask a firm, those that wait for it first, each with its own part only."""
    with workspace.store.read() as reader:
        found = Calls(reader.connection).to(supplier_inn)
    names = workspace.names(each.buyer_inn for each in found)
    items = [_for_firm(each, supplier_inn, names) for each in found]
    return sorted(items, key=lambda item: (not item["waits"], item["answer_by"]))


def _for_firm(call: Call, inn: Inn, names: Mapping[str, str]) -> Document:
    firm = call.firm(inn)
    assert firm is not None
    return {**head(call, names), "own_state": firm.state, "waits": call.stage == "open" and firm.state in WAITING}


def head(call: Call, names: Mapping[str, str]) -> Document:
    """Return what a call is about and how far it has come."""
    states = [firm.state for firm in call.firms]
    left = (call.answer_by - date.today()).days
    waiting = sum(state in WAITING for state in states)
    return {
        "number": call.number,
        "request": call.request,
        "title": call.ask.title,
        "buyer": {"inn": call.buyer_inn, "name": names.get(call.buyer_inn, "")},
        "stage": call.stage,
        "answer_by": call.answer_by.isoformat(),
        "days_left": left,
        "asked": sum(state != "withdrawn" for state in states),
        "answered": states.count("answered"),
        "declined": states.count("declined"),
        "waiting": waiting,
        "remind": call.stage == "open" and waiting > 0 and left <= REMIND_DAYS,
        "by": call.by,
        "at": call.at.isoformat(),
    }


def document(workspace: Workspace, call: Call) -> Document:
    """Return a call as its buyer sees it: every firm with its state, and whether it can answer by itself."""
    names = workspace.names((call.buyer_inn, *(firm.supplier_inn for firm in call.firms)))
    enrolled = with_account(workspace)
    firms = [
        {
            "inn": firm.supplier_inn,
            "name": names.get(firm.supplier_inn, ""),
            "state": firm.state,
            "lines": firm.lines,
            "offer": firm.offer,
            "note": firm.steps[-1].note,
            "account": firm.supplier_inn in enrolled,
            "late": late(call, firm),
            "at": firm.steps[-1].at.isoformat(),
        }
        for firm in call.firms
    ]
    return {**head(call, names), "ask": call.ask, "firms": firms, "steps": steps(call, names)}


def late(call: Call, firm: Asked) -> bool:
    """Return whether a firm answered after the last day."""
    return firm.state == "answered" and firm.steps[-1].at.date() > call.answer_by


def steps(call: Call, names: Mapping[str, str]) -> list[Document]:
    """Return every step of a call, the latest first, with the firms named."""
    every = [*call.steps, *(taken for firm in call.firms for taken in firm.steps)]
    return [step_item(taken, names) for taken in sorted(every, key=lambda each: each.at, reverse=True)]


def step_item(taken: Step, names: Mapping[str, str]) -> Document:
    """Return one step as the trail tells it."""
    inn = taken.supplier_inn
    return {
        "at": taken.at.isoformat(),
        "by": taken.by,
        "state": taken.state,
        "note": taken.note or (taken.answer_by.isoformat() if taken.answer_by else ""),
        "firm": names.get(inn, inn) if inn else "",
    }


def compared(call: Call) -> Comparison:
    """Return the offers of a call side by side."""
    return comparison(call)


def letter_to(workspace: Workspace, call: Call, firm: Asked, reminder: bool = False) -> OnePage:
    """Return the letter to one firm, in the language of whoever sends it."""
    names = workspace.names((call.buyer_inn, firm.supplier_inn))
    buyer, supplier = ({"inn": inn, "name": names.get(inn, inn)} for inn in (call.buyer_inn, firm.supplier_inn))
    return letter(call, firm, buyer, supplier, workspace.settings.lang, reminder)


def with_account(workspace: Workspace) -> frozenset[Inn]:
    """Return the companies that somebody may sign in for."""
    with workspace.store.read() as reader:
        accounts = Accounts(reader.connection).all()
    return frozenset(each.inn for each in accounts if each.inn and each.active and each.role in COMPANY_ROLES)
