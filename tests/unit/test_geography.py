import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.geography import (
    MEAN_DISC_DISTANCE,
    TODAY,
    cities,
    cities_of,
    find_place,
    great_circle_km,
    normal_city_name,
    region_centre,
    region_name,
    region_of_inn,
    region_spread_km,
    regions,
)
from models.resources import read_table

points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_regions_and_towns_are_complete():
    assert len(regions()) == 90
    assert len(cities()) == 1117
    assert len(cities_of("26")) == 19
    assert {city.region_code for city in cities()} == regions().keys() - {"90", "93", "94", "95", "99"}


def test_region_names_in_both_languages():
    assert region_name("26", "ru") == "Ставропольский край"
    assert region_name("26", "en") == "Stavropol Krai"
    assert region_name("00", "ru") == "00"


@pytest.mark.parametrize(("old", "new"), TODAY.items())
def test_prefixes_of_merged_regions_mean_the_region_of_today(old, new):
    assert region_of_inn(old + "01000000") == new
    assert old not in regions()


def test_a_number_no_region_has_means_nothing():
    assert region_of_inn("9600000000") is None
    assert region_of_inn("9909000000") == "99"


@pytest.mark.parametrize("year", [2012, 2013, 2016])
def test_every_bundled_firm_has_a_region(year):
    inns = [row["inn"] for row in read_table(f"demo/rosstat_boo_{year}.csv.gz")]
    assert [inn for inn in inns if region_of_inn(inn) is None] == []


@pytest.mark.parametrize(
    "spelling",
    ["Невинномысск", "г. Невинномысск", "НЕВИННОМЫССК Г", "город Невинномысск", " г.Невинномысск "],
)
def test_spellings_of_one_town_are_one_place(spelling):
    place = find_place("26", spelling)
    assert (place.key, place.precision) == ("26:невинномысск", "city")


@pytest.mark.parametrize(
    ("region", "spelling", "name"),
    [
        ("61", "Ростов на Дону", "Ростов-на-Дону"),
        ("52", "Н.Новгород", "Нижний Новгород"),
        ("26", "Мин-Воды", "Минеральные Воды"),
        ("26", "Будённовск", "Буденновск"),
        ("78", "СПб", "Санкт-Петербург"),
        ("50", "Москва", "Москва"),
        (None, "Невинномысск", "Невинномысск"),
        ("97", None, "Москва"),
    ],
)
def test_usual_ways_to_write_a_town(region, spelling, name):
    assert find_place(region, spelling).name == name


def test_every_town_finds_itself():
    assert all(find_place(city.region_code, city.name).lat == pytest.approx(city.lat, abs=0.5) for city in cities())


def test_a_village_is_put_in_the_middle_of_its_region():
    place = find_place("26", "с. Кочубеевское")
    assert (place.key, place.precision, place.name) == ("26", "region", "Ставропольский край")
    assert find_place("26", None) == place


def test_a_town_of_another_region_is_not_borrowed():
    assert find_place("26", "Казань").precision == "region"


def test_an_ambiguous_name_without_region_has_no_place():
    assert find_place(None, "Кировск") is None
    assert find_place(None, None) is None


@pytest.mark.parametrize("code", ["90", "93", "94", "95", "99", "00"])
def test_regions_without_towns_have_no_place(code):
    assert find_place(code, "Донецк") is None
    assert region_spread_km(code) is None


def test_a_centre_lies_among_its_towns_even_at_the_end_of_the_longitudes():
    for code in {city.region_code for city in cities()}:
        centre, towns = region_centre(code), cities_of(code)
        assert min(t.lat for t in towns) - 0.5 <= centre.lat <= max(t.lat for t in towns) + 0.5
        assert min(t.lon for t in towns) - 0.5 <= centre.lon <= max(t.lon for t in towns) + 0.5


def test_the_centre_of_a_one_town_region_is_the_town():
    moscow = cities_of("77")[0]
    assert (region_centre("77").lat, region_centre("77").lon) == pytest.approx((moscow.lat, moscow.lon))


def test_spread_of_a_region_is_above_a_town_and_below_its_extent():
    towns = cities_of("26")
    extent = max(float(great_circle_km(a.lat, a.lon, b.lat, b.lon)) for a in towns for b in towns)
    assert 30 < region_spread_km("26") < extent


def test_large_regions_spread_more_than_small_ones():
    assert region_spread_km("83") < region_spread_km("77") < region_spread_km("26") < region_spread_km("24")


def test_moscow_spreads_as_a_disc_of_its_area():
    assert region_spread_km("77") == pytest.approx(0.9054 * math.sqrt(2561.5 / math.pi), rel=1e-4)


def test_mean_distance_in_a_disc_agrees_with_drawing_points():
    draw = np.random.default_rng(1)
    radius, angle = np.sqrt(draw.random((2, 200_000))), draw.random((2, 200_000)) * 2 * math.pi
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    assert np.hypot(x[0] - x[1], y[0] - y[1]).mean() == pytest.approx(MEAN_DISC_DISTANCE, abs=0.005)


def test_a_degree_of_the_meridian_and_a_quarter_of_the_equator():
    assert float(great_circle_km(0, 0, 1, 0)) == pytest.approx(111.195, abs=0.001)
    assert float(great_circle_km(0, 0, 0, 90)) == pytest.approx(10007.557, abs=0.001)


@given(points, points)
def test_distance_is_symmetric_bounded_and_zero_at_home(a, b):
    there, back = great_circle_km(*a, *b), great_circle_km(*b, *a)
    assert float(there) == pytest.approx(float(back), abs=1e-6)
    assert 0 <= float(there) <= 20016
    assert float(great_circle_km(*a, *a)) == 0


@given(st.text())
def test_normal_names_are_normal_already(text):
    name = normal_city_name(text)
    assert normal_city_name(name) == name
