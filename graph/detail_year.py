"""A finer table of another year, used for the pattern inside the blocks of the year that gives the totals.

A base year with more classes (steel apart from pipes, fertilisers apart from plastics) shows who buys what inside the
later, coarser blocks. Its totals are not used: the pattern is fitted to its blocks, and the result is the pattern that
the later totals scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.concordance import Bridge
from graph.fitting import Fit, aggregate, fit_blocks

Floats = NDArray[np.float64]

#: Rounds of fitting; the pattern needs the shape of the finer blocks, no exact totals.
ROUNDS = 20
#: What is left of a coefficient where the finer table shows no purchase: it decides only where there is nothing else.
UNSEEN = 0.01


@dataclass(frozen=True, slots=True)
class Blocks:
    """Purchases of a year, shape (product blocks, industry blocks), with the bridges to groups."""

    products: Bridge
    industries: Bridge
    purchases: Floats


def through(coefficients: Floats, keys: Floats, makers: NDArray[np.bool_], blocks: Blocks) -> tuple[Floats, Fit]:
    """Return coefficients as they are after a fit to the blocks of a year, and how the fit went.

    Parameters
    ----------
    coefficients
        Shape (groups, groups), the pattern.
    keys
        Shape (groups, groups), factors for cells of blocks the pattern leaves empty.
    makers
        Shape (groups,), whether a group supplies anything.
    blocks
        The year's purchases.

    Examples
    --------
    A pattern that knows no difference between two buyers learns it from a table in which they are apart.

    >>> one = Bridge(("a", "b"), np.array([[10.0, 0.0], [0.0, 10.0]]))
    >>> blocks = Blocks(one, one, np.array([[1.0, 4.0], [2.0, 0.0]]))
    >>> fitted, _ = through(np.full((2, 2), 0.2), np.ones((2, 2)), np.array([True, True]), blocks)
    >>> fitted.round(3).tolist()
    [[0.1, 0.4], [0.2, 0.002]]
    """
    output = blocks.industries.output
    size = np.outer(blocks.products.output, output) * keys
    allowed = np.broadcast_to(makers[:, None], size.shape)
    fit = fit_blocks(
        coefficients * output,
        blocks.purchases,
        blocks.products.shares,
        blocks.industries.shares,
        size,
        allowed,
        rounds=ROUNDS,
    )
    fitted = np.divide(fit.flows, output, out=np.zeros_like(fit.flows), where=output > 0)
    return np.where(fitted > 0, fitted, UNSEEN * coefficients), fit


def touched(blocks: Blocks) -> NDArray[np.bool_]:
    """Return the cells of blocks in which the year shows a purchase, shape (groups, groups)."""
    bought = (blocks.purchases > 0).astype(np.float64)
    return np.asarray(aggregate(bought, blocks.products.shares.T, blocks.industries.shares.T) > 0)
