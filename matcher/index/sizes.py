"""How large firms are: the category of the register, or what the output says where it states none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.index.columns import CATEGORIES, SIZE_YEAR, Columns
from models.sizes import size_limits

#: Which categories are of small and medium firms, by their number.
IS_SME = np.isin(CATEGORIES, ("micro", "small", "medium"))


def sme_flags(columns: Columns) -> NDArray[np.bool_]:
    """Return which firms are small or medium, shape (n,); those of unknown size are not."""
    return np.asarray(IS_SME[columns.size_band])


def most_revenue(category: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the greatest revenue the law allows firms of these categories, boundless for large and unknown ones.

    >>> most_revenue(np.array([0, 1, 4])).tolist()
    [inf, 120000000.0, inf]
    """
    limits = np.array([np.inf, *(limit.revenue_rub for limit in size_limits(SIZE_YEAR)), np.inf])
    return limits[category]
