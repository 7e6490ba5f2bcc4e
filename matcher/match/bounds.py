"""Bounds of the scores of every firm as a buyer of one supplier: so few have to be scored to place one among all.

First an upper bound for everyone: sizes are taken to fit perfectly, and of the supplier's goods the one that a place
suits best counts. Of those whose bound reaches a score it is then told between what theirs lies: exact but for
rounding, how many sales are not a buyer's own, what is sold in the place, and a pair's own link. What depends on codes
is computed once for all firms of one kind, what depends on a place once for each place. The counterpart for suppliers
of one buyer is :mod:`matcher.match.batch`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.ceilings import buyers_again_ceiling, buyers_ceiling, buyers_doubt, sold_there_ceiling
from graph.gravity import nearness
from graph.sparse_rows import are
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.match.evidence import needs_fit
from matcher.match.pairs import Party, firm_party
from matcher.match.scorer import base_log_odds, input_fit, size_fit, standing

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: What bounds may lack for rounding (some are computed in single precision), many times over.
ROUNDING = 1e-3


@dataclass(frozen=True, slots=True)
class Between:
    """The least and the most that the scores of some firms can be, shape (count,)."""

    least: NDArray[np.floating]
    most: NDArray[np.floating]

    def above(self, score: float) -> Flags:
        """Return which are above a score whatever is left open."""
        return np.asarray(self.least > score + ROUNDING)

    def around(self, score: float) -> Flags:
        """Return which may be on either side of a score."""
        return np.asarray(self.most >= score - ROUNDING) & ~self.above(score)


@dataclass(frozen=True)
class BuyersOf:
    """Bounds of the scores of all buyers of a supplier.

    Attributes
    ----------
    firm
        Number of the supplier.
    feedback
        What decisions say about each code, shape (m,).
    weights
        None of them negative.
    """

    columns: Columns
    economy: Economy
    firm: int
    feedback: Floats
    weights: Mapping[str, float]

    def most(self) -> Floats:
        """Return what no score exceeds, −∞ where a firm buys nothing of the supplier, shape (n,)."""
        columns, weights, supplier, firm = self.columns, self.weights, self.supplier, self.firm
        if not len(self._made):
            return np.full(len(columns), -np.inf)
        network = buyers_ceiling(columns.observed, firm, supplier.shares)
        buyers, again = buyers_again_ceiling(columns.sold, firm)
        network[buyers] += again
        paths = columns.observed.paths_from(firm)
        network[paths.indices] += np.log1p(paths.data)
        bound = self._fit[columns.observed.kinds.of] + weights["network"] * network
        bound += (self._there.max(axis=1) + weights["network"] * self._sold)[columns.place]
        bound += weights["standing"] * standing(columns, slice(None))
        if supplier.offer is not None or supplier.uses is not None:
            bound += weights["text_fit"] * needs_fit(columns, supplier, np.arange(len(columns)))
        own = weights["standing"] * float(standing(columns, np.array([firm]))[0])
        return np.asarray(bound + weights["base"] * base_log_odds(columns) + own)

    def between(self, most: NDArray[np.floating], firms: Ints) -> Between:
        """Return between what the scores of some firms lie, given what none exceeds.

        Parameters
        ----------
        firms
            Their numbers, sorted; all of them have a flow.
        """
        columns, economy, supplier, made = self.columns, self.economy, self.supplier, self._made
        kind, place = columns.observed.kinds.of[firms], columns.place[firms]
        share = supplier.shares[made]
        recipe = self._recipe[kind]
        carried = recipe * share
        need = (carried * recipe).sum(axis=1) * columns.output_rub[firms]
        capacity = carried @ (share * economy.price_of(made)) * supplier.output_rub
        carried /= carried.sum(axis=1, keepdims=True)
        exact = np.einsum("fp,fp->f", carried, self._there[place]) - self._there.max(axis=1)[place]
        exact += most[firms] + self.weights["size_fit"] * size_fit(need, capacity)
        doubt = self._sold[place] + buyers_doubt(columns.observed, self.firm, supplier.shares, firms)
        least = exact - self.weights["network"] * doubt
        least[are(firms, columns.network.buyers_of(self.firm))] = -np.inf
        return Between(least, exact)

    @cached_property
    def supplier(self) -> Party:
        """The supplier as the fixed side."""
        return firm_party(self.columns, self.firm)

    @cached_property
    def _made(self) -> Ints:
        return np.flatnonzero(self.supplier.shares)

    @cached_property
    def _recipe(self) -> Floats:
        """What each kind of firm needs of each code that the supplier makes, shape (kinds, made)."""
        return np.asarray(self.columns.observed.kinds.shares @ np.ascontiguousarray(self.economy.match[self._made].T))

    @cached_property
    def _fit(self) -> Floats:
        """How well the supplier's codes fit each kind of buyer, weighted, −∞ where nothing does, shape (kinds,)."""
        share, mean = self.supplier.shares[self._made], self.economy.mean_share[self._made]
        asked = (self._recipe > 0).astype(float)
        fit = self._recipe @ share
        found = self.weights["input_fit"] * input_fit(fit, asked @ (share * mean), asked @ share)
        return np.where(fit > 0, found, -np.inf)

    @cached_property
    def _there(self) -> Floats:
        """What each place and each code made bring to the score, shape (places, made)."""
        columns, economy, made, weights = self.columns, self.economy, self._made, self.weights
        near = nearness(columns.distance_km[self.supplier.place][:, None], economy.haul_km[made])
        unmet = columns.unmet_share[:, made][columns.place_region] + economy.code_import_share[made]
        return np.asarray(
            weights["distance"] * near + weights["gap"] * unmet + weights["feedback"] * self.feedback[made]
        )

    @cached_property
    def _sold(self) -> Floats:
        """The most that sales in each place say, shape (places,)."""
        return sold_there_ceiling(self.columns.sold, self.firm)
