"""The capital layer: who uses the machines and buildings that a year's investment buys.

Gross fixed capital formation is published as a vector by product, without users. It is allocated by a stated table of
machine → industry, in proportion to the users' value added, and sums back to the vector.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.detail_keys import Key, factors
from graph.fitting import aggregate, own_cells

Floats = NDArray[np.float64]

#: Share of a block's current purchases that must lie in other cells before the capital layer may have one.
LEFT = 0.1


def user_weights(users: Iterable[Key], groups: Sequence[str]) -> Floats:
    """Return the weight of every (capital product, user), shape (groups, groups); 0 for products no line names.

    Examples
    --------
    >>> user_weights([Key("28.93", "10", 1.0)], ["10.51", "28.93"]).tolist()
    [[0.0, 0.0], [1.0, 0.0]]
    """
    return factors([Key("*", "*", 0.0), *_silent(users)], groups)


def _silent(users: Iterable[Key]) -> list[Key]:
    """A named product serves nobody but the users named for it."""
    named = list(users)
    return [*(Key(prefix, "*", 0.0) for prefix in dict.fromkeys(key.supply for key in named)), *named]


def capital_pattern(users: Iterable[Key], investment: Floats, value_added: Floats, groups: Sequence[str]) -> Floats:
    r"""Return the unscaled pattern of capital flows, :math:`k_{pq} \propto i_p w_{pq} v_q`.

    Parameters
    ----------
    users
        Product prefix, user prefix, weight.
    investment
        Shape (groups,): how a block's investment divides over its groups, any unit.
    value_added
        Shape (groups,).
    groups
        The axis.
    """
    weights = user_weights(users, groups) * value_added
    totals = weights.sum(axis=1)
    shares = np.divide(weights, totals[:, None], out=np.zeros_like(weights), where=totals[:, None] > 0)
    return np.asarray(investment[:, None] * shares)


def capital_cells(capital: Floats, current: Floats, row_shares: Floats, column_shares: Floats) -> NDArray[np.bool_]:
    """Return the cells that belong to the capital layer.

    A cell is capital where investment exceeds current purchases, unless the product block would then have too few
    cells of its own to hold what this industry block currently buys of it.

    Parameters
    ----------
    capital, current
        Shape (groups, groups), the same unit.
    row_shares, column_shares
        Memberships of groups in product and industry blocks.
    """
    own = own_cells(row_shares, column_shares)
    wanted = (capital > current) & (capital > 0)
    left = aggregate(np.where(wanted | ~own, 0.0, current), row_shares, column_shares)
    whole = aggregate(current, row_shares, column_shares)
    stripped = (whole > 0) & (left < LEFT * whole)
    needed = aggregate(stripped.astype(np.float64), row_shares.T, column_shares.T) > 0
    return np.asarray(wanted & ~(needed & (current > 0)))
