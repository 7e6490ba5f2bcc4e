"""Firms as a register states them, before anything is read into it: what links are drawn from.

A firm's main code is all that counts, split evenly over the activity groups it covers; a code of the old classification
by the published correspondence, whose classes are split evenly too. Names, texts and the weights of the classifier have
no say, so a classifier that reads firms otherwise is tried on the same links.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matcher.index.output import TURNOVER_CLASSES
from matcher.trials.generator import Firms
from models.classifications import carry_okved1, groups_under, nearest_code, okved1_classes
from models.records import Company

Ints = NDArray[np.int64]


def stated_firms(companies: Sequence[Company], place: Ints, codes: Sequence[str]) -> Firms:
    """Return what a register states of its firms.

    Parameters
    ----------
    place
        Number of each firm's place, shape (n,).
    codes
        The m activity groups.
    """
    number = {code: at for at, code in enumerate(codes)}
    rows = [
        {number[group]: part for group, part in stated_groups(company).items() if group in number}
        for company in companies
    ]
    indptr = np.cumsum([0, *map(len, rows)])
    at = np.array([code for row in rows for code in sorted(row)], dtype=np.int64)
    part = np.array([row[code] for row in rows for code in sorted(row)], dtype=float)
    revenue = np.array([stated_revenue(company) for company in companies])
    middle = float(np.nanmedian(revenue)) if np.isfinite(revenue).any() else 1.0
    shares = csr_array((part, at, indptr), shape=(len(rows), len(codes)))
    return Firms(shares, np.where(np.isnan(revenue), middle, revenue), place)


def stated_groups(company: Company) -> Mapping[str, float]:
    """Return the groups that the main code of a company covers, in even parts; none where it states no known code.

    >>> stated_groups(Company(inn="7736050003", okved_main="20.15.1"))
    {'20.15': 1.0}
    >>> stated_groups(Company(inn="7736050003", okved1_main="24.15"))
    {'20.15': 0.5, '38.21': 0.5}
    """
    known = nearest_code(company.okved_main) if company.okved_main else None
    if known is not None:
        under = groups_under(known)
        return dict.fromkeys(under, 1.0 / len(under))
    old = company.okved1_main or ""
    return dict(carry_okved1(old)) if old and okved1_classes(old) else {}


def stated_revenue(company: Company) -> float:
    """Return the revenue a company reports; none of those that report turnover of money, whose size is not known."""
    division = next(iter(stated_groups(company)), "")[:2]
    told = company.revenue_rub
    return float("nan") if told is None or division in TURNOVER_CLASSES else float(max(told, 0.0))
