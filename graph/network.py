"""What observed links say about a pair that has none yet.

Suppliers of one buyer rarely trade with each other, so triangles mislead; paths of length three do not: if firms that
buy what ``i`` sells also buy from ``k``, and ``k`` sells to ``j``, then ``i`` is the kind of firm ``j`` buys from.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]


def l3_to_buyer(links: csr_array, buyer: int) -> Floats:
    """Return the degree-normalised number of L3 paths from every firm to one buyer, shape (n,).

    ``score_i = Σ_{b,k} L_ib L_kb L_kj / sqrt(degree_b · degree_k)`` where ``L`` is the supplier-by-buyer matrix: ``i``
    and ``k`` share the buyer ``b``, and ``k`` already supplies ``j``. Existing suppliers of ``j`` keep the paths that
    do not run through themselves.

    References
    ----------
    Kovács, I. A. et al. (2019). Network-based prediction of protein interactions. *Nature Communications* 10, 1240.
    Mattsson, C. E. S. et al. (2021). Functional structure in production networks. *Frontiers in Big Data* 4.

    Examples
    --------
    Firm 0 and firm 1 both sell to 2, firm 1 sells to 3: firm 0 is a candidate for 3.

    >>> import numpy as np
    >>> links = csr_array((np.ones(3), ([0, 1, 1], [2, 2, 3])), shape=(4, 4))
    >>> l3_to_buyer(links, 3).round(3).tolist()
    [0.5, 0.0, 0.0, 0.0]
    """
    return _l3(links, buyer)


def l3_to_supplier(links: csr_array, supplier: int) -> Floats:
    """Return the same score from one supplier to every possible buyer, shape (n,)."""
    return _l3(links.T.tocsr(), supplier)


def _l3(links: csr_array, target: int) -> Floats:
    """Paths i → b ← k → target, with k ≠ i and b ≠ target."""
    sold = np.maximum(links.sum(axis=1), 1.0)
    bought = np.maximum(links.sum(axis=0), 1.0)
    direct = links[:, [target]].toarray().ravel()
    via_supplier = direct / np.sqrt(sold)
    shared = links.T @ via_supplier
    shared[target] = 0.0
    shared = shared / np.sqrt(bought)
    paths = links @ shared
    # paths where k is i itself: i → b ← i → target
    others = links.copy()
    others.data = others.data**2
    weights = 1.0 / np.sqrt(bought)
    weights[target] = 0.0
    itself = via_supplier * (others @ weights)
    result: Floats = np.maximum(paths - itself, 0.0)
    result[target] = 0.0
    return result
