"""Division where nothing by nothing is nothing: shares of totals that may be 0."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def ratio(top: Floats, bottom: Floats | np.floating | float) -> Floats:
    """Return ``top / bottom`` where the bottom is above 0, and 0 elsewhere; shapes broadcast.

    >>> ratio(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([2.0, 0.0])).tolist()
    [[0.5, 0.0], [1.5, 0.0]]
    """
    shape = np.broadcast_shapes(top.shape, np.shape(bottom))
    return np.divide(top, bottom, out=np.zeros(shape), where=np.asarray(bottom) > 0)
