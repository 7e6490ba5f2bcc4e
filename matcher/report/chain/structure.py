"""What a group of firms is made of in one year: sizes, ages, and how much the largest hold.

Parts sum to their whole: every firm that exists in the year is in one class, ``unknown`` included.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.index.columns import CATEGORIES
from matcher.report.chain.dynamics import FEW, rounded
from matcher.report.chain.history import Floats, History, Ints, Mask
from matcher.report.figures import share
from matcher.report.frame import Document
from models.sizes import size_limits

#: Size classes by number: the categories, 0 unknown, then sole traders, who are one whatever their size.
NUMBERED = ("unknown", *CATEGORIES[1:], "sole_trader")
#: Size classes in the order they are shown.
SIZE_CLASSES = ("large", "medium", "small", "micro", "unknown", "sole_trader")
#: Age classes by completed years at the year's end: from, below.
AGE_CLASSES = (("under_3", 0, 3), ("3_to_5", 3, 5), ("5_to_10", 5, 10), ("10_to_20", 10, 20), ("over_20", 20, 10_000))
#: Largest firms whose share is told.
FIRST = (1, 3, 10)


def structure(group: History, column: int) -> Document:
    """Return sizes, ages and concentration of a group in one of its years.

    Parameters
    ----------
    group
        All firms, sole traders too.
    column
        Number of the year.
    """
    here = group.in_year(column)
    entities = here.legal_entities()
    return {
        "year": group.years[column],
        "firms": len(here),
        "sizes": sizes(here),
        "sizes_by": sized_by(entities),
        **ages(entities),
        "concentration": concentration(entities.figures["revenue_rub"][:, 0]),
    }


def sizes(here: History) -> list[Document]:
    """Return number, revenue and workers by size class; of one year, like all below."""
    number = size_classes(here)
    return [_class(name, number == NUMBERED.index(name), here) for name in SIZE_CLASSES]


def size_classes(here: History) -> Ints:
    """Return the size class of every firm as its number in :data:`NUMBERED`, shape (n,).

    The category a source states, as of the source; else what headcount and revenue of the year make it.
    """
    judged = judge(here.figures["workers"][:, 0], here.figures["revenue_rub"][:, 0], here.years[0])
    number = np.where(here.category > 0, here.category, judged)
    return np.where(here.sole_trader, NUMBERED.index("sole_trader"), number)


def judge(workers: Floats, revenue_rub: Floats, year: int) -> Ints:
    """Return the number of the size category by the limits of the law, 0 where neither figure is known.

    The larger of the two categories counts, as in article 4 of 209-FZ; where one figure is unknown, the other decides.

    Examples
    --------
    >>> judge(np.array([15.0, 16.0, 10.0, np.nan]), np.array([1e6, np.nan, 9e8, np.nan]), 2018).tolist()
    [1, 2, 3, 0]
    """
    limits = size_limits(year)
    by_workers = _judged(workers, [limit.workers for limit in limits])
    by_revenue = _judged(revenue_rub, [limit.revenue_rub for limit in limits])
    return np.maximum(by_workers, by_revenue)


def _judged(values: Floats, limits: Sequence[float]) -> Ints:
    number = np.searchsorted(np.array(limits), values, side="left") + 1
    return np.where(np.isnan(values), 0, number)


def sized_by(entities: History) -> Document:
    """Return how many legal entities have their size from a source, how many from limits, and how many have none."""
    stated = entities.category > 0
    unknown = size_classes(entities) == NUMBERED.index("unknown")
    return {
        "stated": int(stated.sum()),
        "limits": int((~stated & ~unknown).sum()),
        "unknown": int(unknown.sum()),
    }


def ages(entities: History) -> Document:
    """Return number, revenue and workers by age class, and the mean age.

    Ages are completed years at the end of the year; a firm founded in a year is 0 at its end, so the year of founding
    is enough.
    """
    age = entities.years[0] - entities.founded
    unknown = np.isnan(age) | (age < 0)
    rows = [_class(name, (age >= low) & (age < high), entities) for name, low, high in AGE_CLASSES]
    known = age[~unknown]
    return {
        "ages": [*rows, _class("unknown", unknown, entities)],
        "mean_age_years": round(float(known.mean()), 1) if len(known) else None,
    }


def _class(name: str, firms: Mask, here: History) -> Document:
    return {
        "class": name,
        "firms": int(firms.sum()),
        "firms_share": share(firms.sum() / len(firms)) if len(firms) else None,
        **_part(here.figures["revenue_rub"][:, 0], firms, "revenue_rub", "rub"),
        **_part(here.figures["workers"][:, 0], firms, "workers", "people"),
    }


def _part(values: Floats, firms: Mask, name: str, unit: str) -> Document:
    known = ~np.isnan(values)
    whole = float(values[known].sum())
    part = values[known & firms]
    return {
        name: rounded(float(part.sum()), unit) if len(part) else None,
        f"{name}_firms": len(part),
        f"{name}_share": share(part.sum() / whole) if len(part) and whole > 0 else None,
    }


def concentration(revenue_rub: Floats) -> Document:
    """Return how much of the revenue the largest firms hold.

    ``first`` are shares of the largest 1, 3 and 10 firms; ``hhi`` is the Herfindahl-Hirschman index Σ s², from 1/n
    (equal firms) to 1 (one firm). Both are of the firms that state revenue above 0, not of a market.

    References
    ----------
    A. O. Hirschman, "The Paternity of an Index", American Economic Review 54 (1964), 761.

    Examples
    --------
    >>> found = concentration(np.array([50.0, 30.0, 20.0, np.nan]))
    >>> found["first"], found["hhi"], found["firms"]
    ({'1': 0.5, '3': 1.0, '10': 1.0}, 0.38, 3)
    """
    known = np.sort(revenue_rub[revenue_rub > 0])[::-1]
    shares = known / known.sum() if len(known) else known
    return {
        "firms": len(known),
        "first": {str(top): share(shares[:top].sum()) if len(known) else None for top in FIRST},
        "hhi": share((shares**2).sum()) if len(known) else None,
        "few": len(known) < FEW,
    }
