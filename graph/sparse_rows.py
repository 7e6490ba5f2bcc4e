"""Rows of sparse matrices: their entries gathered, summed and looked up (where sorted by column)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Values wanted of one row, and the least part of the row that they are, from which on it is faster to unpack the row
#: than to look each up; and numbers to sum by from which on it is faster to do so in a place for each.
MANY, MUCH = 2000, 1 / 16
#: Part of all rows from which on it is faster to multiply all.
MOST = 1 / 4


def are(firms: Ints, some: Sequence[int] | Ints) -> NDArray[np.bool_]:
    """Return which of some sorted firms are among others, which are few.

    >>> are(np.array([2, 5, 7]), [7, 3]).tolist()
    [False, False, True]
    """
    found = np.zeros(len(firms), dtype=bool)
    if len(some) and len(firms):
        at = np.minimum(np.searchsorted(firms, some), len(firms) - 1)
        found[at[firms[at] == some]] = True
    return found


def found_among(columns: Ints, matrix: csr_array, row: int | None) -> tuple[Ints, Floats]:
    """Return where the entries of a row, few or none, stand among some sorted columns, and their values.

    >>> at, values = found_among(np.array([1, 2, 5]), csr_array(np.array([[0.0, 3.0, 0.0, 4.0, 0.0, 7.0]])), 0)
    >>> at.tolist(), values.tolist()
    ([0, 2], [3.0, 7.0])
    """
    if row is None or not 0 <= row < matrix.shape[0]:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return _stand(matrix.indices[part], matrix.data[part], columns)


def found_among_pairs(matrix: csr_array, rows: Ints | None, columns: Ints) -> tuple[Ints, Floats]:
    """Return where the entries of a matrix, few, stand among some sorted pairs of row and column, and their values.

    Parameters
    ----------
    rows
        The row of each pair; ``None`` where all are of the only row.

    Examples
    --------
    >>> at, values = found_among_pairs(csr_array(np.eye(3)), np.array([0, 1, 1, 2]), np.array([2, 0, 1, 2]))
    >>> at.tolist(), values.tolist()
    ([2, 3], [1.0, 1.0])
    """
    if rows is None:
        return found_among(columns, matrix, 0)
    width = matrix.shape[1]
    return _stand(row_of_each(matrix) * width + matrix.indices, matrix.data, rows * width + columns)


def _stand(keys: NDArray[np.integer], values: Floats, among: Ints) -> tuple[Ints, Floats]:
    """Return where some keys stand among sorted ones, and the values of those that do."""
    if not len(among):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    at = np.minimum(np.searchsorted(among, keys), len(among) - 1)
    there = among[at] == keys
    return at[there], np.asarray(values[there], dtype=float)


def row_of_each(matrix: csr_array) -> Ints:
    """Return the row of every stored entry.

    >>> row_of_each(csr_array(np.array([[1.0, 2.0], [0.0, 0.0], [3.0, 0.0]]))).tolist()
    [0, 0, 2]
    """
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def entries_of(indptr: NDArray[np.integer], rows: Ints) -> tuple[Ints, Ints]:
    """Return which of some rows each of their entries is of, and its position among all entries.

    Parameters
    ----------
    indptr
        Where the entries of each row begin, as of a CSR matrix.

    Examples
    --------
    >>> number, entry = entries_of(np.array([0, 2, 2, 3]), np.array([2, 1, 0]))
    >>> number.tolist(), entry.tolist()
    ([0, 2, 2], [2, 0, 1])
    """
    return ranges(indptr[rows].astype(np.int64), indptr[rows + 1])


def ranges(start: Ints, stop: NDArray[np.integer]) -> tuple[Ints, Ints]:
    """Return which of some ranges each number in them is of, and the numbers, range by range.

    >>> of, number = ranges(np.array([2, 3, 0]), np.array([3, 3, 2]))
    >>> of.tolist(), number.tolist()
    ([0, 2, 2], [2, 0, 1])
    """
    length = stop - start
    of = np.repeat(np.arange(len(start)), length)
    return of, np.asarray(np.arange(len(of)) + (start - np.cumsum(length) + length)[of])


def rows_of(matrix: csr_array, rows: Ints) -> tuple[Ints, Ints, Floats]:
    """Return the entries of some rows of a sparse matrix: which of the rows each is of, its column and its value."""
    number, entries = entries_of(matrix.indptr, rows)
    return number, matrix.indices[entries].astype(np.int64), np.asarray(matrix.data[entries], dtype=float)


def some_rows(matrix: csr_array, rows: Ints) -> csr_array:
    """Return some rows of a matrix; as indexing does, only faster where they are few.

    >>> some_rows(csr_array(np.array([[1.0, 2.0], [0.0, 0.0], [3.0, 0.0]])), np.array([2, 1])).toarray().tolist()
    [[3.0, 0.0], [0.0, 0.0]]
    """
    length = matrix.indptr[rows + 1] - matrix.indptr[rows]
    entries = ranges(matrix.indptr[rows].astype(np.int64), matrix.indptr[rows + 1])[1]
    indptr = np.concatenate([[0], np.cumsum(length)])
    return csr_array((matrix.data[entries], matrix.indices[entries], indptr), shape=(len(rows), matrix.shape[1]))


def sums(numbers: Ints, values: Floats, count: int) -> tuple[Ints, Floats]:
    """Return the numbers, of ``count`` there are, whose values do not sum to nought, sorted, and the sums.

    >>> numbers, found = sums(np.array([7, 2, 7, 3]), np.array([1.0, 2.0, 3.0, 0.0]), 9)
    >>> numbers.tolist(), found.tolist()
    ([2, 7], [2.0, 4.0])
    """
    if len(numbers) > count * MUCH:
        whole = np.bincount(numbers, values, count)
        found = np.flatnonzero(whole != 0)
        return found, np.asarray(whole[found], dtype=float)
    if not len(numbers):
        return numbers, values
    order = np.argsort(numbers)
    numbers = numbers[order]
    begins = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=begins[1:])
    first = np.flatnonzero(begins)
    total = np.add.reduceat(values[order], first)
    return numbers[first][total != 0], np.asarray(total[total != 0])


def rows_times(matrix: csr_array, rows: Ints, vector: NDArray[np.number | np.bool_]) -> Floats:
    """Return the product of some rows of a sparse matrix with a vector, shape (rows,); of many at once as of few.

    >>> matrix = csr_array(np.array([[1.0, 2.0], [0.0, 0.0], [3.0, 0.0]]))
    >>> rows_times(matrix, np.array([0, 1]), np.array([1.0, 1.0])).tolist()
    [3.0, 0.0]
    """
    if len(rows) > max(MANY, matrix.shape[0] * MOST):
        return np.asarray(np.asarray(matrix @ vector, dtype=float)[rows])
    number, column, value = rows_of(matrix, rows)
    return np.asarray(np.bincount(number, weights=value * vector[column], minlength=len(rows)), dtype=float)


def within_rows(row: Ints) -> Ints:
    """Return the number of each entry within its row; rows are sorted.

    >>> within_rows(np.array([0, 0, 2, 2, 2])).tolist()
    [0, 1, 0, 1, 2]
    """
    return np.asarray(np.arange(len(row)) - np.searchsorted(row, row))


def in_order(matrix: csr_array) -> csr_array:
    """Return a matrix whose entries are sorted within rows, those of one place summed."""
    result = csr_array(matrix)
    result.sum_duplicates()
    return result


def by_place(matrix: csr_array, place: Ints) -> csr_array:
    """Return the rows of firms summed by their places, shape (places, columns).

    >>> by_place(csr_array(np.array([[1.0, 0.0], [2.0, 1.0], [4.0, 0.0]])), np.array([1, 0, 1])).toarray().tolist()
    [[2.0, 1.0], [5.0, 0.0]]
    """
    firms = np.arange(len(place))
    inside = csr_array((np.ones(len(firms)), (place, firms)), shape=(int(place.max(initial=-1)) + 1, len(firms)))
    return in_order(inside @ matrix)


def row_at(matrix: csr_array, row: int | None, columns: Ints) -> Floats:
    """Return some values of a row, noughts where there is no such row and for the column -1.

    >>> row_at(csr_array(np.array([[0.0, 3.0, 4.0]])), 0, np.array([2, 0, -1])).tolist()
    [4.0, 0.0, 0.0]
    """
    if row is None or row < 0 or row >= matrix.shape[0]:
        return np.zeros(len(columns))
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    if len(columns) > max(MANY, MUCH * matrix.shape[1]):
        whole = np.zeros(matrix.shape[1] + 1)
        whole[matrix.indices[part]] = matrix.data[part]
        return np.asarray(whole[columns])
    return _found(matrix.indices[part], matrix.data[part], columns)


def values_at(matrix: csr_array, rows: Ints | None, columns: Ints) -> Floats:
    """Return the values at pairs of rows and columns; without rows those of the only row.

    >>> values_at(csr_array(np.array([[0.0, 3.0], [5.0, 0.0]])), np.array([0, 1, 1]), np.array([1, 0, 1])).tolist()
    [3.0, 5.0, 0.0]
    """
    if rows is None:
        return row_at(matrix, 0, columns)
    width = matrix.shape[1]
    return _found(row_of_each(matrix) * width + matrix.indices, matrix.data, rows * width + columns)


def _found(keys: NDArray[np.integer], values: Floats, wanted: Ints) -> Floats:
    """Return the values of some keys among sorted ones, 0 for those that are not there."""
    if not len(keys):
        return np.zeros(len(wanted))
    at = np.minimum(np.searchsorted(keys, wanted.astype(keys.dtype)), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], 0.0)


def from_keys(keys: Ints, values: Floats, shape: tuple[int, int]) -> csr_array:
    """Return the matrix whose entries have these sorted keys: row times columns, plus column.

    >>> from_keys(np.array([1, 5]), np.array([2.0, 3.0]), (2, 3)).toarray().tolist()
    [[0.0, 2.0, 0.0], [0.0, 0.0, 3.0]]
    """
    row, column = np.divmod(keys, shape[1])
    indptr = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=shape[0]))])
    return csr_array((values, column, indptr), shape=shape)
