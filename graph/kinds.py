"""Firms by what they supply: those of exactly the same shares are of one kind, and what follows from shares is too."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds of firms.

    Attributes
    ----------
    of
        Number of each firm's kind, shape (n,).
    example
        A firm of each kind, shape (kinds,).
    shares
        What firms of each kind supply, in single precision, shape (kinds, m).
    squares
        The squares of these.
    """

    of: Ints
    example: Ints
    shares: csr_array
    squares: csr_array


def kinds(shares: csr_array) -> Kinds:
    """Return the kinds of firms with these shares, shape (n, m), in the order in which they first occur.

    >>> found = kinds(csr_array(np.array([[1.0, 0.0], [0.5, 0.5], [1.0, 0.0], [0.0, 1.0]])))
    >>> found.of.tolist(), found.example.tolist(), found.shares.toarray().tolist()
    ([0, 1, 0, 2], [0, 1, 3], [[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    """
    numbers: dict[tuple[bytes, bytes], int] = {}
    rows = (slice(*ends) for ends in pairwise(shares.indptr.tolist()))
    written = ((shares.indices[row].tobytes(), shares.data[row].tobytes()) for row in rows)
    of = np.array([numbers.setdefault(each, len(numbers)) for each in written], dtype=np.int64)
    example = np.unique(of, return_index=True)[1]
    made = csr_array(shares[example].astype(np.float32))
    return Kinds(of, example, made, csr_array(made.power(2)))
