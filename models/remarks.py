"""What managers note about companies: labels put on and taken off, and notes; one step may be about many companies.

A log: every step is a row and names its companies. A step can be undone, and the undoing too. A label is on a company
when the last step about the two that was not undone put it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

import sqlalchemy as sa

from models import codec, tables
from models.errors import NothingSuch, UsageError
from models.identifiers import Inn
from models.text import T
from models.transaction import WithinTransaction

Kind = Literal["label", "unlabel", "note"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST_LABEL, LONGEST_NOTE = 40, 2000
#: Companies one step may be about.
MOST_COMPANIES = 5000


@dataclass(frozen=True, slots=True)
class Remark:
    """One step: what was done with which text, by whom and when, about how many companies."""

    id: int
    kind: Kind
    text: str
    by: str
    at: datetime
    undone_at: datetime | None = None
    companies: int = 0


class Remarks(WithinTransaction):
    """Labels and notes within one transaction."""

    def labelled(self, inns: Iterable[str] | None = None) -> dict[str, list[str]]:
        """Return the INNs that bear each label, labels by the alphabet; of some companies, or of all."""
        step, about = tables.remark.c, tables.remark_company.c
        joined = tables.remark_company.join(tables.remark, step.id == about.remark_id)
        live = sa.and_(step.undone_at.is_(None), step.kind != "note")
        if inns is not None:
            live = sa.and_(live, about.inn.in_(list(inns)))
        last = sa.select(sa.func.max(step.id).label("last"), about.inn).select_from(joined).where(live)
        latest = last.group_by(step.text, about.inn).subquery()
        query = (
            sa.select(step.text, latest.c.inn)
            .join(latest, latest.c.last == step.id)
            .where(step.kind == "label")
            .order_by(step.text, latest.c.inn)
        )
        found: dict[str, list[str]] = {}
        for label, inn in self._connection.execute(query):
            found.setdefault(label, []).append(inn)
        return found

    def of_company(self, inn: Inn) -> list[Remark]:
        """Return what was noted about a company and not undone, the last first."""
        about = tables.remark_company.c
        mine = sa.select(about.remark_id).where(about.inn == inn)
        return self._remarks(sa.and_(tables.remark.c.id.in_(mine), tables.remark.c.undone_at.is_(None)))

    def all(self) -> list[Remark]:
        """Return every step, undone ones too, the last first."""
        return self._remarks(sa.true())

    def step(self, number: int) -> Remark:
        """Return one step.

        Raises
        ------
        NothingSuch
            If there is none of this number.
        """
        found = self._remarks(tables.remark.c.id == number)
        if not found:
            raise NothingSuch(T("there is no remark {number}", number=number), T("reload the page"))
        return found[0]

    def _remarks(self, condition: sa.ColumnElement[bool]) -> list[Remark]:
        count = sa.select(tables.remark_company.c.remark_id, sa.func.count().label("companies"))
        count_of = count.group_by(tables.remark_company.c.remark_id).subquery()
        query = (
            sa.select(tables.remark, count_of.c.companies)
            .join(count_of, count_of.c.remark_id == tables.remark.c.id)
            .where(condition)
            .order_by(tables.remark.c.id.desc())
        )
        return [Remark(**row) for row in self._connection.execute(query).mappings()]

    def add(self, kind: Kind, text: str, inns: Sequence[Inn], by: str) -> Remark:
        """Take a step about companies.

        Raises
        ------
        UsageError
            If nothing is said, too much is, or about no company or too many.
        """
        said = " ".join(text.split()) if kind != "note" else text.strip()
        longest = LONGEST_NOTE if kind == "note" else LONGEST_LABEL
        if not said:
            raise UsageError(T("nothing is written"), T("write a label or a note"))
        if len(said) > longest:
            raise UsageError(T("the text is too long"), T("write at most {count} characters", count=longest))
        about = list(dict.fromkeys(inns))
        if not about:
            raise UsageError(T("no company is chosen"), T("tick the companies it is about"))
        if len(about) > MOST_COMPANIES:
            raise UsageError(
                T("{count} companies at once are too many", count=len(about)),
                T("narrow the list to at most {most}", most=MOST_COMPANIES),
            )
        values: dict[str, Any] = {"kind": kind, "text": said, "by": by, "at": codec.now(), "undone_at": None}
        made = self._connection.execute(sa.insert(tables.remark).values(values)).inserted_primary_key
        assert made is not None, "the database numbers remarks"
        rows = [{"remark_id": made[0], "inn": inn} for inn in about]
        self._connection.execute(sa.insert(tables.remark_company), rows)
        return Remark(id=made[0], companies=len(about), **values)

    def set_undone(self, number: int, undone: bool) -> Remark:
        """Undo a step, or take the undoing back."""
        before = self.step(number)
        at = codec.now() if undone else None
        self._connection.execute(sa.update(tables.remark).where(tables.remark.c.id == before.id).values(undone_at=at))
        return self.step(number)
