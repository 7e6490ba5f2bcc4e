"""Expected trade between groups of firms: the gravity model summed over all pairs, place by place.

Firms of one place have the same balancing factors and the same distances (:mod:`graph.gravity`), so the trade of two
groups is exact when each is summed by place first: no pair of firms is ever formed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.gravity import deterrence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cells:
    """What groups of firms sell, or buy, at each place.

    Attributes
    ----------
    group, place
        Which group and place each cell is of, shape (c,).
    pull
        Roubles of each code times the balancing factor of its side at the place, shape (c, m).
    """

    group: Ints
    place: Ints
    pull: Floats


def group_trade(sellers: Cells, buyers: Cells, distance_km: Floats, haul_km: Floats, groups: int) -> Floats:
    """Return expected trade from every group to every other, roubles, shape (groups, groups).

    ``Σ_p Σ_c Σ_d  a_c Y_cp · b_d D_dp · f_p(distance of c and d)`` over the cells of both groups.

    Parameters
    ----------
    sellers, buyers
        The same codes in the same order.
    distance_km
        Between places, shape (k, k).
    haul_km
        Mean haul of each code, shape (m,).

    Examples
    --------
    One code, two groups at one place:

    >>> sold = Cells(np.array([0, 1]), np.array([0, 0]), np.array([[2.0], [1.0]]))
    >>> bought = Cells(np.array([0, 1]), np.array([0, 0]), np.array([[0.5], [3.0]]))
    >>> group_trade(sold, bought, np.zeros((1, 1)), np.array([100.0]), 2).tolist()
    [[1.0, 6.0], [0.5, 3.0]]
    """
    trade = np.zeros((groups, groups))
    apart = distance_km[np.ix_(sellers.place, buyers.place)]
    member = np.zeros((len(buyers.group), groups))
    member[np.arange(len(buyers.group)), buyers.group] = 1.0
    for code in np.flatnonzero(sellers.pull.any(axis=0) & buyers.pull.any(axis=0)):
        rows, columns = np.flatnonzero(sellers.pull[:, code]), np.flatnonzero(buyers.pull[:, code])
        decay = deterrence(apart[np.ix_(rows, columns)], float(haul_km[code]))
        reached = decay @ (buyers.pull[columns, code][:, None] * member[columns])
        np.add.at(trade, sellers.group[rows], sellers.pull[rows, code][:, None] * reached)
    return trade
