"""Bounds of the scores of every firm as a partner of one: so few have to be scored to place one among all.

First an upper bound for everyone: sizes are taken to fit perfectly, and of the goods that may carry a pair the one that
a place suits best counts. Of those whose bound reaches a score it is then told between what theirs lies: exact but for
rounding and a pair's own link; of buyers also but for how many sales are not a buyer's own and what is sold in the
place, of suppliers but for how far a firm's several goods travel, which is told of few. What depends on codes is
computed once for all firms of one kind, what depends on a place once for each place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.ceilings import buyers_again_ceiling, buyers_ceiling, buyers_doubt, sold_ceiling, sold_there_ceiling
from graph.gravity import nearness
from graph.seller import Seller
from graph.sparse_rows import are
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.match.evidence import needs_fit
from matcher.match.pairs import Party, firm_party, flow_to_buyers
from matcher.match.scorer import base_log_odds, input_fit, size_fit, standing

if TYPE_CHECKING:
    from matcher.match.batch import Batch

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Singles = NDArray[np.float32]
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

    @cached_property
    def party(self) -> Party:
        """The supplier as the fixed side of a query."""
        return firm_party(self.columns, self.firm)

    @cached_property
    def most(self) -> Singles:
        """What no score exceeds, −∞ where a firm buys nothing of the supplier, shape (n,)."""
        columns, weights, supplier, firm = self.columns, self.weights, self.party, self.firm
        if not len(self._made):
            return np.full(len(columns), -np.inf, dtype=np.float32)
        links = buyers_ceiling(self._seller)
        own = weights["standing"] * float(standing(columns, np.array([firm]))[0])
        of_kind = self._fit + np.float32(weights["network"]) * links.of_kind
        of_place = self._there.max(axis=0) + weights["network"] * (self._sold + links.of_place)
        of_place += weights["base"] * base_log_odds(columns) + own
        bound = of_kind[columns.observed.kinds.of]
        bound += of_place.astype(np.float32)[columns.place]
        bound += np.float32(weights["network"]) * links.of_firm
        bound += (weights["standing"] * standing(columns, slice(None))).astype(np.float32)
        if supplier.offer is not None or supplier.uses is not None:
            bound += weights["text_fit"] * needs_fit(columns, supplier, np.arange(len(columns)))
        paths = self._seller.paths
        for buyers, said in (
            (paths.indices, np.log(1.0 + paths.data)),
            buyers_again_ceiling(columns.sold, firm),
        ):
            bound[buyers] += weights["network"] * said
        return np.asarray(bound)

    def between(self, firms: Ints) -> Between:
        """Return between what the scores of some firms, sorted, lie; all of them have a flow."""
        columns, price = self.columns, self.economy.price_of(self._made).astype(np.float32)
        kind, place = columns.observed.kinds.of[firms], columns.place[firms]
        recipe = self._recipe.take(kind, axis=1)
        need: Singles = np.asarray(self._share @ recipe**2, dtype=np.float32)
        capacity: Singles = np.asarray((self._share**2 * price) @ recipe, dtype=np.float32)
        need *= columns.output_rub[firms].astype(np.float32)
        capacity *= np.float32(self.party.output_rub)
        exact = size_fit(need, capacity)
        exact *= np.float32(self.weights["size_fit"])
        exact += self.most[firms]
        if len(self._made) > 1:
            below = (self._there - self._there.max(axis=0)).astype(np.float32)
            below = np.einsum("pf,pf->f", below.take(place, axis=1) * self._share[:, None], recipe)
            exact += below / (self._share @ recipe)
        doubt = self._sold[place] + buyers_doubt(self._seller, firms)
        least = exact - self.weights["network"] * doubt
        least[are(firms, self._seller.clients)] = -np.inf
        return Between(least, exact)

    @property
    def telling(self) -> Sequence[Callable[[Ints], Between]]:
        """What tells between what scores lie, the quickest first."""
        return (self.between,)

    @cached_property
    def _seller(self) -> Seller:
        return self.columns.observed.seller(self.firm, self.party.shares)

    @cached_property
    def _made(self) -> Ints:
        return np.flatnonzero(self.party.shares)

    @cached_property
    def _share(self) -> Singles:
        """How much of its output each code made is, shape (made,)."""
        return self.party.shares[self._made].astype(np.float32)

    @cached_property
    def _recipe(self) -> Singles:
        """What each kind of firm needs of each code that the supplier makes, shape (made, kinds)."""
        asked = np.ascontiguousarray(self.economy.match[self._made].T, dtype=np.float32)
        return np.ascontiguousarray((self.columns.observed.kinds.shares @ asked).T)

    @cached_property
    def _fit(self) -> Singles:
        """How well the supplier's codes fit each kind of buyer, weighted, −∞ where nothing does, shape (kinds,)."""
        share, mean = self._share, self.economy.mean_share[self._made].astype(np.float32)
        asked = (self._recipe > 0).astype(np.float32)
        fit, reference, made = (
            np.asarray(of @ each, dtype=np.float32)
            for of, each in ((share, self._recipe), (share * mean, asked), (share, asked))
        )
        found = np.float32(self.weights["input_fit"]) * input_fit(fit, reference, made)
        found[fit <= 0] = -np.inf
        return found

    @cached_property
    def _there(self) -> Floats:
        """What each place and each code made bring to the score, shape (made, places)."""
        columns, economy, made, weights = self.columns, self.economy, self._made, self.weights
        near = nearness(columns.distance_km[self.party.place], economy.haul_km[made][:, None])
        unmet = columns.unmet_share.T[made][:, columns.place_region] + economy.code_import_share[made][:, None]
        feedback = self.feedback[made][:, None]
        return np.asarray(weights["distance"] * near + weights["gap"] * unmet + weights["feedback"] * feedback)

    @cached_property
    def _sold(self) -> Floats:
        """The most that sales in each place say, shape (places,)."""
        return sold_there_ceiling(self.columns.sold, self.firm)


