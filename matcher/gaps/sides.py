"""Both sides of a scope's trade: which local firms make what, and which firms ask for what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from matcher.gaps.scale import CERTAIN, confidence
from matcher.index.columns import STATUS_CLOSED, Columns
from matcher.index.economy import Economy

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose demand is asked about, and where supply counts as local.

    ``region`` is a row of the region table (``None``: the country); ``activities`` flags the buying activities that
    belong to the chain, shape (m,); ``anchor`` narrows demand to one firm.
    """

    region: int | None
    activities: Flags
    anchor: int | None = None


@dataclass(frozen=True)
class Sides:
    """Who makes and who needs what in a scope, roubles a year.

    ``demand_by_firm`` is (firms, m) over ``demanding``; ``may_make`` what firms make, those known only by a wide class
    included, and ``made`` what firms certain of it make, both (firms, m) over ``local``.
    """

    scope: Scope
    local: Ints
    demanding: Ints
    demand_by_firm: csc_array
    may_make: csc_array
    made: csc_array


def sides_of(columns: Columns, economy: Economy, scope: Scope) -> Sides:
    """Return who makes and who needs what in a scope; what goes through wholesalers counts with its makers."""
    local = _local_firms(columns, scope)
    demanding = np.array([scope.anchor]) if scope.anchor is not None else local
    bought = columns.shares[demanding] * scope.activities[None, :]
    need = csc_array(economy.recipe * ~economy.channel[:, None])
    made = csc_array(columns.shares[local] * (columns.output_rub[local][:, None] * ~economy.channel[None, :]))
    return Sides(
        scope=scope,
        local=local,
        demanding=demanding,
        demand_by_firm=csc_array((bought * columns.output_rub[demanding][:, None]) @ need.T),
        may_make=made,
        made=csc_array(made * (confidence(columns)[local] >= CERTAIN)),
    )


def _local_firms(columns: Columns, scope: Scope) -> Ints:
    alive = columns.status != STATUS_CLOSED
    return np.flatnonzero(alive & (columns.region == scope.region) if scope.region is not None else alive)
