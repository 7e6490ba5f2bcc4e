"""Calls for offers: what a buyer asked which firms to offer by when, and what each of them answered.

A log like that of introductions: each step of a firm, or of the call as a whole, is a row, the last one is how things
stand, and a step taken by mistake is taken back by the next one (:data:`NEXT`). A firm sees its own steps only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models import codec, tables
from models.errors import DataError, UsageError
from models.identifiers import Inn
from models.text import T

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


class Calls:
    """Calls within one transaction.

    Parameters
    ----------
    connection
        The connection of a :class:`models.store.Reader`, or of a :class:`models.store.Unit` to change them.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, buyer_inn: Inn | None = None) -> list[Call]:
        """Return the calls of one buyer or of all, the latest first."""
        mine = sa.true() if buyer_inn is None else tables.offer_call.c.buyer_inn == buyer_inn
        return self._read(mine)

    def to(self, supplier_inn: Inn) -> list[Call]:
        """Return the calls that asked a firm, the latest first."""
        step = tables.offer_step.c
        return self._read(tables.offer_call.c.id.in_(sa.select(step.call).where(step.supplier_inn == supplier_inn)))

    def one(self, number: int) -> Call:
        """Return a call.

        Raises
        ------
        DataError
            If there is none of that number.
        """
        found = self._read(tables.offer_call.c.id == number)
        if not found:
            raise no_call()
        return found[0]

    def _read(self, condition: sa.ColumnElement[bool]) -> list[Call]:
        table, step = tables.offer_call, tables.offer_step
        rows = self._connection.execute(sa.select(table).where(condition).order_by(table.c.id.desc())).mappings().all()
        steps: dict[int, list[Step]] = {row["id"]: [] for row in rows}
        chosen = sa.select(table.c.id).where(condition)
        taken = sa.select(step).where(step.c.call.in_(chosen)).order_by(step.c.id)
        for row in self._connection.execute(taken).mappings():
            steps[row["call"]].append(_step(dict(row)))
        return [_call(dict(row), steps[row["id"]]) for row in rows]

    def open(self, request: int, buyer_inn: Inn, ask: Ask, firms: Mapping[Inn, Sequence[int]], *, by: str) -> Call:
        """Ask firms for offers, each for some of the lines.

        Raises
        ------
        UsageError
            If nobody or nothing is asked, too many are, or the buyer asks itself.
        """
        if not ask.lines or not firms or not all(firms.values()):
            raise UsageError(T("nothing was asked"), T("choose at least one company and one input"))
        if len(firms) > MOST_FIRMS:
            raise UsageError(T("a call asks {count} companies at most", count=MOST_FIRMS), T("choose fewer of them"))
        if buyer_inn in firms:
            raise UsageError(T("{inn} cannot be its own supplier", inn=buyer_inn), T("name two companies"))
        values = {
            "request": request, "buyer_inn": buyer_inn, "content": ask_text(ask), "by": by, "at": codec.now(),
        }  # fmt: skip
        key = self._connection.execute(sa.insert(tables.offer_call).values(values)).inserted_primary_key
        assert key is not None
        for inn, lines in firms.items():
            self._add(int(key[0]), inn, "asked", None, by, {"lines": list(lines)})
        return self.one(int(key[0]))

    def step(
        self, number: int, supplier_inn: Inn, state: State, *, inn: Inn | None, by: str, note: str = "",
        offer: Offer | None = None,
    ) -> Call:  # fmt: skip
        """Take a step of a firm; the very same is not taken twice.

        Parameters
        ----------
        number, supplier_inn
            The call and the firm.
        state
            How things stand with it from now on.
        inn
            The company that takes the step, ``None`` for a manager.
        by
            Login of who takes it.
        note
            Why it declines.
        offer
            What it offers.

        Raises
        ------
        DataError
            If there is no such call of this firm, it is closed, or the state cannot follow the present one.
        """
        call = self.one(number)
        firm = call.firm(supplier_inn)
        if firm is None:
            raise no_call()
        if call.stage == "closed":
            raise DataError(T("this call is closed"), T("its buyer can open it again"))
        last = firm.steps[-1]
        if (last.state, last.note, last.offer) == (state, note, offer) and state != "reminded":
            return call
        if state not in NEXT[firm.state] or (inn == supplier_inn and state not in OF_FIRMS):
            raise DataError(T("this was answered or withdrawn meanwhile"), T("reload the page and look again"))
        self._add(number, supplier_inn, state, inn, by, {"note": note, "offer": offer_told(offer)})
        return self.one(number)

    def ask_more(self, number: int, firms: Mapping[Inn, Sequence[int]], *, inn: Inn | None, by: str) -> Call:
        """Ask further firms by an open call."""
        call = self.one(number)
        for each, lines in firms.items():
            if call.firm(each) is None and each != call.buyer_inn and lines:
                self._add(number, each, "asked", inn, by, {"lines": list(lines)})
        return self.one(number)

    def stage(self, number: int, stage: Stage, *, inn: Inn | None, by: str) -> Call:
        """Close a call, or open it again."""
        if self.one(number).stage != stage:
            self._add(number, None, stage, inn, by, {})
        return self.one(number)

    def move(self, number: int, answer_by: date, *, inn: Inn | None, by: str) -> Call:
        """Move the last day for answers."""
        if self.one(number).answer_by != answer_by:
            self._add(number, None, "moved", inn, by, {"answer_by": answer_by.isoformat()})
        return self.one(number)

    def _add(
        self, number: int, supplier: Inn | None, state: str, inn: Inn | None, by: str, told: Mapping[str, Any]
    ) -> None:
        content = codec.compact_json({name: value for name, value in told.items() if value})
        values = {
            "call": number, "supplier_inn": supplier, "state": state, "content": content, "inn": inn, "by": by,
            "at": codec.now(),
        }  # fmt: skip
        self._connection.execute(sa.insert(tables.offer_step).values(values))


def no_call() -> DataError:
    """Return the error of a call that is not there, or is none of this company's."""
    return DataError(T("there is no such call for offers"), T("list the calls and look again"))


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


def _step(row: Mapping[str, Any]) -> Step:
    told = json.loads(row["content"])
    moved = told.get("answer_by")
    return Step(
        row["supplier_inn"], row["state"], row["inn"], row["by"], row["at"], tuple(told.get("lines", ())),
        told.get("note", ""), _offer(told.get("offer")), date.fromisoformat(moved) if moved else None,
    )  # fmt: skip


def _call(row: Mapping[str, Any], steps: Iterable[Step]) -> Call:
    of_firms: dict[Inn, list[Step]] = {}
    of_all: list[Step] = []
    for step in steps:
        (of_all if step.supplier_inn is None else of_firms.setdefault(step.supplier_inn, [])).append(step)
    firms = tuple(Asked(inn, tuple(taken)) for inn, taken in of_firms.items())
    return Call(
        row["id"], row["request"], row["buyer_inn"], _ask(row["content"]), row["by"], row["at"], firms, tuple(of_all)
    )
