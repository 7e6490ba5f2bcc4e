"""The part of a network that fits a picture: its largest links, those around a firm, and those of a way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.paths import Way
from matcher.gaps.network import Links

Ints = NDArray[np.int64]


def extract(links: Links, top: int, firm: int | None = None, way: Way | None = None) -> Ints:
    """Return the rows of the links to be drawn, the largest first.

    All of a way, then around a firm its own links and those among its partners, or else the largest of all; at most
    ``top`` beyond the way.
    """
    steps = way_rows(links, way.firms) if way else []
    if firm is not None:
        own = (links.supplier == firm) | (links.buyer == firm)
        near = np.zeros(int(max(links.supplier.max(initial=0), links.buyer.max(initial=0), firm)) + 1, dtype=bool)
        near[links.supplier[own]] = near[links.buyer[own]] = True
        among = near[links.supplier] & near[links.buyer] & ~own
        rows = np.concatenate([np.flatnonzero(own), np.flatnonzero(among)])
    else:
        rows = np.arange(len(links)) if way is None else np.array([], dtype=np.int64)
    return np.unique(np.concatenate([np.array(steps, dtype=np.int64), rows[:top]]))


def way_rows(links: Links, firms: Sequence[int]) -> list[int]:
    """Return the row of each step of a way; against a sale where there is none along it."""
    row = {pair: number for number, pair in enumerate(zip(links.supplier.tolist(), links.buyer.tolist(), strict=True))}
    found: list[int] = []
    for one, other in pairwise(firms):
        both = [row[pair] for pair in ((one, other), (other, one)) if pair in row]
        found.append(min(both) if (one, other) not in row else row[one, other])
    return found
