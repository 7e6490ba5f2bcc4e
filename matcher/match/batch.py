"""The best suppliers of every firm at once: exact, but scoring only those that could be among them.

For each buyer every firm gets an upper bound of its score that costs a sparse product: sizes are taken to fit
perfectly, and of a firm's goods the farthest travelling one sets the distance and the one seen most in the place what
is sold there; the rest is exact but for what a pair's own link adds. Firms are scored whole in the order of their
bounds until the bound of the next is below the last place wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from graph.buyers import Buyers
from graph.ceilings import TradeCeilings, again_ceiling, kindred_to, place_ceiling, sold_ceiling
from graph.gravity import nearness
from graph.sparse_rows import are
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.match.bars import bars
from matcher.match.bounds import ROUNDING
from matcher.match.evidence import of_suppliers, words_fit
from matcher.match.pairs import Party, firm_party, flow_to_buyers
from matcher.match.scorer import Side, base_log_odds, default_weights, fit_of_made, score_pairs, standing
from matcher.match.shortlist import Decisions, best_first

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Singles = NDArray[np.float32]

#: Buyers of one place whose bounds are computed together (a block fits the processor's cache), and candidates scored
#: first.
BLOCK, FIRST = 12, 80
#: What is above −∞.
LOWEST = float(np.finfo(np.float32).min)


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
    def own(self) -> Singles:
        """What each firm brings into any pair as a supplier: base and standing, shape (n,)."""
        base = self.weights["base"] * base_log_odds(self.columns)
        return (base + self.weights["standing"] * standing(self.columns, slice(None))).astype(np.float32)

    @cached_property
    def counted(self) -> Decisions:
        """The decisions, with what they say about each code."""
        return self.decisions.counted(self.columns, self.economy)

    @cached_property
    def feedback(self) -> Floats:
        """What decisions say about each code, weighted, shape (m,)."""
        return self.weights["feedback"] * self.counted.feedback(self.columns, self.economy)

    @cached_property
    def hauls(self) -> tuple[Singles, Singles]:
        """Mean hauls of the least and the farthest travelling of each firm's goods, shape (n,); 1 without any."""
        haul, firm = self.economy.haul_km[self.columns.share_code].astype(np.float32), self.columns.share_firm
        farthest = np.ones(len(self.columns), dtype=np.float32)
        np.maximum.at(farthest, firm, haul)
        nearest = farthest.copy()
        np.minimum.at(nearest, firm, haul)
        return nearest, farthest

    def before_codes(self, place: int, suppliers: int, sold: Singles) -> Singles:
        """Return the most that each firm can bring as a supplier of one place, its goods aside, shape (n,).

        Parameters
        ----------
        suppliers
            How many suppliers on record a buyer there has at most.
        sold
            :func:`graph.ceilings.sold_ceiling` of the place.
        """
        distance = self.columns.distance_km[:, place].astype(np.float32)[self.columns.place]
        seen = place_ceiling(self.columns.observed, place, suppliers)
        seen += sold
        seen *= np.float32(self.weights["network"])
        seen += self.own
        near = nearness(distance, self.hauls[1])
        near *= np.float32(self.weights["distance"])
        seen += near
        return seen

    def by_kind(self, buyers: Buyers) -> Singles:
        """Return what no firm of a kind adds to what it brings before, for some buyers of one place.

        −∞ where there is no flow; shape (buyers, kinds).
        """
        columns, economy, weights, count = self.columns, self.economy, self.weights, len(buyers.firms)
        recipe = economy.spending_of(buyers.shares).T
        needed = recipe > 0
        local = columns.unmet_share[columns.place_region[buyers.place]] + economy.code_import_share
        carried = recipe * (weights["gap"] * local + self.feedback)[:, None]
        trades = TradeCeilings(buyers)
        asked = np.hstack([recipe, needed * economy.mean_share[:, None], carried, needed, trades.sold])
        asked = asked.astype(np.float32)
        result = np.empty((count, len(columns.observed.kinds.example)), dtype=np.float32)
        whole = [(slice(None), columns.observed.kinds.shares)]  # of one buyer all fit into the processor's cache
        for kinds, shares in columns.observed.stretches if count > 1 else whole:
            found = np.ascontiguousarray((shares @ asked).T).reshape(5, count, -1)
            fit, reference, bound, made, sales = found
            nothing = fit <= 0
            with np.errstate(divide="ignore", invalid="ignore"):  # by nought where there is no flow
                bound /= fit
                bound += np.float32(weights["input_fit"]) * fit_of_made(fit, reference, made)
            bound += np.float32(weights["network"]) * trades.of(kinds, sales)
            np.copyto(bound, -np.inf, where=nothing)
            result[:, kinds] = bound
        return result

    def bounds(self, buyers: Buyers, parties: Sequence[Party], before_codes: Singles) -> Singles:
        """Return what no score of a firm as a supplier of some buyers of one place exceeds, shape (buyers, n).

        Parameters
        ----------
        before_codes
            What firms bring as suppliers of the place, their goods aside, shape (n,).
        """
        columns, weights, everyone = self.columns, self.weights, np.arange(len(self.columns))
        kinds, of_kind = self.by_kind(buyers), columns.observed.kinds.of
        own = weights["standing"] * standing(columns, buyers.firms)
        kindred, paths = kindred_to(buyers), buyers.paths
        result = np.empty((len(parties), len(columns)), dtype=np.float32)
        for row, party in enumerate(parties):
            bound = np.take(kinds[row], of_kind, out=result[row], mode="clip")
            bound += before_codes
            bound += np.float32(own[row])
            if party.need is not None or len(columns.use_code):
                bound += weights["text_fit"] * words_fit(columns, party, everyone)
            for firms, said in (
                (paths.indices[part := slice(*paths.indptr[row : row + 2])], np.log(1.0 + paths.data[part])),
                (kindred.indices[part := slice(*kindred.indptr[row : row + 2])], kindred.data[part]),
                again_ceiling(columns.sold, int(buyers.firms[row])),
            ):
                bound[firms] += weights["network"] * said
        return result

    def best(self, firms: Ints, before_codes: Singles, top: int) -> list[tuple[Ints, Floats]]:
        """Return the best suppliers of some buyers of one place and their scores.

        Parameters
        ----------
        firms
            Numbers of the buyers.
        before_codes
            What firms bring as suppliers of the place, their goods aside, shape (n,).
        top
            How many suppliers at most.
        """
        buyers, parties = self.columns.observed.buyers(firms), [firm_party(self.columns, int(firm)) for firm in firms]
        bounds = self.bounds(buyers, parties, before_codes)
        least = [some_largest(bound, max(FIRST, 4 * top)) for bound in bounds]
        found: dict[int, tuple[Ints, Floats]] = {}
        while left := [row for row in range(len(firms)) if row not in found]:
            among = {row: np.flatnonzero(bounds[row] >= max(least[row], LOWEST)) for row in left}
            for row, best in zip(left, self._scored(buyers, parties, among, top), strict=True):
                last = best[1][-1] - ROUNDING if len(best[1]) == top else -np.inf
                if last >= least[row]:
                    found[row] = best
                least[row] = last
        return [found[row] for row in range(len(firms))]

    def _scored(
        self, buyers: Buyers, parties: Sequence[Party], among: Mapping[int, Ints], top: int
    ) -> Iterator[tuple[Ints, Floats]]:
        """Yield the best of some suppliers of each of some buyers and their scores; all pairs are scored at once.

        Parameters
        ----------
        among
            By the number of the buyer the suppliers that are looked at, sorted.
        """
        columns, economy = self.columns, self.economy
        firms, of = np.concatenate(list(among.values())), np.repeat(list(among), [len(some) for some in among.values()])
        flow = flow_to_buyers(columns, economy.spending_of(buyers.shares), firms, of)
        evidence = of_suppliers(
            columns, buyers, parties, (firms, of), flow.carried(), self.counted.feedback(columns, economy)
        )
        suppliers = Side(columns.output_rub[firms], columns.place[firms])
        asking = buyers.firms[of]
        scores = score_pairs(
            flow,
            suppliers,
            Side(columns.output_rub[asking], columns.place[asking]),
            columns,
            economy,
            evidence,
            self.weights,
        )
        fitting = scores.fit > 0
        for row, start in zip(among, np.searchsorted(of, list(among)), strict=True):
            part, buyer = slice(start, start + len(among[row])), int(buyers.firms[row])
            some, score = firms[part], scores.score[part]
            partners, declined = are(some, columns.network.suppliers_of(buyer)), self.decisions.declined_by(buyer)
            barring = bars(columns, parties[row], some, partners, declined)
            open_ = np.flatnonzero(~np.logical_or.reduce([*barring.values(), ~fitting[part], some == buyer]))
            best = open_[best_first(score[open_])[:top]]
            yield some[best], score[best]


def some_largest(values: NDArray[np.floating], count: int) -> float:
    """Return a value that at least ``count`` of many reach and few more; −∞ where fewer are finite.

    Of the largest values of four times as many parts, the one at that place.

    >>> some_largest(np.array([4.0, 1.0, 3.0, 2.0, -np.inf]), 2) <= 3.0, some_largest(np.array([4.0, -np.inf]), 2)
    (True, -inf)
    """
    parts = 4 * count
    if len(values) < 2 * parts:
        return -np.inf
    deep = len(values) // parts
    maxima = values[: deep * parts].reshape(deep, parts).max(axis=0)
    return float(np.partition(maxima, parts - count)[parts - count])


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
        sold = sold_ceiling(columns.sold, place)
        before_codes = batch.before_codes(place, int(columns.observed.suppliers[same].max()), sold)
        for start in range(0, len(same), BLOCK):
            block = same[start : start + BLOCK]
            for firm, (suppliers, scores) in zip(block, batch.best(block, before_codes, top), strict=True):
                yield int(firm), suppliers, scores


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
