"""The most that links on record can say of many pairs at once: bounds that cost less than what they bound.

What depends on a trade is computed once for all firms of one kind, what depends on a place once for all of one place,
and what few firms have for those few alone. A pair's own link is not taken off, which could only lower a count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.buyers import Buyers
from graph.observed import Observed
from graph.seen import SHRINK, kindred_ratio, lift
from graph.seller import Seller
from graph.sold import AGAIN, Sold
from graph.sparse_rows import found_among_pairs, row_at, row_of_each

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Singles = NDArray[np.float32]


def place_ceiling(observed: Observed, place: int, suppliers: int) -> Singles:
    """Return what firms bring to the log odds whoever buys in a place, shape (n,), at most.

    Parameters
    ----------
    suppliers
        How many suppliers a buyer there has at most: the fewer sales the others there have, the more counts a client
        among them.
    """
    if not observed.network.sales.nnz:
        return np.zeros(len(observed.place), dtype=np.float32)
    near = np.zeros(len(observed.place), dtype=np.float32)
    part = slice(*observed.sold_to.indptr[place : place + 2])
    near[observed.sold_to.indices[part]] = observed.sold_to.data[part]
    expected = observed.clients.astype(np.float32)
    expected *= np.float32(observed.share_of_place(place, np.array(suppliers)))
    result = lift(near, expected, observed.kept)
    result += observed.popularity
    return result


class TradeCeilings:
    """What the trades of firms and of some buyers bring to the log odds, at most.

    With :func:`place_ceiling`, :func:`kindred_to` and the paths this is :attr:`graph.seen.Seen.log_odds`, but for
    rounding, for what a pair's own link adds, and for the number of suppliers where that of the buyer is less.

    Attributes
    ----------
    sold
        Sales of each code to firms like each of the buyers without its own, shape (m, buyers).
    """

    def __init__(self, buyers: Buyers) -> None:
        observed, count = buyers.observed, len(buyers.observed.place)
        self._linked = observed.network.sales.nnz > 0
        self._of_kinds = observed.of_kinds
        self._kin = (buyers.others / count**2 * buyers.kin).astype(np.float32)[:, None]
        self._buyers = lift(buyers.suppliers, buyers.others / count).astype(np.float32)[:, None]
        codes = observed.shares.shape[1], len(buyers.firms)
        self.sold: Singles = buyers.sold.astype(np.float32) if self._linked else np.zeros(codes, dtype=np.float32)

    def of(self, kinds: slice, sales: Singles) -> Singles:
        """Return the ceilings of some kinds of firms, shape (buyers, kinds).

        Parameters
        ----------
        sales
            What these kinds supply of :attr:`sold`, shape (buyers, kinds); it is overwritten.
        """
        if not self._linked:
            return np.zeros_like(sales)
        peak, alike = (of_kind[kinds] for of_kind in self._of_kinds)
        sales /= peak
        result = lift(sales, self._kin * alike)
        result += self._buyers
        return result


def kindred_to(buyers: Buyers) -> csr_array:
    """Return what other clients of the trade of each buyer bring to the log odds of firms, shape (buyers, n)."""
    found, firms = buyers.kindred, buyers.kindred.indices.astype(np.int64)
    of, clients = row_of_each(found), buyers.observed.clients[firms]
    at, linked = found_among_pairs(buyers.linked, of, firms)
    clients[at] -= linked
    said = np.log(1.0 + kindred_ratio(found.data, clients * buyers.part_bought[of]))
    return csr_array((said, found.indices, found.indptr), shape=found.shape)


@dataclass(frozen=True, slots=True)
class BuyersCeiling:
    """The most that links say, paths aside, of every firm as a buyer of one supplier, in logs: a sum of three parts.

    By the kind of the buyer, shape (kinds,), by its place, shape (places,), and by itself, shape (n,).
    """

    of_kind: Singles
    of_place: Singles
    of_firm: Singles


def buyers_ceiling(seller: Seller) -> BuyersCeiling:
    """Return the most that links say, paths aside, of every firm as a buyer of one supplier in the register."""
    observed, clients = seller.observed, len(seller.clients)
    count, total = len(observed.place), float(observed.network.sales.nnz)
    parts = len(observed.kinds.example), len(observed.sold_there), count
    if not total:
        return BuyersCeiling(*(np.zeros(part, dtype=np.float32) for part in parts))
    others = total - observed.most_suppliers
    known = np.log((clients + SHRINK) / (others / count + SHRINK)) - np.log1p((total - clients) / count)
    local = np.maximum(observed.sold_there - observed.most_suppliers, 0.0)
    sought = np.column_stack([seller.sold, seller.made_by_clients]).astype(np.float32)
    sold, alike = np.ascontiguousarray((observed.kinds.shares @ sought).T) / observed.of_kinds[0]
    of_firm = observed.eagerness + np.float32(known)
    if clients:
        of_firm += _kindred_ceiling(seller, alike[observed.kinds.of])
    return BuyersCeiling(
        of_kind=lift(sold, observed.kin_others_of_kinds * np.float32(others / count**2 * seller.kin)),
        of_place=lift(seller.visited, clients * local / total, observed.kept).astype(np.float32),
        of_firm=of_firm,
    )


def _kindred_ceiling(seller: Seller, alike: Singles) -> Singles:
    """Return what clients alike to each firm, so many of them, bring to the log odds that it is one too, shape (n,)."""
    observed, clients = seller.observed, seller.clients
    expected = observed.part_bought * np.float32(len(clients))
    expected[clients] -= observed.part_bought[clients] * row_at(observed.network.sales, seller.firm, clients)
    np.maximum(expected, 0.0, out=expected)
    ratio = kindred_ratio(alike, expected)
    ratio += 1.0
    return np.log(ratio, out=ratio)


def buyers_doubt(seller: Seller, firms: Ints) -> Floats:
    """Return by how much :func:`buyers_ceiling` may be above what links say of some firms, in logs, shape (firms,).

    How many sales are not a buyer's own, and its own dealings with the supplier's trade. It does not hold for clients
    of the supplier, whose own link is left out of what they are told.

    Parameters
    ----------
    firms
        Their numbers, sorted.
    """
    observed, clients = seller.observed, len(seller.clients)
    total = float(observed.network.sales.nnz)
    if not total:
        return np.zeros(len(firms))
    bought = observed.most_suppliers
    others = max(total - bought, 1.0)
    local, kept = observed.sold_there * clients, observed.kept
    there = np.log(local / others + kept) - np.log(np.maximum(local - bought * clients, 0.0) / total + kept)
    doubt = 2.0 * (np.log1p(total) - np.log1p(total - bought)) + there[observed.place[firms]]
    dealings = seller.dealings[firms]
    dealing = np.flatnonzero(dealings > 0)
    doubt[dealing] += np.log1p(observed.own[firms[dealing]] * dealings[dealing])
    return np.asarray(doubt)


def sold_ceiling(sold: Sold, place: int) -> Singles:
    """Return the most that :attr:`graph.sold.Record.lift` can be for each firm and any buyer in a place, shape (n,)."""
    most = np.zeros(sold.shares.shape[0], dtype=np.float32)
    if sold.deals.nnz:
        part = slice(*sold.by_place.indptr[place : place + 2])
        entry, there = sold.by_place.indices[part].astype(np.int64), sold.by_place.data[part]
        np.maximum.at(most, sold.firm[entry], sold.lift(entry, there).astype(np.float32))
    return most


def sold_there_ceiling(sold: Sold, supplier: int) -> Floats:
    """Return the most that :attr:`graph.sold.Record.lift` can be for a supplier by the buyer's place, (places,)."""
    most = np.zeros(int(sold.place.max()) + 1)
    if sold.deals.nnz:
        by_place = sold.turned[0]
        first, last = sold.shares.indptr[supplier : supplier + 2].tolist()
        part = slice(by_place.indptr[first], by_place.indptr[last])
        entry = np.repeat(np.arange(first, last), np.diff(by_place.indptr[first : last + 1]))
        np.maximum.at(most, by_place.indices[part], sold.lift(entry, by_place.data[part]))
    return most


def again_ceiling(sold: Sold, buyer: int) -> tuple[Ints, Floats]:
    """Return the suppliers of a buyer on record and the most that :attr:`graph.sold.Record.again` can be for each."""
    return _again(sold.deals, buyer)


def buyers_again_ceiling(sold: Sold, supplier: int) -> tuple[Ints, Floats]:
    """Return the buyers of a supplier on record and the most that :attr:`graph.sold.Record.again` can be for each."""
    return _again(sold.turned[3], supplier)


def _again(deals: csr_array, firm: int) -> tuple[Ints, Floats]:
    """Return who deals with a firm, and what their sales say if all of them are of the goods of the pair."""
    part = slice(*deals.indptr[firm : firm + 2])
    return deals.indices[part].astype(np.int64), 2.0 * AGAIN * np.log1p(deals.data[part])
