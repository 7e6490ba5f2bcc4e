"""What observed links say about pairs: who deals with many, whose trades deal with each other, who shares partners.

For supplier i and buyer j every count leaves out what would be evidence of itself: the pair's own link, and among
trades and places all links of j. So a link never changes what it is itself judged by, and what is learned from links
does not foretell itself. Counts are shrunk by one link on both sides of each ratio, so that a few links prove little.

References
----------
Chung, F., Lu, L. (2002). Connected components in random graphs with given expected degree sequences. *Annals of
Combinatorics* 6: where degrees alone decide, a pair trades in proportion to the product of both.
Atalay, E. et al. (2011). Network structure of production. *PNAS* 108(13): suppliers with clients gain clients.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.buyers import Buyers
from graph.kinds import Kinds, kinds
from graph.network import Network
from graph.seen import SHRINK, Seen, lift
from graph.seller import Seller
from graph.sparse_rows import MOST, by_place, in_order, row_of_each, rows_of, rows_times

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Kinds of firms of which so much is computed at once that it stays in the processor's cache.
STRETCH = 2000
#: Firms of which is kept what was computed for a question: those that follow ask for the same ones.
KEPT = 16


@dataclass(frozen=True)
class Observed:
    """Links of a register with what its firms do.

    Attributes
    ----------
    network
        Who sells to whom, ones.
    shares
        What each firm supplies, shape (n, m). Two firms are alike by ``S_i · S_k / max(S_i)``, which is 1 for firms of
        one code and for firms known by the same class.
    place
        Number of each firm's place, shape (n,).
    kept
        Clients added to both sides of what is counted by place: how little places keep to sellers of their own.
    """

    network: Network
    shares: csr_array
    place: Ints
    kept: float = SHRINK

    def to_buyer(self, buyer: int | None, shares: Floats, place: int, among: Ints | None = None) -> Seen:
        """Return what is seen of firms as suppliers of one buyer; ``None`` for a buyer not in the register.

        Parameters
        ----------
        among
            Numbers of the firms, sorted; everyone by default.
        """
        firms = np.arange(len(self.place)) if among is None else among
        return self.buyer(buyer, shares, place).seen(firms)

    def to_supplier(self, supplier: int | None, shares: Floats, among: Ints | None = None) -> Seen:
        """Return what is seen of firms as buyers of one supplier; ``None`` for a supplier not in the register.

        Parameters
        ----------
        among
            Numbers of the firms, sorted; everyone by default.
        """
        firms = np.arange(len(self.place)) if among is None else among
        return self.seller(supplier, shares).seen(firms)

    def buyers(self, firms: Ints) -> Buyers:
        """Return what is known of some buyers of one place, all of them in the register."""
        return Buyers(self, firms, self.shares[firms].toarray(), int(self.place[firms[0]]))

    def buyer(self, firm: int | None, shares: Floats, place: int) -> Buyers:
        """Return what is known of one buyer; of the last few that were asked about it is kept."""
        return self._buyer(-1 if firm is None else firm, shares.tobytes(), place)

    def seller(self, firm: int | None, shares: Floats) -> Seller:
        """Return what is known of one supplier; kept as :meth:`buyer`."""
        return self._seller(firm, shares.tobytes())

    @cached_property
    def _buyer(self) -> Callable[[int, bytes, int], Buyers]:
        @lru_cache(KEPT)
        def found(firm: int, shares: bytes, place: int) -> Buyers:
            return Buyers(self, np.array([firm]), np.frombuffer(shares)[None, :], place)

        return found

    @cached_property
    def _seller(self) -> Callable[[int | None, bytes], Seller]:
        return lru_cache(KEPT)(lambda firm, shares: Seller(self, firm, np.frombuffer(shares)))

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is kept for the next questions: another process has questions of its own."""
        return {name: value for name, value in vars(self).items() if name not in ("_buyer", "_seller")}

    @cached_property
    def clients(self) -> Floats:
        """How many firms each sells to, shape (n,)."""
        return np.diff(self.network.sales.indptr).astype(float)

    @cached_property
    def suppliers(self) -> Floats:
        """How many firms each buys from, shape (n,)."""
        return np.diff(self.network.purchases.indptr).astype(float)

    @cached_property
    def others(self) -> Floats:
        """Sales to other firms than each, shape (n,)."""
        return np.asarray(float(self.network.sales.nnz) - self.suppliers)

    @cached_property
    def sold_beside(self) -> Floats:
        """Sales to other firms of the place of each, shape (n,)."""
        return np.asarray(self.sold_there[self.place] - self.suppliers)

    @cached_property
    def mean_suppliers(self) -> Floats:
        """How many suppliers a firm has on average beside each, shape (n,)."""
        return np.asarray((float(self.network.sales.nnz) - self.clients) / len(self.place))

    @cached_property
    def kinds(self) -> Kinds:
        """The firms by what they supply."""
        return kinds(self.shares)

    @cached_property
    def stretches(self) -> list[tuple[slice, csr_array]]:
        """What firms of each kind supply, in parts."""
        shares = self.kinds.shares
        parts = (slice(start, start + STRETCH) for start in range(0, shares.shape[0], STRETCH))
        return [(part, shares[part]) for part in parts]

    @cached_property
    def most_suppliers(self) -> float:
        """How many firms one buys from at most."""
        return float(self.suppliers.max())

    @cached_property
    def of_kinds(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The largest share of the firms of each kind, and the firms alike to them, in single precision, (kinds,)."""
        example = self.kinds.example
        return self.peak[example].astype(np.float32), self.kin[example].astype(np.float32)

    @cached_property
    def kin_others_of_kinds(self) -> NDArray[np.float32]:
        """How many other firms are alike to those of each kind, in single precision, shape (kinds,)."""
        return self.kin_others[self.kinds.example].astype(np.float32)

    @cached_property
    def popularity(self) -> NDArray[np.float32]:
        """How many firms each sells to against how many suppliers a firm has beside it, in logs, shape (n,)."""
        return lift(self.clients, self.mean_suppliers).astype(np.float32)

    @cached_property
    def eagerness(self) -> NDArray[np.float32]:
        """One more than how many firms each buys from, in logs, shape (n,)."""
        return np.log1p(self.suppliers).astype(np.float32)

    @cached_property
    def part_bought(self) -> NDArray[np.float32]:
        """The part of sales, those to each firm aside, that goes to others alike to it, shape (n,)."""
        return (self.kin_bought / np.maximum(self.others, 1.0)).astype(np.float32)

    @cached_property
    def kin_others(self) -> Floats:
        """How many other firms are alike to each, shape (n,)."""
        return np.asarray(self.kin - self.own)

    @cached_property
    def makers(self) -> csr_array:
        """What firms supply, by code, shape (m, n)."""
        return in_order(csr_array(self.shares.T))

    @cached_property
    def share_firm(self) -> Ints:
        """The firm of each stored share."""
        return row_of_each(self.shares)

    @cached_property
    def sold_to(self) -> csr_array:
        """How many clients each firm has in each place, shape (places, n)."""
        return by_place(self.network.purchases, self.place)

    @cached_property
    def sold_there(self) -> Floats:
        """How many sales go to the firms of each place, shape (places,)."""
        return np.asarray(np.bincount(self.place, weights=self.suppliers), dtype=float)

    @cached_property
    def clients_by_code(self) -> csr_array:
        """What the clients of each firm supply, their shares summed, shape (m, n)."""
        return in_order(self.makers @ self.network.purchases)

    @cached_property
    def bought(self) -> Floats:
        """Purchases of the firms that supply each code, by their shares, shape (m,)."""
        return np.asarray(self.shares.T @ self.suppliers, dtype=float)

    @cached_property
    def kin_bought(self) -> Floats:
        """Purchases of other firms alike to each, shape (n,)."""
        return np.asarray(self.shares @ self.bought) / self.peak - self.own * self.suppliers

    @cached_property
    def pairs(self) -> Floats:
        """Sales between codes, supplier's by buyer's, each link spread by the shares of both, shape (m, m)."""
        rows, columns = self.network.sales.nonzero()
        return np.asarray((self.shares[rows].T @ self.shares[columns]).toarray())

    @cached_property
    def made(self) -> Floats:
        """Sum of all firms' shares of each code, shape (m,)."""
        return np.asarray(self.shares.sum(axis=0), dtype=float).ravel()

    @cached_property
    def peak(self) -> Floats:
        """The largest share of each firm, 1 for a firm of no known activity, shape (n,)."""
        largest = np.asarray(self.shares.max(axis=1).toarray(), dtype=float).ravel()
        return np.where(largest > 0, largest, 1.0)

    @cached_property
    def own(self) -> Floats:
        """How much each firm is alike to itself, shape (n,)."""
        return np.asarray(self.shares.multiply(self.shares).sum(axis=1), dtype=float).ravel() / self.peak

    @cached_property
    def kin(self) -> Floats:
        """How many firms are alike to each, itself included, shape (n,)."""
        return np.asarray(self.shares @ self.made) / self.peak

    def makers_of(self, wanted: Floats) -> Floats:
        """Return what each firm supplies of some codes, weighted by how much is wanted of them, shape (n,)."""
        codes = np.flatnonzero(wanted)
        if len(codes) > MOST * len(wanted):
            made = self.shares.data * wanted[self.shares.indices]
            return np.asarray(np.bincount(self.share_firm, made, len(self.place)), dtype=float)
        number, firm, share = rows_of(self.makers, codes)
        return np.asarray(np.bincount(firm, share * wanted[codes][number], len(self.place)), dtype=float)

    def supplied(self, firms: Ints, wanted: Floats) -> Floats:
        """Return :meth:`makers_of` of some firms, shape (firms,)."""
        if len(firms) > MOST * len(self.place):
            return np.asarray(self.makers_of(wanted)[firms])
        return rows_times(self.shares, firms, wanted)

    def made_by(self, firms: Ints) -> Floats:
        """Return what some firms supply, their shares summed, shape (m,)."""
        _, code, share = rows_of(self.shares, firms)
        return np.asarray(np.bincount(code, weights=share, minlength=self.shares.shape[1]), dtype=float)

    def share_of_place(self, place: int, suppliers: Floats) -> Floats:
        """Return the share of all sales that goes to a place, without those to buyers there with so many suppliers."""
        local = float(self.sold_there[place]) if place >= 0 else 0.0
        others = np.maximum(float(self.network.sales.nnz) - suppliers, 1.0)
        return np.asarray(np.maximum(local - suppliers, 0.0) / others)
