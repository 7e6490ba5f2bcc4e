"""Keys that tell, inside a coarse commodity, which group a buyer takes.

Tables know "glass"; a dairy takes bottles, a window maker sheets. A key multiplies the pattern of a supplying prefix
for a buying prefix, before the totals are fitted, so it shifts a total inside a block and never changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Prefix of a key that holds for every buyer.
EVERY = "*"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: supplying prefix, buying prefix (or ``*``), factor, not negative."""

    supply: str
    buyer: str
    factor: float


def factors(keys: Iterable[Key], groups: Sequence[str]) -> Floats:
    """Return the factor of every cell, shape (groups, groups); 1 where no key speaks.

    The key with the longest supplying prefix wins, then the one with the longest buying prefix.

    Examples
    --------
    >>> pair = ["10.51", "23.13"]
    >>> factors([Key("23.13", "*", 0.2), Key("23.13", "10", 5.0)], pair).tolist()
    [[1.0, 1.0], [5.0, 0.2]]
    """
    matrix = np.ones((len(groups), len(groups)))
    ordered = sorted(keys, key=lambda key: (len(key.supply), key.buyer != EVERY, len(key.buyer)))
    for key in ordered:
        rows, columns = _matching(key.supply, groups), _matching(key.buyer, groups)
        matrix[np.ix_(rows, columns)] = key.factor
    return matrix


def _matching(prefix: str, groups: Sequence[str]) -> NDArray[np.intp]:
    return np.array(
        [at for at, group in enumerate(groups) if prefix == EVERY or group.startswith(prefix)], dtype=np.intp
    )


def unmatched(keys: Iterable[Key], groups: Sequence[str]) -> tuple[str, ...]:
    """Return prefixes of keys that no group begins with: errors of the table."""
    prefixes: Mapping[str, None] = dict.fromkeys(prefix for key in keys for prefix in (key.supply, key.buyer))
    return tuple(prefix for prefix in prefixes if not len(_matching(prefix, groups)))
