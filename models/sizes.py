"""Micro, small, medium, large: the limits of the law by year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from models.resources import read_table


@dataclass(frozen=True, slots=True)
class SizeLimit:
    """The largest headcount and yearly revenue of a category."""

    category: str
    workers: float
    revenue_rub: float


@cache
def size_limits(year: int) -> tuple[SizeLimit, ...]:
    """Return the limits of micro, small and medium firms in force at the end of a year.

    Years before the first line of the table have its limits.

    References
    ----------
    Federal Law 209-FZ of 24.07.2007, article 4, part 1.1; the decrees stand in ``data/reference/size_limits.csv``.

    Examples
    --------
    >>> [(limit.category, limit.workers, limit.revenue_rub / 1e6) for limit in size_limits(2018)]
    [('micro', 15.0, 120.0), ('small', 100.0, 800.0), ('medium', 250.0, 2000.0)]
    >>> size_limits(2013)[0].revenue_rub / 1e6
    60.0
    """
    rows = list(read_table("reference/size_limits.csv"))
    begun = [int(row["since"]) for row in rows if int(row["since"]) <= year]
    since = max(begun, default=min(int(row["since"]) for row in rows))
    return tuple(
        SizeLimit(row["category"], float(row["workers"]), float(row["revenue_rub"]))
        for row in rows
        if int(row["since"]) == since
    )
