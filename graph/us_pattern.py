"""The detailed pattern: the use and make tables of the United States, carried to the 623 groups.

The country differs; what an activity needs to make a product differs less. Only the pattern inside a Russian block is
taken from here, never a total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SupplyUse:
    """Supply and use of one country in matrices.

    Attributes
    ----------
    commodities, industries
        Codes of the axes.
    use
        Shape (commodities, industries).
    make
        Shape (industries, commodities).
    industry_output
        Shape (industries,).
    commodity_output
        Shape (commodities,).
    """

    commodities: tuple[str, ...]
    industries: tuple[str, ...]
    use: Floats
    make: Floats
    industry_output: Floats
    commodity_output: Floats


def industry_technology(table: SupplyUse) -> Floats:
    r"""Return input coefficients commodity by commodity under the industry-technology assumption.

    .. math:: A = B D, \quad B = U \hat g^{-1}, \quad D = V \hat q^{-1}

    An industry makes all its commodities with the same inputs; *D* holds market shares. *A* has no negative cell unless
    *U* has one; such cells (used goods) are set to zero before.

    Returns
    -------
    numpy.ndarray
        Shape (commodities, commodities): value of input per value of the commodity.

    References
    ----------
    Miller, R. E. and Blair, P. D. (2009). *Input–Output Analysis*, 2nd ed., Cambridge University Press, section 5.3.

    Examples
    --------
    Two industries, each making only its own commodity: A is the use table over outputs.

    >>> ten = np.array([10.0, 20.0])
    >>> toy = SupplyUse(("a", "b"), ("a", "b"), np.array([[1.0, 4.0], [2.0, 0.0]]), np.diag(ten), ten, ten)
    >>> industry_technology(toy).tolist()
    [[0.1, 0.2], [0.2, 0.0]]
    """
    per_output = _per_column(np.maximum(table.use, 0.0), table.industry_output)
    market_shares = _per_column(np.maximum(table.make, 0.0), table.commodity_output)
    return np.asarray(per_output @ market_shares, dtype=np.float64)


def negative_cells(table: SupplyUse) -> tuple[int, float]:
    """Return how many uses are below zero (sales of used goods, taken as zero by the coefficients), and their sum.

    >>> two = np.array([1.0, 1.0])
    >>> negative_cells(SupplyUse(("a", "b"), ("a", "b"), np.array([[1.0, -0.5], [0.0, 0.0]]), np.eye(2), two, two))
    (1, -0.5)
    """
    below = table.use < 0
    return int(below.sum()), float(table.use[below].sum())


def _per_column(matrix: Floats, totals: Floats) -> Floats:
    return np.divide(matrix, totals, out=np.zeros_like(matrix), where=np.broadcast_to(totals > 0, matrix.shape))


def commodity_bridge(
    commodities: Sequence[str],
    naics_of: Mapping[str, Sequence[str]],
    groups_of: Mapping[str, Mapping[str, float]],
    stated: Mapping[str, Mapping[str, float]],
    index: Mapping[str, int],
) -> Floats:
    """Return the share of each commodity that falls in each group.

    Stated weights win. Otherwise a commodity is split equally over its NAICS codes, and each of those over its groups.

    Parameters
    ----------
    commodities
        Codes of the rows.
    naics_of
        Commodity → six-digit NAICS codes.
    groups_of
        NAICS code → group → weight, summing to 1.
    stated
        Commodity → group → weight, summing to 1.
    index
        Position of every group.

    Returns
    -------
    numpy.ndarray
        Shape (commodities, groups); rows sum to 1, or to 0 where a commodity has no group (government, adjustments).
    """
    matrix = np.zeros((len(commodities), len(index)))
    for row, commodity in enumerate(commodities):
        for group, weight in (stated.get(commodity) or _equal_split(naics_of.get(commodity, ()), groups_of)).items():
            matrix[row, index[group]] += weight
    return matrix


def _equal_split(codes: Sequence[str], groups_of: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    known = [code for code in codes if code in groups_of]
    shares: dict[str, float] = defaultdict(float)
    for code in known:
        for group, weight in groups_of[code].items():
            shares[group] += weight / len(known)
    return shares


def carry(coefficients: Floats, commodity_output: Floats, shares: Floats) -> tuple[Floats, Floats]:
    r"""Carry commodity coefficients to groups.

    .. math:: Z = W^\top A \hat q W, \quad u = W^\top q, \quad a = Z \hat u^{-1}

    Parameters
    ----------
    coefficients
        Shape (commodities, commodities).
    commodity_output
        Shape (commodities,).
    shares
        Shape (commodities, groups), W.

    Returns
    -------
    tuple of numpy.ndarray
        Coefficients, shape (groups, groups), and the groups' output, shape (groups,), in the unit of the source.
    """
    output = shares.T @ commodity_output
    flows = shares.T @ (coefficients * commodity_output) @ shares
    return _per_column(flows, output), np.asarray(output, dtype=np.float64)


def delivered(coefficients: Floats, producer: int, network: Sequence[int], share: float) -> Floats:
    """Tell what a network delivers from what the delivery costs.

    The American table sells gas through its distributors, so that all but the largest users seem to buy nothing of
    those who produce it. ``share`` of what others than the network pay to it is a purchase from the producer.

    Examples
    --------
    A kiln (third column) that pays 0.5 to the network buys 0.4 of gas and 0.1 of delivery.

    >>> pays = np.array([[0.0, 0.7, 0.0], [0.0, 0.0, 0.5], [0.0, 0.0, 0.0]])
    >>> delivered(pays, 0, [1], 0.8).round(3).tolist()
    [[0.0, 0.7, 0.4], [0.0, 0.0, 0.1], [0.0, 0.0, 0.0]]
    """
    rows = list(network)
    passed = share * coefficients[rows].sum(axis=0)
    passed[rows] = 0.0
    result = coefficients.copy()
    result[producer] += passed
    result[rows] *= np.where(passed > 0, 1.0 - share, 1.0)
    return result


def with_neighbours(coefficients: Floats, output: Floats, groups: Sequence[str]) -> Floats:
    """Fill columns of groups the source does not know with the mean column of the nearest relatives.

    Relatives are the known groups of the same subclass, else of the same class, weighted by output.

    Examples
    --------
    >>> a = np.array([[0.2, 0.0], [0.1, 0.0]])
    >>> with_neighbours(a, np.array([5.0, 0.0]), ["19.20", "19.31"]).tolist()
    [[0.2, 0.2], [0.1, 0.1]]
    """
    filled = coefficients.copy()
    for column in np.flatnonzero(output <= 0):
        weights = _relatives(groups, int(column), output)
        if weights.sum() > 0:
            filled[:, column] = coefficients @ weights / weights.sum()
    return filled


def _relatives(groups: Sequence[str], column: int, output: Floats) -> Floats:
    for length in (4, 2):
        near = np.array([group[:length] == groups[column][:length] for group in groups])
        if output[near].sum() > 0:
            return np.where(near, output, 0.0)
    return np.zeros_like(output)
