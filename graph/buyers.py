"""What links on record say of firms as suppliers of some buyers of one place, looked at together or one alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.seen import Seen, nothing_seen
from graph.sparse_rows import found_among_pairs, from_keys, row_at, row_of_each, rows_of, some_rows, sums, values_at

if TYPE_CHECKING:
    from graph.observed import Observed

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Number = TypeVar("Number", np.float64, np.int64)


@dataclass(frozen=True)
class Buyers:
    """Buyers of one place; what follows of their links is computed once for all of them, when it is asked for.

    Attributes
    ----------
    observed
        The links.
    firms
        Their numbers, shape (b,); -1 for a buyer that is in no register, which is looked at alone.
    shares
        What they supply, shape (b, m).
    place
        Number of their place, -1 where it is unknown.
    """

    observed: Observed
    firms: Ints
    shares: Floats
    place: int

    def seen(self, firms: Ints, of: Ints | None = None) -> Seen:
        """Return what is seen of some firms as their suppliers.

        Parameters
        ----------
        firms
            The supplier of each pair, sorted for each buyer.
        of
            Which of the buyers each pair is of, sorted; ``None`` where there is one alone.
        """
        known, count = self.observed, len(firms)
        if not known.network.sales.nnz:
            return nothing_seen(count)

        def each(values: NDArray[Number]) -> NDArray[Number]:
            return values if of is None else values[of]

        clients, near = known.clients[firms], row_at(known.sold_to, self.place, firms)
        mean_suppliers = known.mean_suppliers[firms]
        beside = np.where(each(self.firms) < 0, mean_suppliers, each(self.suppliers))
        at, linked = found_among_pairs(self.linked, of, firms)
        for counted in (clients, near, beside):
            counted[at] -= linked
        sales = np.maximum(self._supplied(firms, of), 0.0)
        sales /= known.peak[firms]
        chance = known.kin[firms] * each(self.others / len(known.place) ** 2 * self.kin)
        return Seen(
            paths=values_at(self.paths, of, firms),
            clients=clients,
            mean_clients=np.broadcast_to(each(self.others / len(known.place)), count),
            suppliers=beside,
            mean_suppliers=mean_suppliers,
            sales=sales,
            chance=chance,
            near=near,
            chance_near=clients * each(self.share_of_place),
            kept=known.kept,
            kindred=values_at(self.kindred, of, firms),
            chance_kindred=clients * each(self.part_bought),
        )

    @cached_property
    def linked(self) -> csr_array:
        """Their purchases on record, shape (b, n)."""
        if self.firms[0] < 0:
            return csr_array((len(self.firms), len(self.observed.place)))
        return some_rows(self.observed.network.purchases, self.firms)

    @cached_property
    def suppliers(self) -> Floats:
        """How many suppliers each has on record, shape (b,)."""
        return np.diff(self.linked.indptr).astype(float)

    @cached_property
    def others(self) -> Floats:
        """Sales to other firms than each, shape (b,)."""
        return np.asarray(float(self.observed.network.sales.nnz) - self.suppliers)

    @cached_property
    def own(self) -> Floats:
        """How much each is alike to itself, as a firm of the register, shape (b,)."""
        return np.where(self.firms < 0, 0.0, (self.shares**2).sum(axis=1) / self._peak)

    @cached_property
    def kin(self) -> Floats:
        """How many other firms are alike to each, shape (b,)."""
        return np.asarray(self.shares @ self.observed.made / self._peak - self.own)

    @cached_property
    def part_bought(self) -> Floats:
        """The part of all sales that goes to other firms alike to each, shape (b,)."""
        bought = self.shares @ self.observed.bought / self._peak - self.own * self.suppliers
        return np.asarray(bought / np.maximum(self.others, 1.0))

    @cached_property
    def share_of_place(self) -> Floats:
        """The share of all sales that goes to the place, those of each aside, shape (b,)."""
        return self.observed.share_of_place(self.place, self.suppliers)

    @cached_property
    def sold(self) -> Floats:
        """Sales of each code to firms alike to each, without its own, shape (m, b)."""
        known, made = self.observed, np.flatnonzero(self.shares.any(axis=0))
        alike = known.pairs[:, made] @ (self.shares[:, made] / self._peak[:, None]).T
        row, supplier, _ = rows_of(self.linked, np.arange(len(self.firms)))
        number, code, share = rows_of(known.shares, supplier)
        of = row[number]
        np.subtract.at(alike, (code, of), share * self.own[of])
        return np.asarray(alike)

    @cached_property
    def paths(self) -> csr_array:
        """Paths of length three from every firm to each, shape (b, n)."""
        if self.firms[0] < 0:
            return self.linked
        return self.observed.network.paths(self.firms)

    @cached_property
    def kindred(self) -> csr_array:
        """The clients of each firm that are alike to each buyer, itself aside, shape (b, n)."""
        known, count = self.observed, len(self.observed.place)
        row, code = np.nonzero(self.shares)
        number, firm, clients = rows_of(known.clients_by_code, code)
        of = row[number]
        weight = (self.shares[row, code] / self._peak[row])[number]
        linked = row_of_each(self.linked)
        ends = np.concatenate([of * count + firm, linked * count + self.linked.indices])
        ends, found = sums(ends, np.concatenate([weight * clients, -self.own[linked]]), len(self.firms) * count)
        return from_keys(ends, np.maximum(found, 0.0), (len(self.firms), count))

    @cached_property
    def _peak(self) -> Floats:
        largest = self.shares.max(axis=1)
        return np.where(largest > 0, largest, 1.0)

    def _supplied(self, firms: Ints, of: Ints | None) -> Floats:
        """Return what the supplier of each pair makes of what is sold to firms like the buyer, shape (pairs,)."""
        if of is None:
            return self.observed.supplied(firms, self.sold[:, 0])
        number, code, share = rows_of(self.observed.shares, firms)
        return np.asarray(np.bincount(number, share * self.sold[code, of[number]], len(firms)), dtype=float)
