"""The geometry of a map of towns: spots by number of companies, those that would touch drawn as one.

A conic projection with two standard parallels, equidistant along the meridians, is near to true
for the whole country as well as for one region; the map shows the part where something was found.

References
----------
Snyder, J. P. (1987). Map Projections: A Working Manual. USGS Professional Paper 1395, pp. 111-114.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from models.geography import cities

#: Size of the picture and free space at its border.
WIDTH, HEIGHT, BORDER = 640.0, 360.0, 24.0
#: Cells along the longer side within which towns share one spot.
CELLS = 18
#: Radius of the smallest and the largest spot.
SMALLEST, LARGEST = 5.0, 22.0
#: Names written at most, and the room of a letter and of a line.
MOST_NAMES, LETTER, LINE = 12, 6.4, 14.0
#: The least a map shows, degrees from side to side.
LEAST_DEGREES = 1.0
#: Backgrounds kept, one for each part of the country that was shown last.
GROUNDS = 64

Point = tuple[float, float]
Project = Callable[[float, float], Point]
#: A town and its point.
Placed = tuple[Mapping[str, Any], Point]


@dataclass(frozen=True, slots=True)
class Spot:
    """One town, or several that lie close: where, how large, how many companies, and how to ask for them.

    ``town`` is the value of that filter for a single town, ``box`` a part of the map for several.
    """

    x: float
    y: float
    radius: float
    companies: int
    name: str
    towns: int
    town: str | None
    box: str | None
    named: bool


@dataclass(frozen=True, slots=True)
class TownMap:
    """A map: its spots, and the towns of the gazetteer behind them as one path of dots."""

    spots: tuple[Spot, ...]
    ground: str
    width: float = WIDTH
    height: float = HEIGHT


def town_map(towns: Sequence[Mapping[str, Any]]) -> TownMap | None:
    """Return the map of towns with their labels and numbers of companies, ``None`` where there are none."""
    if not towns:
        return None
    fit = fitted(towns)
    groups = cells(towns, fit.points((town["lat"], town["lon"]) for town in towns))
    most = max(sum(town["companies"] for town, _ in group) for group in groups)
    spots = [_spot(group, most) for group in groups]
    spots.sort(key=lambda spot: -spot.companies)
    return TownMap(tuple(_with_names(spots)), ground(fit))


@dataclass(frozen=True, slots=True)
class Fitted:
    """A projection fitted into the picture: the conic one between two parallels, moved and enlarged.

    ``south``, ``north`` and ``middle`` are degrees; ``x`` and ``y`` are the middle of what is shown and ``scale``
    enlarges it.
    """

    south: float
    north: float
    middle: float
    x: float
    y: float
    scale: float

    def points(self, places: Iterable[tuple[float, float]]) -> list[Point]:
        """Return where places lie in the picture; each is given as latitude and longitude."""
        flat = conic(self.south, self.north, self.middle)
        left, top, scale = WIDTH / 2 - self.x * self.scale, HEIGHT / 2 - self.y * self.scale, self.scale
        found = (flat(lat, eastward(lon)) for lat, lon in places)
        return [(round(left + x * scale, 1), round(top + y * scale, 1)) for x, y in found]


def fitted(towns: Sequence[Mapping[str, Any]]) -> Fitted:
    """Return the projection that fits towns into the picture."""
    at = [(float(town["lat"]), eastward(float(town["lon"]))) for town in towns]
    south, north = _widened(min(lat for lat, _ in at), max(lat for lat, _ in at))
    middle = (min(lon for _, lon in at) + max(lon for _, lon in at)) / 2
    flat = conic(south, north, middle)
    points = [flat(lat, lon) for lat, lon in at]
    left, right = _widened(min(x for x, _ in points), max(x for x, _ in points), math.radians(LEAST_DEGREES))
    top, bottom = _widened(min(y for _, y in points), max(y for _, y in points), math.radians(LEAST_DEGREES))
    scale = min((WIDTH - 2 * BORDER) / (right - left), (HEIGHT - 2 * BORDER) / (bottom - top))
    return Fitted(south, north, middle, (left + right) / 2, (top + bottom) / 2, scale)


def eastward(lon: float) -> float:
    """Return a longitude counted on beyond 180°, so that Chukotka lies east of Kamchatka.

    >>> eastward(-172.0), eastward(42.0)
    (188.0, 42.0)
    """
    return lon + 360 if lon < -100 else lon


def _widened(low: float, high: float, least: float = LEAST_DEGREES) -> tuple[float, float]:
    lack = max(0.0, least - (high - low)) / 2
    return low - lack, high + lack


def conic(south: float, north: float, middle: float) -> Project:
    r"""Return the equidistant conic projection with standard parallels a sixth from the edges; y grows southward.

    :math:`ρ = G - φ,\; θ = n(λ - λ_0),\; x = ρ \sin θ,\; y = ρ \cos θ` in units of the radius, with
    :math:`n = (\cos φ_1 - \cos φ_2)/(φ_2 - φ_1)` and :math:`G = \cos φ_1 / n + φ_1`.

    >>> x, y = conic(44.0, 50.0, 42.0)(47.0, 42.0)
    >>> x
    0.0
    """
    phi1, phi2 = math.radians(south + (north - south) / 6), math.radians(north - (north - south) / 6)
    n = (math.cos(phi1) - math.cos(phi2)) / (phi2 - phi1)
    g = math.cos(phi1) / n + phi1

    def flat(lat: float, lon: float) -> Point:
        rho, theta = g - math.radians(lat), n * math.radians(lon - middle)
        return rho * math.sin(theta), rho * math.cos(theta) - g

    return flat


def cells(towns: Sequence[Mapping[str, Any]], points: Sequence[Point]) -> list[list[Placed]]:
    """Return towns with their points gathered by the cell of the picture's grid they lie in."""
    side, found = WIDTH / CELLS, dict[tuple[int, int], list[Placed]]()
    for town, (x, y) in zip(towns, points, strict=True):
        found.setdefault((int(x // side), int(y // side)), []).append((town, (x, y)))
    return list(found.values())


def _spot(group: Sequence[Placed], most: int) -> Spot:
    count = sum(town["companies"] for town, _ in group)
    x = sum(at[0] * town["companies"] for town, at in group) / count
    y = sum(at[1] * town["companies"] for town, at in group) / count
    largest, _ = max(group, key=lambda placed: int(placed[0]["companies"]))
    alone = len(group) == 1
    return Spot(
        round(x, 1),
        round(y, 1),
        round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(count / most), 1),
        count,
        str(largest["label"]),
        len(group),
        f"{largest['region_code']}:{largest['name']}" if alone else None,
        None if alone else box_of(town for town, _ in group),
        False,
    )


def box_of(group: Iterable[Mapping[str, Any]]) -> str:
    """Return the part of the map that holds towns, as its filter takes it.

    >>> box_of([{"lat": 44.5, "lon": 41.25}, {"lat": 45.0, "lon": 42.0}])
    '44.4999,41.2499,45.0001,42.0001'
    """
    lats, lons = zip(*((float(town["lat"]), float(town["lon"])) for town in group), strict=True)
    corners = (min(lats) - 1e-4, min(lons) - 1e-4, max(lats) + 1e-4, max(lons) + 1e-4)
    return ",".join(f"{corner:.4f}" for corner in corners)


def _with_names(spots: Sequence[Spot]) -> Iterable[Spot]:
    """Yield spots, the largest first, naming those whose names cover neither one another nor a spot nor the border."""
    taken: list[tuple[float, float, float]] = []
    for spot in spots:
        half, y = len(spot.name) * LETTER / 2, spot.y - spot.radius
        inside = half < spot.x < WIDTH - half and y > 2 * LINE
        free = all(abs(spot.x - x) > half + other or abs(y - above) > LINE for x, above, other in taken)
        clear = all(other is spot or not covers(spot.x, y, half, other) for other in spots)
        named = bool(spot.name) and inside and free and clear and len(taken) < MOST_NAMES
        if named:
            taken.append((spot.x, y, half))
        yield replace(spot, named=named)


def covers(x: float, y: float, half: float, spot: Spot) -> bool:
    """Return whether a name over a height, so wide to both sides of its middle, covers a spot."""
    return abs(x - spot.x) < half + spot.radius and y - LINE < spot.y + spot.radius and y > spot.y - spot.radius


@lru_cache(GROUNDS)
def ground(fit: Fitted) -> str:
    """Return the towns of the gazetteer that lie in the picture, as a path of dots."""
    points = fit.points((city.lat, city.lon) for city in cities())
    return "".join(f"M{x:g} {y:g}h0" for x, y in points if 0 <= x <= WIDTH and 0 <= y <= HEIGHT)
