"""How often a firm was looked at: counts by day, place and kind of role, and nothing of who it was.

What is fair to count and to show is argued in ``docs/decisions/0009-who-looked.md``. A page is one statement, however
many firms it names; days older than :data:`KEPT_DAYS` go with the first page of a later one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from models import tables
from models.identifiers import Inn
from models.transaction import WithinTransaction

Place = Literal["list", "pair", "card"]
PLACES: tuple[Place, ...] = get_args(Place)
#: Days kept; a little over a year, so that a month can be set against that of the year before.
KEPT_DAYS = 400


@dataclass(frozen=True, slots=True)
class Look:
    """So many times was a firm looked at on one day, in one place, by one kind of role."""

    day: date
    place: Place
    role: str
    times: int


class Looks(WithinTransaction):
    """Looks within one transaction."""

    def count(self, times: Mapping[Inn, int], place: Place, role: str, day: date) -> None:
        """Count that firms were looked at so many times more."""
        table = tables.look
        rows: list[dict[str, Any]] = [
            {"inn": inn, "day": day, "place": place, "role": role, "times": times[inn]} for inn in sorted(times)
        ]
        if not rows:
            return
        kind = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        insert = kind.insert(table)
        keys = [table.c.inn, table.c.day, table.c.place, table.c.role]
        more = insert.on_conflict_do_update(index_elements=keys, set_={"times": table.c.times + insert.excluded.times})
        self._connection.execute(more, rows)

    def forget(self, today: date) -> int:
        """Drop what is older than is kept; return how many rows went."""
        old = tables.look.c.day < today - timedelta(days=KEPT_DAYS)
        return int(self._connection.execute(sa.delete(tables.look).where(old)).rowcount)

    def of(self, inn: Inn, since: date) -> list[Look]:
        """Return how a firm was looked at since a day, oldest first."""
        c = tables.look.c
        query = sa.select(c.day, c.place, c.role, c.times).where(c.inn == inn, c.day >= since).order_by(c.day)
        return [Look(*row) for row in self._connection.execute(query)]
