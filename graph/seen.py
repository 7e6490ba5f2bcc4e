"""What observed links say of pairs, as counts and as evidence: each count against what chance would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Real = TypeVar("Real", np.float64, np.float32)

#: Links added to both sides of a ratio of counts (Laplace): without links the ratio is 1.
SHRINK = 1.0
#: The same of clients of the buyer's own trade, which only add: few are expected, and one says much.
SHRINK_KINDRED = 0.1


@dataclass(frozen=True, slots=True)
class Seen:
    """What links say of many pairs, an array each of shape (count,), but for ``kept``, which holds for all.

    Attributes
    ----------
    paths
        Degree-normalised L3 paths between the two.
    clients, mean_clients
        Other clients of the supplier, and how many a firm has on average.
    suppliers, mean_suppliers
        Other suppliers of the buyer, and how many a firm has on average.
    sales, chance
        Observed sales of firms of the supplier's trade to other firms of the buyer's trade, and how many there would be
        if trades did not matter.
    near, chance_near
        Other clients of the supplier in the buyer's place, and how many there would be if places did not matter:
        where a firm delivers says more than where it is registered.
    kept
        Clients added to both sides of that ratio: the more, the less places keep to sellers of their own.
    kindred, chance_kindred
        Other clients of the supplier that are of the buyer's trade, each as much as it is alike, and how many there
        would be if its clients were drawn from all purchases: who serves a buyer's peers can serve the buyer.
    """

    paths: Floats
    clients: Floats
    mean_clients: Floats
    suppliers: Floats
    mean_suppliers: Floats
    sales: Floats
    chance: Floats
    near: Floats
    chance_near: Floats
    kept: float
    kindred: Floats
    chance_kindred: Floats

    @property
    def log_odds(self) -> Floats:
        """Return the evidence in logs, shape (count,).

        ``log(1 + paths) + log((clients + 1) / (mean + 1)) + log((suppliers + 1) / (mean + 1)) +
        log((sales + 1) / (chance + 1)) + log((near + kept) / (chance_near + kept)) +
        log(1 + kindred / (chance_kindred + 0.1))``. That none of its clients is of the buyer's trade counts against
        nobody: trades are often known by a class too wide to tell.

        >>> one, none = np.ones(1), np.zeros(1)
        >>> Seen(none, 3 * one, one, one, one, one, one, one, one, 1.0, none, none).log_odds.round(3).tolist()
        [0.693]
        """
        odds = kindred_ratio(self.kindred, self.chance_kindred)
        odds += 1.0
        odds *= 1.0 + self.paths
        for seen, expected, shrink in (
            (self.clients, self.mean_clients, SHRINK),
            (self.suppliers, self.mean_suppliers, SHRINK),
            (self.sales, self.chance, SHRINK),
            (self.near, self.chance_near, self.kept),
        ):
            ratio = seen + shrink
            ratio /= expected + shrink
            odds *= ratio
        return np.asarray(np.log(odds, out=odds))

    def only(self, rows: Ints) -> Seen:
        """Return what is said of some of the pairs."""
        return Seen(**{name: getattr(self, name)[rows] for name in COUNTED}, kept=self.kept)


#: What is counted of each pair.
COUNTED = tuple(name for name in Seen.__slots__ if name != "kept")


def nothing_seen(count: int) -> Seen:
    """Return what is seen where no link is on record: no evidence either way.

    >>> nothing_seen(2).log_odds.tolist()
    [0.0, 0.0]
    """
    nothing = np.zeros(count)
    return Seen(**dict.fromkeys(COUNTED, nothing), kept=SHRINK)


def kindred_ratio(seen: NDArray[Real], expected: NDArray[Real]) -> NDArray[Real]:
    """Return how many clients of the buyer's own trade there are to one expected, at the precision of the counts."""
    return np.asarray(seen / (expected + seen.dtype.type(SHRINK_KINDRED)))


def lift(seen: NDArray[Real], expected: NDArray[Real], shrink: float = SHRINK) -> NDArray[Real]:
    """Return a ratio of counts in logs, at the precision of the counts."""
    added = seen.dtype.type(shrink)
    ratio = np.asarray(seen + added)
    ratio /= expected + added
    return np.log(ratio, out=ratio)
