"""The best suppliers of every firm at once: exact, but scoring only those that could be among them.

For each buyer every firm gets an upper bound of its score that costs a sparse product: sizes are taken to fit
perfectly, and of a firm's goods the farthest travelling one sets the distance and the one seen most in the place what
is sold there; the rest is exact but for what a pair's own link adds. Firms are scored whole in the order of their
bounds until the bound of the next is below the last place wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from graph.ceilings import TradeCeilings, again_ceiling, kindred_to, place_ceiling, sold_ceiling
from graph.gravity import nearness
from graph.sparse_rows import are, rows_times
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.match.bounds import ROUNDING, Between
from matcher.match.evidence import words_fit
from matcher.match.pairs import Party, firm_party
from matcher.match.scorer import base_log_odds, default_weights, fit_of_made, size_fit, standing
from matcher.match.shortlist import Decisions, Filters, Ranking, rank_suppliers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Buyers of one place whose bounds are computed together (a block fits the processor's cache), and candidates scored
#: first.
BLOCK, FIRST = 8, 160


@dataclass(frozen=True)
class Batch:
    """What the bounds of all buyers share.

    ``weights`` must not be negative where a part is bounded rather than computed (size_fit, distance, network).
    """

    columns: Columns
    economy: Economy
    decisions: Decisions
    weights: Mapping[str, float] = field(default_factory=default_weights)

    @cached_property
    def own(self) -> Floats:
        """What each firm brings into any pair as a supplier: base and standing, shape (n,)."""
        base = self.weights["base"] * base_log_odds(self.columns)
        return np.asarray(base + self.weights["standing"] * standing(self.columns, slice(None)))

    @cached_property
    def counted(self) -> Decisions:
        """The decisions, with what they say about each code."""
        return self.decisions.counted(self.columns, self.economy)

    @cached_property
    def feedback(self) -> Floats:
        """What decisions say about each code, weighted, shape (m,)."""
        return self.weights["feedback"] * self.counted.feedback(self.columns, self.economy)

    @cached_property
    def hauls(self) -> tuple[Floats, Floats]:
        """Mean hauls of the least and the farthest travelling of each firm's goods, shape (n,); 1 without any."""
        haul, firm = self.economy.haul_km[self.columns.share_code], self.columns.share_firm
        farthest = np.ones(len(self.columns))
        np.maximum.at(farthest, firm, haul)
        nearest = farthest.copy()
        np.minimum.at(nearest, firm, haul)
        return nearest, farthest

    def before_codes(self, place: int, suppliers: int) -> NDArray[np.float32]:
        """Return the most that each firm can bring as a supplier of one place, its goods aside, shape (n,).

        ``suppliers`` is how many suppliers on record a buyer there has at most.
        """
        distance = self.columns.distance_km[:, place][self.columns.place]
        near = self.weights["distance"] * nearness(distance, self.hauls[1])
        seen = place_ceiling(self.columns.observed, place, suppliers) + sold_ceiling(self.columns.sold, place)
        seen *= self.weights["network"]
        return np.asarray((self.own + near + seen).astype(np.float32))

    def by_kind(self, place: int, buyers: Ints) -> NDArray[np.float32]:
        """Return what no firm of a kind adds to what it brings before, for some buyers of one place.

        −∞ where there is no flow; shape (buyers, kinds).
        """
        columns, economy, weights = self.columns, self.economy, self.weights
        recipe = np.column_stack([economy.spending(columns.share_row(int(buyer))) for buyer in buyers])
        needed = recipe > 0
        local = columns.unmet_share[columns.place_region[place]] + economy.code_import_share
        carried = recipe * (weights["gap"] * local + self.feedback)[:, None]
        trades = TradeCeilings(columns.observed, buyers)
        asked = np.hstack([recipe, needed * economy.mean_share[:, None], carried, needed, trades.sold])
        asked = asked.astype(np.float32)
        result = np.empty((len(buyers), len(columns.observed.kinds.example)), dtype=np.float32)
        for kinds, shares in columns.observed.stretches:
            found = np.ascontiguousarray((shares @ asked).T).reshape(5, len(buyers), -1)
            fit, reference, bound, made, sales = found
            nothing = fit <= 0
            with np.errstate(divide="ignore", invalid="ignore"):  # by nought where there is no flow
                bound /= fit
                bound += np.float32(weights["input_fit"]) * fit_of_made(fit, reference, made)
            bound += np.float32(weights["network"]) * trades.of(kinds, sales)
            np.copyto(bound, -np.inf, where=nothing)
            result[:, kinds] = bound
        return result

    def bound(self, firm: int) -> tuple[NDArray[np.floating], Party]:
        """Return what no score of a firm as a supplier of one buyer exceeds, −∞ where there is no flow, and the buyer.

        The bounds have shape (n,); the paths to the buyer are counted.
        """
        place = int(self.columns.place[firm])
        before_codes = self.before_codes(place, int(self.columns.observed.suppliers[firm]))
        (kinds,) = self.by_kind(place, np.array([firm]))
        return self._with_own(firm_party(self.columns, firm), kinds[self.columns.observed.kinds.of] + before_codes)

    def between(self, buyer: Party, most: NDArray[np.floating], firms: Ints) -> Between:
        """Return between what the scores of some firms as suppliers of one buyer lie, given what none exceeds.

        Sizes, which bounds take to fit, are exact; left open is how far a firm's several goods travel, what of them is
        sold in the place, and what a pair's own link says.

        Parameters
        ----------
        firms
            Their numbers, sorted; all of them have a flow.
        """
        columns = self.columns
        exact = most[firms] + self.weights["size_fit"] * self._sizes(buyer, firms)
        least = exact - self.weights["network"] * sold_ceiling(columns.sold, buyer.place)[firms]
        nearest, farthest = (haul[firms] for haul in self.hauls)
        several = np.flatnonzero(nearest < farthest)
        distance = columns.distance_km[columns.place[firms[several]], buyer.place]
        near, far = (nearness(distance, haul[several]) for haul in (nearest, farthest))
        least[several] -= self.weights["distance"] * (far - near)
        if buyer.firm is not None:
            least[are(firms, columns.network.suppliers_of(buyer.firm))] = -np.inf
        return Between(least, exact)

    def _sizes(self, buyer: Party, firms: Ints) -> Floats:
        """Return how well a buyer's needs fit the sizes of some suppliers."""
        columns, economy, kinds = self.columns, self.economy, self.columns.observed.kinds
        recipe = economy.spending(buyer.shares)
        priced = recipe * economy.price_of(np.arange(len(recipe)))
        kind = kinds.of[firms]
        need, capacity = rows_times(kinds.shares, kind, recipe**2), rows_times(kinds.squares, kind, priced)
        return size_fit(need * buyer.output_rub, capacity * columns.output_rub[firms])

    def _with_own(self, party: Party, bound: NDArray[np.floating]) -> tuple[NDArray[np.floating], Party]:
        """Return bounds with what is of one buyer alone, and the buyer with the paths to it, which are counted here."""
        columns, firm = self.columns, party.firm
        if party.need is not None or len(columns.use_code):
            bound = bound + self.weights["text_fit"] * words_fit(columns, party, np.arange(len(columns)))
        if firm is None:
            return bound, party
        bound = bound + np.float32(self.weights["standing"] * standing(columns, np.array([firm]))[0])
        firms, paths = counted = columns.network.paths_to(firm)
        bound[firms] += self.weights["network"] * np.log1p(paths)
        firms, kindred = kindred_to(columns.observed, firm, party.shares)
        bound[firms] += self.weights["network"] * kindred
        firms, again = again_ceiling(columns.sold, firm)
        bound[firms] += self.weights["network"] * again
        return bound, replace(party, paths=counted)

    def best(self, party: Party, bound: NDArray[np.floating], top: int) -> Ranking:
        """Return a ranking that has the best ``top`` suppliers of a buyer in their right order.

        Parameters
        ----------
        bound
            Upper bound of every supplier's score but for its words, its paths, its clients of the buyer's trade and
            the buyer's standing, shape (n,).
        """
        bound, party = self._with_own(party, bound)
        possible = int(np.count_nonzero(bound > -np.inf))
        wanted = min(max(FIRST, 4 * top), possible)
        while True:
            among = np.sort(np.argpartition(-bound, wanted - 1)[:wanted]) if wanted < len(bound) else None
            ranking = rank_suppliers(
                self.columns, self.economy, party, Filters(), self.counted, weights=self.weights, among=among
            )
            if wanted >= possible:
                return ranking
            last = ranking.scores.score[ranking.order[top - 1]] if len(ranking.order) >= top else -np.inf
            needed = int(np.count_nonzero(bound >= last - ROUNDING))
            if needed <= wanted:
                return ranking
            wanted = min(needed, possible)


