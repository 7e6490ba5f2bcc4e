"""The shapes of the board: what is asked of it, what is written on it, what stands there and what fits it."""

from __future__ import annotations

from typing import get_args

from marshmallow import fields, validate

from api.queries import BoardQuery, PagedQuery, about, how_many
from api.v1.deed_shapes import Body, Change, words
from api.v1.kit import Listing, Page, Shape, listed, maybe_text, string, texts, whole
from api.v1.pair_shapes import RankedItem
from matcher.pipeline.exchange.board_list import ORDERS
from models.board import KINDS, SIDES, STATES, Did
from models.board_words import LONGEST, MOST_DAYS
from models.identifiers import LARGEST_NUMBER
from models.text import T


class BoardPartQuery(BoardQuery, PagedQuery):
    """The board, page by page."""

    class Meta:
        """Pages have a place to begin at, parts a cursor."""

        exclude = ("order", "start")

    sort = fields.String(
        validate=validate.OneOf(ORDERS), metadata=about(T("by what it is sorted: best beside words, else new"))
    )


class OwnEntriesQuery(PagedQuery):
    """One's own entries."""

    state = fields.String(validate=validate.OneOf(STATES), metadata=about(T("how the entry stands")))
    top = how_many(200, 20)


class EntryWords(Body):
    """What an entry says."""

    title = words(T("what exactly, in a line"), LONGEST["title"], required=True)
    title_en = words(T("the same line in English"), LONGEST["title_en"])
    text = words(T("anything a partner should know"), LONGEST["text"])
    volume = words(T("how much, how often"), LONGEST["volume"])
    price = words(T("for how much, with or without VAT"), LONGEST["price"])
    terms = words(T("delivery, payment, certificates, place"), LONGEST["terms"])
    okved = words(T("codes separated by semicolons; left out, the words are understood"), 200)
    until = words(T("its last day, for example 2030-12-31; a year from now at most"), 10)


class EntryBody(EntryWords):
    """An entry; a company writes its own, a manager says whose it is."""

    inn = fields.String(
        load_default="", metadata=about(T("INN of the company whose entry it is"), format="inn-or-blank")
    )
    kind = fields.String(required=True, validate=validate.OneOf(KINDS), metadata=about(T("kind of entry")))
    side = fields.String(required=True, validate=validate.OneOf(SIDES), metadata=about(T("an offer or a request")))
    project = words(T("number of the joint project it was made from"), 200)


class EntryChange(Change, EntryWords):
    """What an entry shall say; what is left out stays as it is."""

    step = fields.Integer(
        validate=validate.Range(1, LARGEST_NUMBER),
        metadata=about(T("the step that was seen last: refused if there is a later one")),
    )


class RenewBody(Body):
    """For how long an entry shall hold from today."""

    days = fields.Integer(
        load_default=None, validate=validate.Range(1, MOST_DAYS), metadata=about(T("days from today, usually 90"))
    )


class StepBody(Body):
    """Which step is meant, so that the same wish sent twice is done once."""

    step = fields.Integer(
        required=True, validate=validate.Range(1, LARGEST_NUMBER), metadata=about(T("number of the step taken back"))
    )


class CodeNamed(Shape):
    """An activity."""

    code = string()
    name = string()


class Notice(Shape):
    """What stands on the board: an entry, or what a card says; ``ref`` names it."""

    ref = string(metadata={"description": "number of an entry, or INN and field of a card"})
    source = string()
    inn = string()
    name = string()
    city = maybe_text()
    region_code = maybe_text()
    website = maybe_text()
    kind = string(validate=validate.OneOf(KINDS))
    side = string(validate=validate.OneOf(SIDES))
    title = string()
    title_lang = string()
    text = string()
    volume = string()
    price = string()
    terms = string()
    okved = listed(CodeNamed)
    since = maybe_text()
    until = maybe_text(metadata={"description": "its last day; null: as long as the card says so"})
    days_left = fields.Integer(required=True, allow_none=True)
    told = string(metadata={"description": "source of what a card says"})


class NoticeFound(Notice):
    """What stands on the board and was looked for."""

    why = string(metadata={"description": "why it fits the words looked for"})


class Board(Listing):
    """The board, with how much each choice of a filter would leave."""

    items = listed(NoticeFound)
    counts = fields.Dict(keys=fields.String(), values=fields.Dict(), required=True)
    today = string()


class EntryStep(Shape):
    """One step of an entry."""

    did = string(validate=validate.OneOf(get_args(Did)))
    by = string()
    inn = maybe_text()
    at = string()
    until = string()


class Entry(Notice):
    """An entry as those see it who may change it; ``step`` is the last of its steps."""

    id = whole()
    state = string(validate=validate.OneOf(STATES))
    soon = fields.Boolean(required=True, metadata={"description": "whether it ends within a week"})
    project = maybe_text()
    step = whole()
    steps = listed(EntryStep)


class NoticeSeen(Notice):
    """Something on the board; ``entry`` tells more to those who may change it."""

    entry = fields.Nested(Entry, required=True, allow_none=True)


class OwnEntries(Page):
    """Entries one may change, those that end first first; ``soon`` of them end within a week."""

    items = listed(Entry)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    soon = whole()


class FittingNotice(Notice):
    """An entry of the other side that fits."""

    reasons = texts()
    points = fields.Float(required=True)


class Matches(Shape):
    """What fits an entry; ``companies`` are told to those alone who may ask so of its company."""

    side = string(metadata={"description": "what the companies would be: supplier or buyer"})
    entries = listed(FittingNotice)
    companies = listed(RankedItem)
    total = whole()
    note = string()
