"""A pair as both sides see it: the place of each on the other's list, and the anchors a supplier fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.match.bars import are, bars
from matcher.match.batch import Batch
from matcher.match.bounds import ROUNDING, buyers_bound
from matcher.match.pairs import Party
from matcher.match.scorer import default_weights
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
    known = decisions.counted(columns, economy)
    feedback = known.feedback(columns, economy)
    bound, party = buyers_bound(columns, economy, supplier, feedback, weights or default_weights())

    def rank(among: Ints) -> Ranking:
        return rank_buyers(columns, economy, party, Filters(), known, weights, among)

    partners, declined = columns.network.buyers_of(supplier), known.declined_for(supplier)
    return _place(columns, party, bound, rank, rank(np.array([buyer])), (partners, declined))


def among_suppliers(
    columns: Columns,
    economy: Economy,
    decisions: Decisions,
    supplier: int,
    buyer: int,
    weights: Mapping[str, float] | None = None,
    alone: Ranking | None = None,
) -> Place:
    """Return the place of a supplier among all suppliers of what a buyer needs, by the buyer's weights.

    Parameters
    ----------
    alone
        The supplier ranked by itself for the buyer, where it was before.
    """
    batch = Batch(columns, economy, decisions, weights or default_weights())
    bound, party = batch.bound(buyer)

    def rank(among: Ints) -> Ranking:
        return rank_suppliers(columns, economy, party, Filters(), batch.counted, weights=weights, among=among)

    partners, declined = columns.network.suppliers_of(buyer), decisions.declined_by(buyer)
    return _place(columns, party, bound, rank, alone or rank(np.array([supplier])), (partners, declined))


def _place(
    columns: Columns,
    party: Party,
    bound: NDArray[np.floating],
    rank: Callable[[Ints], Ranking],
    alone: Ranking,
    told: tuple[Ints, Sequence[int]],
) -> Place:
    """Return the place of a firm on the list of a party; only those that could be above it are scored.

    Parameters
    ----------
    bound
        What no score exceeds, −∞ where there is no flow, shape (n,).
    rank
        Ranks some firms for the party.
    alone
        The firm ranked by itself for the party.
    told
        The party's partners on record, and who was declined.
    """
    everyone = np.arange(len(columns))
    partners, declined = told
    barred = bars(columns, party, everyone, are(everyone, partners), declined)
    admitted = (bound > -np.inf) & ~np.logical_or.reduce(list(barred.values()))
    admitted[party.firm] = False
    total = int(admitted.sum())
    if not len(alone.order):
        return Place(None, total)
    rivals = np.flatnonzero(admitted & (bound >= alone.scores.score[0] - ROUNDING))
    return Place(place_on(rank(rivals), int(alone.firms[0])).rank, total)


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
