"""Clusters: the chemical one is the programme's table, every mapping is whole, and the longest prefix decides."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.classifications import ancestors, groups, okved2
from models.clusters import (
    SIDES,
    STAGES,
    cluster,
    cluster_groups,
    cluster_name,
    clusters,
    membership,
    memberships,
    segment,
    segment_name,
    segments,
)
from models.errors import UsageError
from models.resources import read_sidecar, read_table

KEYS = ("chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment")
CODES = sorted(code for code in okved2() if code[0].isdigit())
KNOWN_PRODUCERS = "demo/known_products.csv"


def cases(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parents[1] / "cases" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(key: str) -> list[dict[str, str]]:
    return list(read_table(f"okved_mappings/{key}.csv"))


def test_the_six_clusters_of_the_programme() -> None:
    assert tuple(known.key for known in clusters()) == KEYS
    assert cluster_name(cluster("chemical"), "ru") == "Химический кластер"
    assert cluster_name(cluster("chemical"), "en") == "Chemical cluster"


def test_chemical_segments_are_the_rows_of_the_programme_in_its_order() -> None:
    expected = [
        (int(row["order"]), row["slug"], row["name_ru"], row["name_en"], row["stage"], row["side"] or None)
        for row in cases("chemical_segments.csv")
    ]
    found = [(s.order, s.slug, s.name_ru, s.name_en, s.stage, s.side) for s in segments("chemical")]
    assert len(expected) == 16
    assert found == expected


@pytest.mark.parametrize("case", cases("memberships.csv"), ids=lambda case: f"{case['cluster']}-{case['code']}")
def test_a_code_stands_where_the_industry_would_put_it(case: dict[str, str]) -> None:
    found = membership(case["code"], case["cluster"])
    assert (found.segment if found else "") == case["segment"], case["why"]


def test_an_unknown_cluster_is_bad_usage_and_the_known_ones_are_listed() -> None:
    for call in (segments, cluster_groups, cluster, lambda key: membership("20.15", key)):
        with pytest.raises(UsageError, match="unknown cluster steel") as raised:
            call("steel")
        assert raised.value.exit_code == 2
        assert all(key in raised.value.hint.render("en") for key in KEYS)


def test_an_unknown_segment_is_bad_usage() -> None:
    with pytest.raises(UsageError, match="unknown segment steel"):
        segment("steel")


@pytest.mark.parametrize("key", KEYS)
def test_every_line_is_a_real_code_with_a_stage_and_a_reason_of_its_own(key: str) -> None:
    rows = lines(key)
    for row in rows:
        assert row["okved_prefix"] in CODES, row
        assert row["stage"] in STAGES, row
        assert (row["side"] in SIDES) if row["stage"] == "supply" else row["side"] == "", row
        assert row["reason"].endswith("."), row
        assert any("а" <= letter <= "я" for letter in row["reason"].lower()), row
    assert len({row["reason"] for row in rows}) == len(rows)


@pytest.mark.parametrize("key", KEYS)
def test_no_prefix_is_claimed_twice_in_a_cluster(key: str) -> None:
    prefixes = [row["okved_prefix"] for row in lines(key)]
    assert len(set(prefixes)) == len(prefixes)


@pytest.mark.parametrize("key", KEYS)
def test_a_deeper_claim_says_something_else_than_the_claim_above_it(key: str) -> None:
    claimed = {row["okved_prefix"]: row["segment"] for row in lines(key)}
    for prefix, found in claimed.items():
        above = next((step for step in list(ancestors(prefix))[1:] if step in claimed), None)
        assert above is None or claimed[above] != found, (prefix, above)


@pytest.mark.parametrize("key", KEYS)
def test_every_segment_is_reached_and_stands_on_its_stage_and_side(key: str) -> None:
    reached = {found.segment: (found.stage, found.side) for code in CODES if (found := membership(code, key))}
    deep = {found.segment for code in CODES if len(code) >= 5 and (found := membership(code, key))}
    assert reached == {s.slug: (s.stage, s.side) for s in segments(key)}
    assert deep == set(reached)


@pytest.mark.parametrize("key", KEYS)
def test_segments_are_numbered_from_one_and_every_stage_is_there(key: str) -> None:
    found = segments(key)
    assert [s.order for s in found] == list(range(1, len(found) + 1))
    assert {(s.stage, s.side) for s in found} == {
        ("raw_material", None),
        ("finished_product", None),
        ("supply", "production_support"),
        ("supply", "sales_support"),
    }
    assert key == "chemical" or 8 <= len(found) <= 14


def test_a_slug_names_one_segment_of_one_cluster() -> None:
    everything = [s for key in KEYS for s in segments(key)]
    assert len({s.slug for s in everything}) == len(everything)
    assert all(segment(s.slug) == s for s in everything)
    assert all(s.slug.isidentifier() and s.slug.islower() for s in everything)


def test_names_follow_the_language() -> None:
    rubber = segment("rubber_products")
    assert (segment_name(rubber, "ru"), segment_name(rubber, "en")) == ("Резиновые изделия", "Rubber products")


@pytest.mark.parametrize("key", KEYS)
def test_the_sidecar_names_the_cluster_and_its_core(key: str) -> None:
    said = read_sidecar(f"okved_mappings/{key}.csv")["cluster"]
    assert tuple(said) == ("key", "name_ru", "name_en", "core")
    assert said["key"] == key
    assert "raw_material" in said["core"]


@given(st.sampled_from(CODES), st.sampled_from(KEYS))
def test_a_code_belongs_where_its_nearest_claimed_ancestor_belongs(code: str, key: str) -> None:
    claimed = {row["okved_prefix"]: row for row in lines(key)}
    nearest = next((step for step in ancestors(code) if step in claimed), None)
    found = membership(code, key)
    if nearest is None:
        assert found is None
    else:
        assert found is not None
        assert (found.prefix, found.segment, found.reason) == (
            nearest,
            claimed[nearest]["segment"],
            claimed[nearest]["reason"],
        )


@given(st.sampled_from(CODES))
def test_memberships_are_those_of_the_single_clusters(code: str) -> None:
    assert memberships(code) == tuple(found for key in KEYS if (found := membership(code, key)))


def test_a_code_of_two_clusters_makes_cross_cluster_matches_possible() -> None:
    assert [found.cluster for found in memberships("20.15")] == ["chemical", "agro_industrial"]
    assert memberships("84.11") == ()


@pytest.mark.parametrize("key", KEYS)
def test_the_groups_of_a_cluster_are_those_it_claims_whole(key: str) -> None:
    found = cluster_groups(key)
    assert list(found) == [group for group in groups() if group in found]
    assert all(len(one.prefix) <= len(group) for group, one in found.items())
    assert "46.44" not in cluster_groups("chemical")
    assert len(found) > 10


def test_known_producers_have_right_inns_and_say_what_they_make() -> None:
    rows = list(read_table(KNOWN_PRODUCERS))
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    assert 24 <= len(rows) <= 32
    assert len({row["inn"] for row in rows}) == len(rows)
    for row in rows:
        check = sum(w * int(d) for w, d in zip(weights, row["inn"], strict=False)) % 11 % 10
        assert len(row["inn"]) == 10, row
        assert check == int(row["inn"][9]), row
        assert row["source"] == "public knowledge", row
        assert row["offers"], row
        assert row["needs"], row


def test_known_producers_are_in_the_bundled_registers_under_that_name() -> None:
    names = {
        (row["inn"], word)
        for year in (2012, 2013, 2016)
        for row in read_table(f"demo/rosstat_boo_{year}.csv.gz")
        for word in letters(row["name"]).split()
    }
    for row in read_table(KNOWN_PRODUCERS):
        assert any((row["inn"], word) in names for word in letters(row["name"]).split() if len(word) > 3), row["name"]


def letters(name: str) -> str:
    return "".join(letter if letter.isalnum() else " " for letter in name.lower())
