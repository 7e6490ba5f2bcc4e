"""Whether two orders of the same things agree."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Floats = NDArray[np.float64]


def spearman(first: Floats, second: Floats) -> float | None:
    """Return the rank correlation with mean ranks for ties, ``None`` where either side is constant.

    References
    ----------
    Spearman, C. (1904). The proof and measurement of association between two things. *American Journal of Psychology*
    15, 72–101.

    Examples
    --------
    >>> round(spearman(np.array([1.0, 2.0, 9.0]), np.array([1.0, 5.0, 6.0])), 6)
    1.0
    """
    if len(first) < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    return float(np.corrcoef(rankdata(first), rankdata(second))[0, 1])


def rank_gaps(first: Floats, second: Floats) -> Floats:
    """Return how far apart the two orders place each thing, as a share of their number; above 0: later in the first.

    >>> rank_gaps(np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 1.0, 3.0, 4.0])).tolist()
    [-0.25, 0.25, 0.0, 0.0]
    """
    return np.asarray((rankdata(first) - rankdata(second)) / max(len(first), 1), dtype=np.float64)
