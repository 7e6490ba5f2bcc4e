"""Where companies are: regions, towns, and how far apart firms of one region typically lie.

Places come from a table of 1,117 towns (no villages). A company without coordinates of its own is put in its town, or
in the middle of its region, and :attr:`Place.precision` says which. Codes 90, 93, 94, 95 and 99 occur in registers but
have no towns in the table, so nothing there has a place.

Two figures here are assumptions, used only for distances inside a town: its area where none is stated (2,000 people per
km², in the order of the municipal density of large Russian cities), and firms spread evenly over a disc of that area.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.resources import read_table
from models.text import Lang

Precision = Literal["address", "city", "region"]

EARTH_RADIUS_KM = 6371.0088

#: Mean distance of two random points of a disc, in radii: 128/(45π) (Crofton).
MEAN_DISC_DISTANCE = 128 / (45 * math.pi)

#: Assumption: people per km² of a town whose area is not stated.
TOWN_DENSITY = 2000.0

#: Areas of the cities that are regions of their own, km² (Rosstat, areas of the constituent entities).
CITY_AREA_KM2 = MappingProxyType({"77": 2561.5, "78": 1403.0, "92": 864.0})

#: Codes no longer given to a region of their own, and the region they belong to today.
TODAY = MappingProxyType({"80": "75", "81": "59", "82": "41", "84": "24", "85": "38", "88": "24", "97": "77"})

#: Words that surround a town's name in addresses.
TOWN_WORDS = frozenset({"г", "гор", "город", "городской", "округ"})

#: Usual short forms of long names, in normal form.
SHORT_NAMES = MappingProxyType(
    {
        "спб": "санкт петербург",
        "с петербург": "санкт петербург",
        "н новгород": "нижний новгород",
        "мин воды": "минеральные воды",
        "минводы": "минеральные воды",
    }
)


@dataclass(frozen=True, slots=True)
class Region:
    """A region by the tax service's two-digit code; ``federal_district`` is empty where there is none."""

    code: str
    name_ru: str
    name_en: str
    federal_district: str
    federal_district_en: str
    iso_3166_2: str


