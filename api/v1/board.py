"""The board of offers and requests: read, written, and what fits an entry; as its pages do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from api import answers, notices, queries
from api.access.rights import MANAGERS
from api.access.visitor import member
from api.asking import bare
from api.bad_fields import refused_field, refused_texts
from api.languages import current_language
from api.pages.files import download
from api.v1 import board_shapes as shapes
from api.v1.deed_shapes import EmptyBody
from api.v1.describing import answer, deed, file
from api.v1.paging import page
from matcher.pipeline.exchange import board as writing
from matcher.pipeline.exchange.board_list import Wanted, ordered
from matcher.report.board import Notice, notice_item, said_of
from matcher.report.frame import Document
from models.board import STATES
from models.text import T

Said = dict[str, Any]


@answer("/board", shapes.BoardPartQuery, shapes.Board, T("the board of offers and requests"))
def board(asked: answers.Asked) -> Document:
    """What firms wrote as entries, and what their cards say."""
    asks = (asked.get(name) for name in ("kind", "side", "region", "source", "okved", "text", "sort"))
    kind, side, region, source, okved, text, sort = asks
    wanted = Wanted(kind, side, region, source, okved, text, sort)
    whole = ordered(bare(), wanted, notices.cards(), date.today())
    told = page(whole.found, asked["top"], whole.key, whole.item)
    return {**told, "query": whole.query, "counts": whole.counts, "today": whole.today.isoformat()}


@answer(
    "/board/mine", shapes.OwnEntriesQuery, shapes.OwnEntries, T("entries one may change, those that end first first")
)
def own_entries(asked: answers.Asked) -> Document:
    """Of a manager all; also those that have left the board."""
    document = writing.own_entries(bare(), member().inn, asked.get("state"), date.today())
    told = page(document["items"], asked["top"], place_of, dict)
    return {**told, "counts": document["counts"], "soon": document["soon"]}


def place_of(item: Document) -> tuple[int, str, int]:
    """Return where an entry stands among one's own."""
    return STATES.index(item["state"]), item["until"], -item["id"]


@file("/board/calendar", queries.Query, ("ics",), T("last days of one's entries as a calendar"))
def entries_calendar(_asked: answers.Asked) -> Response:
    """With a reminder a week before."""
    return download(writing.calendar_of(bare(), member().inn, date.today()), "zveno-board", "ics")


@answer("/board/<int:number>", queries.Query, shapes.NoticeSeen, T("an entry of the board"))
def board_entry(_asked: answers.Asked, number: int) -> Document:
    """One that left the board is there for those alone whose it is."""
    found, mine = notices.of_number(notices.present(), number)
    return seen(found, mine)


@answer("/board/cards/<inn>/<field>", queries.Query, shapes.NoticeSeen, T("what a card says on the board"))
def board_card(_asked: answers.Asked, inn: str, field: str) -> Document:
    """By the ``ref`` of the board."""
    return seen(notices.of_card(notices.present(), inn, field), None)


def seen(notice: Notice, mine: Document | None) -> Document:
    """Return something on the board as a document."""
    company = bare().companies([notice.inn]).get(notice.inn)
    return {**notice_item(notice, company, date.today(), current_language()), "entry": mine}


@answer("/board/<int:number>/matches", queries.Query, shapes.Matches, T("what fits an entry of the board"))
def entry_matches(_asked: answers.Asked, number: int) -> Document:
    """Entries of the other side, and companies that could answer."""
    present = notices.present()
    found, mine = notices.of_number(present, number)
    return matches(found, present, mine)


@answer("/board/cards/<inn>/<field>/matches", queries.Query, shapes.Matches, T("what fits something a card says"))
def card_matches(_asked: answers.Asked, inn: str, field: str) -> Document:
    """Entries of the other side, and companies that could answer."""
    present = notices.present()
    return matches(notices.of_card(present, inn, field), present, None)


def matches(notice: Notice, present: Sequence[Notice], mine: Document | None) -> Document:
    """Return what fits; who could answer is told to those alone who may ask so of its company."""
    found = notices.fits_of(notice, present, mine)
    return found if notices.is_own(notice) else {**found, "companies": [], "total": 0, "note": ""}


@deed("/board", shapes.EntryBody, shapes.Entry, T("put an entry on the board"), status=201)
def post_entry(_asked: answers.Asked, said: Said) -> tuple[Document, int, dict[str, str]]:
    """It holds for 90 days unless said otherwise; what leads to a person is refused."""
    who = member()
    named = said["inn"].strip()
    if who.inn and named not in ("", who.inn):
        raise refused_field("/inn", T("this is not your company"), T("give the INN of your own, or leave it out"))
    if not who.inn and not named:
        raise refused_field("/inn", T("it is not said whose entry it is"), T("give the INN of the company"))
    project = said["project"] if who.role in MANAGERS else ""
    done = written(writing.post(bare(), said, who.inn, who.login, date.today(), project))
    return done, 201, {"Location": url_for("v1.board_entry", number=done["id"])}


@deed("/board/<int:number>", shapes.EntryChange, shapes.Entry, T("change an entry of the board"), method="PATCH")
def change_entry(_asked: answers.Asked, said: Said, number: int) -> Document:
    """All fields are taken, or none and each that was refused is named; one that has ended needs a new last day."""
    who, today = member(), date.today()
    entry = writing.owned(bare(), number, who.inn)
    step = said.pop("step", entry.last.id)
    whole: Mapping[str, str] = {**said_of(entry, today), "until": entry.last.until.isoformat(), **said}
    return written(writing.edit(bare(), number, step, whole, who.inn, who.login, today))


def written(done: writing.Written) -> Document:
    """Return an entry that was written.

    Raises
    ------
    RefusedFields
        If it was refused.
    """
    if done.entry is None:
        raise refused_texts(done.refused, T("correct it and send the entry again; nothing was changed"))
    return done.entry


@deed("/board/<int:number>/renew", shapes.RenewBody, shapes.Entry, T("let an entry hold anew from today"))
def renew_entry(_asked: answers.Asked, said: Said, number: int) -> Document:
    """Also one that has expired or was withdrawn."""
    who = member()
    return writing.renew(bare(), number, who.inn, who.login, date.today(), said["days"])


@deed("/board/<int:number>/withdraw", EmptyBody, shapes.Entry, T("take an entry off the board"))
def withdraw_entry(_asked: answers.Asked, _said: Said, number: int) -> Document:
    """It stays among one's entries."""
    who = member()
    return writing.withdraw(bare(), number, who.inn, who.login, date.today())


@deed("/board/<int:number>/undo", shapes.StepBody, shapes.Entry, T("take the last step of an entry back"))
def undo_entry(_asked: answers.Asked, said: Said, number: int) -> Document:
    """If it is still the last."""
    who = member()
    return writing.take_back(bare(), number, said["step"], who.inn, who.login, date.today())
