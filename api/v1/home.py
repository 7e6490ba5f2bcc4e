"""What the first page tells: what waits, what is new, how one's own things stand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from marshmallow import fields

from api import answers
from api.access.rights import MANAGERS
from api.access.visitor import member
from api.pages.home import company_glance, manager_glance
from api.pages.supply import glance
from api.pages.visits import FIRST
from api.queries import Query, about
from api.v1.call_shapes import CallHead, CallReceived
from api.v1.calls import received_item
from api.v1.describing import answer
from api.v1.kit import Shape, listed, maybe_text, string, texts, whole
from api.v1.project_shapes import KpiMove
from api.v1.supply import news_head
from api.v1.supply_shapes import NewsItem
from matcher.report.frame import Document
from models.text import T


class HomeQuery(Query):
    """Since when something is new."""

    since = fields.Date(metadata=about(T("what is new since this day; usually a week")))


class Ends(Shape):
    """Entries of the board: open ones, those that end within a week, those that have expired."""

    open = whole()
    soon = whole()
    expired = whole()


class Own(Shape):
    """How the things of a company stand: what its card lacks, its requests for introductions by state."""

    missing = texts()
    introductions = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class Count(Shape):
    """How many in all, and how many since ``since``."""

    total = whole()
    recent = whole()


class Counts(Shape):
    """What people agreed on, as far as it is in force; entries of the board while they are open."""

    introductions = fields.Nested(Count, required=True)
    pairs = fields.Nested(Count, required=True)
    offers = fields.Nested(Count, required=True)
    entries = fields.Nested(Count, required=True)
    projects = fields.Nested(Count, required=True)


class Promised(KpiMove):
    """What the joint projects taken on would add to an indicator of the programme, and how many would."""

    projects = whole()


class Results(Shape):
    """What came of the work."""

    since = string()
    counts = fields.Nested(Counts, required=True)
    indicators = listed(Promised)


class Home(Shape):
    """What waits and what is new.

    ``waiting``, ``changes``, ``files`` and ``results`` are a manager's, ``own`` a company's.
    """

    inn = maybe_text()
    entries = fields.Nested(Ends, required=True, allow_none=True)
    news = listed(NewsItem)
    sent = listed(CallHead)
    asked = listed(CallReceived)
    own = fields.Nested(Own, required=True, allow_none=True)
    waiting = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    changes = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    files = fields.Integer(required=True, allow_none=True)
    results = fields.Nested(Results, required=True, allow_none=True)


@answer("/home", HomeQuery, Home, T("what waits for the account, and what is new"))
def home(asked: answers.Asked) -> Document:
    """As the first page tells it; the register itself is told by the other answers."""
    who = member()
    supply = glance(who) if who.inn or who.role in MANAGERS else {"news": [], "sent": [], "asked": []}
    told: dict[str, Any] = {
        "inn": who.inn,
        "entries": None,
        "news": [news_head(each) for each in supply["news"]],
        "sent": supply["sent"],
        "asked": [received_item(each) for each in supply["asked"]],
        "own": None,
        "waiting": None,
        "changes": None,
        "files": None,
        "results": None,
    }
    if who.inn:
        mine = company_glance(who.inn)
        own = {"missing": mine["missing"], "introductions": mine["requests"]}
        return {**told, "entries": mine["entries"], "own": own}
    return {**told, **manager_glance(beginning(asked.get("since")))} if who.role in MANAGERS else told


def beginning(since: date | None) -> datetime:
    """Return the beginning of a day, of none that of what is new for whoever comes for the first time."""
    return datetime(since.year, since.month, since.day, tzinfo=UTC) if since else datetime.now(UTC) - FIRST
