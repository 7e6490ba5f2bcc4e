"""Who pays whom along a chain: sales between the segments of a cluster, other firms of the place, and beyond.

A rouble is counted once for each sale it pays. What a buyer gets through a wholesaler is therefore the wholesaler's
sale to it and the maker's sale to the wholesaler, never a third one from maker to user: the matrix of :func:`paid` is
the recipes less what goes through channels, plus the channels. Balancing factors were fitted on the larger demand, so
expected sales stay below what a firm makes.

A pair with a sale on record counts with its amount, or with what is expected of it where no amount is known; all other
pairs count with what is expected. Whatever of output and of purchases is left goes beyond.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.flows import Cells, group_trade
from graph.gravity import deterrence
from graph.sparse_rows import rows_of
from matcher.index.columns import Columns
from matcher.index.economy import Economy

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Flows:
    """Sales between groups, roubles a year; row sells, column buys; the last two groups are others here and beyond.

    Attributes
    ----------
    observed, inferred
        Sales on record, and those expected of all other pairs, shape (groups + 2, groups + 2). What others here and
        those beyond sell to each other is left out.
    records
        Number of pairs with a sale on record, same shape.
    output, inputs
        What each of the first groups makes and spends on inputs, shape (groups,).
    own
        What its firms make for themselves, shape (groups,): neither sold nor bought.
    """

    observed: Floats
    inferred: Floats
    records: Ints
    output: Floats
    inputs: Floats
    own: Floats


def chain_flows(columns: Columns, economy: Economy, group: Ints, groups: int) -> Flows:
    """Return the sales between groups of firms.

    Parameters
    ----------
    group
        Of every firm of the index: its group from 0, ``groups`` for others here, ``groups + 1`` for firms elsewhere,
        shape (n,).
    groups
        Number of groups.
    """
    here, beyond = groups, groups + 1
    matrix = paid(economy)
    members, others = np.flatnonzero(group < here), np.flatnonzero(group == here)
    inside, around = _cells(columns, matrix, members, group), _cells(columns, matrix, others, group)
    haul, distance = economy.haul_km, columns.distance_km
    expected = np.zeros((groups + 2, groups + 2))
    for sells, buys in ((inside, inside), (inside, around), (around, inside)):
        expected += group_trade(sells.sold, buys.bought, distance, haul, groups + 2)
    own = _sums(group[members], pair_trade(columns, economy, members, members), groups)
    expected[np.arange(groups), np.arange(groups)] -= own
    observed, replaced, records = _recorded(columns, economy, group, groups)
    inferred = np.maximum(expected - replaced, 0.0)
    output = _sums(group[members], columns.output_rub[members], groups)
    inputs = _sums(inside.bought.group, inside.spent, groups)
    known = observed + inferred
    inferred[:here, beyond] = np.maximum(output - own - known[:here].sum(axis=1), 0.0)
    inferred[beyond, :here] = np.maximum(inputs - own - known[:, :here].sum(axis=0), 0.0)
    return Flows(observed, inferred, records, output, inputs, own)


def paid(economy: Economy) -> Floats:
    """Return what is paid to makers of each code, and to those it is bought through, per rouble of turnover, (m, m)."""
    return np.asarray(economy.match - economy.through.sum(axis=0)[:, None] * economy.recipe)


def pair_trade(columns: Columns, economy: Economy, supplier: Ints, buyer: Ints) -> Floats:
    """Return the sales expected of each pair, roubles a year, shape (pairs,)."""
    matrix, shares = paid(economy), columns.shares
    pair, code, sold = rows_of(shares, supplier)
    entry, activity, bought = rows_of(shares, buyer[pair])
    need = _sums(entry, matrix[code[entry], activity] * bought, len(pair))
    here, there = columns.place[supplier[pair]], columns.place[buyer[pair]]
    decay = deterrence(columns.distance_km[here, there], economy.haul_km[code])
    sells = sold * columns.output_rub[supplier[pair]] * columns.factor_sell[code, here]
    buys = need * columns.output_rub[buyer[pair]] * columns.factor_buy[code, there]
    return _sums(pair, sells * buys * decay, len(supplier))


def _sums(number: Ints, values: Floats, length: int) -> Floats:
    """Return the sum of the values of each number."""
    return np.asarray(np.bincount(number, weights=values, minlength=length), dtype=float)


#: Firms of each side whose pairs are looked at one by one, the largest.
LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class PairFlows:
    """Pairs of firms and their sales, roubles a year; ``recorded`` tells which are on record; each (n,)."""

    supplier: Ints
    buyer: Ints
    rub: Floats
    recorded: NDArray[np.bool_]


def recorded_pairs(columns: Columns, economy: Economy, sells: Ints, buys: Ints) -> PairFlows:
    """Return the sales on record from some firms (numbers) to some others, those without an amount as expected."""
    one, other = np.asarray(columns.link_supplier), np.asarray(columns.link_buyer)
    kept = np.isin(one, sells) & np.isin(other, buys) & (one != other)
    one, other, amount = one[kept], other[kept], columns.link_amount_rub[kept]
    rub = np.where(amount > 0, amount, pair_trade(columns, economy, one, other))
    return PairFlows(one, other, rub, np.ones(len(one), dtype=bool))


def expected_flows(columns: Columns, economy: Economy, sells: Ints, buys: Ints) -> PairFlows:
    """Return the sales expected of all pairs, none on record, of the :data:`LOOKED_AT` largest firms of each side."""
    sells, buys = (firms[np.argsort(-columns.output_rub[firms], kind="stable")][:LOOKED_AT] for firms in (sells, buys))
    one, other = np.repeat(sells, len(buys)), np.tile(buys, len(sells))
    known = np.isin(one * len(columns) + other, columns.link_supplier * len(columns) + columns.link_buyer)
    one, other = one[~known & (one != other)], other[~known & (one != other)]
    return PairFlows(one, other, pair_trade(columns, economy, one, other), np.zeros(len(one), dtype=bool))


@dataclass(frozen=True, slots=True)
class _Sides:
    """What some firms sell and buy, by group and place; ``spent`` is what each cell buys of everything."""

    sold: Cells
    bought: Cells
    spent: Floats


def _cells(columns: Columns, matrix: Floats, firms: Ints, group: Ints) -> _Sides:
    places = len(columns.distance_km)
    key, cell = np.unique(group[firms] * places + columns.place[firms], return_inverse=True)
    to_cell = csr_array((columns.output_rub[firms], (cell, np.arange(len(firms)))), shape=(len(key), len(firms)))
    made = (to_cell @ columns.shares[firms]).toarray() if len(firms) else np.zeros((0, columns.groups))
    need = made @ matrix.T
    of, at = np.divmod(key, places)
    return _Sides(
        Cells(of, at, made * columns.factor_sell[:, at].T),
        Cells(of, at, need * columns.factor_buy[:, at].T),
        need.sum(axis=1),
    )


def _recorded(columns: Columns, economy: Economy, group: Ints, groups: int) -> tuple[Floats, Floats, Ints]:
    """Return amounts on record, what is expected of the same pairs, and their number, between groups."""
    one, other = np.asarray(columns.link_supplier), np.asarray(columns.link_buyer)
    about = (np.minimum(group[one], group[other]) < groups) & (one != other)
    one, other, amount = one[about], other[about], columns.link_amount_rub[about]
    expected = pair_trade(columns, economy, one, other)
    cell = group[one] * (groups + 2) + group[other]

    def summed(values: Floats) -> Floats:
        return _sums(cell, values, (groups + 2) ** 2).reshape(groups + 2, groups + 2)

    observed = summed(np.where(amount > 0, amount, expected))
    return observed, summed(expected), np.bincount(cell, minlength=(groups + 2) ** 2).reshape(groups + 2, groups + 2)
