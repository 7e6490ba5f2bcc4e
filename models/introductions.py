"""Who asked to be introduced to whom, and what the manager who mediates made of it.

A log like that of decisions: every step of a pair is a row, the last one is how things stand. A step taken by mistake
is taken back by the next one (:data:`NEXT`), so nothing is ever lost. What one side asks, the other does not see
(:meth:`Introduction.seen_by`) until they are introduced, or until it asks for the same itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal, get_args

import sqlalchemy as sa

from models import codec, tables
from models.errors import DataError, UsageError
from models.identifiers import Inn
from models.text import T
from models.transaction import WithinTransaction

State = Literal["waiting", "introduced", "declined", "withdrawn"]
STATES: tuple[State, ...] = get_args(State)
#: What may follow each state; ``None`` stands for a pair nobody has asked about. Both sides may ask for the same.
NEXT: Mapping[State | None, frozenset[State]] = MappingProxyType(
    {
        None: frozenset({"waiting"}),
        "waiting": frozenset({"waiting", "introduced", "declined", "withdrawn"}),
        "introduced": frozenset({"waiting"}),
        "declined": frozenset({"waiting"}),
        "withdrawn": frozenset({"waiting"}),
    }
)
LONGEST_NOTE = 2000
Pair = tuple[Inn, Inn]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way to an introduction.

    Parameters
    ----------
    supplier_inn, buyer_inn
        The pair.
    state
        How things stand since.
    note
        Words for the other side: what is offered, or what came of it.
    inn
        The company that took the step; ``None`` if a manager did.
    by
        Login of who took it.
    at
        When.
    """

    supplier_inn: Inn
    buyer_inn: Inn
    state: State
    note: str
    inn: Inn | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Introduction:
    """A pair that somebody asked to be introduced, with every step so far, oldest first."""

    steps: tuple[Step, ...]

    @property
    def pair(self) -> Pair:
        """The INNs of supplier and buyer."""
        return self.steps[0].supplier_inn, self.steps[0].buyer_inn

    @property
    def state(self) -> State:
        """How things stand."""
        return self.steps[-1].state

    @property
    def asked(self) -> Step:
        """The step with which a company asked last, or else the first one, of a manager."""
        asked = (step for step in reversed(self.steps) if step.state == "waiting" and step.inn)
        return next(asked, self.steps[0])

    @property
    def askers(self) -> frozenset[Inn]:
        """The companies that asked, since it was last answered or withdrawn and asked anew."""
        found: frozenset[Inn] = frozenset()
        for before, step in pairwise((None, *self.steps)):
            if step is not None and step.state == "waiting" and step.inn is not None:
                found = (found if before is not None and before.state == "waiting" else frozenset()) | {step.inn}
        return found

    def seen_by(self, inn: Inn | None) -> bool:
        """Return whether a company may know of it, or for ``None`` a manager, who knows of all."""
        return inn is None or self.state == "introduced" or inn in self.askers


class Introductions(WithinTransaction):
    """Introductions within one transaction."""

    def all(self, inn: Inn | None = None) -> list[Introduction]:
        """Return introductions, of one company or of all, the one changed last first."""
        c = tables.introduction.c
        mine = sa.true() if inn is None else sa.or_(c.supplier_inn == inn, c.buyer_inn == inn)
        found = by_pair(self._steps(mine))
        return sorted(found.values(), key=lambda each: each.steps[-1].at, reverse=True)

    def of_pair(self, supplier_inn: Inn, buyer_inn: Inn) -> Introduction | None:
        """Return the introduction of a pair, ``None`` if nobody asked."""
        c = tables.introduction.c
        steps = self._steps(sa.and_(c.supplier_inn == supplier_inn, c.buyer_inn == buyer_inn))
        return by_pair(steps).get((supplier_inn, buyer_inn))

    def last_steps(self) -> dict[Pair, int]:
        """Return the number of the last step of each pair; numbers grow from step to step over all pairs."""
        c = tables.introduction.c
        query = sa.select(c.supplier_inn, c.buyer_inn, sa.func.max(c.id)).group_by(c.supplier_inn, c.buyer_inn)
        return {(supplier, buyer): int(last) for supplier, buyer, last in self._connection.execute(query)}

    def waiting(self) -> int:
        """Return how many wait for a manager."""
        c, last = tables.introduction.c, sa.select(sa.func.max(tables.introduction.c.id))
        latest = last.group_by(c.supplier_inn, c.buyer_inn).scalar_subquery()
        query = sa.select(sa.func.count()).where(c.id.in_(latest), c.state == "waiting")
        return int(self._connection.execute(query).scalar_one())

    def _steps(self, condition: sa.ColumnElement[bool]) -> list[Step]:
        query = sa.select(tables.introduction).where(condition).order_by(tables.introduction.c.id)
        rows = self._connection.execute(query).mappings()
        return [Step(**{name: value for name, value in row.items() if name != "id"}) for row in rows]

    def step(self, pair: Pair, state: State, *, note: str = "", inn: Inn | None = None, by: str) -> Introduction:
        """Take a step; one that was taken already is not taken twice, but the other side may ask for the same.

        Parameters
        ----------
        pair
            The INNs of supplier and buyer.
        state
            How things stand from now on.
        note
            Words for the other side.
        inn
            The company that takes it, ``None`` for a manager.
        by
            Login of who takes it.

        Raises
        ------
        UsageError
            If supplier and buyer are one, or the note is too long.
        DataError
            If the state cannot follow the present one.
        """
        if pair[0] == pair[1]:
            raise UsageError(T("{inn} cannot be its own supplier", inn=pair[0]), T("name two companies"))
        if len(note) > LONGEST_NOTE:
            raise UsageError(T("the note is too long"), T("write at most {count} characters", count=LONGEST_NOTE))
        before = self.of_pair(*pair)
        now = before.state if before else None
        if before is not None and now == state and (inn is None or state != "waiting" or inn in before.askers):
            return before
        if state not in NEXT[now]:
            raise DataError(
                T("this introduction has been answered or withdrawn meanwhile"), T("reload the page and look again")
            )
        values: dict[str, Any] = {
            "supplier_inn": pair[0], "buyer_inn": pair[1], "state": state, "note": note, "inn": inn, "by": by,
            "at": codec.now(),
        }  # fmt: skip
        self._connection.execute(sa.insert(tables.introduction).values(values))
        return Introduction((*(before.steps if before else ()), Step(**values)))


def by_pair(steps: Iterable[Step]) -> dict[Pair, Introduction]:
    """Return steps gathered by pair, in their order."""
    found: dict[Pair, list[Step]] = {}
    for step in steps:
        found.setdefault((step.supplier_inn, step.buyer_inn), []).append(step)
    return {pair: Introduction(tuple(taken)) for pair, taken in found.items()}
