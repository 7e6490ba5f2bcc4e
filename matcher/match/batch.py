"""The best suppliers of every firm at once: exact, but scoring only those that could be among them.

For each buyer every firm gets an upper bound of its score that costs three sparse products: sizes are taken to fit
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

from graph.ceilings import again_ceiling, kindred_to, place_ceiling, sold_ceiling, trade_ceilings
from graph.gravity import nearness
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.match.bounds import ROUNDING
from matcher.match.evidence import words_fit
from matcher.match.pairs import Party, firm_party
from matcher.match.scorer import base_log_odds, default_weights, input_fit, standing
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
        everyone = np.arange(len(self.columns))
        base = self.weights["base"] * base_log_odds(self.columns)
        return np.asarray(base + self.weights["standing"] * standing(self.columns, everyone))

    @cached_property
    def counted(self) -> Decisions:
        """The decisions, with what they say about each code."""
        return self.decisions.counted(self.columns, self.economy)

    @cached_property
    def feedback(self) -> Floats:
        """What decisions say about each code, weighted, shape (m,)."""
        return self.weights["feedback"] * self.counted.feedback(self.columns, self.economy)

    @cached_property
    def farthest_haul(self) -> Floats:
        """Mean haul of the farthest travelling of each firm's goods, shape (n,)."""
        haul = np.ones(len(self.columns))
        np.maximum.at(haul, self.columns.share_firm, self.economy.haul_km[self.columns.share_code])
        return haul

    def before_codes(self, place: int, suppliers: int) -> NDArray[np.float32]:
        """Return the most that each firm can bring as a supplier of one place, its goods aside, shape (n,).

        ``suppliers`` is how many suppliers on record a buyer there has at most.
        """
        distance = self.columns.distance_km[:, place][self.columns.place]
        near = self.weights["distance"] * nearness(distance, self.farthest_haul)
        seen = place_ceiling(self.columns.observed, place, suppliers) + sold_ceiling(self.columns.sold, place)
        seen *= self.weights["network"]
        return np.asarray((self.own + near + seen).astype(np.float32))

    def bounds(self, place: int, before_codes: NDArray[np.float32], buyers: Ints) -> NDArray[np.float32]:
        """Return upper bounds of the scores of every supplier for some buyers of one place, shape (n, buyers)."""
        columns, economy, kinds = self.columns, self.economy, self.columns.observed.kinds
        recipe = np.column_stack([economy.spending(columns.share_row(int(buyer))) for buyer in buyers])
        local = columns.unmet_share[columns.place_region[place]] + economy.code_import_share
        by_code = self.weights["gap"] * local + self.feedback
        fit = kinds.shares @ recipe.astype(np.float32)
        reference = kinds.shares @ ((recipe > 0) * economy.mean_share[:, None]).astype(np.float32)
        bound = kinds.shares @ (recipe * by_code[:, None]).astype(np.float32)
        nothing = fit <= 0
        bound /= np.where(nothing, np.float32(1.0), fit)
        made = kinds.shares @ (recipe > 0).astype(np.float32)
        bound += np.float32(self.weights["input_fit"]) * input_fit(fit, reference, made)
        bound += np.float32(self.weights["network"]) * trade_ceilings(columns.observed, buyers)
        bound[nothing] = -np.inf
        return np.asarray(bound[kinds.of] + before_codes[:, None])

    def bound(self, firm: int) -> tuple[NDArray[np.floating], Party]:
        """Return what no score of a firm as a supplier of one buyer exceeds, −∞ where there is no flow, and the buyer.

        The bounds have shape (n,); the paths to the buyer are counted.
        """
        place = int(self.columns.place[firm])
        before_codes = self.before_codes(place, int(self.columns.observed.suppliers[firm]))
        bound = self.bounds(place, before_codes, np.array([firm]))[:, 0]
        return self._with_own(firm_party(self.columns, firm), bound)

    def _with_own(self, party: Party, bound: NDArray[np.floating]) -> tuple[NDArray[np.floating], Party]:
        """Return bounds with what is of one buyer alone, and the buyer with the paths to it, which are counted here."""
        columns, firm = self.columns, party.firm
        if party.need is not None:
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
        everyone = np.arange(len(self.columns))
        possible = int((bound > -np.inf).sum())
        wanted = min(max(FIRST, 4 * top), possible)
        while True:
            among = np.sort(np.argpartition(-bound, wanted - 1)[:wanted]) if wanted < len(bound) else everyone
            ranking = rank_suppliers(
                self.columns, self.economy, party, Filters(), self.counted, weights=self.weights, among=among
            )
            if wanted >= possible:
                return ranking
            last = ranking.scores.score[ranking.order[top - 1]] if len(ranking.order) >= top else -np.inf
            needed = int((bound >= last - ROUNDING).sum())
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
            bounds = np.ascontiguousarray(batch.bounds(place, before_codes, block).T)
            for firm, bound in zip(block, bounds, strict=True):
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