@dataclass(frozen=True)
class SuppliersOf:
    """Bounds of the scores of all suppliers of a buyer.

    Attributes
    ----------
    batch
        The register and what the bounds of all buyers share.
    firm
        Number of the buyer.
    """

    batch: Batch
    firm: int

    @cached_property
    def party(self) -> Party:
        """The buyer as the fixed side of a query."""
        return firm_party(self.batch.columns, self.firm)

    @cached_property
    def most(self) -> Singles:
        """What no score exceeds, −∞ where there is no flow, shape (n,)."""
        observed, party = self.batch.columns.observed, self.party
        before_codes = self.batch.before_codes(party.place, int(observed.suppliers[self.firm]), self._sold)
        (bound,) = self.batch.bounds(observed.buyer(self.firm, party.shares, party.place), [party], before_codes)
        return np.asarray(bound)

    def between(self, firms: Ints) -> Between:
        """Return between what the scores of some firms, sorted, lie; all of them have a flow."""
        weights, (nearest, farthest) = self.batch.weights, (haul[firms] for haul in self.batch.hauls)
        exact = self._sized(firms)
        least = self._least(exact, firms)
        several = np.flatnonzero(nearest < farthest)
        distance = self._distance[self.batch.columns.place[firms[several]]]
        near, far = (nearness(distance, haul[several]) for haul in (nearest, farthest))
        least[several] -= np.float32(weights["distance"]) * (far - near)
        return Between(least, exact)

    def closer(self, firms: Ints) -> Between:
        """Return :meth:`between` with the hauls of what carries each pair, which takes longer."""
        columns, economy = self.batch.columns, self.batch.economy
        flow = flow_to_buyers(columns, self._recipe[None, :], firms, np.zeros(len(firms), dtype=np.int64))
        distance = self._distance[columns.place[firms]]
        near = nearness(distance[flow.pair], economy.haul_km[flow.code].astype(np.float32))
        exact = self._sized(firms)
        travelled = flow.total(flow.product * near) / flow.fit - nearness(distance, self.batch.hauls[1][firms])
        exact += (self.batch.weights["distance"] * travelled).astype(np.float32)
        return Between(self._least(exact, firms), exact)

    @property
    def telling(self) -> Sequence[Callable[[Ints], Between]]:
        """What tells between what scores lie, the quickest first."""
        return (self.between, self.closer)

    def _sized(self, firms: Ints) -> Singles:
        """Return the bounds of some firms, with what their sizes say of the buyer's needs."""
        columns = self.batch.columns
        need = self._size[columns.observed.kinds.of[firms]]
        need *= np.float32(self.party.output_rub)
        sizes = size_fit(need, columns.output_rub[firms].astype(np.float32))
        sizes *= np.float32(self.batch.weights["size_fit"])
        sizes += self.most[firms]
        return sizes

    @cached_property
    def _size(self) -> Singles:
        """Need over capacity for each kind of firm, both at an output of one rouble, shape (kinds,).

        It means nothing where there is no flow.
        """
        kinds, recipe, price = self.batch.columns.observed.kinds, self._recipe, self.batch.economy.price
        need, capacity = (
            kinds.shares @ (recipe**2).astype(np.float32),
            kinds.squares @ (recipe * price).astype(np.float32),
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(need / capacity, dtype=np.float32)

    def _least(self, exact: Singles, firms: Ints) -> Singles:
        """Return the least that some scores can be: what is sold in the place may be of others of a firm's goods."""
        least = exact - np.float32(self.batch.weights["network"]) * self._sold[firms]
        least[are(firms, self.batch.columns.network.suppliers_of(self.firm))] = -np.inf
        return np.asarray(least)

    @cached_property
    def _recipe(self) -> Floats:
        return self.batch.economy.spending(self.party.shares)

    @cached_property
    def _distance(self) -> Singles:
        """How far each place is from the buyer, shape (places,)."""
        return self.batch.columns.distance_km[:, self.party.place].astype(np.float32)

    @cached_property
    def _sold(self) -> Singles:
        """The most that what is sold in the buyer's place says of each firm, shape (n,)."""
        return sold_ceiling(self.batch.columns.sold, self.party.place)
