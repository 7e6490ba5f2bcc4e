"""What activities typically buy, as a lean on the pattern inside published blocks.

A purchase that every engineer of a trade would name can be small or absent in a table of another country: the packing
of a chemical, the refractories of a kiln. Tables of kinds and of single groups say which goods are taken and in what
order; like recipes, they divide the roubles of a block and add none.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from graph.recipes import blend
from models.typical import Level, Typical

Floats = NDArray[np.float64]

#: Weight of a line of a kind of activities, to which the place in a group's own list adds nothing. Assumption.
LEVELS: Mapping[Level, float] = MappingProxyType({"main": 0.06, "regular": 0.015, "minor": 0.004})
#: Weight of the first place of a group's own list, of every next place against the one before, and the least weight.
#: Assumption: what inputs cost falls off like a geometric series.
FIRST, FALL, LEAST = 0.3, 0.7, 3e-4
#: Weight of the lists against the pattern in a cell they name; the rest is the pattern.
WEIGHT = 0.9
#: What is left of the pattern in a cell they do not name, in rows that they name for others.
UNLISTED = 0.05
#: Weight of an input no list names, when inputs are read by need.
UNNAMED = 1e-4


def weight(entry: Typical | None) -> float:
    """Return the weight of an input among those listed for its buyer; 0 for one that is not listed.

    >>> [round(weight(Typical("main", place)), 3) for place in (1, 2, 10, 40)], weight(Typical("main"))
    ([0.3, 0.21, 0.012, 0.0], 0.06)
    """
    if entry is None:
        return 0.0
    return LEVELS[entry.level] if entry.place is None else max(FIRST * FALL ** (entry.place - 1), LEAST)


def typical_coefficients(weights: Floats, goods: Floats) -> Floats:
    """Return what the lists say in roubles of input per rouble of output, shape (groups, groups).

    Parameters
    ----------
    weights
        Shape (groups, groups): :func:`weight` of every cell.
    goods
        Shape (groups,): what a buyer's industry spends on goods per rouble of output; its listed inputs add up to it.

    Examples
    --------
    >>> typical_coefficients(np.array([[0.3, 0.0], [0.1, 0.0]]), np.array([0.6, 0.5])).round(2).tolist()
    [[0.45, 0.0], [0.15, 0.0]]
    """
    sums = weights.sum(axis=0)
    return np.asarray(weights * np.divide(goods, sums, out=np.zeros_like(sums), where=sums > 0))


def lean(pattern: Floats, typical: Floats, sure: NDArray[np.bool_]) -> Floats:
    """Mix typical inputs into a pattern and lessen what they do not name.

    Parameters
    ----------
    pattern
        Shape (groups, groups), coefficients.
    typical
        Shape (groups, groups), from :func:`typical_coefficients`.
    sure
        Shape (groups, groups): cells with evidence of their own (recipes), which are not lessened.

    Examples
    --------
    The first row is named for the first buyer, the second row for nobody.

    >>> named = np.array([[0.06, 0.0], [0.0, 0.0]])
    >>> lean(np.full((2, 2), 0.1), named, np.zeros((2, 2), dtype=bool)).round(3).tolist()
    [[0.064, 0.005], [0.1, 0.1]]
    """
    named = np.asarray((typical > 0).any(axis=1))
    unlisted = (typical <= 0) & ~sure & named[:, None]
    return blend(np.where(unlisted, UNLISTED * pattern, pattern), typical, WEIGHT)


def evened(pattern: Floats, known: NDArray[np.bool_], shares: Floats, output: Floats) -> Floats:
    """Give every cell of which nothing is known the mean of the buyer's industry.

    A foreign table that shows an incidental purchase for one small group would give it all that its industry buys.

    Parameters
    ----------
    pattern
        Shape (groups, groups), coefficients.
    known
        Shape (groups, groups): the cells whose pattern stays as it is.
    shares
        Shape (industries, groups): the part of a group in an industry.
    output
        Shape (groups,).

    Examples
    --------
    Three groups of one industry, one ten times the others; of the third row only the first group's cell is known.

    >>> pattern = np.array([[0.0, 0.12, 0.0], [0.0, 0.12, 0.0], [0.3, 0.0, 0.0]])
    >>> known = np.array([[False, False, False], [True, True, True], [True, False, False]])
    >>> evened(pattern, known, np.ones((1, 3)), np.array([10.0, 1.0, 1.0])).tolist()
    [[0.01, 0.01, 0.01], [0.0, 0.12, 0.0], [0.3, 0.25, 0.25]]
    """
    mass = shares * output
    sums = mass.sum(axis=1)
    mean = np.divide(pattern @ mass.T, sums, out=np.zeros((len(pattern), len(sums))), where=sums > 0)
    return np.where(known, pattern, mean @ shares)


def needed(coefficient: Floats | float, weights: Floats | float) -> Floats:
    """Return what inputs are sorted by when they are read by need: the weight twice, and the roubles.

    >>> bool(needed(0.001, weight(Typical("main", 3))) > needed(0.1, 0.0))
    True
    """
    return np.asarray(coefficient * np.maximum(weights, UNNAMED) ** 2)
