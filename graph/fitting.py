"""Fitting a detailed pattern to the totals of coarse, overlapping blocks.

A cell (p, q) belongs to block (b, j) with weight ``row_shares[b, p] · column_shares[j, q]``; the weights of a cell sum
to one. The fit is the pattern's nearest matrix, in relative entropy, whose aggregation gives the published blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Relative distance of blocks from their totals at which the fit is done.
CLOSE = 1e-8
#: A block's pattern counts as empty where it rests on less than this share of the block's size.
THIN = 0.01
#: Rounds between two attempts to settle.
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted matrix and how it went.

    Attributes
    ----------
    flows
        Shape (groups, groups), the unit of the totals.
    rounds
        Number of rounds of scaling.
    worst
        Largest relative distance of a block from its total.
    even
        Pairs (row block, column block) the pattern left empty, so that they were filled by size alone.
    empty
        Pairs whose cells are all forbidden: their total is in no cell.
    """

    flows: Floats
    rounds: int
    worst: float
    even: tuple[tuple[int, int], ...]
    empty: tuple[tuple[int, int], ...]


def aggregate(flows: Floats, row_shares: Floats, column_shares: Floats) -> Floats:
    """Return the blocks of a detailed matrix: ``row_shares @ flows @ column_shares.T``."""
    return np.asarray(row_shares @ flows @ column_shares.T, dtype=np.float64)


def fit_blocks(
    pattern: Floats,
    totals: Floats,
    row_shares: Floats,
    column_shares: Floats,
    size: Floats,
    allowed: NDArray[np.bool_],
    *,
    rounds: int = 2000,
) -> Fit:
    r"""Scale a pattern until its aggregation gives the blocks.

    Iterative proportional fitting with fractional membership (generalised iterative scaling):

    .. math:: z_{pq} \leftarrow z_{pq} \prod_{b,j} (t_{bj} / \hat t_{bj})^{c_{bp} r_{jq}}

    With memberships of 0 and 1 it ends after one round. Where groups are shared the rounds converge slowly at the end;
    what is missing is therefore put on the cells that belong to one block alone,
    which is exact where they can hold it. A block with a total but no pattern is filled in proportion to
    ``size``; a block without a total empties its cells.

    Parameters
    ----------
    pattern
        Shape (groups, groups), not negative.
    totals
        Shape (row blocks, column blocks).
    row_shares, column_shares
        Shapes (row blocks, groups) and (column blocks, groups); columns sum to 1 or are empty.
    size
        Shape (groups, groups): what an even filling is proportional to.
    allowed
        Cells that may hold anything.

    References
    ----------
    Darroch, J. N. and Ratcliff, D. (1972). Generalized iterative scaling for log-linear models. *Annals of Mathematical
    Statistics* 43, 1470–1480.

    Examples
    --------
    >>> one = np.ones((2, 2))
    >>> both = np.array([[1.0, 1.0]])
    >>> fit_blocks(one, np.array([[8.0]]), both, both, one, one > 0).flows.tolist()
    [[2.0, 2.0], [2.0, 2.0]]
    """
    support = allowed & (_touching(totals <= 0, row_shares, column_shares) <= 0) & _belongs(row_shares, column_shares)
    flows, even, empty = _fill(np.where(support, pattern, 0.0), totals, row_shares, column_shares, size * support)
    target = np.where(_mask(totals.shape, empty), 0.0, totals)
    best, done = _settled(flows, target, row_shares, column_shares), 0
    while _distance(best, target, row_shares, column_shares) > CLOSE and done < rounds:
        for _ in range(ROUNDS):
            flows = flows * _factor(flows, target, row_shares, column_shares)
        best, done = _settled(flows, target, row_shares, column_shares), done + ROUNDS
    return Fit(best, done, _distance(best, target, row_shares, column_shares), even, empty)


def _settled(flows: Floats, totals: Floats, rows: Floats, columns: Floats) -> Floats:
    """Give what a block lacks to its own cells in proportion; a block without enough of them stays as it is."""
    own = own_cells(rows, columns)
    now, held = aggregate(flows, rows, columns), aggregate(flows * own, rows, columns)
    wanted = np.divide(totals - now + held, held, out=np.ones_like(now), where=(held > 0) & (totals > 0))
    factor = np.where(wanted > 0, wanted, 1.0)
    return np.asarray(np.where(own, flows * _touching_values(factor, rows, columns), flows))


def _touching(blocks: NDArray[np.bool_], row_shares: Floats, column_shares: Floats) -> Floats:
    return np.asarray(row_shares.T @ blocks.astype(np.float64) @ column_shares, dtype=np.float64)


def _belongs(row_shares: Floats, column_shares: Floats) -> NDArray[np.bool_]:
    return np.outer(row_shares.sum(axis=0) > 0, column_shares.sum(axis=0) > 0)


def _mask(shape: tuple[int, ...], pairs: tuple[tuple[int, int], ...]) -> NDArray[np.bool_]:
    mask = np.zeros(shape, dtype=bool)
    for row, column in pairs:
        mask[row, column] = True
    return mask


Pairs = tuple[tuple[int, int], ...]


def _fill(flows: Floats, totals: Floats, rows: Floats, columns: Floats, size: Floats) -> tuple[Floats, Pairs, Pairs]:
    """Give every block a pattern on cells of its own, so that a fit exists.

    All of it where the pattern is empty or rests on cells of next to no size, a hundredth where own cells lack one.
    """
    own = own_cells(rows, columns)
    room, own_room = aggregate(size, rows, columns), aggregate(size * own, rows, columns)
    thin_pattern = aggregate(size * (flows > 0), rows, columns) < THIN * room
    missing = (thin_pattern | (aggregate(flows, rows, columns) <= 0)) & (totals > 0)
    even, empty = missing & (room > 0), missing & (room <= 0)
    thin = (aggregate(flows * own, rows, columns) <= 0) & (totals > 0) & (own_room > 0) & ~missing
    filling = np.divide(totals, room, out=np.zeros_like(totals), where=even)
    started = flows * _factor(flows, totals, rows, columns) * (1.0 - _touching(missing, rows, columns))
    little = 0.01 * np.divide(totals, own_room, out=np.zeros_like(totals), where=thin)
    added = size * (_touching_values(filling, rows, columns) + own * _touching_values(little, rows, columns))
    return started + added, _pairs(even), _pairs(empty)


def own_cells(row_shares: Floats, column_shares: Floats) -> NDArray[np.bool_]:
    """Return the cells that belong to one block alone, shape (groups, groups)."""
    return np.outer((row_shares > 0).sum(axis=0) == 1, (column_shares > 0).sum(axis=0) == 1)


def _touching_values(blocks: Floats, row_shares: Floats, column_shares: Floats) -> Floats:
    return np.asarray(row_shares.T @ blocks @ column_shares, dtype=np.float64)


def _pairs(mask: NDArray[np.bool_]) -> Pairs:
    return tuple((int(row), int(column)) for row, column in np.argwhere(mask))


def _factor(flows: Floats, totals: Floats, rows: Floats, columns: Floats) -> Floats:
    now = aggregate(flows, rows, columns)
    logs = np.log(np.divide(totals, now, out=np.ones_like(now), where=(now > 0) & (totals > 0)))
    return np.exp(_touching_values(logs, rows, columns))


def _distance(flows: Floats, totals: Floats, rows: Floats, columns: Floats) -> float:
    now = aggregate(flows, rows, columns)
    relative = np.divide(np.abs(now - totals), totals, out=np.zeros_like(now), where=totals > 0)
    return float(relative.max(initial=0.0))