@dataclass(frozen=True, slots=True)
class City:
    """A town: degrees of WGS84, and its inhabitants about 2010."""

    name: str
    region_code: str
    lat: float
    lon: float
    population: int


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map and how exact it is; ``key`` is the same for all companies put on the same point."""

    key: str
    name: str
    region_code: str
    lat: float
    lon: float
    precision: Precision


@cache
def regions() -> Mapping[str, Region]:
    """Return the regions by code.

    >>> regions()["26"].name_en
    'Stavropol Krai'
    """
    fields = ("region_code", "name_ru", "name_en", "federal_district", "federal_district_en", "iso_3166_2")
    rows = (Region(*(row[name] for name in fields)) for row in read_table("reference/regions.csv"))
    return MappingProxyType({region.code: region for region in rows})


def region_name(code: str, lang: Lang) -> str:
    """Return what a region is called, or its code if it is unknown.

    >>> region_name("77", "en")
    'Moscow'
    """
    region = regions().get(today(code))
    if region is None:
        return code
    return region.name_ru if lang == "ru" else region.name_en


def today(code: str) -> str:
    """Return the region a two-digit code of an INN means today.

    80 Agin-Buryat → 75 Zabaykalsky (merged 2008), 81 Komi-Permyak → 59 Perm (2005), 82 Koryak → 41 Kamchatka (2007),
    84 Taymyr and 88 Evenk → 24 Krasnoyarsk (2007), 85 Ust-Orda → 38 Irkutsk (2008); 97 is the second prefix of Moscow.

    References
    ----------
    Federal constitutional laws 1-ФКЗ of 25.03.2004 (Perm), 6-ФКЗ of 14.10.2005 (Krasnoyarsk), 2-ФКЗ of 12.07.2006
    (Kamchatka), 6-ФКЗ of 30.12.2006 (Irkutsk), 5-ФКЗ of 21.07.2007 (Zabaykalsky).

    Examples
    --------
    >>> today("97"), today("26")
    ('77', '26')
    """
    return TODAY.get(code, code)


def region_of_inn(inn: str) -> str | None:
    """Return the region where an INN was issued: its first two digits as they are understood today.

    It is the place of registration, not of the plant. ``None`` if no region has the number.

    >>> region_of_inn("9701000000"), region_of_inn("2626000000"), region_of_inn("9800000000")
    ('77', '26', None)
    """
    code = today(inn[:2])
    return code if code in regions() else None


@cache
def cities() -> tuple[City, ...]:
    """Return the towns of Russia, by region and name."""
    return tuple(
        City(row["city"], row["region_code"], float(row["lat"]), float(row["lon"]), int(row["population"]))
        for row in read_table("reference/cities.csv.gz")
    )


def cities_of(region_code: str) -> tuple[City, ...]:
    """Return the towns of a region.

    >>> len(cities_of("26"))
    19
    """
    return _cities_by_region().get(region_code, ())


@cache
def _cities_by_region() -> Mapping[str, tuple[City, ...]]:
    by_region: dict[str, list[City]] = defaultdict(list)
    for city in cities():
        by_region[city.region_code].append(city)
    return {code: tuple(found) for code, found in by_region.items()}


@cache
def _cities_by_name() -> Mapping[str, tuple[City, ...]]:
    by_name: dict[str, list[City]] = defaultdict(list)
    for city in cities():
        by_name[normal_city_name(city.name)].append(city)
    return {name: tuple(found) for name, found in by_name.items()}


def normal_city_name(text: str) -> str:
    """Return a town's name in lower case without "г.", punctuation, hyphens and ё.

    >>> normal_city_name("г. Ростов-на-Дону"), normal_city_name("НЕВИННОМЫССК Г")
    ('ростов на дону', 'невинномысск')
    """
    letters = "".join(c if c.isalnum() else " " for c in text.lower().replace("ё", "е"))
    name = " ".join(word for word in letters.split() if word not in TOWN_WORDS)
    return SHORT_NAMES.get(name, name)


def find_place(region_code: str | None, city: str | None) -> Place | None:
    """Return the point of a town, or else the middle of the region.

    A town is looked for in its region. Moscow, Saint Petersburg and Sevastopol, regions of their own, are found from
    any region; without a region a town is found if its name is the only one of its kind.

    Parameters
    ----------
    region_code
        Two digits, or ``None`` if unknown.
    city
        Name of the town as an address writes it, or ``None``.

    Returns
    -------
    Place or None
        Of precision ``city`` or ``region``; ``None`` where the table has no town of the region.

    Examples
    --------
    >>> find_place("26", "г. Невинномысск").key
    '26:невинномысск'
    >>> find_place("26", "с. Кочубеевское").precision
    'region'
    """
    code = today(region_code) if region_code else None
    found = _find_city(code, city) if city else None
    if found is not None:
        key = f"{found.region_code}:{normal_city_name(found.name)}"
        return Place(key, found.name, found.region_code, found.lat, found.lon, "city")
    return region_centre(code) if code else None


def _find_city(region_code: str | None, city: str) -> City | None:
    namesakes = _cities_by_name().get(normal_city_name(city), ())
    if region_code is None:
        return namesakes[0] if len(namesakes) == 1 else None
    here = (found for found in namesakes if found.region_code == region_code or found.region_code in CITY_AREA_KM2)
    return next(here, None)


@cache
def region_centre(region_code: str) -> Place | None:
    """Return the middle of a region: the mean of its towns weighted by population, on the sphere.

    >>> region_centre("99") is None
    True
    """
    towns = cities_of(region_code)
    if not towns:
        return None
    lat, lon = np.radians([[t.lat for t in towns], [t.lon for t in towns]])
    unit = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    x, y, z = unit @ np.array([t.population for t in towns], dtype=float)
    centre = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    return Place(region_code, regions()[region_code].name_ru, region_code, *centre, "region")


def great_circle_km(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> NDArray[np.float64]:
    r"""Return the great-circle distance, km, of points given in degrees; arrays broadcast.

    Haversine formula on the mean sphere: :math:`2R\,\arcsin\sqrt{\sin^2(Δφ/2)+\cos φ_1 \cos φ_2 \sin^2(Δλ/2)}`.

    References
    ----------
    Sinnott, R. W. (1984). Virtues of the haversine. Sky and Telescope 68(2), 159.

    Examples
    --------
    >>> round(float(great_circle_km(0, 0, 1, 0)), 1)
    111.2
    """
    phi1, lambda1, phi2, lambda2 = (np.radians(np.asarray(value, dtype=float)) for value in (lat1, lon1, lat2, lon2))
    square = np.sin((phi2 - phi1) / 2) ** 2 + np.cos(phi1) * np.cos(phi2) * np.sin((lambda2 - lambda1) / 2) ** 2
    distance: Any = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(square, 1.0)))
    return np.asarray(distance, dtype=float)


def city_spread_km(city: City) -> float:
    """Return the mean distance of two firms of one town, km: 0.905 radii of a disc of the town's area.

    The area is stated for the three cities that are regions and otherwise assumed from the population.
    """
    area_km2 = CITY_AREA_KM2.get(city.region_code, city.population / TOWN_DENSITY)
    return MEAN_DISC_DISTANCE * math.sqrt(area_km2 / math.pi)


@cache
def region_spread_km(region_code: str) -> float | None:
    r"""Return the typical distance of two firms of a region, km, or ``None`` for a region without towns.

    :math:`\sum_{ij} w_i w_j d_{ij}` with :math:`w_i` a town's share of the region's urban population,
    :math:`d_{ij}` the great-circle distance and :math:`d_{ii}` the mean distance inside the town
    (:func:`city_spread_km`), which alone answers for a region of one town.
    """
    towns = cities_of(region_code)
    if not towns:
        return None
    lat, lon = np.array([[t.lat for t in towns], [t.lon for t in towns]])
    share = np.array([t.population for t in towns], dtype=float)
    share /= share.sum()
    distance = great_circle_km(lat[:, None], lon[:, None], lat[None, :], lon[None, :])
    np.fill_diagonal(distance, [city_spread_km(t) for t in towns])
    return float(share @ distance @ share)
