"""What observed links say about a pair that has none yet.

Suppliers of one buyer rarely trade with each other, so triangles mislead; paths of length three do not: if firms that
buy what ``i`` sells also buy from ``k``, and ``k`` sells to ``j``, then ``i`` is the kind of firm ``j`` buys from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.sparse_rows import from_keys, rows_of, sums

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Network:
    """Observed links read from both ends, so that a question visits only the neighbourhood of the firm it is about.

    Attributes
    ----------
    sales, purchases
        Links as supplier by buyer and as buyer by supplier, shape (n, n).
    sold, bought
        Sum of each firm's links as a supplier and as a buyer, at least 1, shape (n,).
    """

    sales: csr_array
    purchases: csr_array
    sold: Floats
    bought: Floats

    def turned(self) -> Network:
        """Return the network with suppliers and buyers exchanged."""
        return Network(self.purchases, self.sales, self.bought, self.sold)

    def suppliers_of(self, buyer: int) -> Ints:
        """Return the observed suppliers of a firm, sorted."""
        return _row(self.purchases, buyer)[0]

    def buyers_of(self, supplier: int) -> Ints:
        """Return the observed buyers of a firm, sorted."""
        return _row(self.sales, supplier)[0]

    def paths(self, buyers: Ints) -> csr_array:
        """Return the paths of length three (L3) from every firm to some buyers, degree-normalised, shape (buyers, n).

        ``score_i = Σ_{b,k} L_ib L_kb L_kj / sqrt(degree_b · degree_k)`` where ``L`` is the supplier-by-buyer matrix:
        ``i`` and ``k`` share the buyer ``b``, and ``k`` already supplies ``j``. Existing suppliers of ``j`` keep the
        paths that do not run through themselves.

        References
        ----------
        Kovács, I. A. et al. (2019). Network-based prediction of protein interactions. *Nature Communications* 10, 1240.
        Mattsson, C. E. S. et al. (2021). Functional structure in production networks. *Frontiers in Big Data* 4.

        Examples
        --------
        Firm 0 and firm 1 both sell to 2, firm 1 sells to 3: firm 0 is a candidate for 3.

        >>> links = csr_array((np.ones(3), ([0, 1, 1], [2, 2, 3])), shape=(4, 4))
        >>> network(links).paths(np.array([3])).toarray().round(3).tolist()
        [[0.5, 0.0, 0.0, 0.0]]
        """
        count, cells = len(self.sold), len(buyers) * len(self.sold)
        row, supplier, amount = rows_of(self.purchases, buyers)
        reach = amount / np.sqrt(self.sold[supplier])
        link, shared, weight = rows_of(self.sales, supplier)
        elsewhere = np.flatnonzero(shared != buyers[row[link]])
        link, shared, weight = link[elsewhere], shared[elsewhere], weight[elsewhere]
        itself = reach * np.bincount(link, weight**2 / np.sqrt(self.bought[shared]), len(supplier))
        between, passing = sums(row[link] * count + shared, weight * reach[link], cells)
        of, shared = np.divmod(between, count)
        passing /= np.sqrt(self.bought[shared])
        step, firm, back = rows_of(self.purchases, shared)
        ends = np.concatenate([of[step] * count + firm, row * count + supplier])
        ends, paths = sums(ends, np.concatenate([back * passing[step], -itself]), cells)
        of, firm = np.divmod(ends, count)
        found = np.flatnonzero((paths > 0) & (firm != buyers[of]))
        return from_keys(ends[found], paths[found], (len(buyers), count))


def network(links: csr_array) -> Network:
    """Return a supplier-by-buyer matrix, shape (n, n), ready for many questions."""
    sales, purchases = csr_array(links), csr_array(links.T.tocsr())
    sales.sort_indices()
    purchases.sort_indices()
    sold, bought = (np.maximum(np.asarray(side.sum(axis=1), dtype=float), 1.0) for side in (sales, purchases))
    return Network(sales, purchases, sold, bought)


def _row(matrix: csr_array, row: int) -> tuple[Ints, Floats]:
    """Return the columns and values of one row."""
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return matrix.indices[part].astype(np.int64), np.asarray(matrix.data[part], dtype=float)
