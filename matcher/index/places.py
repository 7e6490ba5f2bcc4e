"""Places of firms: towns where known, the region's centroid otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from models.geography import Place, find_place, region_of_inn, region_spread_km
from models.records import Company

#: Two firms of one town are about this far apart by road.
TOWN_SPREAD_KM = 8.0
#: A firm whose region has no coordinates is placed nowhere: far from everyone, and said so.
NOWHERE = Place(key="", name="", region_code="", lat=0.0, lon=0.0, precision="region")


@dataclass
class PlaceTable:
    """Numbers the distinct places of firms while they are read."""

    places: list[Place] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, company: Company) -> int:
        """Return the row of a company's place, adding it when new."""
        place = place_of(company)
        if place.key not in self.numbers:
            self.numbers[place.key] = len(self.places)
            self.places.append(place)
        return self.numbers[place.key]

    def spread_km(self) -> Iterable[float]:
        """Yield the typical distance between two firms of each place."""
        for place in self.places:
            exact = place.precision in {"address", "city"}
            yield TOWN_SPREAD_KM if exact else (region_spread_km(place.region_code) or np.nan)


def region_of(company: Company) -> str:
    """Return a company's region: as stated, otherwise where its INN was issued."""
    return company.region_code or region_of_inn(company.inn) or ""


def place_of(company: Company) -> Place:
    """Return the best place known of a company."""
    region = region_of(company)
    if company.lat is not None and company.lon is not None:
        key = f"@{company.lat:.2f},{company.lon:.2f}"
        return Place(key, company.city or "", region, company.lat, company.lon, "address")
    return find_place(region, company.city) or NOWHERE
