"""Calls for offers: what a buyer asked which firms to offer by when, and what each of them answered.

A log like that of introductions: each step of a firm, or of the call as a whole, is a row, the last one is how things
stand, and a step taken by mistake is taken back by the next one (:data:`models.offers.NEXT`). A firm sees its own steps
only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from models import codec, tables
from models.errors import DataError, NothingSuch, UsageError
from models.identifiers import Inn
from models.offers import (
    MOST_FIRMS,
    NEXT,
    OF_FIRMS,
    Ask,
    Call,
    Offer,
    Stage,
    State,
    Step,
    ask_text,
    call_of,
    offer_told,
    step_of,
)
from models.text import T
from models.transaction import WithinTransaction


class Calls(WithinTransaction):
    """Calls within one transaction."""

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
            steps[row["call"]].append(step_of(dict(row)))
        return [call_of(dict(row), steps[row["id"]]) for row in rows]

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


def no_call() -> NothingSuch:
    """Return the error of a call that is not there, or is none of this company's."""
    return NothingSuch(T("there is no such call for offers"), T("list the calls and look again"))
