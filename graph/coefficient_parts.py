"""What the matrix A is assembled from: published totals, the pattern that shapes them, coefficients set by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.concordance import Bridge
from graph.fitting import Fit

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Override:
    """A coefficient set by hand."""

    supply: int
    buyer: int
    coefficient: float


@dataclass(frozen=True, slots=True)
class Published:
    """What Rosstat gives, on merged blocks.

    Attributes
    ----------
    products, industries
        Bridges from blocks to groups.
    purchases
        Shape (product blocks, industry blocks), purchasers' prices.
    basic, imported
        The same at basic prices, and its imported part.
    investment, investment_imported
        Shape (product blocks,): fixed capital formation and its imported part.
    """

    products: Bridge
    industries: Bridge
    purchases: Floats
    basic: Floats
    imported: Floats
    investment: Floats
    investment_imported: Floats


@dataclass(frozen=True, slots=True)
class Pattern:
    """What shapes the blocks.

    Attributes
    ----------
    coefficients
        Shape (groups, groups), current inputs, before any fit.
    capital
        Shape (groups, groups), capital flows, unscaled.
    keys
        Shape (groups, groups), factors for cells the pattern leaves empty.
    marks
        Source name → mask of the cells it shaped.
    makers
        Shape (groups,): whether a group makes anything (channels do not).
    detail_fit
        How the fit to the finer table went.
    """

    coefficients: Floats
    capital: Floats
    keys: Floats
    marks: dict[str, Mask]
    makers: Mask
    detail_fit: Fit