def every_shortlist(batch: Batch, firms: Ints, top: int) -> Iterator[tuple[int, Ints, Floats]]:
    """Yield the best suppliers of each of some firms and their scores, place by place.

    Parameters
    ----------
    firms
        Numbers of the buyers.
    top
        How many suppliers at most.
    """
    columns = batch.columns
    by_place = firms[np.argsort(columns.place[firms], kind="stable")]
    for same in np.split(by_place, np.flatnonzero(np.diff(columns.place[by_place])) + 1):
        if not len(same):
            continue
        place = int(columns.place[same[0]])
        before_codes = batch.before_codes(place, int(columns.observed.suppliers[same].max()))
        for start in range(0, len(same), BLOCK):
            block = same[start : start + BLOCK]
            for firm, kinds in zip(block, batch.by_kind(place, block), strict=True):
                bound = kinds[columns.observed.kinds.of] + before_codes
                ranking = batch.best(firm_party(columns, int(firm)), bound, top)
                rows = ranking.order[:top]
                yield int(firm), ranking.firms[rows], ranking.scores.score[rows]


def whole_register(batch: Batch, top: int, workers: int) -> tuple[Ints, Floats]:
    """Return the best suppliers of every firm and their scores, each shape (n, top); -1 and nan where there are fewer.

    Parameters
    ----------
    workers
        Processes; each takes its share of the places.
    """
    count = len(batch.columns)
    suppliers, scores = np.full((count, top), -1, dtype=np.int64), np.full((count, top), np.nan)
    parts = np.array_split(np.argsort(batch.columns.place, kind="stable"), workers * 4)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_keep, initargs=(batch,)) as pool:
        for lists in pool.map(_some_shortlists, parts, [top] * len(parts)):
            for firm, found, score in lists:
                suppliers[firm, : len(found)] = found
                scores[firm, : len(found)] = score
    return suppliers, scores


_kept: list[Batch] = []


def _keep(batch: Batch) -> None:
    """Remember in a worker what all its shortlists share, sent once when it starts."""
    _kept[:] = [batch]


def _some_shortlists(firms: Ints, top: int) -> list[tuple[int, Ints, Floats]]:
    return list(every_shortlist(_kept[0], firms, top))
