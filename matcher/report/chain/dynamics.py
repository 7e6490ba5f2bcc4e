"""How a group of firms changes from year to year, on two bases that are never mixed.

*All firms*: the sum over every firm that states the figure of the year. As coverage grows or shrinks from year to
year, so does the sum; it says how large the group is known to be, nothing about growth.

*Same firms*: a panel of the firms that state the figure in both of two years. Only here is growth computed.

Everything is nominal: no figure is deflated. Open :data:`MEASURES` first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from matcher.report.chain.history import History, Mask
from matcher.report.figures import share
from matcher.report.frame import Document

#: Fewer firms than this say nothing about a group.
FEW = 3
#: The first year of a chained index.
BASE = 100.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity of a group and year: Σ ``over``, or Σ ``over`` / Σ ``under``, over firms that state what it needs.

    ``under`` is a figure, ``firms`` for the number of those firms, or empty for a plain sum. ``unit`` is ``rub``,
    ``people`` or ``share``. What may be below zero, and a share, does not grow by a percentage: it has a difference.
    """

    key: str
    over: str
    under: str
    unit: str
    grows: bool = True


MEASURES = (
    Measure("revenue_rub", "revenue_rub", "", "rub"),
    Measure("workers", "workers", "", "people"),
    Measure("taxes_paid_rub", "taxes_paid_rub", "", "rub"),
    Measure("expenses_rub", "expenses_rub", "", "rub"),
    Measure("profit_rub", "profit_rub", "", "rub", grows=False),
    Measure("profit_to_revenue", "profit_rub", "revenue_rub", "share", grows=False),
    Measure("profit_to_expenses", "profit_rub", "expenses_rub", "share", grows=False),
    Measure("surplus_to_revenue", "surplus_rub", "revenue_rub", "share", grows=False),
    Measure("revenue_per_worker_rub", "revenue_rub", "workers", "rub"),
    Measure("workers_per_firm", "workers", "firms", "people"),
)


def dynamics(group: History) -> Document:
    """Return every measure of a group over its years.

    Parameters
    ----------
    group
        Legal entities; sole traders publish no accounts.

    Returns
    -------
    document
        By measure: ``unit``; ``grows``; ``years`` with value and coverage; ``panels`` of each two neighbouring years
        that have the measure; ``whole``, the panel of the first and the last of them.
    """
    return {measure.key: trend(group, measure) for measure in MEASURES}


def trend(group: History, measure: Measure) -> Document:
    """Return one measure of a group over its years."""
    known = stating(group, measure)
    exist = group.exists().sum(axis=0)
    years = [_year(group, measure, known, column, int(exist[column])) for column in range(len(group.years))]
    dated = [column for column in range(len(group.years)) if known[:, column].any()]
    panels = chained([panel(group, measure, known, pair) for pair in pairwise(dated)])
    whole = panel(group, measure, known, (dated[0], dated[-1])) if len(dated) > 1 else None
    return {"unit": measure.unit, "grows": measure.grows, "years": years, "panels": panels, "whole": whole}


def stating(group: History, measure: Measure) -> Mask:
    """Return which firm states all a measure needs in which year, shape (n, y)."""
    known = ~np.isnan(group.figures[measure.over])
    if measure.under in group.figures:
        known &= ~np.isnan(group.figures[measure.under])
    return known


def _year(group: History, measure: Measure, known: Mask, column: int, exist: int) -> Document:
    firms = int(known[:, column].sum())
    return {
        "year": group.years[column],
        "value": rounded(total(group, measure, known[:, column], column), measure.unit),
        "firms": firms,
        "of_firms": exist,
        "share": share(firms / exist) if exist else None,
        "few": firms < FEW,
    }


def total(group: History, measure: Measure, firms: Mask, column: int) -> float | None:
    """Return a measure over some firms in one year, ``None`` where there is none or its divisor is not above 0."""
    if not firms.any():
        return None
    over = float(group.figures[measure.over][firms, column].sum())
    if not measure.under:
        return over
    under = float(firms.sum()) if measure.under == "firms" else float(group.figures[measure.under][firms, column].sum())
    return over / under if under > 0 else None


def panel(group: History, measure: Measure, known: Mask, pair: tuple[int, int]) -> Document:
    """Return a measure of the same firms in two years.

    ``growth`` is now / was − 1 of what grows, where it was above 0 and is not below; ``change`` is the difference.
    """
    same = known[:, pair[0]] & known[:, pair[1]]
    was, now = (total(group, measure, same, column) for column in pair)
    return {
        "from": group.years[pair[0]],
        "to": group.years[pair[1]],
        "firms": int(same.sum()),
        "was": rounded(was, measure.unit),
        "now": rounded(now, measure.unit),
        "growth": share(now / was - 1) if measure.grows and was and now is not None and was > 0 <= now else None,
        "change": rounded(now - was, measure.unit) if was is not None and now is not None else None,
        "few": int(same.sum()) < FEW,
    }


def chained(panels: Sequence[Document]) -> list[Document]:
    """Return panels with ``index``: growth of neighbouring years multiplied up, :data:`BASE` in the first year.

    Each link compares the same firms, though the links are of different ones. The chain ends at a year without growth
    or with too few firms.

    Examples
    --------
    >>> links = [{"growth": 0.5, "few": False}, {"growth": -0.2, "few": False}, {"growth": None, "few": True}]
    >>> [link["index"] for link in chained(links)]
    [150.0, 120.0, None]
    """
    level: float | None = BASE
    linked = []
    for each in panels:
        level = None if level is None or each["growth"] is None or each["few"] else level * (1 + each["growth"])
        linked.append({**each, "index": None if level is None else round(level, 1)})
    return linked


def counts(group: History) -> Document:
    """Return how many firms a group has, how many are sole traders, and how many have figures at all and by year."""
    entities = group.legal_entities()
    speaks = entities.speaks()
    exist = entities.exists().sum(axis=0)
    return {
        "firms": len(group),
        "legal_entities": len(entities),
        "sole_traders": int(group.sole_trader.sum()),
        "without_figures": int((~speaks.any(axis=1)).sum()) if len(group.years) else len(entities),
        "years": [
            {"year": year, "firms": int(speaks[:, column].sum()), "of_firms": int(exist[column])}
            for column, year in enumerate(group.years)
        ],
    }


def rounded(value: float | None, unit: str) -> float | int | None:
    """Return a value with the digits that mean something: whole roubles, tenths of people, shares to four digits."""
    if value is None:
        return None
    return round(value) if unit == "rub" else round(value, 1) if unit == "people" else share(value)
