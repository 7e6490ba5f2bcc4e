"""Where a region's chain breaks: demand against local supply, code by code.

All arrays run over the m activity codes; roubles a year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from graph.ratio import ratio

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: A supplier with more than this share of local supply is a single source.
SINGLE_SOURCE_SHARE = 0.8
#: Output is unprocessed when local firms use less than this share of it.
PROCESSED_SHARE = 0.2
#: A step is a break in a chain when local firms already make this share of its inputs by value.
INPUT_COVERAGE = 0.3


@dataclass(frozen=True, slots=True)
class GapColumns:
    """The gap of every code, each array (m,).

    ``supply`` counts what firms certainly make, ``supply_high`` also what firms known by a wide class might make: the
    gap is ``demand − supply`` and may be as small as ``gap_low = demand − supply_high``.
    """

    demand: Floats
    supply: Floats
    supply_high: Floats
    gap: Floats
    gap_low: Floats
    missing: Flags
    shortage: Flags
    single_source: Flags
    unprocessed_output: Flags
    broken_chain: Flags


def find_gaps(
    demand: Floats,
    supply: Floats,
    supply_high: Floats,
    largest_supplier: Floats,
    local_use: Floats,
    coefficients: csc_array,
) -> GapColumns:
    """Compare demand with supply.

    Parameters
    ----------
    demand, supply, supply_high
        Roubles a year of each code in the region, shape (m,).
    largest_supplier
        Supply of the largest local maker, shape (m,).
    local_use
        What all local firms buy of each code, whoever's demand is asked about, shape (m,).
    coefficients
        Technical coefficients a[p, q] of the inputs that are worked on step by step, shape (m, m).

    Notes
    -----
    ``gap = max(0, demand − supply)``. A code may be of several kinds at once.
    """
    gap = np.maximum(demand - supply, 0.0)
    made = supply > 0
    needed = demand > 0
    return GapColumns(
        demand=demand,
        supply=supply,
        supply_high=supply_high,
        gap=gap,
        gap_low=np.maximum(demand - supply_high, 0.0),
        missing=needed & ~made,
        shortage=needed & made & (demand > supply),
        single_source=needed & made & (largest_supplier > SINGLE_SOURCE_SHARE * supply_high),
        unprocessed_output=made & (local_use < PROCESSED_SHARE * supply),
        broken_chain=needed & ~made & (input_coverage(coefficients, made) >= INPUT_COVERAGE),
    )


def input_coverage(coefficients: csc_array, available: Flags) -> Floats:
    """Return, for every activity, the share of its inputs by value that the available codes make, shape (m,).

    Examples
    --------
    >>> a = csc_array(np.array([[0.0, 0.3], [0.0, 0.1]]))
    >>> input_coverage(a, np.array([True, False])).round(2).tolist()
    [0.0, 0.75]
    """
    total = np.asarray(coefficients.sum(axis=0), dtype=float).ravel()
    covered = coefficients.T @ available.astype(float)
    return ratio(covered, total)


def plant_share(gap: Floats, makers_output: list[Floats]) -> Floats:
    """Return the share of real makers of each code that the gap could feed, shape (m,): a plant needs a market.

    Parameters
    ----------
    gap
        Roubles a year, shape (m,).
    makers_output
        Sorted yearly outputs of the country's listed makers of each code, one array a code. Without makers the share
        is 1: nothing is known against it.

    Examples
    --------
    >>> plant_share(np.array([5.0]), [np.array([1.0, 4.0, 9.0, 20.0])]).tolist()
    [0.5]
    """
    shares = [
        np.searchsorted(outputs, g, side="right") / len(outputs) if len(outputs) else 1.0
        for g, outputs in zip(gap, makers_output, strict=True)
    ]
    return np.array(shares, dtype=float)
