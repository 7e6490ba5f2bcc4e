"""Use case of whoever reads the board: what stands on it, filtered with counts, searched by words and by activity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from matcher.classify.words import STOP_LEMMAS, lemmas
from matcher.index.items import listed_items
from matcher.pipeline.described import SURE
from matcher.pipeline.exchange.board import activities, groups_of
from matcher.pipeline.workspace import Workspace
from matcher.report.board import CARD_FIELDS, SOURCES, Notice, notice_item, of_card, of_entry, without_posted
from matcher.report.frame import Document
from models.board import KINDS, SIDES, Board
from models.classifications import activity_name
from models.errors import UsageError
from models.geography import regions
from models.names import name_core
from models.records import Company
from models.text import Lang, T, Text

#: Orders of the board.
ORDERS = ("best", "new", "ending", "firm")
#: Activities kept of what a card lists; activities that a search means.
CARD_CODES, SEARCH_CODES = 8, 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the board is asked for; ``None`` means all."""

    kind: str | None = None
    side: str | None = None
    region: str | None = None
    source: str | None = None
    okved: str | None = None
    text: str | None = None
    order: str | None = None
    start: int = 0
    top: int = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A notice that fits a search, how well, and why."""

    notice: Notice
    points: float
    why: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """All of the board that is asked for.

    Parameters
    ----------
    query
        The question as it was understood.
    found
        What stands there, ascending by ``key``, which no two share.
    key
        Where something stands in the order.
    counts
        How much more each choice of a filter would show.
    firms
        The firms named, by INN.
    today, lang
        The day and the language it is told in.
    """

    query: Document
    found: Sequence[Found]
    key: Callable[[Found], tuple[Any, ...]]
    counts: Document
    firms: Mapping[str, Company]
    today: date
    lang: Lang

    def item(self, each: Found) -> Document:
        """Return something of it as a document."""
        notice = each.notice
        return {**notice_item(notice, self.firms.get(notice.inn), self.today, self.lang), "why": each.why}


def card_notices(workspace: Workspace) -> list[Notice]:
    """Return what all cards offer and ask for, with the activities understood from it; slow, the same for everybody."""
    with workspace.store.read() as reader:
        origins = reader.origins()
        firms = {field: reader.companies_by_inn(reader.stating(field)) for field in CARD_FIELDS}
    found = [
        notice
        for field, companies in firms.items()
        for company in companies.values()
        if (notice := of_card(company, field, origins)) is not None
    ]
    return understood(workspace, found)


def understood(workspace: Workspace, notices: Sequence[Notice]) -> list[Notice]:
    """Return notices of cards with the activities that their words speak of; of vacancies none are understood."""
    found = list(notices)
    for side in SIDES:
        numbers = [n for n, each in enumerate(found) if each.side == side and each.kind != "vacancy"]
        codes = activities(workspace, [found[n].words.text for n in numbers], side, CARD_CODES)
        for number, heard in zip(numbers, codes, strict=True):
            found[number] = replace(found[number], words=replace(found[number].words, heard=heard))
    return found


def standing(workspace: Workspace, cards: Sequence[Notice], today: date) -> list[Notice]:
    """Return everything on the board on a day: entries, the one changed last first, and what else cards say."""
    with workspace.store.read() as reader:
        posted = [of_entry(each) for each in Board(reader.connection).open(today)]
    return [*posted, *without_posted(cards, posted)]


def board(workspace: Workspace, wanted: Wanted, cards: Sequence[Notice], today: date) -> Document:
    """Return a part of what stands on the board, with how much more each filter would show; see :func:`ordered`."""
    whole = ordered(workspace, wanted, cards, today)
    return {
        "query": {**whole.query, "from": wanted.start, "top": wanted.top},
        "today": today.isoformat(),
        "total": len(whole.found),
        "counts": whole.counts,
        "items": [whole.item(each) for each in whole.found[wanted.start : wanted.start + wanted.top]],
    }


def ordered(workspace: Workspace, wanted: Wanted, cards: Sequence[Notice], today: date) -> Ordered:
    """Return all that stands on the board and is asked for, in its order.

    Parameters
    ----------
    workspace
        The register; its index is not needed.
    wanted
        What is asked for.
    cards
        What :func:`card_notices` returned.
    today
        The day whose board it is.

    Raises
    ------
    UsageError
        If there is no such kind, side, region, source or order.
    """
    for name, value, known in (("kind", wanted.kind, KINDS), ("side", wanted.side, SIDES),
                               ("region", wanted.region, regions()), ("source", wanted.source, SOURCES),
                               ("order", wanted.order, ORDERS)):  # fmt: skip
        if value is not None and value not in known:
            raise UsageError(T("there is no {what} {name}", what=name, name=value),
                             T("choose one of: {names}", names=", ".join(known)))  # fmt: skip
    notices = standing(workspace, cards, today)
    firms = workspace.companies({each.inn for each in notices})
    searched = search(workspace, notices, firms, wanted.text)
    tests = filters(wanted, firms)
    key = _order(wanted, firms)
    found = sorted((each for each in searched if all(test(each.notice) for test in tests.values())), key=key)
    query = {
        "kind": wanted.kind, "side": wanted.side, "region": wanted.region, "source": wanted.source,
        "okved": wanted.okved, "text": wanted.text, "order": wanted.order or _usual(wanted),
    }  # fmt: skip
    return Ordered(query, found, key, counts(searched, tests, firms), firms, today, workspace.settings.lang)


def filters(wanted: Wanted, firms: Mapping[str, Company]) -> dict[str, Callable[[Notice], bool]]:
    """Return the test of each filter that is set."""
    tests: dict[str, Callable[[Notice], bool]] = {}
    if wanted.kind:
        tests["kind"] = lambda each: each.kind == wanted.kind
    if wanted.side:
        tests["side"] = lambda each: each.side == wanted.side
    if wanted.source:
        tests["source"] = lambda each: each.source == wanted.source
    if wanted.region:
        tests["region"] = lambda each: region_of(each, firms) == wanted.region
    if prefix := wanted.okved:
        tests["okved"] = lambda each: any(code.startswith(prefix) for code in each.words.codes)
    return tests


def counts(
    found: Sequence[Found], tests: Mapping[str, Callable[[Notice], bool]], firms: Mapping[str, Company]
) -> Document:
    """Return how many notices each choice of a filter would leave, the other filters as they are."""
    told: dict[str, Callable[[Notice], str]] = {
        "kind": lambda each: each.kind,
        "side": lambda each: each.side,
        "source": lambda each: each.source,
        "region": lambda each: region_of(each, firms),
    }
    return {
        name: dict(Counter(
            value(each.notice) for each in found
            if all(test(each.notice) for other, test in tests.items() if other != name)
        ))
        for name, value in told.items()
    }  # fmt: skip


def region_of(notice: Notice, firms: Mapping[str, Company]) -> str:
    """Return the region of the firm of a notice, an empty text where it is not known."""
    firm = firms.get(notice.inn)
    return (firm.region_code if firm else None) or ""


def search(
    workspace: Workspace, notices: Sequence[Notice], firms: Mapping[str, Company], text: str | None
) -> list[Found]:
    """Return the notices that fit a search: all of its words, in any form, or an activity that it means.

    Points are 1 for the words and the confidence of the activity; a firm's name counts among its words.
    """
    words = {word for word in lemmas(text or "") if word not in STOP_LEMMAS}
    if not text or not words:
        return [Found(each, 0.0, "") for each in notices]
    lang = workspace.settings.lang
    meant = {c.code: c.confidence for c in workspace.classifier.texts.candidates(text, SEARCH_CODES)
             if c.confidence >= SURE}  # fmt: skip
    found = []
    for each in notices:
        name = firms[each.inn].name if each.inn in firms else ""
        said = {*lemmas(each.words.whole), *lemmas(each.words.title_en), *lemmas(name_core(name))}
        by_words = words <= said
        code = max(groups_of(each.words.codes) & meant.keys(), key=lambda code: meant[code], default=None)
        if by_words or code:
            why = spoken(each, words) if by_words else by_activity(code or "", lang)
            found.append(Found(each, by_words + float(meant[code] if code else 0.0), why.render(lang)))
    return found


def spoken(notice: Notice, words: set[str]) -> Text:
    """Return that something fits by its words, with the thing that has them where a card lists several."""
    listed = listed_items(notice.words.text) if notice.source == "card" else []
    thing = next((item for item in listed if words <= set(lemmas(item))), "")
    return T("the words are there: {words}", words=thing) if thing else T("the words are there")


def by_activity(code: str, lang: Lang) -> Text:
    """Return that something fits by what it is about."""
    return T("by activity: {code} {name}", code=code, name=activity_name(code, lang))


def _usual(wanted: Wanted) -> str:
    return "best" if wanted.text else "new"


def _order(wanted: Wanted, firms: Mapping[str, Company]) -> Callable[[Found], tuple[Any, ...]]:
    """Return by what the board is sorted; what firms wrote as entries stands above what cards say."""

    def new(each: Found) -> tuple[Any, ...]:
        return (each.notice.source != "board", -_day(each.notice.since))

    orders: Mapping[str, Callable[[Found], tuple[Any, ...]]] = {
        "best": lambda each: (-each.points, *new(each)),
        "new": new,
        "ending": lambda each: ((each.notice.until or date.max).isoformat(), each.notice.ref),
        "firm": lambda each: (name_core(firms[each.notice.inn].name) if each.notice.inn in firms else "",),
    }
    told = orders[wanted.order or _usual(wanted)]
    return lambda each: (*told(each), *_newest(each.notice.ref))


def _newest(ref: str) -> tuple[int, str]:
    """Return what tells notices of one place apart: of entries the one posted last first.

    >>> sorted(["9", "10", "2635000014/offers"], key=_newest)
    ['10', '9', '2635000014/offers']
    """
    number, _, field = ref.partition("/")
    return (0, ref) if field else (-int(number), "")


def _day(iso: str | None) -> int:
    """Return a day, or a year, as a number that grows with time.

    >>> _day("2026-03-02"), _day("2016"), _day(None)
    (20260302, 20160000, 0)
    """
    return int((iso or "0").replace("-", "").ljust(8, "0"))


def named(notices: Sequence[Notice], ref: str) -> Notice | None:
    """Return what stands on the board under a reference, ``None`` if it does no longer."""
    return next((each for each in notices if each.ref == ref), None)
