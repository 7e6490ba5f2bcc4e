"""Use case of one entry of the board: which entries of the other side fit it, and which companies could answer it.

Companies come from the ordinary shortlists, asked for one thing: buyers of what is offered, suppliers of what is asked
for. Entries are compared with entries by activity and by words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.index.items import listed_items
from matcher.match.words import alike
from matcher.pipeline.described import Described
from matcher.pipeline.exchange.board import groups_of
from matcher.pipeline.exchange.board_list import by_activity
from matcher.pipeline.shortlists import Options, buyers_of_offer, suppliers
from matcher.pipeline.workspace import Workspace
from matcher.report.board import Notice, notice_item
from matcher.report.frame import Document
from models.board import SIDES, Kind, Side
from models.board_words import Words
from models.errors import DataError
from models.text import T, Text

#: Who could answer a firm that looks for people: agencies and schools of trades.
OF_VACANCIES = ("78.10", "78.20", "78.30", "85.21", "85.30")
#: Kinds that can answer one another.
TRADE: frozenset[Kind] = frozenset({"product", "service", "contract_manufacturing"})
#: Words fit by themselves when they are nearer than unrelated ones by so many standard deviations.
ALIKE = 3.0
#: What a shared activity adds, in the same units.
SHARED = 2.0
#: Entries and companies shown.
ENTRIES, COMPANIES = 10, 10


@dataclass(frozen=True, slots=True)
class Fit:
    """How well another entry fits: the activities both are about, and the nearest of their words."""

    notice: Notice
    shared: tuple[str, ...]
    alike: float
    mine: str
    theirs: str

    @property
    def points(self) -> float:
        """What fitting entries are sorted by."""
        return self.alike + SHARED * bool(self.shared)


def answers_to(workspace: Workspace, notice: Notice, notices: Sequence[Notice]) -> Document:
    """Return what fits an entry on the other side of the board, and who could answer it.

    Parameters
    ----------
    workspace
        The register with its index.
    notice
        The entry.
    notices
        Everything that stands on the board.
    """
    fits = fitting(workspace, notice, notices)
    firms = workspace.companies({each.notice.inn for each in fits})
    lang, today = workspace.settings.lang, workspace.frame([]).today
    return {
        "side": "buyer" if notice.side == "offer" else "supplier",
        "entries": [
            {
                **notice_item(each.notice, firms.get(each.notice.inn), today, lang),
                "reasons": reasons(workspace, notice, each),
                "points": round(each.points, 2),
            }
            for each in fits
        ],
        **companies(workspace, notice),
    }


def can_answer(one: Notice, other: Notice) -> bool:
    """Tell whether an entry is of a kind and a side that can answer another; of one firm none can.

    Joint projects look for partners on both sides.
    """
    if one.inn == other.inn:
        return False
    if one.kind == "joint_project" or other.kind == "joint_project":
        return one.kind == other.kind
    return one.side != other.side and (one.kind == other.kind or {one.kind, other.kind} <= TRADE)


def fitting(workspace: Workspace, notice: Notice, notices: Sequence[Notice]) -> list[Fit]:
    """Return the entries that can answer one and are about the same, the best first."""
    others = [each for each in notices if can_answer(notice, each)]
    if not others:
        return []
    mine = things(notice.words)
    asked = vectors(workspace, notice.side, mine)
    theirs = [things(each.words) for each in others]
    given = vectors_of_all(workspace, others, theirs)
    found = [
        fit(notice, each, asked, vector, mine, said) for each, vector, said in zip(others, given, theirs, strict=True)
    ]
    chosen = [each for each in found if each.shared or each.alike >= ALIKE]
    return sorted(chosen, key=lambda each: -each.points)[:ENTRIES]


def fit(
    notice: Notice, other: Notice, asked: NDArray[np.float32], given: NDArray[np.float32], mine: Sequence[str],
    theirs: Sequence[str],
) -> Fit:  # fmt: skip
    """Return how well an entry fits another; ``asked`` and ``given`` are the vectors of what each names."""
    nearness = given @ asked.T
    row, column = np.unravel_index(int(nearness.argmax()), nearness.shape)
    near = float(alike(nearness[row, column]))
    shared = tuple(sorted(groups_of(notice.words.codes) & groups_of(other.words.codes)))
    return Fit(other, shared, near, mine[int(column)], theirs[int(row)])


def things(words: Words) -> list[str]:
    """Return the things an entry names, each to be compared by itself: its title, and what its text lists."""
    listed = listed_items(words.text)
    return (
        listed if listed and words.title.endswith("…") else list(dict.fromkeys([*listed_items(words.title), *listed]))
    )


def vectors(workspace: Workspace, side: Side, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the sentence vectors of what is offered, or of what is asked for, shape (k, d)."""
    encode = workspace.embedder.passages if side == "offer" else workspace.embedder.queries
    return np.asarray(encode(list(texts)), dtype=np.float32)


def vectors_of_all(
    workspace: Workspace, notices: Sequence[Notice], texts: Sequence[Sequence[str]]
) -> list[NDArray[np.float32]]:
    """Return the vectors of what each notice names, all of a side encoded at once."""
    found: dict[int, NDArray[np.float32]] = {}
    for side in SIDES:
        numbers = [n for n, each in enumerate(notices) if each.side == side]
        if numbers:
            together = vectors(workspace, side, [text for n in numbers for text in texts[n]])
            ends = np.cumsum([len(texts[n]) for n in numbers])[:-1]
            found |= dict(zip(numbers, np.split(together, ends), strict=True))
    return [found[n] for n in range(len(notices))]


def reasons(workspace: Workspace, notice: Notice, found: Fit) -> list[str]:
    """Return why an entry fits, in words: activity, likeness of the words, how far apart, whether the firms trade."""
    lang = workspace.settings.lang
    told = [by_activity(code, lang) for code in found.shared]
    if found.alike >= ALIKE:
        told.append(T("near in meaning: “{mine}” and “{theirs}”", mine=found.mine, theirs=found.theirs))
    return [text.render(lang) for text in (*told, *between(workspace, notice, found.notice))]


def between(workspace: Workspace, notice: Notice, other: Notice) -> Iterator[Text]:
    """Yield what the index knows of the firms of two entries: how far apart, of one group, trading already."""
    columns = workspace.columns
    one, two = columns.firm(notice.inn), columns.firm(other.inn)
    if one is None or two is None:
        return
    yield T("{km} km apart", km=f"{columns.distance_km[columns.place[one], columns.place[two]]:.0f}")
    if two in columns.ties(one):
        yield T("both firms are of one group")
    if two in columns.network.suppliers_of(one) or two in columns.network.buyers_of(one):
        yield T("the firms trade already")


def companies(workspace: Workspace, notice: Notice) -> Document:
    """Return the first companies of the shortlist of an entry, and what it says where there is none.

    Only the activities count that the entry is said to be about.
    """
    options = Options(top=COMPANIES)
    words = notice.words
    try:
        if notice.side == "offer":
            what = Described(text=words.whole, okved=words.codes)
            found = buyers_of_offer(workspace, notice.inn, what, options)
        else:
            needs = (None, OF_VACANCIES) if notice.kind == "vacancy" else (words.whole, words.codes)
            found = suppliers(workspace, notice.inn, replace(options, need=needs[0], need_okved=needs[1]))
    except DataError as error:
        return {"companies": [], "total": 0, "note": error.message.render(workspace.settings.lang)}
    return {"companies": found["items"], "total": found["total"], "note": ""}
