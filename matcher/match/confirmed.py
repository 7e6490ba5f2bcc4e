"""What someone makes, when its words were understood and a person then said which activities are meant."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def confirmed_shares(heard: NDArray[np.float64], named: NDArray[np.float64]) -> NDArray[np.float64]:
    r"""Return shares over the activities a person named, shape (m,), weighted as its words were heard.

    An activity that the words spoke of keeps its share :math:`h_j`; one that a person added, which the words did not
    speak of, counts as much as the clearest of the others (1 if there is none). Shares that sum to more than 1 are
    scaled down to it.

    Parameters
    ----------
    heard
        What the words speak of, shape (m,).
    named
        Positive where a person named the activity, shape (m,).

    Examples
    --------
    >>> heard = np.array([0.6, 0.2, 0.0])
    >>> confirmed_shares(heard, np.array([0.5, 0.0, 0.5])).tolist()
    [0.5, 0.0, 0.5]
    >>> confirmed_shares(heard, np.array([0.5, 0.5, 0.0])).tolist()
    [0.6, 0.2, 0.0]
    """
    kept = np.where(named > 0, heard, 0.0)
    clearest = float(kept.max(initial=0.0)) or 1.0
    shares = np.where((named > 0) & (kept == 0), clearest, kept)
    return np.asarray(shares / max(float(shares.sum()), 1.0))
