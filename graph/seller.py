"""What links on record say of firms as buyers of one supplier."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.seen import Seen, nothing_seen
from graph.sparse_rows import found_among, row_at, rows_of

if TYPE_CHECKING:
    from graph.observed import Observed

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Seller:
    """A supplier; what follows of its links is computed once, when it is asked for.

    Attributes
    ----------
    observed
        The links.
    firm
        Its number, ``None`` for a supplier that is in no register.
    shares
        What it supplies, shape (m,).
    """

    observed: Observed
    firm: int | None
    shares: Floats

    def seen(self, firms: Ints) -> Seen:
        """Return what is seen of some firms, sorted, as its buyers."""
        known, clients = self.observed, self.clients
        count, total = len(known.place), float(known.network.sales.nnz)
        if not total:
            return nothing_seen(len(firms))
        told = np.full(len(firms), float(len(clients)))
        near = self.visited[known.place[firms]]
        suppliers, own, most = known.suppliers[firms], known.own[firms], np.maximum(known.others[firms], 1.0)
        beside, kindred = suppliers.copy(), known.supplied(firms, self.made_by_clients)
        kindred /= known.peak[firms]
        if self.firm is not None:
            at, linked = found_among(firms, known.network.sales, self.firm)
            for counted in (told, near, beside):
                counted[at] -= linked
            kindred[at] = np.maximum(kindred[at] - own[at] * linked, 0.0)
        mean_clients = known.others[firms] / count
        own *= self.dealings[firms]
        sales = known.supplied(firms, self.sold)
        sales /= known.peak[firms]
        sales -= own
        np.maximum(sales, 0.0, out=sales)
        chance = known.others[firms] / count**2
        chance *= self.kin
        chance *= known.kin_others[firms]
        chance_near = known.sold_beside[firms]
        chance_near *= told
        chance_near /= most
        chance_kindred = known.kin_bought[firms]
        chance_kindred /= most
        chance_kindred *= told
        return Seen(
            paths=row_at(self.paths, 0, firms),
            clients=mean_clients if self.firm is None else told,
            mean_clients=mean_clients,
            suppliers=beside,
            mean_suppliers=np.full(len(firms), (total - len(clients)) / count),
            sales=sales,
            chance=chance,
            near=near,
            chance_near=chance_near,
            kept=known.kept,
            kindred=kindred,
            chance_kindred=chance_kindred,
        )

    @cached_property
    def clients(self) -> Ints:
        """Its buyers on record, sorted."""
        return np.zeros(0, dtype=np.int64) if self.firm is None else self.observed.network.buyers_of(self.firm)

    @cached_property
    def visited(self) -> Floats:
        """How many of them are in each place, shape (places,)."""
        known = self.observed
        return np.bincount(known.place[self.clients], minlength=len(known.sold_there)).astype(float)

    @cached_property
    def made_by_clients(self) -> Floats:
        """What they supply, their shares summed, shape (m,)."""
        return self.observed.made_by(self.clients)

    @cached_property
    def sold(self) -> Floats:
        """Sales of firms alike to it to those that supply each code, shape (m,)."""
        made = np.flatnonzero(self.shares)
        return np.asarray(self.shares[made] @ self.observed.pairs[made] / self._peak)

    @cached_property
    def kin(self) -> float:
        """How many firms are alike to it."""
        return float(self.observed.made @ self.shares) / self._peak

    @cached_property
    def dealings(self) -> Floats:
        """What each firm buys of firms alike to it, shape (n,)."""
        known, made = self.observed, np.flatnonzero(self.shares)
        code, maker, share = rows_of(known.makers, made)
        sale, buyer, bought = rows_of(known.network.sales, maker)
        alike = self.shares[made][code] * share / self._peak
        return np.bincount(buyer, bought * alike[sale], len(known.place)).astype(float)

    @cached_property
    def paths(self) -> csr_array:
        """Paths of length three from it to every firm, shape (1, n)."""
        if self.firm is None:
            return csr_array((1, len(self.observed.place)))
        return self.observed.network.turned().paths(np.array([self.firm]))

    @cached_property
    def _peak(self) -> float:
        return float(self.shares.max()) or 1.0
