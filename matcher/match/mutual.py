"""A pair as both sides see it: the place of each on the other's list, and the anchors a supplier fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.match.bars import bars, flagged
from matcher.match.batch import Batch
from matcher.match.bounds import ROUNDING, BuyersOf, SuppliersOf
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
    score: float | None = None,
) -> Place:
    """Return the place of a buyer among all buyers of what a supplier makes, by the supplier's weights.

    Parameters
    ----------
    score
        That of the pair by these weights, where it is known.
    """
    known = decisions.counted(columns, economy)
    bounds = BuyersOf(columns, economy, supplier, known.feedback(columns, economy), weights or default_weights())

    def rank(among: Ints) -> Ranking:
        return rank_buyers(columns, economy, bounds.party, Filters(), known, weights, among)

    partners, declined = columns.network.buyers_of(supplier), known.declined_for(supplier)
    return _place(columns, bounds, rank, buyer, (partners, declined), score)


def among_suppliers(batch: Batch, supplier: int, buyer: int, score: float | None = None) -> Place:
    """Return the place of a supplier among all suppliers of what a buyer needs.

    Parameters
    ----------
    batch
        The register, what was decided, and the buyer's weights; keep it, and places share what they have in common.
    score
        That of the pair by these weights, where it is known.
    """
    columns, bounds = batch.columns, SuppliersOf(batch, buyer)

    def rank(among: Ints) -> Ranking:
        return rank_suppliers(
            columns, batch.economy, bounds.party, Filters(), batch.counted, weights=batch.weights, among=among
        )

    partners, declined = columns.network.suppliers_of(buyer), batch.decisions.declined_by(buyer)
    return _place(columns, bounds, rank, supplier, (partners, declined), score)


def _place(
    columns: Columns,
    bounds: BuyersOf | SuppliersOf,
    rank: Callable[[Ints], Ranking],
    firm: int,
    told: tuple[Ints, Sequence[int]],
    score: float | None,
) -> Place:
    """Return the place of a firm on the list of a party; only those that may be on either side of it are scored.

    Parameters
    ----------
    rank
        Ranks some firms for the party.
    told
        The party's partners on record, and who was declined.
    """
    partners, declined = told
    admitted = bounds.most > -np.inf
    for barred in bars(columns, bounds.party, None, flagged(columns, None, partners), declined).values():
        admitted &= ~barred
    admitted[bounds.firm] = False
    total = int(admitted.sum())
    if not admitted[firm]:
        return Place(None, total)
    if score is None:
        score = float(rank(np.array([firm])).scores.score[0])
    undecided, above = np.flatnonzero(admitted & (bounds.most >= score - ROUNDING)), 0
    for tell in bounds.telling:
        between = tell(undecided)
        above += int(between.above(score).sum())
        undecided = undecided[between.around(score)]
    level = place_on(rank(undecided), firm).rank if len(undecided) > 1 else 1  # the firm itself is among them
    return Place(None if level is None else above + level, total)


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
