"""A pair as both sides see it: the place of each on the other's list, and the anchors a supplier fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.match.pairs import firm_party
from matcher.match.shortlist import Decisions, Filters, Ranking, rank_buyers, rank_suppliers
from models.sizes import size_limits

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Share of output in goods from which on a firm counts as a plant.
MOSTLY_GOODS = 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a list, counted from 1, and how many are on it; ``rank`` is ``None`` for those not on it."""

    rank: int | None
    total: int


def place_on(ranking: Ranking, firm: int) -> Place:
    """Return the place of a firm on a list."""
    found = np.flatnonzero(ranking.firms[ranking.order] == firm)
    return Place(int(found[0]) + 1 if len(found) else None, len(ranking.order))


def among_buyers(
    columns: Columns,
    economy: Economy,
    decisions: Decisions,
    supplier: int,
    buyer: int,
    weights: Mapping[str, float] | None = None,
) -> Place:
    """Return the place of a buyer among all buyers of what a supplier makes, by the supplier's weights."""
    party = firm_party(columns, supplier)
    return place_on(rank_buyers(columns, economy, party, Filters(), decisions, weights), buyer)


def among_suppliers(
    columns: Columns,
    economy: Economy,
    decisions: Decisions,
    supplier: int,
    buyer: int,
    weights: Mapping[str, float] | None = None,
) -> Place:
    """Return the place of a supplier among all suppliers of what a buyer needs, by the buyer's weights."""
    party = firm_party(columns, buyer)
    return place_on(rank_suppliers(columns, economy, party, Filters(), decisions, weights=weights), supplier)


def anchors(columns: Columns, economy: Economy) -> Flags:
    """Return which firms are large producers around which smaller ones can gather, shape (n,).

    Large is an output above the law's limit for a medium firm in its latest wording; a producer makes mostly goods.
    """
    limit = size_limits(9999)[-1].revenue_rub
    goods = columns.shares @ economy.goods.astype(float)
    return np.asarray((columns.output_rub > limit) & (goods >= MOSTLY_GOODS))


def anchors_fitted(columns: Columns, economy: Economy, ranking: Ranking, top: int) -> Ints:
    """Return the rows of a list of buyers that are anchors, best first."""
    rows = ranking.order[anchors(columns, economy)[ranking.firms[ranking.order]]]
    return np.asarray(rows[:top])
