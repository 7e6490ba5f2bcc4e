"""The map of towns: every company on it once, in the picture, north above south."""

from __future__ import annotations

import pytest

from api.list_queries import BoxField
from api.town_map import BORDER, HEIGHT, WIDTH, town_map
from models.geography import cities


def towns(chosen):
    return [
        {"name": c.name, "label": c.name, "region_code": c.region_code, "lat": c.lat, "lon": c.lon, "companies": n}
        for n, c in enumerate(chosen, 1)
    ]


ALL = cities()
CASES = {
    "the country": ALL,
    "a region": [city for city in ALL if city.region_code == "26"],
    "one town": ALL[:1],
    "two ends": [min(ALL, key=lambda c: c.lon % 360), max(ALL, key=lambda c: c.lon % 360)],
}


@pytest.mark.parametrize("chosen", CASES.values(), ids=CASES)
def test_every_company_is_on_the_map_once_and_inside_it(chosen):
    given = towns(chosen)
    drawn = town_map(given)
    assert sum(spot.companies for spot in drawn.spots) == sum(town["companies"] for town in given)
    assert sum(spot.towns for spot in drawn.spots) == len(given)
    for spot in drawn.spots:
        assert BORDER - 1 <= spot.x <= WIDTH - BORDER + 1
        assert BORDER - 1 <= spot.y <= HEIGHT - BORDER + 1
        assert (spot.town is None) != (spot.box is None)


def test_a_spot_of_several_towns_asks_for_all_of_them():
    given = towns(CASES["the country"])
    for spot in town_map(given).spots:
        if spot.box:
            south, west, north, east = BoxField().deserialize(spot.box)
            inside = [t for t in given if south <= t["lat"] <= north and west <= t["lon"] <= east]
            assert len(inside) >= spot.towns


def test_north_is_above_and_east_is_right():
    names = {"Мурманск", "Сочи", "Калининград", "Владивосток"}
    at = {spot.name: spot for spot in town_map(towns([c for c in ALL if c.name in names])).spots}
    assert at["Мурманск"].y < at["Сочи"].y
    assert at["Калининград"].x < at["Владивосток"].x


def test_no_two_names_cover_each_other():
    named = [spot for spot in town_map(towns(ALL)).spots if spot.named]
    assert len(named) > 3
    for one in named:
        for other in named:
            if one is not other and abs((one.y - one.radius) - (other.y - other.radius)) < 14:
                assert abs(one.x - other.x) > 3 * (len(one.name) + len(other.name))


def test_nothing_is_drawn_of_nobody():
    assert town_map([]) is None
