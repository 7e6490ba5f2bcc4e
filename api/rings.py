"""The geometry of a map around one place: rings of distance, true bearings, and towns by which one finds one's way.

An azimuthal projection about the asker, so that direction and distance are right from where it stands, which is what
it asks. Distances are drawn by their square root: a neighbour and a buyer beyond the Urals fit one picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.geography import cities, great_circle_km

#: Side of the square picture and free space at its border.
SIDE, BORDER = 400.0, 26.0
#: Distances at which a ring may be drawn, km.
STEPS_KM = (50, 200, 500, 1000, 2000, 4000, 8000, 20000)
#: Rings drawn at most.
MOST_RINGS = 4
#: Towns named at most, and how far two of them must be apart, and from the middle, to be read.
MOST_TOWNS, APART = 9, 44.0
#: How far above its town a name stands.
CLEAR = 4.0
#: Radius of the smallest and the largest spot.
SMALLEST, LARGEST = 8.0, 16.0


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle of equal distance."""

    km: int
    radius: float


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one or several candidates are: the numbers they have in the list, and how exact the place is.

    A larger spot is worth more; one that is not exact stands in the middle of its region.
    """

    x: float
    y: float
    radius: float
    ranks: tuple[int, ...]
    inn: str
    place: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Town:
    """A town to find one's way by; its name stands so far above it that no spot there hides it."""

    x: float
    y: float
    name: str
    above: float = CLEAR


@dataclass(frozen=True, slots=True)
class Rings:
    """A map around one place, in the units of its picture."""

    rings: tuple[Ring, ...]
    spots: tuple[Spot, ...]
    towns: tuple[Town, ...]
    side: float = SIDE
    middle: float = SIDE / 2


def rings(home: Mapping[str, Any] | None, items: Sequence[Mapping[str, Any]]) -> Rings | None:
    """Lay candidates out around a place; ``None`` while it is unknown or nobody can be placed.

    Parameters
    ----------
    home
        ``lat`` and ``lon`` of the asker.
    items
        Candidates with ``rank``, ``inn``, ``city``, ``need_rub`` and ``point``.
    """
    placed = [item for item in items if item["point"]]
    if home is None or not placed:
        return None
    here = home["lat"], home["lon"]
    far = max(distance_km(here, (item["point"]["lat"], item["point"]["lon"])) for item in placed)
    reach = next((step for step in STEPS_KM if step >= far), STEPS_KM[-1])
    drawn = [step for step in STEPS_KM if step <= reach][-MOST_RINGS:]
    shown = tuple(spots(here, placed, reach))
    return Rings(
        tuple(Ring(step, radius(step, reach)) for step in drawn),
        shown,
        tuple(replace(town, above=above(town, shown)) for town in towns(here, reach)),
    )


def spots(here: tuple[float, float], items: Iterable[Mapping[str, Any]], reach: float) -> list[Spot]:
    """Return one spot for each point, the largest first so that small ones lie above it."""
    groups: dict[tuple[float, float], list[Mapping[str, Any]]] = {}
    for item in items:
        groups.setdefault((item["point"]["lat"], item["point"]["lon"]), []).append(item)
    worth = {at: sum(float(item["need_rub"] or 0) for item in group) for at, group in groups.items()}
    most = max(worth.values(), default=0.0) or 1.0
    found = []
    for at, group in groups.items():
        x, y = place(here, at, reach)
        size = SMALLEST + (LARGEST - SMALLEST) * math.sqrt(worth[at] / most)
        first, ranks = group[0], tuple(int(item["rank"]) for item in group)
        found.append(
            Spot(
                x, y, round(size, 1), ranks, str(first["inn"]), str(first["city"] or ""), bool(first["point"]["exact"])
            )
        )
    return sorted(found, key=lambda spot: -spot.radius)


def towns(here: tuple[float, float], reach: float) -> list[Town]:
    """Return the largest towns within reach that do not cover one another."""
    found: list[Town] = []
    for city in sorted(cities(), key=lambda city: -city.population):
        if len(found) == MOST_TOWNS:
            break
        at = city.lat, city.lon
        if distance_km(here, at) > reach:
            continue
        x, y = place(here, at, reach)
        others = [(SIDE / 2, SIDE / 2), *((town.x, town.y) for town in found)]
        if all(math.dist((x, y), other) >= APART for other in others):
            found.append(Town(x, y, city.name))
    return found


def above(town: Town, shown: Iterable[Spot]) -> float:
    """Return how far above a town its name clears the spots that stand on it.

    >>> spot = Spot(100.0, 98.0, 8.0, (1,), "", "", True)
    >>> above(Town(100.0, 100.0, ""), [spot]), above(Town(160.0, 100.0, ""), [spot])
    (14.0, 4.0)
    """
    near = [spot for spot in shown if math.dist((spot.x, spot.y), (town.x, town.y)) < spot.radius]
    return max([CLEAR, *(round(town.y - spot.y + spot.radius + CLEAR, 1) for spot in near)])


def place(here: tuple[float, float], there: tuple[float, float], reach: float) -> tuple[float, float]:
    """Return where a point lies in the picture, north above.

    >>> place((45.0, 42.0), (45.0, 42.0), 500), place((45.0, 42.0), (49.4966, 42.0), 500)
    ((200.0, 200.0), (200.0, 26.0))
    """
    away, angle = radius(distance_km(here, there), reach), bearing(here, there)
    return round(SIDE / 2 + away * math.sin(angle), 1), round(SIDE / 2 - away * math.cos(angle), 1)


def radius(km: float, reach: float) -> float:
    """Return how far from the middle a distance is drawn.

    >>> radius(500, 2000), radius(2000, 2000)
    (87.0, 174.0)
    """
    return round((SIDE / 2 - BORDER) * math.sqrt(min(km / reach, 1.0)), 1)


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the great-circle distance of two points, degrees."""
    return float(great_circle_km(*here, *there))


def bearing(here: tuple[float, float], there: tuple[float, float]) -> float:
    r"""Return the initial bearing of a great circle, radians clockwise from north.

    :math:`\operatorname{atan2}(\sin Δλ \cos φ_2,\; \cos φ_1 \sin φ_2 - \sin φ_1 \cos φ_2 \cos Δλ)`.

    >>> round(math.degrees(bearing((0.0, 0.0), (0.0, 10.0))))
    90
    """
    phi1, lambda1, phi2, lambda2 = map(math.radians, (*here, *there))
    turn = lambda2 - lambda1
    east = math.sin(turn) * math.cos(phi2)
    north = math.cos(phi1) * math.sin(phi2) - math.sin(phi1) * math.cos(phi2) * math.cos(turn)
    return math.atan2(east, north)
