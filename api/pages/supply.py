"""Supplier requests: the list, the form, and the shortlist by input with what is new in it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from api.access.rights import MANAGERS
from api.access.visitor import Visitor, member
from api.asking import bare, held, workspace
from api.languages import current_language
from api.looking import in_list, looked_at
from api.pages.comparison import known_form
from api.pages.decided import decision_choices
from api.pages.files import download
from api.pages.site import blueprint, page
from api.supply_forms import FIELDS, Reading, form_of, form_rows, read_terms
from matcher.pipeline.exchange import calls, supply_requests
from matcher.pipeline.exchange.supply_shortlist import SHOWN, places, proposals, shortlists
from matcher.report.files.shortlist_files import request_bytes
from matcher.report.frame import Document
from matcher.report.ranking.stated import stated_items
from models.classifications import activity_name
from models.errors import UsageError
from models.identifiers import Inn, parse_inn
from models.supply_requests import SupplyRequest, Terms
from models.text import T, Text

#: Candidates of each input that a page may show, requests whose news the first page counts, and needs of a card that a
#: new request begins with.
MOST_SHOWN, COUNTED, MOST_NEEDS = 20, 10, 8
TOLD: Mapping[str, Text] = {
    "saved": T("the request is saved; what is new in it after an import is told on your first page"),
    "removed": T("the request is removed"),
    "open": T("the request is there again"),
    "back": T("the change is taken back"),
    "seen": T("remembered: from now on only what comes later is new"),
}


@blueprint.get("/requests")
def supply() -> str | Response:
    """List the requests of a company, or of all for a manager."""
    who = member()
    shown = supply_requests.requests_of(bare(), who.inn)
    return page(
        "supply_requests.html",
        requests=[{**each, "news": news_count(each["request"], who)} for each in shown[:MOST_SHOWN]],
        total=len(shown),
        removed=supply_requests.requests_of(bare(), who.inn, "removed")[:MOST_SHOWN],
        own=who.inn,
        known=who.inn is not None and who.inn in bare().companies([who.inn]),
        told=TOLD.get(request.args.get("told", "")),
    )


@blueprint.get("/requests/new")
def new_supply() -> str | Response:
    """Propose what a buyer says it needs and the inputs of its recipe, to be made a request."""
    if not request.args.get("buyer", "").strip():
        return redirect(url_for("pages.supply"), 303)
    buyer = parse_inn(request.args["buyer"])
    name = workspace().frame([workspace().firm(buyer)]).name(workspace().firm(buyer))
    needs = workspace().companies([buyer])[buyer].needs or ""
    said = {f"words-{number}": words for number, words in enumerate(stated_items(needs)[:MOST_NEEDS])}
    return form(buyer, {"name": T("Suppliers for {name}", name=name).render(current_language()), **said}, {})


@blueprint.post("/requests/<buyer>/new")
def add_supply(buyer: str) -> Response | tuple[str, int]:
    """Keep a new request."""
    return keep(parse_inn(buyer), None)


@blueprint.get("/requests/<buyer>/<int:number>/edit")
def edit_supply(buyer: str, number: int) -> str:
    """Show a request to be changed."""
    found = supply_requests.request_of(bare(), parse_inn(buyer), number)
    return form(found.buyer_inn, form_of(found.terms), {}, found)


@blueprint.post("/requests/<buyer>/<int:number>/edit")
def change_supply(buyer: str, number: int) -> Response | tuple[str, int]:
    """Keep a change of a request."""
    return keep(parse_inn(buyer), supply_requests.request_of(bare(), parse_inn(buyer), number))


def keep(buyer: Inn, before: SupplyRequest | None) -> Response | tuple[str, int]:
    """Keep what a form says, or show what was wrong beside what was written."""
    said = request.form.to_dict()
    reading = Reading(said)
    terms = read_terms(reading)
    if reading.wrong:
        return form(buyer, said, reading.wrong, before), 422
    try:
        kept = saved(buyer, terms, before.number if before else None)
    except UsageError as error:
        return form(buyer, said, {"": error.message}, before), 422
    return redirect(url_for("pages.one_supply", buyer=buyer, number=kept.number, told="saved"), 303)


def saved(buyer: Inn, terms: Terms, number: int | None) -> SupplyRequest:
    """Return a request that is kept now, a new one or a change of one; whoever writes it has seen its candidates."""
    by = member().login
    kept = supply_requests.save(workspace(), buyer, terms, by, number)
    supply_requests.see(bare(), kept, by, watched(kept))
    return kept


def form(
    buyer: Inn, said: Mapping[str, str], wrong: Mapping[str, Text], before: SupplyRequest | None = None
) -> str:  # fmt: skip
    """Return the form of a request with what it says and what is wrong in it."""
    lang, here = current_language(), workspace()
    return page(
        "supply_form.html",
        buyer={"inn": buyer, "name": here.frame([here.firm(buyer)]).name(here.firm(buyer))},
        said=said,
        wrong=wrong,
        rows=form_rows(said, proposals(here, buyer), lambda code: activity_name(code, lang)),
        fields=FIELDS,
        before=before,
    )


@blueprint.get("/requests/<buyer>/<int:number>")
def one_supply(buyer: str, number: int) -> str:
    """Show the candidates of each input of a request."""
    who, found = member(), supply_requests.request_of(bare(), parse_inn(buyer), number)
    here = workspace()
    document = shortlists(here, found, shown())
    looked_at(in_list(document, apart=True), "list")
    new = supply_requests.news(here, found, who.login, watched(found))
    return page(
        "supply_request.html",
        document=document,
        shown=shown(),
        news=supply_requests.news_item(here, new),
        versions=supply_requests.versions_of(here, number),
        choices=decision_choices(),
        back=request.path,
        told=TOLD.get(request.args.get("told", "")),
    )


def shown() -> int:
    """Return how many candidates of each input were asked for."""
    text = request.args.get("top", "")
    return min(max(int(text), 1), MOST_SHOWN) if text.isdecimal() and len(text) < 10 else SHOWN


@blueprint.get("/requests/<buyer>/<int:number>/suppliers.<form>")
def supply_file(buyer: str, number: int, form: str) -> Response:
    """Send a request with its candidates as a workbook, a document or PDF."""
    found = supply_requests.request_of(bare(), parse_inn(buyer), number)
    document = shortlists(workspace(), found, MOST_SHOWN)
    content = request_bytes(document, known_form(form), current_language())
    return download(content, f"request-{buyer}-{number}", form)


@blueprint.post("/requests/<buyer>/<int:number>/seen")
def seen_supply(buyer: str, number: int) -> Response:
    """Remember that what is new has been seen."""
    found = supply_requests.request_of(bare(), parse_inn(buyer), number)
    supply_requests.see(bare(), found, member().login, watched(found))
    return redirect(url_for("pages.one_supply", buyer=buyer, number=number, told="seen"), 303)


@blueprint.post("/requests/<buyer>/<int:number>/state")
def set_supply(buyer: str, number: int) -> Response:
    """Remove a request, bring it back, or take its last change back."""
    said, key, who = request.form.get("state", ""), parse_inn(buyer), member()
    if said == "back":
        supply_requests.bring_back(bare(), key, number, who.login)
    elif said == "removed":
        supply_requests.set_state(bare(), key, number, "removed", who.login)
        return redirect(url_for("pages.supply", told=said), 303)
    elif said == "open":
        supply_requests.set_state(bare(), key, number, "open", who.login)
    else:
        raise UsageError(T("nothing was asked"), T("choose one of: {choices}", choices="open, removed, back"))
    return redirect(url_for("pages.one_supply", buyer=buyer, number=number, told=said), 303)


def watched(found: SupplyRequest) -> Document:
    """Return the first candidates of each input, computed once for each state of the register."""
    key = ("supply", found.version)
    return held().kept(key, "ru", lambda here: places(here, found))


def news_count(found: SupplyRequest, who: Visitor) -> int:
    """Return how much is new in a request for a visitor."""
    new = supply_requests.news(bare(), found, who.login, watched(found))
    return sum(each.count for each in new.values())


def own_news(who: Visitor) -> list[Document]:
    """Return the requests of a visitor in which something is new: of its company, or those a manager wrote."""
    mine = supply_requests.requests_of(bare(), who.inn)
    if who.role in MANAGERS:
        mine = [each for each in mine if each["request"].by == who.login]
    counted = [{**each, "news": news_count(each["request"], who)} for each in mine[:COUNTED]]
    return [each for each in counted if each["news"]]


def glance(who: Visitor) -> Document:
    """Return what the first page tells of requests and calls: what is new, what is asked, what is waited for."""
    sent = [each for each in calls.sent(bare(), who.inn) if each["stage"] == "open"]
    if who.inn is None:
        sent = [each for each in sent if each["by"] == who.login]
    asked = [each for each in calls.received(bare(), who.inn) if each["waits"]] if who.inn else []
    return {"own": who.inn, "news": own_news(who), "sent": sent[:COUNTED], "asked": asked[:COUNTED]}
