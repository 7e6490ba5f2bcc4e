"""Calls for offers: sent from a request, answered by firms or for them, compared, closed; as their pages do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from api import answers, queries
from api.access.visitor import member
from api.asking import bare
from api.bad_fields import BadField, RefusedFields, refused_at, refused_field
from api.call_forms import NO_PRICE, NO_REASON, only_asked, read_ask
from api.languages import current_language
from api.pages.calls import asked_firm, firm_document
from api.pages.files import download
from api.supply_forms import Reading, one_line
from api.v1 import call_shapes as shapes
from api.v1.describing import answer, deed, file
from api.v1.kit import page_of
from api.v1.paging import page
from api.v1.supply import request_of
from matcher.pipeline.exchange import calls
from matcher.pipeline.exchange.supply_days import supply_calendar
from matcher.report.files.offer_sheets import offer_sheets
from matcher.report.files.papers import FORMS as PAPERS
from matcher.report.files.papers import paper_bytes
from matcher.report.files.shortlist_files import workbook_bytes
from matcher.report.frame import Document
from matcher.report.offers import ask_item, comparison_item, offer_item
from models.identifiers import Inn, parse_inn
from models.offers import Asked, Call, Offer, Offered
from models.text import T, Text

Said = dict[str, Any]
#: What is told with every refusal of a part of a call.
AGAIN = T("correct it and send it again")
#: What a firm is told of a call beside its own part; how the others answered is the buyer's to know.
OF_ALL = ("number", "request", "title", "buyer", "stage", "answer_by", "days_left", "by", "at")


@answer("/calls/sent", shapes.CallsQuery, page_of(shapes.CallHead), T("calls for offers that were sent"))
def calls_sent(asked: answers.Asked) -> Document:
    """Of a company its own, the latest first."""
    return page(calls.sent(bare(), member().inn), asked["top"], lambda each: (-each["number"],), dict)


@answer("/calls/received", shapes.CallsQuery, page_of(shapes.CallReceived), T("calls for offers that ask the company"))
def calls_received(asked: answers.Asked) -> Document:
    """Those that wait for it first; an account without a company has none."""
    own = member().inn
    found = sorted(calls.received(bare(), own) if own else [], key=place_of)
    return page(found, asked["top"], place_of, received_item)


def place_of(item: Document) -> tuple[bool, str, int]:
    """Return where a call stands among those that ask a company."""
    return not item["waits"], item["answer_by"], item["number"]


def received_item(item: Document) -> Document:
    """Return a call as a firm that is asked sees it in a list."""
    return own_part(item, "own_state", "waits")


def own_part(item: Document, *more: str) -> Document:
    """Return what a firm may know of a call."""
    return {name: item[name] for name in (*OF_ALL, *more)}


@file("/calls/calendar", queries.Query, ("ics",), T("days of requests and calls as a calendar"))
def calls_calendar(_asked: answers.Asked) -> Response:
    """Last days for answers and of offers, and by when inputs are needed."""
    return download(supply_calendar(bare(), member().inn, date.today()), "zveno-offers", "ics")


@deed(
    "/requests/<buyer>/<int:number>/calls", shapes.CallBody, shapes.Call, T("ask companies for offers"), status=201
)  # fmt: skip
def send_call(_asked: answers.Asked, said: Said, buyer: str, number: int) -> tuple[Document, int, dict[str, str]]:
    """Companies with an account see it at once; for the others there is a letter."""
    found = request_of(buyer, number)
    inputs = found.terms.inputs
    reading = Reading(form_of_call(said))
    ask = read_ask(reading, inputs, date.today())
    firms, unknown = firms_of(said["firms"], len(inputs))
    if wrong := {f"/{name.replace('line-name-', 'names/')}": text for name, text in reading.wrong.items()} | unknown:
        raise RefusedFields([BadField("pointer", *told, AGAIN) for told in wrong.items()])
    with refused_at("/firms"):
        made = calls.send(bare(), number, found.buyer_inn, *only_asked(ask, firms), member().login)
    return call_document(made), 201, {"Location": url_for("v1.one_call", buyer=buyer, number=made.number)}


def form_of_call(said: Said) -> Mapping[str, str]:
    """Return a call as a form says it."""
    names = {f"line-name-{number}": name for number, name in enumerate(said["names"])}
    told = {name: said[name] for name in ("title", "note", "contact")}
    return {**told, **names, "answer_by": said["answer_by"].isoformat()}


def firms_of(said: Sequence[Said], lines: int) -> tuple[dict[Inn, list[int]], dict[str, Text]]:
    """Return which firm is asked for which lines, and by its place in the document what asks for lines not there."""
    found: dict[Inn, list[int]] = {}
    unknown: dict[str, Text] = {}
    for number, each in enumerate(said):
        asked = list(dict.fromkeys(each["lines"])) or list(range(lines))
        if any(line >= lines for line in asked):
            unknown[f"/firms/{number}/lines"] = T("the request has {count} inputs", count=lines)
        found[parse_inn(each["inn"])] = asked
    return found, unknown


@answer("/calls/<buyer>/<int:number>", queries.Query, shapes.Call, T("one call for offers"))
def one_call(_asked: answers.Asked, buyer: str, number: int) -> Document:
    """Every firm it asks, with its answer."""
    return call_document(call_of(buyer, number))


def call_of(buyer: str, number: int) -> Call:
    """Return a call of a buyer."""
    return calls.of_buyer(bare(), parse_inn(buyer), number)


def call_document(found: Call) -> Document:
    """Return a call as its buyer sees it."""
    document = calls.document(bare(), found)
    firms = [{**each, "offer": offer_item(each["offer"]), "lines": list(each["lines"])} for each in document["firms"]]
    return {**document, "ask": ask_item(document["ask"]), "firms": firms}


@deed(
    "/calls/<buyer>/<int:number>", shapes.CallChange, shapes.Call, T("close a call, open it again, move its last day"),
    method="PATCH",
)  # fmt: skip
def change_call(_asked: answers.Asked, said: Said, buyer: str, number: int) -> Document:
    """A closed call takes no answers."""
    found, who = call_of(buyer, number), member()
    if "answer_by" in said:
        found = calls.move(bare(), found, said["answer_by"], who.inn, who.login)
    if "stage" in said:
        found = calls.set_stage(bare(), found, said["stage"], who.inn, who.login)
    return call_document(found)


@deed("/calls/<buyer>/<int:number>/firms", shapes.MoreFirms, shapes.Call, T("ask further companies"), status=201)
def ask_more(_asked: answers.Asked, said: Said, buyer: str, number: int) -> tuple[Document, int]:
    """For everything the call asks for."""
    found, who = call_of(buyer, number), member()
    firms = [parse_inn(text) for text in said["inns"]]
    return call_document(calls.ask_more(bare(), found, firms, who.inn, who.login)), 201


@answer("/calls/<buyer>/<int:number>/comparison", queries.Query, shapes.Compared, T("offers side by side"))
def compared_offers(_asked: answers.Asked, buyer: str, number: int) -> Document:
    """Prices in one unit, the lowest marked, and what each offer costs."""
    found = call_of(buyer, number)
    return comparison_item(calls.compared(found), bare().names(firm.supplier_inn for firm in found.firms))


@file("/calls/<buyer>/<int:number>/file", queries.Query, ("xlsx",), T("offers side by side as a workbook"))
def call_workbook(_asked: answers.Asked, buyer: str, number: int) -> Response:
    """With every answer and every step."""
    found = call_of(buyer, number)
    sheets = offer_sheets(found, calls.document(bare(), found), calls.compared(found), current_language())
    return download(workbook_bytes(sheets), f"offers-{number}", "xlsx")


@answer(
    "/calls/<buyer>/<int:number>/firms/<supplier>", queries.Query, shapes.OneAsked, T("one firm that a call asks")
)  # fmt: skip
def call_firm(_asked: answers.Asked, buyer: str, number: int, supplier: str) -> Document:
    """The lines it is asked for, its offer, its steps."""
    return firm_item(*asked_firm(buyer, number, supplier))


def firm_item(found: Call, firm: Asked) -> Document:
    """Return a call and one of its firms, without what the others did."""
    document, ask = firm_document(found, firm), ask_item(found.ask)
    lines = [each for each in ask["lines"] if each["line"] in firm.lines]
    told = own_part(document, "supplier", "state", "account", "steps")
    return {**told, "ask": {**ask, "lines": lines}, "offer": offer_item(firm.offer)}


@deed(
    "/calls/<buyer>/<int:number>/firms/<supplier>/steps", shapes.CallStepBody, shapes.OneAsked,
    T("write down what a firm answered, or remind it"), status=201,
)  # fmt: skip
def write_answer(
    _asked: answers.Asked, said: Said, buyer: str, number: int, supplier: str
) -> tuple[Document, int]:  # fmt: skip
    """Or that it is asked no longer, or again."""
    return taken(*asked_firm(buyer, number, supplier), said, member().inn), 201


@answer("/offers/<supplier>/<int:number>", queries.Query, shapes.OneAsked, T("a call for offers as the firm sees it"))
def offer(_asked: answers.Asked, supplier: str, number: int) -> Document:
    """Its own part only."""
    return firm_item(*calls.to_supplier(bare(), parse_inn(supplier), number))


@deed(
    "/offers/<supplier>/<int:number>/steps", shapes.CallStepBody, shapes.OneAsked,
    T("answer a call for offers, decline it, or take that back"), status=201,
)  # fmt: skip
def send_offer(_asked: answers.Asked, said: Said, supplier: str, number: int) -> tuple[Document, int]:
    """Until the call is closed."""
    found, firm = calls.to_supplier(bare(), parse_inn(supplier), number)
    return taken(found, firm, said, firm.supplier_inn), 201


def taken(found: Call, firm: Asked, said: Said, inn: Inn | None) -> Document:
    """Take a step of a firm, by itself or for it.

    Raises
    ------
    RefusedFields
        If an answer offers nothing, or a refusal has no reason.
    """
    state, reason, key = said["state"], one_line(said["reason"]), firm.supplier_inn
    if state == "declined" and not reason:
        raise refused_field("/reason", NO_REASON, AGAIN)
    if state == "answered" and said["offer"] is None:
        raise refused_field("/offer", NO_PRICE, AGAIN)
    given = offer_of(said["offer"], firm) if state == "answered" else None
    note = reason if state == "declined" else ""
    made = calls.step(bare(), found, key, state, inn=inn, by=member().login, note=note, offer=given)
    return firm_item(*calls.to_supplier(bare(), key, made.number))


def offer_of(said: Said, firm: Asked) -> Offer:
    """Return what a firm offers.

    Raises
    ------
    RefusedFields
        If it offers a line it was not asked for, or one twice.
    """
    numbers = [each["line"] for each in said["lines"]]
    for place, number in enumerate(numbers):
        if number not in firm.lines or number in numbers[:place]:
            asked = ", ".join(str(line) for line in firm.lines)
            told = T("the firm is asked for the lines {lines}, each once", lines=asked)
            raise refused_field(f"/offer/lines/{place}/line", told, AGAIN)
    lines = {each["line"]: Offered(each["price_rub"], one_line(each["unit"]), each["volume"]) for each in said["lines"]}
    rest = {name: said[name] for name in ("delivery_rub", "delivery_days", "valid_till")}
    return Offer(lines, **rest, comment=one_line(said["comment"]))


@file(
    "/calls/<buyer>/<int:number>/firms/<supplier>/letter", shapes.LetterQuery, PAPERS,
    T("the letter to a firm as a file"),
)  # fmt: skip
def call_letter(asked: answers.Asked, buyer: str, number: int, supplier: str) -> Response:
    """Or with ``reminder`` the one that reminds of it."""
    found, firm = asked_firm(buyer, number, supplier)
    sheet = calls.letter_to(bare(), found, firm, asked["reminder"])
    return download(paper_bytes(sheet, asked["form"]), f"letter-{number}-{supplier}", asked["form"])
