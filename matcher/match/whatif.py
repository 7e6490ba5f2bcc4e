"""What if: other weights, other prices, a nearer circle, and who moves where because of it.

A candidate's move is explained by those it passed, or that passed it: of the parts, the one that changed most for the
candidate relative to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.index.economy import LAYERS, Economy, priced, without_layers
from matcher.match.scorer import PARTS
from matcher.match.shortlist import Ranking

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


#: How all that a buyer needs is asked for where a need is named.
ALL_NEEDS = "all"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a query changes.

    Attributes
    ----------
    weights
        Factor on the present weight of each part named.
    without
        Parts and layers of the recipe left out, for ablation.
    prices
        Factor on the price of each activity group named, for example ``{"20.15": 1.2}``.
    radius_km
        Farthest candidate.
    instead_of
        The need in whose place the present one is put, :data:`ALL_NEEDS` for all that a buyer needs.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    prices: Mapping[str, float] = field(default_factory=dict)
    radius_km: float | None = None
    instead_of: str | None = None

    def __bool__(self) -> bool:
        return bool(self.weights or self.without or self.prices or self.radius_km is not None or self.instead_of)

    def economy(self, economy: Economy) -> Economy:
        """Return the economy after the changes: without the layers left out, at the changed prices."""
        return priced(without_layers(economy, [name for name in self.without if name in LAYERS]), self.prices)

    @property
    def scores(self) -> bool:
        """Whether scores are no longer on the scale that probabilities were calibrated on."""
        return bool(self.weights or self.without)

    def applied(self, weights: Mapping[str, float]) -> dict[str, float]:
        """Return a table of weights after the changes.

        >>> Changes({"gap": 2.0}, ("text_fit",)).applied({"gap": 0.5, "text_fit": 1.0})
        {'gap': 1.0, 'text_fit': 0.0}
        """
        return {
            part: 0.0 if part in self.without else weight * self.weights.get(part, 1.0)
            for part, weight in weights.items()
        }


@dataclass(frozen=True, slots=True)
class Move:
    """Where a candidate was and is, counted from 1; ``None`` for not on the list.

    ``part`` is what moved it against those it passed or was passed by, ``gain`` by how many log-odds; ``None`` and 0
    where it only moved up because others left the list or down because others came.
    """

    was: int | None
    now: int | None
    part: str | None = None
    gain: float = 0.0


def moves(before: Ranking, after: Ranking, firms: Ints) -> list[Move]:
    """Return how each of some firms moved between two rankings, which need not be of the same candidates."""
    everyone = np.union1d(before.firms, after.firms)
    was, now = _places(before, everyone), _places(after, everyone)
    change = _parts(after, everyone) - _parts(before, everyone)
    return [_move(int(row), was, now, change) for row in np.searchsorted(everyone, firms)]


def _move(row: int, was: Ints, now: Ints, change: Floats) -> Move:
    old, new = int(was[row]), int(now[row])
    if old == 0 or new == 0:
        return Move(old or None, new or None)
    both = (was > 0) & (now > 0)
    passed = both & ((was < old) & (now > new))
    passed_by = both & ((was > old) & (now < new))
    others = passed if passed.sum() >= passed_by.sum() else passed_by
    if old == new or not others.any():
        return Move(old, new)
    gain = change[row] - change[others].mean(axis=0)
    direction = 1.0 if others is passed else -1.0
    best = int((direction * gain).argmax())
    return Move(old, new, PARTS[best], float(gain[best]))


def _places(ranking: Ranking, firms: Ints) -> Ints:
    """Return the place on the list of every firm of a sorted superset, 0 for those not on it."""
    places = np.zeros(len(firms), dtype=np.int64)
    places[np.searchsorted(firms, ranking.firms[ranking.order])] = np.arange(1, len(ranking.order) + 1)
    return places


def _parts(ranking: Ranking, firms: Ints) -> Floats:
    """Return the contributions of every firm of a sorted superset, 0 for those that are no candidates."""
    parts = np.zeros((len(firms), len(PARTS)))
    parts[np.searchsorted(firms, ranking.firms)] = ranking.scores.parts
    return parts
