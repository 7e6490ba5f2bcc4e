"""Calls for offers as their buyer sees them: sent from a request, answered or written down, compared, closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from api.access.visitor import member
from api.asking import bare, workspace
from api.call_forms import (
    NO_REASON,
    offer_form,
    only_asked,
    read_ask,
    read_firms,
    read_inns,
    read_offer,
    read_reason,
    usual_day,
)
from api.languages import current_language
from api.pages.files import download
from api.pages.site import blueprint, page
from api.supply_forms import Form, Reading
from matcher.pipeline.exchange import calls, supply_requests
from matcher.pipeline.exchange.supply_days import supply_calendar
from matcher.pipeline.exchange.supply_shortlist import shortlists
from matcher.report.files.letters import letter_text
from matcher.report.files.offer_sheets import offer_sheets
from matcher.report.files.papers import paper_bytes
from matcher.report.files.shortlist_files import workbook_bytes
from matcher.report.frame import Document
from matcher.report.request_news import WATCHED
from models.classifications import activity_name
from models.errors import UsageError
from models.identifiers import Inn, parse_inn
from models.offers import Asked, Call, Line, State
from models.supply_requests import SupplyRequest
from models.text import T, Text

TOLD: Mapping[str, Text] = {
    "sent": T("sent: firms with an account see it on their first page; for the others a letter is ready below"),
    "more": T("they are asked too"),
    "closed": T("closed: no more answers are taken until you open it again"),
    "open": T("it is open again"),
    "moved": T("the last day for answers is moved"),
    "answered": T("the answer is written down"),
    "declined": T("the refusal is written down"),
    "asked": T("taken back: it is waited for again"),
    "reminded": T("the reminder is noted"),
    "withdrawn": T("this firm is no longer asked"),
}
#: Shows a form about one firm of a call with what it says and what is wrong in it.
Again = Callable[[Call, Asked, Form, Mapping[str, Text]], str]
#: What the buyer may say of a firm without more ado.
PLAIN: Mapping[str, State] = {"asked": "asked", "reminded": "reminded", "withdrawn": "withdrawn"}


@blueprint.get("/calls")
def call_list() -> str:
    """List the calls a company has sent and received; for a manager, all of them."""
    own = member().inn
    return page(
        "calls.html",
        sent=calls.sent(bare(), own),
        received=calls.received(bare(), own) if own else [],
        own=own,
    )


@blueprint.get("/calls.ics")
def call_calendar() -> Response:
    """Send the days of one's requests and calls as a calendar."""
    told = supply_calendar(bare(), member().inn, date.today())
    return download(told, "zveno-offers", "ics")


@blueprint.get("/requests/<buyer>/<int:number>/send")
def write_call(buyer: str, number: int) -> str:
    """Offer the candidates of a request to be asked, those accepted ticked."""
    found = supply_requests.request_of(bare(), parse_inn(buyer), number)
    day = usual_day(date.today()).isoformat()
    return send_form(found, {"title": found.terms.name, "note": found.terms.note, "answer_by": day}, None, {})


@blueprint.post("/requests/<buyer>/<int:number>/send")
def send_call(buyer: str, number: int) -> Response | tuple[str, int]:
    """Ask the chosen firms, or show what is missing beside what was chosen."""
    found = supply_requests.request_of(bare(), parse_inn(buyer), number)
    said, ticked = request.form.to_dict(), request.form.to_dict(flat=False)
    reading = Reading(said)
    ask = read_ask(reading, found.terms.inputs, date.today())
    firms = read_firms(reading, ticked, len(ask.lines))
    if not reading.wrong:
        try:
            made = calls.send(bare(), number, found.buyer_inn, *only_asked(ask, firms), member().login)
        except UsageError as error:
            reading.wrong[""] = error.message
        else:
            return redirect(url_for("pages.one_call", buyer=buyer, number=made.number, told="sent"), 303)
    return send_form(found, said, ticked, reading.wrong), 422


def send_form(
    found: SupplyRequest, said: Form, ticked: Mapping[str, list[str]] | None, wrong: Mapping[str, Text]
) -> str:
    """Return the form of a call; ``ticked`` is ``None`` before anybody has chosen."""
    here, lang = workspace(), current_language()
    document = shortlists(here, found, WATCHED)
    shown = {item["inn"] for group in document["groups"] for item in group["items"]}
    decided = here.decided
    accepted = [supplier for (supplier, buyer), made in decided.items()
                if buyer == found.buyer_inn and made.decision == "accept" and supplier not in shown]  # fmt: skip
    lines = [activity_name(each.code, lang) if each.code else each.words for each in found.terms.inputs]
    return page(
        "call_form.html",
        document=document,
        lines=[each.words or name for each, name in zip(found.terms.inputs, lines, strict=True)],
        accepted=[{"inn": inn, "name": name} for inn, name in here.names(accepted).items()],
        enrolled=calls.with_account(bare()),
        said=said,
        ticked=ticked,
        wrong=wrong,
    )


@blueprint.get("/calls/<buyer>/<int:number>")
def one_call(buyer: str, number: int) -> str:
    """Show how far a call has come, and the offers side by side."""
    found = calls.of_buyer(bare(), parse_inn(buyer), number)
    return page(
        "call.html",
        document=calls.document(bare(), found),
        compared=calls.compared(found),
        told=TOLD.get(request.args.get("told", "")),
    )


