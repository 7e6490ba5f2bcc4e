"""From decisions and observed links to examples: unweighted parts of pairs, and which of them an example speaks of."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.learn.posterior import Examples
from matcher.match.pairs import firm_party
from matcher.match.scorer import PARTS, feedback_by_code
from matcher.match.shortlist import Decisions, Filters, Ranking, rank_suppliers
from models.assumptions import assumption

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Buyers whose observed links are learned from, at most; a fixed draw of all.
MOST_BUYERS = 500
#: Parts that matching on code and size makes alike, so that links teach nothing of them, and the starting point.
NEVER, MATCHED = frozenset({"base"}), frozenset({"base", "input_fit", "size_fit"})
_ONES = dict.fromkeys(PARTS, 1.0)


@dataclass(frozen=True, slots=True)
class Decided:
    """An accepted or declined pair by firm numbers; ``parts`` it speaks of, ``None`` for every one."""

    supplier: int
    buyer: int
    accepted: bool
    parts: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Material:
    """Examples with what they were made from.

    ``decided`` are the decisions of the examples, row by row; ``without_flow`` counts decisions and links between
    firms of which one makes nothing the other is known to need; ``links`` and ``negatives`` count those used.
    """

    examples: Examples
    decided: tuple[Decided, ...]
    without_flow: int
    links: int
    negatives: int


def gather(
    columns: Columns, economy: Economy, decided: Sequence[Decided], links: Sequence[tuple[int, int]]
) -> Material:
    """Return what can be learned from decisions, oldest first, and observed links (supplier, buyer)."""
    by_buyer: dict[int, list[int]] = defaultdict(list)
    by_asker: dict[int, list[tuple[int, Decided]]] = defaultdict(list)
    for number, pair in enumerate(decided):
        by_asker[pair.buyer].append((number, pair))
    keys = firm_keys(columns)
    for supplier, buyer in links:
        by_buyer[buyer].append(supplier)
    drawn = set(sorted(by_buyer, key=lambda firm: (keys[firm], firm))[:MOST_BUYERS])
    decisions = Decisions({(d.supplier, d.buyer): "accept" if d.accepted else "decline" for d in decided})
    feedback, bands = ordered_feedback(columns, economy, decided), columns.size_band
    rows: dict[int, Floats] = {}
    sets: list[Floats] = []
    without = 0
    for buyer in sorted(drawn | {d.buyer for d in decided}):
        ranking = rank_suppliers(columns, economy, firm_party(columns, buyer), Filters(), decisions, weights=_ONES)
        place = {int(firm): row for row, firm in enumerate(ranking.firms) if ranking.scores.fit[row] > 0}
        for number, pair in by_asker[buyer]:
            if pair.supplier in place:
                raw = ranking.scores.parts[place[pair.supplier]].copy()
                raw[PARTS.index("feedback")] = feedback[number]
                rows[number] = raw
        parts = ranking.scores.parts.copy()
        parts[:, PARTS.index("network")] -= ranking.scores.record.again
        taken = {pair.supplier for _, pair in by_asker[buyer]}
        for supplier in sorted(set(by_buyer[buyer])) if buyer in drawn else ():
            against = matched(ranking, place.get(supplier), taken, bands, keys ^ keys[supplier] ^ keys[buyer])
            without += supplier not in place
            if len(against):
                sets.append(parts[[place[supplier], *against]])
    used = sorted(rows)
    kept = tuple(decided[number] for number in used)
    link_raw = np.concatenate([*sets, np.zeros((0, len(PARTS)))])
    examples = Examples(
        raw=np.array([rows[number] for number in used]).reshape(-1, len(PARTS)),
        speaks=np.array([[part in spoken_of(d) for part in PARTS] for d in kept], dtype=bool).reshape(-1, len(PARTS)),
        accepted=np.array([float(d.accepted) for d in kept]),
        asker=np.unique([d.buyer for d in kept], return_inverse=True)[1].astype(np.int64),
        link_raw=link_raw,
        link_speaks=np.tile([part not in MATCHED for part in PARTS], (len(link_raw), 1)),
        link_set=np.repeat(np.arange(len(sets)), [len(one) for one in sets]),
    )
    without += len(decided) - len(used)
    return Material(examples, kept, without, len(sets), len(link_raw) - len(sets))


def spoken_of(pair: Decided) -> frozenset[str]:
    """Return the parts a decision can move."""
    return frozenset(PARTS if pair.parts is None else pair.parts) - NEVER


def matched(ranking: Ranking, row: int | None, taken: set[int], bands: Ints, keys: Ints) -> list[int]:
    """Return rows of firms to set against an observed supplier: same code, same size band, not known to trade.

    Random firms would be told apart by their code alone and flatter every method. Which of many are taken depends on
    the INNs alone.
    """
    if row is None:
        return []
    lead, band = ranking.flow.lead, bands[ranking.firms]
    alike = np.zeros(len(ranking.firms), dtype=bool)
    alike[ranking.order] = True
    alike &= (lead == lead[row]) & (band == band[row]) & ~ranking.observed & ~np.isin(ranking.firms, list(taken))
    found = np.flatnonzero(alike)
    best = found[np.lexsort((found, keys[ranking.firms[found]]))]
    return [int(one) for one in best[: int(assumption("matched_negatives").value)]]


def ordered_feedback(columns: Columns, economy: Economy, decided: Sequence[Decided]) -> Floats:
    """Return the unweighted feedback part of each decision as of the moment before it, shape (d,).

    With its own answer counted, a decision would foretell itself.
    """
    tally: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}
    result = np.zeros(len(decided))
    for number, pair in enumerate(decided):
        flow = columns.share_row(pair.supplier) * economy.spending(columns.share_row(pair.buyer))
        if flow.any():
            result[number] = flow @ feedback_by_code(tally[True], tally[False], len(flow)) / flow.sum()
            tally[pair.accepted][int(flow.argmax())] += 1
    return result


def firm_keys(columns: Columns) -> Ints:
    """Return a number of every firm that depends on its INN alone and has nothing to do with its order."""
    return np.array([zlib.crc32(bytes(inn)) for inn in columns.inn], dtype=np.int64)
