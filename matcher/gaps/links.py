"""Links that are missing although both sides are here: firms expected to trade that are not known to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from graph.gravity import deterrence
from matcher.gaps.regional import RegionGaps
from matcher.gaps.sides import Sides
from matcher.index.columns import OUTPUT_ESTIMATED, Columns
from matcher.index.economy import MAKER, Economy
from models.assumptions import assumption

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Largest makers and largest users of a code that are paired: expected trade grows with both sizes.
PAIRED = 30


@dataclass(frozen=True, slots=True)
class MissingLink:
    """A pair of local firms expected to trade; ``code`` carries most of it, roubles a year."""

    supplier: int
    buyer: int
    code: int
    expected_rub: float
    low_rub: float
    high_rub: float
    distance_km: float


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of local firms with expected trade: firm numbers, the code that carries most, roubles a year; each (n,)."""

    supplier: Ints
    buyer: Ints
    code: Ints
    rub: Floats


def expected_pairs(columns: Columns, economy: Economy, sides: Sides) -> Pairs:
    """Return pairs with expected trade, each once, summed over codes, the largest first.

    Expected trade is that of the gravity model. Of every code the :data:`PAIRED` largest certain makers and users in
    the scope are paired. What comes through networks is left out: its links are no news.
    """
    demand = np.asarray(sides.demand_by_firm.sum(axis=0), dtype=float).ravel()
    wanted = np.flatnonzero((demand > 0) & ~economy.channel & ~networks(economy))
    pairs = [_pairs_of(columns, economy, sides, int(code)) for code in wanted] or [_none()]
    supplier, buyer, code, amount = (np.concatenate(column) for column in zip(*pairs, strict=True))
    distinct, number = np.unique(supplier * len(columns) + buyer, return_inverse=True)
    total = np.bincount(number, weights=amount, minlength=len(distinct))
    by_amount = np.lexsort((-amount, number))
    lead = code[by_amount[np.flatnonzero(np.diff(number[by_amount], prepend=-1))]]
    order = np.argsort(-total, kind="stable")
    one, other = np.divmod(distinct[order], max(len(columns), 1))
    kept = (one != other) & (total[order] >= 1.0)
    return Pairs(one[kept], other[kept], lead[order][kept], total[order][kept])


def networks(economy: Economy) -> NDArray[np.bool_]:
    """Return which codes come through networks or from deposits, shape (m,): who supplies them is no news."""
    return np.asarray((economy.role == MAKER) & ~economy.goods | (economy.realistic_share == 0), dtype=bool)


def missing_links(columns: Columns, economy: Economy, found: RegionGaps, top: int) -> list[MissingLink]:
    """Return the pairs with the highest expected trade and none on record, affiliates left out, best first."""
    pairs = expected_pairs(columns, economy, found)
    known = set(zip(columns.link_supplier.tolist(), columns.link_buyer.tolist(), strict=True))
    links: list[MissingLink] = []
    for row in range(len(pairs.rub)):
        if len(links) == top:
            break
        one, other = int(pairs.supplier[row]), int(pairs.buyer[row])
        if (one, other) not in known and other not in columns.ties(one):
            links.append(_link(columns, found, one, other, int(pairs.code[row]), float(pairs.rub[row])))
    return links


def _none() -> tuple[Ints, Ints, Ints, Floats]:
    nothing = np.array([], dtype=np.int64)
    return nothing, nothing, nothing, np.array([])


def _pairs_of(columns: Columns, economy: Economy, sides: Sides, code: int) -> tuple[Ints, Ints, Ints, Floats]:
    """Return suppliers, buyers, the code and expected roubles of all pairs of its largest makers and users."""
    (maker, made), (user, needed) = _largest(sides.made, code), _largest(sides.demand_by_firm, code)
    makers, buyers = sides.local[maker], sides.demanding[user]
    here, there = columns.place[makers], columns.place[buyers]
    decay = deterrence(columns.distance_km[here[:, None], there[None, :]], float(economy.haul_km[code]))
    sold = made * columns.factor_sell[code, here]
    bought = needed * columns.factor_buy[code, there]
    amount = (sold[:, None] * bought[None, :] * decay).ravel()
    return (
        np.repeat(makers, len(buyers)),
        np.tile(buyers, len(makers)),
        np.full(len(amount), code),
        amount,
    )


def _largest(by_firm: csc_array, code: int) -> tuple[Ints, Floats]:
    """Return rows and amounts of the :data:`PAIRED` largest of one code, the largest first."""
    part = slice(by_firm.indptr[code], by_firm.indptr[code + 1])
    rows, amounts = by_firm.indices[part].astype(np.int64), np.asarray(by_firm.data[part], dtype=float)
    least = np.partition(amounts, -PAIRED)[-PAIRED] if len(amounts) > PAIRED else 0.0
    kept = np.flatnonzero((amounts >= least) & (amounts > 0))
    kept = kept[np.lexsort((rows[kept], -amounts[kept]))][:PAIRED]
    return rows[kept], amounts[kept]


def _link(columns: Columns, found: RegionGaps, supplier: int, buyer: int, code: int, expected: float) -> MissingLink:
    estimated = sum(columns.output_kind[firm] == OUTPUT_ESTIMATED for firm in (supplier, buyer))
    variance = assumption("value_sigma").value ** 2 + estimated * assumption("estimated_output_sigma").value ** 2
    factor = float(np.exp(np.sqrt(variance)))
    need = float(found.demand_by_firm[np.flatnonzero(found.demanding == buyer)[0], code])
    return MissingLink(
        supplier=supplier,
        buyer=buyer,
        code=code,
        expected_rub=expected,
        low_rub=expected / factor,
        high_rub=max(expected, min(expected * factor, need)),
        distance_km=float(columns.distance_km[columns.place[supplier], columns.place[buyer]]),
    )
