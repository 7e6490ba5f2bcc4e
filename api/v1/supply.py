"""Supplier requests: written, their candidates input by input, what is new in them, files; as their pages do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from api import answers, queries
from api.access.visitor import member
from api.asking import bare, workspace
from api.bad_fields import BadField, RefusedFields, refused_at
from api.languages import current_language
from api.pages.files import download
from api.pages.supply import MOST_SHOWN, own_news, saved, watched
from api.supply_forms import one_line, wrong_activity, wrong_region
from api.v1 import supply_shapes as shapes
from api.v1.deed_shapes import EmptyBody
from api.v1.describing import answer, deed, file
from api.v1.kit import page_of
from api.v1.paging import page
from matcher.pipeline.exchange import supply_requests
from matcher.pipeline.exchange.supply_shortlist import proposals, shortlists
from matcher.report.files.shortlist_files import FORMS, request_bytes
from matcher.report.frame import Document
from matcher.report.ranking.supply_shortlist import input_item, request_item
from models.identifiers import Inn, parse_inn
from models.supply_requests import Input, SupplyRequest, Terms
from models.text import T, Text

Said = dict[str, Any]
#: What is told with every refusal of a request.
AGAIN = T("correct it and send the request again; nothing was changed")


@answer("/requests", shapes.RequestsQuery, page_of(shapes.SupplyRequest), T("supplier requests"))
def supply_list(asked: answers.Asked) -> Document:
    """Of a company its own; the one changed last first."""
    found = supply_requests.requests_of(bare(), member().inn, asked["state"])
    return page(found, asked["top"], lambda each: (-each["request"].version,), named_item)


def named_item(each: Document) -> Document:
    """Return a request whose buyer is named."""
    return whole_item(each["request"], each["buyer"])


def whole_item(found: SupplyRequest, buyer: Document) -> Document:
    """Return a request with its inputs."""
    lang = current_language()
    return {**request_item(found, buyer), "inputs": [input_item(each, lang) for each in found.terms.inputs]}


def item(found: SupplyRequest) -> Document:
    """Return a request of a buyer that is looked up."""
    name = bare().names([found.buyer_inn]).get(found.buyer_inn, "")
    return whole_item(found, {"inn": found.buyer_inn, "name": name})


@answer("/news", queries.Query, shapes.NewsList, T("supplier requests in which something is new"))
def supply_news(_asked: answers.Asked) -> Document:
    """Of a company its own, of a manager those he or she wrote."""
    return {"items": [news_head(each) for each in own_news(member())]}


def news_head(each: Document) -> Document:
    """Return a request with how much is new in it."""
    return {**request_item(each["request"], each["buyer"]), "news": each["news"]}


@answer("/requests/<buyer>/proposals", shapes.ProposalsQuery, shapes.Proposals, T("inputs of a buyer’s recipe"))
def supply_proposals(asked: answers.Asked, buyer: str) -> Document:
    """What it spends most on, to be made a request."""
    return {"items": proposals(workspace(), parse_inn(buyer), asked["top"])}


@deed("/requests/<buyer>", shapes.RequestBody, shapes.SupplyRequest, T("make a supplier request"), status=201)
def add_supply(_asked: answers.Asked, said: Said, buyer: str) -> tuple[Document, int, dict[str, str]]:
    """What is new in it after an import is told."""
    made = kept(parse_inn(buyer), Terms("", ()), said, None)
    return item(made), 201, {"Location": url_for("v1.one_supply", buyer=buyer, number=made.number)}


@answer("/requests/<buyer>/<int:number>", queries.Query, shapes.SupplyRequest, T("one supplier request"))
def one_supply(_asked: answers.Asked, buyer: str, number: int) -> Document:
    """As it stands."""
    return item(request_of(buyer, number))


def request_of(buyer: str, number: int) -> SupplyRequest:
    """Return a request of a buyer."""
    return supply_requests.request_of(bare(), parse_inn(buyer), number)


@deed(
    "/requests/<buyer>/<int:number>", shapes.RequestChange, shapes.SupplyRequest, T("change a supplier request"),
    method="PATCH",
)  # fmt: skip
def change_supply(_asked: answers.Asked, said: Said, buyer: str, number: int) -> Document:
    """The version before can be brought back."""
    before = request_of(buyer, number)
    return item(kept(before.buyer_inn, before.terms, said, number))


def kept(buyer: Inn, before: Terms, said: Said, number: int | None) -> SupplyRequest:
    """Keep a request.

    Raises
    ------
    RefusedFields
        If something of it cannot be true.
    """
    if wrong := [BadField("pointer", *told, AGAIN) for told in problems(said)]:
        raise RefusedFields(wrong)
    with refused_at(""):
        return saved(buyer, terms_of(before, said), number)


def problems(said: Said) -> Iterator[tuple[str, Text]]:
    """Yield what cannot be true, by its place in the document."""
    if wrong := wrong_region(said.get("region")):
        yield "/region", wrong
    for number, each in enumerate(said.get("inputs", ())):
        if wrong := wrong_activity(each["code"]):
            yield f"/inputs/{number}/code", wrong
        if not each["code"] and not each["words"].strip():
            yield f"/inputs/{number}/words", T("say in words what is needed, or give the code of an activity")


def terms_of(before: Terms, said: Mapping[str, Any]) -> Terms:
    """Return what a request shall say."""
    told = in_lines(said)
    if "inputs" in told:
        told["inputs"] = tuple(input_of(each) for each in told["inputs"])
    if "region" in told:
        told["region"] = told["region"] or None
    return replace(before, **told)


def in_lines(said: Mapping[str, Any]) -> Said:
    """Return what was said, each text in one line."""
    return {name: one_line(value) if isinstance(value, str) else value for name, value in said.items()}


def input_of(said: Mapping[str, Any]) -> Input:
    """Return an input that is looked for."""
    told = in_lines(said)
    papers = tuple(text for each in said["papers"] if (text := one_line(each)))
    return Input(**{**told, "code": told["code"] or None, "papers": papers})


@answer("/requests/<buyer>/<int:number>/versions", queries.Query, shapes.Versions, T("every version of a request"))
def supply_versions(_asked: answers.Asked, buyer: str, number: int) -> Document:
    """The latest first."""
    request_of(buyer, number)
    return {"items": [item(each) for each in supply_requests.versions_of(bare(), number)]}


@deed(
    "/requests/<buyer>/<int:number>/state",
    shapes.TurnBody,
    shapes.SupplyRequest,
    T("remove a request, or bring it back"),
)
def set_supply(_asked: answers.Asked, said: Said, buyer: str, number: int) -> Document:
    """Or take its last change back."""
    key, by = parse_inn(buyer), member().login
    if said["state"] == "back":
        return item(supply_requests.bring_back(bare(), key, number, by))
    return item(supply_requests.set_state(bare(), key, number, said["state"], by))


@answer(
    "/requests/<buyer>/<int:number>/shortlist", shapes.ShownQuery, shapes.RequestShortlist,
    T("the candidates of each input of a request"),
)  # fmt: skip
def supply_shortlist(asked: answers.Asked, buyer: str, number: int) -> Document:
    """With near misses, partners, and how many could supply each input."""
    return shortlists(workspace(), request_of(buyer, number), asked["top"])


@answer("/requests/<buyer>/<int:number>/news", queries.Query, shapes.RequestNews, T("what is new in a request"))
def supply_new(_asked: answers.Asked, buyer: str, number: int) -> Document:
    """Since the account looked last; only an import makes news."""
    return news_document(request_of(buyer, number))


@deed(
    "/requests/<buyer>/<int:number>/seen",
    EmptyBody,
    shapes.RequestNews,
    T("remember that the news of a request are seen"),
)
def seen_supply(_asked: answers.Asked, _said: Said, buyer: str, number: int) -> Document:
    """From now on only what comes later is new."""
    found = request_of(buyer, number)
    supply_requests.see(bare(), found, member().login, watched(found))
    return news_document(found)


def news_document(found: SupplyRequest) -> Document:
    """Return what is new in a request for the account."""
    new = supply_requests.news(bare(), found, member().login, watched(found))
    told = supply_requests.news_item(bare(), new)
    return {
        "number": found.number,
        "version": found.version,
        "count": sum(each.count for each in new.values()),
        "inputs": [{"key": key, **each} for key, each in told.items()],
    }


@file(
    "/requests/<buyer>/<int:number>/file", shapes.PaperQuery, FORMS.values(),
    T("a request with its candidates as a file"),
)  # fmt: skip
def supply_file(asked: answers.Asked, buyer: str, number: int) -> Response:
    """A workbook, a document or PDF."""
    document = shortlists(workspace(), request_of(buyer, number), MOST_SHOWN)
    content = request_bytes(document, asked["form"], current_language())
    return download(content, f"request-{buyer}-{number}", asked["form"])
