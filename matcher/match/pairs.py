"""What the scorer needs to know of many pairs at once, gathered from the index.

A query has one fixed side (a firm, or a description that is in no register) and every firm of the index on the other.
:class:`Flow` holds the non-zero products of what the supplier makes and what the buyer's recipe asks for; it looks the
same from both sides, so one scorer serves both and a pair has one score whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.sold import Carried
from graph.sparse_rows import MOST, entries_of, ranges
from matcher.classify.said import Said
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.index.uses import Uses

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Party:
    """The fixed side of a query.

    Attributes
    ----------
    shares
        What it supplies, as shares of its output, shape (m,).
    output_rub
        Yearly output.
    place
        Row of its place in the index; -1 when unknown.
    firm
        Its number in the index, ``None`` for a description.
    offer, need
        What it says in its own words, item by item; ``None`` without.
    asked
        Whether ``need`` is one thing asked for now, so that what its trade takes otherwise says nothing.
    aim
        Activities its own words name as customers, as shares, shape (m,), ``None`` without.
    uses
        Which activities take what its own words offer, ``None`` without.
    """

    shares: Floats
    output_rub: float
    place: int
    firm: int | None = None
    offer: Said | None = None
    need: Said | None = None
    asked: bool = False
    aim: Floats | None = None
    uses: Uses | None = None


@dataclass(frozen=True)
class Flow:
    """Products of supply share and recipe share, one entry a (pair, code) with both above zero.

    ``pair`` numbers the firms of the open side; ``code`` is the traded activity group; ``supply`` is S[i, p] and
    ``recipe`` is Σ_q a[p, q] S[j, q]; ``entry`` is the position of the supplier's stored share in the index, -1 where
    there is none. Entries are sorted by pair.
    """

    count: int
    pair: Ints
    code: Ints
    supply: Floats
    recipe: Floats
    entry: Ints

    @cached_property
    def product(self) -> Floats:
        """``S[i, p] · Σ_q a[p, q] S[j, q]``: roubles of p per rouble of both outputs."""
        return self.supply * self.recipe

    @cached_property
    def fit(self) -> Floats:
        """The sum of the products of each pair, shape (count,)."""
        return self.total(self.product)

    def total(self, values: Floats) -> Floats:
        """Sum values over the codes of each pair, shape (count,)."""
        return np.asarray(np.bincount(self.pair, weights=values, minlength=self.count), dtype=float)

    @cached_property
    def lead(self) -> Ints:
        """The code that carries most of each pair, shape (count,); of equal ones the first."""
        product, lead = self.product, np.zeros(self.count, dtype=np.int64)
        if not len(product):
            return lead
        begins = np.diff(self.pair, prepend=-1) > 0
        most = np.maximum.reduceat(product, np.flatnonzero(begins))
        carries = np.flatnonzero(product == most[np.cumsum(begins) - 1])[::-1]
        lead[self.pair[carries]] = self.code[carries]
        return lead

    def of(self, pairs: Ints) -> Flow:
        """Return the flow of some pairs, numbered in their order."""
        ends = self.pair.searchsorted(pairs), self.pair.searchsorted(pairs, side="right")
        number, at = ranges(*ends)
        return Flow(len(pairs), number, self.code[at], self.supply[at], self.recipe[at], self.entry[at])

    def of_candidates(self) -> tuple[Ints, Flow]:
        """Return the distinct pairs that have an entry, sorted, and the flow with these numbered in their order."""
        begins = np.ones(len(self.pair), dtype=bool)
        np.not_equal(self.pair[1:], self.pair[:-1], out=begins[1:])
        first, number = np.flatnonzero(begins), np.cumsum(begins)
        number -= 1
        return self.pair[first], Flow(len(first), number, self.code, self.supply, self.recipe, self.entry)

    def carried(self) -> Carried:
        """Return which stored shares carry each pair, and how much of it."""
        return Carried(self.count, self.pair, self.entry, self.product / self.fit[self.pair])


def flow_to_buyer(columns: Columns, recipe: Floats, among: Ints | None = None) -> Flow:
    """Return the flow from every firm, or from some (sorted), to one buyer with this recipe, shape (m,)."""
    entries = None if among is None else entries_of(columns.share_indptr, among)[1]
    code = columns.share_code if entries is None else columns.share_code[entries]
    wanted = recipe[code]
    kept = np.flatnonzero(wanted > 0)
    stored = kept if entries is None else entries[kept]
    return Flow(
        len(columns),
        columns.share_firm[stored],
        np.asarray(code[kept]),
        np.asarray(columns.share_value[stored]),
        wanted[kept],
        np.asarray(stored),
    )


def flow_to_buyers(columns: Columns, recipes: Floats, firms: Ints, of: Ints) -> Flow:
    """Return the flow from some firms to some buyers, pair by pair.

    Parameters
    ----------
    recipes
        What each buyer spends on each code, shape (buyers, m).
    firms, of
        The supplier of each pair, and which of the buyers it is with.
    """
    pair, entry = entries_of(columns.share_indptr, firms)
    code = columns.share_code[entry]
    wanted = recipes[of[pair], code]
    kept = np.flatnonzero(wanted > 0)
    pair, entry, code = pair[kept], entry[kept], np.asarray(code[kept])
    return Flow(len(firms), pair, code, np.asarray(columns.share_value[entry]), wanted[kept], entry)


def flow_from_supplier(columns: Columns, supplier: Party, economy: Economy, among: Ints | None = None) -> Flow:
    """Return the flow from one supplier to every firm, or to some (sorted)."""
    shares = supplier.shares
    entry = np.full(len(shares), -1)
    if supplier.firm is not None:
        part = slice(columns.share_indptr[supplier.firm], columns.share_indptr[supplier.firm + 1])
        entry[columns.share_code[part]] = np.arange(part.start, part.stop)
    made = np.flatnonzero(shares)
    buyers = columns.shares if among is None else columns.shares[among]
    recipe = buyers @ np.ascontiguousarray(economy.match[made].T)
    flat = np.flatnonzero(recipe > 0)
    at = flat // max(len(made), 1)
    code, pair = made[flat - at * len(made)], at if among is None else among[at]
    return Flow(len(columns), pair, code, shares[code], recipe.ravel()[flat], entry[code])


def resale_share(columns: Columns, economy: Economy, buyers: Ints, flow: Flow) -> Floats:
    """Return the share of each pair's flow that its buyer would sell on, shape (count,).

    Of goods that is what traders' turnover is spent on for resale; what is bought through wholesalers is used by who
    buys it.

    Parameters
    ----------
    buyers
        The firms of the open side, one a pair.
    """
    goods = np.flatnonzero(np.bincount(flow.code, minlength=len(economy.codes)) > 0)
    goods = goods[~economy.channel[goods]]
    resold = economy.match[goods] - economy.recipe[goods] * economy.price_of(goods)[:, None]
    whole = len(buyers) > MOST * len(columns)  # it is faster then to compute it of everyone
    firms = columns.shares if whole else columns.shares[buyers]
    spent = np.asarray(firms @ np.ascontiguousarray(np.maximum(resold, 0.0).T))
    row = buyers if whole else np.arange(len(buyers))
    column = np.full(len(economy.codes), -1)
    column[goods] = np.arange(len(goods))
    of_goods = np.flatnonzero(column[flow.code] >= 0)
    handed = np.zeros(len(flow.code))
    handed[of_goods] = spent[row[flow.pair[of_goods]], column[flow.code[of_goods]]]
    fit = flow.fit
    return np.divide(flow.total(flow.supply * handed), fit, out=np.zeros(flow.count), where=fit > 0)


def firm_party(columns: Columns, firm: int) -> Party:
    """Return a firm of the index as the fixed side of a query."""
    return Party(
        shares=columns.share_row(firm),
        output_rub=float(columns.output_rub[firm]),
        place=int(columns.place[firm]),
        firm=firm,
        offer=_items(columns.offer_firm, columns.offered, firm),
        need=_items(columns.need_firm, columns.needed, firm),
        uses=columns.uses_of(firm),
    )


def _items(firms: Ints, said: Said, firm: int) -> Said | None:
    first, last = np.searchsorted(firms, [firm, firm + 1])
    return said.only(slice(int(first), int(last))) if last > first else None
