"""How large firms are: the category of the register, or what the output says where it states none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.index.columns import Columns
from models.sizes import size_limits

#: Limits of this year decide where only the output is known.
YEAR = 2018


def size_bands(columns: Columns) -> NDArray[np.int64]:
    """Return the size category of every firm, by its output where the register states none; 0 unknown."""
    limits = [limit.revenue_rub for limit in size_limits(YEAR)]
    by_output = np.where(columns.output_rub > 0, 1 + np.digitize(columns.output_rub, limits, right=True), 0)
    return np.where(columns.category > 0, columns.category, by_output)
