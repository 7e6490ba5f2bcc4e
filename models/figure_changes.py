"""What the figures of an import say beside those of the year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from models import tables


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A company's figure of its latest year, which an import brought, and that of the year before."""

    inn: str
    year: int
    value: float
    before: float


@dataclass(frozen=True, slots=True)
class FigureChanges:
    """Companies whose latest figure an import brought and whose figure of the year before is known.

    ``count``, ``value`` and ``before`` are of all of them, ``largest`` the first few by how much they changed.
    """

    count: int
    value: float
    before: float
    largest: Sequence[FigureChange]


def figure_changes(connection: sa.Connection, run_id: int, name: str, top: int) -> FigureChanges:
    """Return how a figure of companies changed by an import, the largest changes first."""
    now, last, later = (tables.company_figure.alias(each) for each in ("now", "last", "later"))
    same = (last.c.inn == now.c.inn, last.c.name == now.c.name, last.c.year == now.c.year - 1)
    after = sa.exists().where(later.c.inn == now.c.inn, later.c.name == now.c.name, later.c.year > now.c.year)
    told = now.join(last, sa.and_(*same))
    wanted = (now.c.run_id == run_id, now.c.name == name, ~after)
    sums = (sa.func.coalesce(sa.func.sum(each.c.value), 0) for each in (now, last))
    count, value, before = connection.execute(sa.select(sa.func.count(), *sums).select_from(told).where(*wanted)).one()
    columns = now.c.inn, now.c.year, now.c.value, last.c.value
    by_size = sa.func.abs(now.c.value - last.c.value).desc()
    rows = sa.select(*columns).select_from(told).where(*wanted).order_by(by_size, now.c.inn).limit(top)
    largest = [FigureChange(*row) for row in connection.execute(rows)]
    return FigureChanges(int(count), float(value), float(before), largest)