@blueprint.post("/calls/<buyer>/<int:number>")
def set_call(buyer: str, number: int) -> Response:
    """Close a call, open it again, move its last day, or ask further firms."""
    found, said, who = calls.of_buyer(bare(), parse_inn(buyer), number), request.form.get("do", ""), member()
    reading = Reading(request.form.to_dict())
    if said in ("closed", "open"):
        calls.set_stage(bare(), found, "closed" if said == "closed" else "open", who.inn, who.login)
    elif said == "moved" and (day := reading.day("answer_by")) is not None:
        calls.move(bare(), found, day, who.inn, who.login)
    elif said == "more" and (firms := read_inns(reading, "others")):
        calls.ask_more(bare(), found, firms, who.inn, who.login)
    else:
        raise UsageError(next(iter(reading.wrong.values()), T("nothing was asked")), T("go back and fill it in"))
    return redirect(url_for("pages.one_call", buyer=buyer, number=number, told=said), 303)


@blueprint.get("/calls/<buyer>/<int:number>/offers.xlsx")
def call_workbook(buyer: str, number: int) -> Response:
    """Send the answers side by side as a workbook."""
    found = calls.of_buyer(bare(), parse_inn(buyer), number)
    sheets = offer_sheets(found, calls.document(bare(), found), calls.compared(found), current_language())
    return download(workbook_bytes(sheets), f"offers-{number}", "xlsx")


@blueprint.get("/calls/<buyer>/<int:number>/<supplier>")
def call_firm(buyer: str, number: int, supplier: str) -> str:
    """Show the letter to one firm, and the form to write its answer down."""
    found, firm = asked_firm(buyer, number, supplier)
    return firm_page(found, firm, offer_form(firm.offer, lines_of(found, firm)), {})


@blueprint.post("/calls/<buyer>/<int:number>/<supplier>")
def write_answer(buyer: str, number: int, supplier: str) -> Response | tuple[str, int]:
    """Write down what a firm answered, that it was reminded, or take a step back."""
    found, firm = asked_firm(buyer, number, supplier)
    return take(found, firm, member().inn, url_for("pages.one_call", buyer=buyer, number=number), firm_page)


def asked_firm(buyer: str, number: int, supplier: str) -> tuple[Call, Asked]:
    """Return a call of a buyer, and one of the firms it asks."""
    found = calls.of_buyer(bare(), parse_inn(buyer), number)
    return found, calls.to_supplier(bare(), parse_inn(supplier), found.number)[1]


def firm_page(found: Call, firm: Asked, said: Form, wrong: Mapping[str, Text]) -> str:
    """Return the page of one firm that is asked, as the buyer sees it."""
    here = bare()
    return page(
        "call_firm.html",
        call=found,
        firm=firm,
        document=firm_document(found, firm),
        letters=[letter_text(calls.letter_to(here, found, firm, reminder)) for reminder in (False, True)],
        lines=lines_of(found, firm),
        said=said,
        wrong=wrong,
        told=TOLD.get(request.args.get("told", "")),
    )


def firm_document(found: Call, firm: Asked) -> Document:
    """Return what a page about one firm of a call says."""
    names = bare().names((found.buyer_inn, firm.supplier_inn))
    return {
        **calls.head(found, names),
        "supplier": {"inn": firm.supplier_inn, "name": names.get(firm.supplier_inn, "")},
        "state": firm.state,
        "account": firm.supplier_inn in calls.with_account(bare()),
        "steps": [calls.step_item(step, names) for step in reversed(firm.steps)],
    }


def lines_of(found: Call, firm: Asked) -> dict[int, Line]:
    """Return the lines a firm is asked for, by their numbers."""
    return {number: found.ask.lines[number] for number in firm.lines}


def take(found: Call, firm: Asked, inn: Inn | None, done: str, again: Again) -> Response | tuple[str, int]:
    """Take the step a form says, of a firm itself or for it.

    Parameters
    ----------
    inn
        The company that takes it, ``None`` for a manager.
    done
        Where to go on afterwards.
    again
        Shows the form again with what was wrong.
    """
    said, by = request.form.to_dict(), member().login
    do, reading, key = said.get("do", ""), Reading(said), firm.supplier_inn
    if do == "answered":
        offer = read_offer(reading, firm.lines)
        if reading.wrong:
            return again(found, firm, said, reading.wrong), 422
        calls.step(bare(), found, key, "answered", inn=inn, by=by, offer=offer)
    elif do == "declined":
        if not (reason := read_reason(said)):
            return again(found, firm, said, {"reason": NO_REASON}), 422
        calls.step(bare(), found, key, "declined", inn=inn, by=by, note=reason)
    elif do in PLAIN:
        calls.step(bare(), found, key, PLAIN[do], inn=inn, by=by)
    else:
        raise UsageError(T("nothing was asked"), T("choose one of: {choices}", choices=", ".join(PLAIN)))
    return redirect(f"{done}?told={do}", 303)


@blueprint.get("/calls/<buyer>/<int:number>/<supplier>/letter.<any(docx, pdf):form>")
def call_letter(buyer: str, number: int, supplier: str, form: str) -> Response:
    """Send the letter to one firm as a document or PDF; ``reminder`` reminds of it."""
    found, firm = asked_firm(buyer, number, supplier)
    sheet = calls.letter_to(bare(), found, firm, bool(request.args.get("reminder")))
    return download(paper_bytes(sheet, form), f"letter-{number}-{supplier}", form)
