"""What is computed of the candidates that are told, of all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.seen import COUNTED
from graph.sparse_rows import entries_of
from matcher.index.columns import OUTPUT_ESTIMATED, Columns
from matcher.index.economy import Economy
from matcher.match.pairs import Flow, Party
from matcher.match.scorer import Scores
from matcher.report.frame import Frame
from matcher.report.ranking.concentration import potential_shares
from matcher.report.ranking.layers import layer_shares
from matcher.report.ranking.listing import Listing
from models.assumptions import assumption

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Codes that are told of a pair.
CODES = 3
#: What is counted of a pair's sales on record beside :data:`graph.seen.COUNTED`.
RECORDED = ("there", "own", "own_code")


@dataclass(frozen=True, slots=True)
class PairCodes:
    """Codes that carry a pair, best first: supplier's code, buyer's code, share of the flow; ``count`` of all."""

    rows: tuple[tuple[int, int, float], ...]
    lead_recipe: float
    lead_supply: float
    count: int

    @property
    def lead(self) -> int:
        """The code that carries most."""
        return self.rows[0][0]


@dataclass(frozen=True)
class Told:
    """Figures of some rows of a ranking; those of ``row`` stand at ``at[row]``.

    ``codes`` are what carries each pair, ``links`` what is counted of the links around it; ``expected_rub`` is what it
    could sell a year, and between which two figures two thirds of such pairs would lie; ``layers`` through which layers
    it is joined, shape (pairs, 3), and ``potential`` how much of the supplier's sales the buyer could be.
    """

    at: Mapping[int, int]
    codes: list[PairCodes]
    links: list[dict[str, float]]
    expected_rub: Floats
    expected_low_rub: Floats
    expected_high_rub: Floats
    layers: Floats
    potential: Floats


def told_of(frame: Frame, listing: Listing, rows: Iterable[int]) -> Told:
    """Return the figures of some rows of a ranking."""
    ranking, columns, economy = listing.ranking, frame.columns, frame.economy
    told = np.array(sorted(set(rows)), dtype=np.int64)
    firms = ranking.firms[told]
    flow = ranking.flow.of(told)
    candidates, asker = columns.output_rub[firms], np.full(len(told), listing.party.output_rub)
    if listing.side == "supplier":
        outputs, buyers = (candidates, asker), listing.party.shares[None, :]
    else:
        outputs, buyers = (asker, candidates), columns.shares[firms].toarray()
    codes = codes_of(economy, flow, buyers)
    lead = np.array([each.lead for each in codes], dtype=np.int64)
    need = np.einsum("pm,pm->p", economy.match[lead], np.broadcast_to(buyers, (len(told), buyers.shape[1])))
    expected = ranking.scores.trade.of(told)
    low, high = value_range(expected, variance(columns, listing.party, firms), *outputs, need)
    return Told(
        at={row: number for number, row in enumerate(told.tolist())},
        codes=codes,
        links=links_of(ranking.scores, told),
        expected_rub=expected,
        expected_low_rub=low,
        expected_high_rub=high,
        layers=layer_shares(economy, flow, buyers),
        potential=potential_shares(flow, *outputs),
    )


def codes_of(economy: Economy, flow: Flow, buyers: Floats) -> list[PairCodes]:
    """Return the codes that carry each pair of a flow.

    Parameters
    ----------
    buyers
        Shares of the output of the buyer of each pair, or of the one buyer of all, shape (pairs or 1, m).
    """
    users = (economy.match[flow.code] * buyers[0 if len(buyers) == 1 else flow.pair]).argmax(axis=1)
    shares = flow.product / flow.fit[flow.pair]
    order = np.lexsort((-flow.product, flow.pair))
    entries = list(zip(flow.code[order].tolist(), users[order].tolist(), shares[order].tolist(), strict=True))
    starts = np.searchsorted(flow.pair, np.arange(flow.count + 1)).tolist()
    recipe, supply = flow.recipe[order].tolist(), flow.supply[order].tolist()
    return [
        PairCodes(tuple(entries[start : min(start + CODES, stop)]), recipe[start], supply[start], stop - start)
        for start, stop in pairwise(starts)
    ]


def links_of(scores: Scores, rows: Ints) -> list[dict[str, float]]:
    """Return what is counted of the links around some pairs."""
    seen = scores.seen.only(rows)
    counts = {name: getattr(seen, name).tolist() for name in COUNTED}
    counts |= {name: getattr(scores.record, name)[rows].tolist() for name in RECORDED}
    return [dict(zip(counts, each, strict=True)) for each in zip(*counts.values(), strict=True)]


def value_range(
    expected: Floats, variance: Floats, supplier_rub: Floats, buyer_rub: Floats, need: Floats
) -> tuple[Floats, Floats]:
    """Return the roubles between which two thirds of such pairs would lie, by the stated spreads, each (pairs,).

    ``log`` of trade is spread around the gravity model; what the buyer spends on the code that carries most, ``need``
    of its output, and what the supplier makes of it bound the upper end.
    """
    factor, bound = np.exp(np.sqrt(variance)), need * buyer_rub
    bound = np.where(supplier_rub > 0, np.minimum(bound, supplier_rub), bound)
    return expected / factor, np.maximum(expected, np.minimum(expected * factor, bound))


def variance(columns: Columns, party: Party, firms: Ints) -> Floats:
    """Return the variance of the logarithm of trade between a party and some firms, shape (firms,).

    An estimated output and an uncertain code, of either, widen it.
    """
    estimated, wide = (assumption(name).value ** 2 for name in ("estimated_output_sigma", "wide_class_sigma"))
    certain, doubted = certainty(columns, firms), columns.output_kind[firms] == OUTPUT_ESTIMATED
    if party.firm is None:
        own_certain, own_doubted = min(float(party.shares.sum()), 1.0), True
    else:
        own_certain = float(certainty(columns, np.array([party.firm]))[0])
        own_doubted = bool(columns.output_kind[party.firm] == OUTPUT_ESTIMATED)
    of_output = estimated * (doubted + float(own_doubted))
    of_codes = wide * ((1.0 - certain) ** 2 + (1.0 - own_certain) ** 2)
    return np.asarray(assumption("value_sigma").value ** 2 + of_output + of_codes)


def certainty(columns: Columns, firms: Ints) -> Floats:
    """Return the confidence of the codes of some firms, weighted by their shares; 0 without any."""
    number, entry = entries_of(columns.share_indptr, firms)
    weight = columns.share_value[entry]
    total = np.bincount(number, weight, len(firms))
    known = np.bincount(number, weight * columns.share_confidence[entry], len(firms))
    return np.divide(known, total, out=np.zeros(len(firms)), where=total > 0)
