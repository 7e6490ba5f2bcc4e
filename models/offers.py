"""A call for offers and what belongs to it, and how they are told as text of the log (:mod:`models.calls`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, get_args

from models import codec
from models.identifiers import Inn

State = Literal["asked", "reminded", "answered", "declined", "withdrawn"]
STATES: tuple[State, ...] = get_args(State)
#: What may follow each state of a firm; ``None`` stands for one that was not asked.
NEXT: Mapping[State | None, frozenset[State]] = MappingProxyType(
    {
        None: frozenset({"asked"}),
        "asked": frozenset({"reminded", "answered", "declined", "withdrawn"}),
        "reminded": frozenset({"asked", "reminded", "answered", "declined", "withdrawn"}),
        "answered": frozenset({"asked", "answered", "declined"}),
        "declined": frozenset({"asked", "answered"}),
        "withdrawn": frozenset({"asked"}),
    }
)
#: What a firm itself may say; the rest is the buyer's.
OF_FIRMS: frozenset[State] = frozenset({"asked", "answered", "declined"})
WAITING: frozenset[State] = frozenset({"asked", "reminded"})
Stage = Literal["open", "closed"]
#: Firms asked by one call, and letters of one text in it.
MOST_FIRMS, LONGEST_TEXT = 50, 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One thing firms are asked to offer: words for it, how much of it, and what else matters."""

    name: str
    volume: float | None = None
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a call says: the content of its row."""

    title: str
    lines: tuple[Line, ...]
    answer_by: date
    note: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a firm offers for one line: price of a unit without VAT, and how much of what."""

    price_rub: float
    unit: str = ""
    volume: float | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer: an offer for each line by its number, and what holds for all of them.

    ``delivery_rub`` is what bringing all of it costs, ``None`` where the prices hold it already.
    """

    lines: Mapping[int, Offered]
    delivery_rub: float | None = None
    delivery_days: int | None = None
    valid_till: date | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: of a firm, or of the call as a whole where ``supplier_inn`` is ``None``.

    ``inn`` is the company that took it, ``None`` for a manager; ``lines`` are the numbers of the lines a firm is asked
    for, ``note`` the reason of a refusal, ``offer`` an answer, ``answer_by`` a new last day.
    """

    supplier_inn: Inn | None
    state: str
    inn: Inn | None
    by: str
    at: datetime
    lines: tuple[int, ...] = ()
    note: str = ""
    offer: Offer | None = None
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A firm that was asked, with its steps, oldest first."""

    supplier_inn: Inn
    steps: tuple[Step, ...]

    @property
    def state(self) -> State:
        """How things stand with it."""
        found: State = self.steps[-1].state  # type: ignore[assignment]
        return found

    @property
    def lines(self) -> tuple[int, ...]:
        """Numbers of the lines it is asked for."""
        return next(step.lines for step in reversed(self.steps) if step.lines)

    @property
    def offer(self) -> Offer | None:
        """Its offer, while that is its last word."""
        return self.steps[-1].offer if self.state == "answered" else None


@dataclass(frozen=True, slots=True)
class Call:
    """A call for offers as it stands."""

    number: int
    request: int
    buyer_inn: Inn
    ask: Ask
    by: str
    at: datetime
    firms: tuple[Asked, ...]
    steps: tuple[Step, ...]

    @property
    def stage(self) -> Stage:
        """Whether answers are still taken."""
        said = [step.state for step in self.steps if step.state in get_args(Stage)]
        return "closed" if said and said[-1] == "closed" else "open"

    @property
    def answer_by(self) -> date:
        """The last day for answers, after every move."""
        moved = [step.answer_by for step in self.steps if step.answer_by]
        return moved[-1] if moved else self.ask.answer_by

    def firm(self, inn: Inn) -> Asked | None:
        """Return a firm that was asked."""
        return next((each for each in self.firms if each.supplier_inn == inn), None)


def ask_text(ask: Ask) -> str:
    """Return what a call says as text of its row."""
    return codec.compact_json({**asdict(ask), "answer_by": ask.answer_by.isoformat()})


def offer_told(offer: Offer | None) -> Mapping[str, Any] | None:
    """Return an offer as JSON holds it."""
    if offer is None:
        return None
    valid = offer.valid_till.isoformat() if offer.valid_till else None
    lines = {str(number): asdict(line) for number, line in offer.lines.items()}
    return {**asdict(offer), "lines": lines, "valid_till": valid}


def _ask(content: str) -> Ask:
    told = json.loads(content)
    lines = tuple(Line(**each) for each in told["lines"])
    return Ask(**{**told, "lines": lines, "answer_by": date.fromisoformat(told["answer_by"])})


def _offer(told: Mapping[str, Any] | None) -> Offer | None:
    if told is None:
        return None
    valid = date.fromisoformat(told["valid_till"]) if told["valid_till"] else None
    lines = {int(number): Offered(**each) for number, each in told["lines"].items()}
    return Offer(**{**told, "lines": lines, "valid_till": valid})


def step_of(row: Mapping[str, Any]) -> Step:
    """Return a step from its row of the log."""
    told = json.loads(row["content"])
    moved = told.get("answer_by")
    return Step(
        row["supplier_inn"], row["state"], row["inn"], row["by"], row["at"], tuple(told.get("lines", ())),
        told.get("note", ""), _offer(told.get("offer")), date.fromisoformat(moved) if moved else None,
    )  # fmt: skip


def call_of(row: Mapping[str, Any], steps: Iterable[Step]) -> Call:
    """Return a call from its row and its steps."""
    of_firms: dict[Inn, list[Step]] = {}
    of_all: list[Step] = []
    for step in steps:
        (of_all if step.supplier_inn is None else of_firms.setdefault(step.supplier_inn, [])).append(step)
    firms = tuple(Asked(inn, tuple(taken)) for inn, taken in of_firms.items())
    return Call(
        row["id"], row["request"], row["buyer_inn"], _ask(row["content"]), row["by"], row["at"], firms, tuple(of_all)
    )
