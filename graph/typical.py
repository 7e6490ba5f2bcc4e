"""What activities of a kind typically buy, as a lean on the pattern inside published blocks.

A purchase that every engineer of a trade would name can be small or absent in a table of another country: the packing
of a chemical, the refractories of a kiln. A table of kinds (classes and subclasses of activities, never single groups)
says which goods they take and how much they matter; like recipes, it divides the roubles of a block and adds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from graph.detail_keys import EVERY, Key, factors
from graph.recipes import blend
from models.typical import Level

Floats = NDArray[np.float64]

#: Roubles per rouble of output that a level stands for. Assumption: the order of size, as a block's total decides.
LEVELS: Mapping[Level, float] = MappingProxyType({"main": 0.06, "regular": 0.015, "minor": 0.004})
#: How many times the coefficient counts when inputs are read by need. Fitted (logistic regression on logarithm of the
#: coefficient and levels, development half of the expert cases): a level outweighs thirty times the roubles.
PREFERENCE: Mapping[Level | None, float] = MappingProxyType({"main": 2e5, "regular": 5e3, "minor": 200.0, None: 1.0})
#: Weight of the table against the pattern in a cell it names, as of recipes.
WEIGHT = 0.6
#: What is left of the pattern in a cell it does not name.
UNLISTED = 0.3


def typical_coefficients(lines: Iterable[tuple[str, str, Level]], groups: Sequence[str]) -> Floats:
    """Return the coefficient every cell's level stands for, shape (groups, groups); 0 where no line speaks.

    Parameters
    ----------
    lines
        Supplying group, buying prefix, level; the longer buying prefix decides.
    groups
        The axis.

    Examples
    --------
    >>> typical_coefficients([("23.13", "10", "minor"), ("23.13", "10.5", "main")], ["10.51", "23.13"]).tolist()
    [[0.0, 0.0], [0.06, 0.0]]
    """
    return factors([Key(EVERY, EVERY, 0.0), *(Key(p, q, LEVELS[level]) for p, q, level in lines)], groups)


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
    >>> lean(np.array([[0.1], [0.1]]), np.array([[0.06], [0.0]]), np.array([[False], [False]])).round(3).tolist()
    [[0.076], [0.03]]
    """
    unlisted = (typical <= 0) & ~sure & (typical > 0).any(axis=0)
    return blend(np.where(unlisted, UNLISTED * pattern, pattern), typical, WEIGHT)


def preferences(typical: Floats) -> Floats:
    """Return :data:`PREFERENCE` cell by cell, from what :func:`typical_coefficients` returned."""
    found = np.ones_like(typical)
    for level, coefficient in LEVELS.items():
        found[typical == coefficient] = PREFERENCE[level]
    return found


def needed(coefficient: float, level: Level | None) -> float:
    """Return what inputs are sorted by when they are read by need: what the trade typically takes, then roubles.

    >>> needed(0.001, "main") > needed(0.01, "regular") > needed(0.1, None)
    True
    """
    return coefficient * PREFERENCE[level]
