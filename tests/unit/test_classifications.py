import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.classifications import (
    activity_name,
    carry_okved1,
    group_index,
    group_of,
    groups,
    groups_under,
    nearest_code,
    okpd2,
    okpd2_group,
    okved1,
    okved1_exactness,
    okved1_name,
    okved2,
)
from models.identifiers import parse_okved, parse_okved1
from models.resources import read_table

LEVELS = {1: "section", 2: "class", 4: "subclass", 5: "group", 7: "subgroup", 8: "kind"}
okved1_codes = st.sampled_from(sorted({code[:length] for code in okved1() for length in (2, 4, 5)}))


def test_okved2_has_the_published_number_of_codes_at_each_level():
    counts = {level: sum(a.level == level for a in okved2().values()) for level in LEVELS.values()}
    assert counts == {"section": 21, "class": 88, "subclass": 272, "group": 623, "subgroup": 1282, "kind": 757}
    assert len(okved2()) == 3043


def test_levels_follow_the_length_and_parents_exist():
    assert all(LEVELS[len(code)] == activity.level for code, activity in okved2().items())
    assert all(a.parent in okved2() for a in okved2().values() if a.level != "section")


def test_the_axis_is_sorted_without_repeats_and_its_index_agrees():
    assert list(groups()) == sorted(set(groups()))
    assert [groups()[position] for position in group_index().values()] == list(groups())


def test_sections_share_all_groups_out():
    shared = [group for code, a in okved2().items() if a.level == "section" for group in groups_under(code)]
    assert sorted(shared) == list(groups())


def test_a_deeper_code_lies_in_its_group_and_a_shorter_one_in_none():
    assert group_of("20.15.31") == "20.15"
    assert group_of("20.15") == "20.15"
    assert group_of("20.1") is None
    assert group_of("C") is None


def test_every_section_and_class_has_an_english_name():
    assert all(a.name_en for a in okved2().values() if a.level in ("section", "class"))


def test_only_groups_where_okved2_departs_from_nace_lack_an_english_name():
    nameless = {code for code in groups() if not okved2()[code].name_en}
    assert all(re.match(r"19\.3|85\.|92\.", code) for code in nameless)
    assert len(nameless) == 18


def test_a_code_without_english_name_takes_that_of_the_nearest_code_above():
    assert activity_name("20.15.3", "en") == "Manufacture of fertilisers and nitrogen compounds"
    assert activity_name("92.11", "en") == "Gambling and betting activities"
    assert activity_name("20.15", "ru") == "Производство удобрений и азотных соединений"


def test_a_code_that_left_the_classification_is_named_after_the_nearest():
    assert nearest_code("71.12.46") == "71.12.4"
    assert activity_name("71.12.46", "ru") == okved2()["71.12.4"].name
    assert activity_name("04.11", "ru") == "04.11"


def test_okpd2_products_are_made_by_the_group_of_their_first_four_digits():
    assert len(okpd2()) == 19503
    four = [code for code in okpd2() if len(code) == 5]
    assert [code for code in four if okpd2_group(code) is None] == ["19.30", "85.31"]
    assert okpd2_group("20.15.10.130") == "20.15"
    assert okpd2_group("20.1") is None


@given(okved1_codes)
def test_carried_weights_are_positive_and_sum_to_one(code):
    carried = carry_okved1(code)
    assert sum(weight for _, weight in carried) == pytest.approx(1, abs=1e-9)
    assert all(weight > 0 and group in group_index() for group, weight in carried)
    assert len({group for group, _ in carried}) == len(carried)


@given(okved1_codes)
def test_exactness_lies_between_one_over_the_groups_and_one(code):
    assert 1 / len(carry_okved1(code)) - 1e-9 <= okved1_exactness(code) <= 1


def test_published_pairs_are_carried_with_equal_weights():
    assert dict(carry_okved1("24.15")) == {"20.15": 0.5, "38.21": 0.5}
    assert carry_okved1("24.16") == (("20.16", 1.0),)
    assert dict(carry_okved1("92.71")).keys() == {"92.11", "92.12", "92.13", "92.21", "92.22", "92.23"}


def test_numbers_of_the_first_edition_go_through_their_successors():
    assert carry_okved1("27.14.1") == carry_okved1("27.10")
    assert carry_okved1("51.70") == carry_okved1("51.90") == (("46.90", 1.0),)
    assert {group for group, _ in carry_okved1("51.64")} == {"46.51", "46.65", "46.66"}


def test_a_division_is_the_mean_of_its_classes_and_less_exact():
    chemicals = dict(carry_okved1("24"))
    assert max(chemicals, key=chemicals.get).startswith(("20.", "21."))
    assert sum(weight for group, weight in chemicals.items() if group.startswith(("20.", "21."))) > 0.75
    assert okved1_exactness("24") < okved1_exactness("24.1") < okved1_exactness("24.16") == 1
    assert "33.20" in dict(carry_okved1("29"))


def test_an_unknown_class_is_not_carried():
    with pytest.raises(KeyError):
        carry_okved1("51.67")


def test_okved1_names_come_from_the_nearest_code_above():
    assert okved1_name("24.15.1") == "Manufacture of fertilizers and nitrogen compounds"
    assert okved1_name("51.70") == "Wholesale trade and commission trade, except of motor vehicles and motorcycles"
    assert okved1_name("98") is None


@pytest.mark.parametrize(
    ("year", "parse", "rows"), [(2012, parse_okved1, 1000), (2013, parse_okved1, 15453), (2016, parse_okved, 1000)]
)
def test_every_code_of_the_bundled_firms_parses_as_its_version(year, parse, rows):
    codes = [row["okved_code"] for row in read_table(f"demo/rosstat_boo_{year}.csv.gz")]
    assert len(codes) == rows
    assert [parse(code) for code in codes] == codes
