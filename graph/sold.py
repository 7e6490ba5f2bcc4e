"""What is sold where, code by code: who the purchases of one code in one place go to, and what a pair has on record.

Of the next purchases of a code p in a place l, supplier i gets by what is seen

    π = (n_ipl + κ q_ip) / (N_pl + κ),     q_ip = (n_ip + s_ip) / (N_p + 1),

with n the sales of i and N those of all, and s its part of all that firms of the register are known to make of p: a
share in a place falls back on that in the whole register, and this on what firms make. Against a firm of the same q
without a sale there it is likelier by ``1 + n_ipl / (κ q_ip)``; the logarithm of this is what a pair is told. A buyer's
own purchases are left out of all counts, so a sale does not speak for itself. κ says how alike places are: heat has one
seller a town, screws have not. It is the value under which the purchases of each buyer are likeliest given the others.

References
----------
MacKay, D. J. C. and Peto, L. C. B. (1995). A hierarchical Dirichlet language model. *Natural Language Engineering* 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.newcomers import learn_newcomers
from graph.sparse_rows import by_place, entries_of, found_among, in_order, row_at, row_of_each, some_rows, values_at

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: What κ is drawn to, by a deviation of one of its logarithm, until much is seen: the likeliest on contracts before any
#: part that is judged (docs/evaluation.md).
CONCENTRATION = 2.0
#: How much a sale on record between the two counts against other evidence (docs/evaluation.md).
AGAIN = 2.0
#: Bounds of the logarithm of κ, and purchases it is learned from at most.
LEAST_LOG, MOST_LOG, MOST_PURCHASES = -2.0, 9.0, 20_000


@dataclass(frozen=True, slots=True)
class Carried:
    """The codes that carry pairs.

    Attributes
    ----------
    count
        Number of pairs.
    pair, entry, weight
        Pair, position of the supplier's stored share (-1 for a supplier that is in no register), and part of the pair
        that it carries, shape (t,).
    """

    count: int
    pair: Ints
    entry: Ints
    weight: Floats

    def mean(self, at: Ints, values: Floats) -> Floats:
        """Return the mean over the codes of each pair of values at some positions, nought elsewhere, shape (count,)."""
        return np.asarray(np.bincount(self.pair[at], self.weight[at] * values, self.count), dtype=float)


@dataclass(frozen=True, slots=True)
class Record:
    """What sales on record say of pairs, an array each of shape (count,).

    Attributes
    ----------
    lift
        ``log(1 + n / (κ q))``, the mean over the codes of the pair.
    there
        Sales of those codes by the supplier to others in the buyer's place.
    own, own_code
        Sales on record between the two, and those of them that are of the codes of the pair.
    """

    lift: Floats
    there: Floats
    own: Floats
    own_code: Floats

    @property
    def again(self) -> Floats:
        """``2 log(1 + own) + 2 log(1 + own_code)``: what it says that the two trade already, nought for a new pair.

        Who bought once buys again sooner than anyone else, and the more so the oftener and the more alike.
        """
        traded = np.flatnonzero(self.own)  # few of many; sales of some goods are sales
        result = np.zeros(len(self.own))
        result[traded] = AGAIN * (np.log1p(self.own[traded]) + np.log1p(self.own_code[traded]))
        return result

    @property
    def log_odds(self) -> Floats:
        """What all of it says, in logs, shape (count,)."""
        return np.asarray(self.lift + self.again)


@dataclass(frozen=True)
class Sold:
    """Sales of a register, code by code.

    Attributes
    ----------
    shares
        What firms supply, shape (n, m); its stored entries, sorted by firm and code, are those that are sold.
    by_buyer
        Sales of each stored share to each buyer, shape (n, entries).
    deals
        Sales between firms, buyer by supplier, shape (n, n).
    place
        Place of each firm, shape (n,).
    """

    shares: csr_array
    by_buyer: csr_array
    deals: csr_array
    place: Ints

    def to_buyers(self, buyers: Ints, place: int, carried: Carried, suppliers: Ints, of: Ints | None = None) -> Record:
        """Return what is seen of some firms as suppliers of some buyers of one place.

        Parameters
        ----------
        buyers, place
            Numbers of the buyers, shape (b,); -1 for one that is in no register, which is looked at alone. Their place,
            -1 where it is unknown.
        carried
            For each buyer with the positions of shares sorted, each once.
        suppliers, of
            The firm of each pair, and which of the buyers it is with, shape (count,); ``None`` where one is alone.
        """
        if not self.deals.nnz:
            return nothing_sold(carried.count)
        known = buyers[buyers >= 0]
        by_buyer, buyer_code, deals = (some_rows(each, known) for each in (self.by_buyer, self.buyer_code, self.deals))
        at, sold = self._sold_there(carried.entry, place, of is None)
        entry, whose = carried.entry[at], None if of is None else of[carried.pair[at]]
        own, bought = values_at(by_buyer, whose, entry), values_at(buyer_code, whose, self.code[entry])
        return self._record(carried, at, (sold, own, bought), values_at(deals, of, suppliers))

    def _sold_there(self, entry: Ints, place: int, once: bool) -> tuple[Ints, Floats]:
        """Return which of some stored shares are sold in a place, and how often; ``once``: sorted, each once."""
        if once:
            return found_among(entry, self.by_place, place)
        sold = row_at(self.by_place, place, entry)
        at = np.flatnonzero(sold)
        return at, sold[at]

    def to_supplier(self, supplier: int | None, carried: Carried, buyers: Ints) -> Record:
        """Return what is seen of some firms as buyers of one supplier.

        Parameters
        ----------
        buyers
            The firm of each pair, shape (count,).
        """
        if supplier is None or not self.deals.nnz:
            return nothing_sold(carried.count)
        by_place, by_buyer, buyer_code, deals = self.turned
        first, last = self.shares.indptr[supplier : supplier + 2].tolist()
        served = np.zeros(by_place.shape[1], dtype=bool)
        served[by_place.indices[by_place.indptr[first] : by_place.indptr[last]]] = True
        at = np.flatnonzero(served[self.place[buyers]][carried.pair])
        at = at[carried.entry[at] >= 0]
        firm, own_entry = buyers[carried.pair[at]], carried.entry[at]
        sold, own, bought = (np.zeros(len(at)) for _ in range(3))
        for entry in range(first, last):
            here, code = np.flatnonzero(own_entry == entry), int(self.code[entry])
            sold[here] = row_at(by_place, entry, self.place[firm[here]])
            own[here] = row_at(by_buyer, entry, firm[here])
            bought[here] = row_at(buyer_code, code, firm[here])
        return self._record(carried, at, (sold, own, bought), row_at(deals, supplier, buyers))

    def lift(self, entry: Ints, there: Floats, own: Floats | float = 0.0, bought: Floats | float = 0.0) -> Floats:
        """Return ``log(1 + n / (κ q))`` of stored shares, given n of each; the rest as :meth:`register_share`."""
        return np.asarray(np.log1p(there / (self.concentration * self.register_share(entry, own, bought))))

    def register_share(self, entry: Ints, own: Floats | float, bought: Floats | float) -> Floats:
        """Return q of stored shares without one buyer's purchases of each, and all of its code."""
        of_code = self.sold_code[self.code[entry]] - bought
        return np.asarray((self.sold[entry] - own + self.prior[entry]) / (of_code + 1.0))

    @cached_property
    def code(self) -> Ints:
        """The code of each stored share, shape (entries,)."""
        return self.shares.indices.astype(np.int64)

    @cached_property
    def firm(self) -> Ints:
        """The firm of each stored share, shape (entries,)."""
        return row_of_each(self.shares)

    @cached_property
    def sold(self) -> Floats:
        """Sales of each stored share, shape (entries,)."""
        return np.asarray(self.by_buyer.sum(axis=0), dtype=float).ravel()

    @cached_property
    def sold_code(self) -> Floats:
        """Sales of each code, shape (m,)."""
        return np.asarray(np.bincount(self.code, self.sold, self.shares.shape[1]), dtype=float)

    @cached_property
    def prior(self) -> Floats:
        """Part of all that is known to be made of a code that each stored share is, shape (entries,)."""
        made = np.bincount(self.code, self.shares.data, self.shares.shape[1])
        return np.asarray(self.shares.data / np.where(made > 0, made, 1.0)[self.code])

    @cached_property
    def by_place(self) -> csr_array:
        """Sales of each stored share to each place, shape (places, entries)."""
        return by_place(self.by_buyer, self.place)

    @cached_property
    def buyer_code(self) -> csr_array:
        """Purchases of each code by each buyer, shape (n, m)."""
        at = (row_of_each(self.by_buyer), self.code[self.by_buyer.indices])
        return in_order(csr_array((self.by_buyer.data, at), shape=self.shares.shape))

    @cached_property
    def place_code(self) -> csr_array:
        """Purchases of each code in each place, shape (places, m)."""
        return by_place(self.buyer_code, self.place)

    @cached_property
    def concentration(self) -> float:
        """κ: how many purchases a place keeps of the register's shares; see the module."""
        step = -(-self.by_buyer.nnz // MOST_PURCHASES)
        if not step:
            return CONCENTRATION
        buyer = row_of_each(self.by_buyer)[::step]
        entry, bought = self.by_buyer.indices[::step].astype(np.int64), self.by_buyer.data[::step]
        code, place = self.code[entry], self.place[buyer]
        there = values_at(self.by_place, place, entry) - bought
        traded = values_at(self.place_code, place, code) - (own := values_at(self.buyer_code, buyer, code))
        share = self.register_share(entry, bought, own)

        def surprise(log: float) -> float:
            kept = np.exp(log)
            said = bought @ np.log((there + kept * share) / (traded + kept))
            return float(0.5 * (log - np.log(CONCENTRATION)) ** 2 - said)

        from scipy.optimize import minimize_scalar  # takes a third of a second to load

        found = minimize_scalar(surprise, bounds=(LEAST_LOG, MOST_LOG), method="bounded", options={"xatol": 1e-3})
        return float(np.exp(found.x))

    @cached_property
    def newcomer_chance(self) -> Floats | None:
        """Chance that the next purchase of each code goes to a firm that never sold it, shape (m,).

        ``None`` without sales. Sales of unknown code, spread over what their suppliers make, count where most of one
        is of the code.
        """
        whole = np.rint(self.sold).astype(np.int64)
        seen = np.flatnonzero(whole)
        model = learn_newcomers(self.code[seen], whole[seen])
        if model is None:
            return None
        code, codes = self.code[seen], self.shares.shape[1]
        sales, sellers = (np.bincount(code, of, codes).astype(float) for of in (whole[seen], None))
        return model.chance(sales, sellers)

    @cached_property
    def turned(self) -> tuple[csr_array, ...]:
        """The sales read from the side of the supplier: rows and columns exchanged."""
        matrices = (self.by_place, self.by_buyer, self.buyer_code, self.deals)
        return tuple(in_order(matrix.T.tocsr()) for matrix in matrices)

    def _record(self, carried: Carried, at: Ints, counts: tuple[Floats, Floats, Floats], deals: Floats) -> Record:
        """Return the record of pairs.

        Parameters
        ----------
        at
            The entries that are sold in the buyer's place.
        counts
            Sales of these: in the place, to the buyer, and all that the buyer bought of their codes.
        """
        sold, own, bought = counts
        there = sold - own
        lift = self.lift(carried.entry[at], there, own, bought)
        return Record(carried.mean(at, lift), carried.mean(at, there), deals, carried.mean(at, own))


def sold_by_code(
    shares: csr_array, place: Ints, links: tuple[Ints, Ints, Ints], coded: tuple[Ints, Ints, Ints]
) -> Sold:
    """Return the sales of a register, code by code.

    Parameters
    ----------
    links
        Supplier, buyer and number of sales of each pair on record, shape (l,).
    coded
        Row of the pair, code and number of those sales whose code is known, shape (c,). Sales of another code than the
        supplier is known to make, and those of unknown code, count for its codes by its shares.
    """
    supplier, buyer, count = links
    row, code, number = coded
    firms, codes = shares.shape
    first = row_of_each(shares) * codes + shares.indices
    wanted = supplier[row] * codes + code
    entry = np.minimum(np.searchsorted(first, wanted), len(first) - 1)
    made = first[entry] == wanted if len(first) else np.zeros(len(row), dtype=bool)
    rest = count - np.bincount(row[made], number[made], len(count))
    pair, spread = entries_of(shares.indptr, supplier)
    by_buyer = csr_array(
        (
            np.concatenate([number[made], rest[pair] * shares.data[spread]]),
            (np.concatenate([buyer[row[made]], buyer[pair]]), np.concatenate([entry[made], spread])),
        ),
        shape=(firms, shares.nnz),
    )
    deals = csr_array((count.astype(float), (buyer, supplier)), shape=(firms, firms))
    return Sold(shares, in_order(by_buyer), in_order(deals), place)


def nothing_sold(count: int) -> Record:
    """Return what is seen where no sale is on record: no evidence either way.

    >>> nothing_sold(2).log_odds.tolist()
    [0.0, 0.0]
    """
    nothing = np.zeros(count)
    return Record(lift=nothing, there=nothing, own=nothing, own_code=nothing)
