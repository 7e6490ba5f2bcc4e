"""Tables by OKVED-2 prefix: the longest prefix wins, and the bundled ones speak of every activity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.classifications import groups, okved2
from models.errors import SourceDrift
from models.prefixes import PrefixTable
from models.resources import read_table

CODES = sorted(code for code in okved2() if code[0].isdigit())
REFERENCE = ("reference/deterrence.csv", "reference/gap_scope.csv", "reference/role.csv")


def table_of(*prefixes: str) -> PrefixTable:
    return PrefixTable([{"okved_prefix": prefix} for prefix in prefixes])


def value(name: str, code: str, column: str) -> float:
    return float(PrefixTable.bundled(name)[code][column])


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("20.15.3", "20.15.3"),
        ("20.15.31", "20.15.3"),
        ("20.15.4", "20.15"),
        ("20.13", "20.1"),
        ("20.30", "20"),
        ("21.10", ""),
        ("", ""),
    ],
)
def test_the_longest_prefix_wins(code: str, expected: str) -> None:
    assert table_of("", "20", "20.1", "20.15", "20.15.3").prefix_of(code) == expected


def test_without_a_default_an_unclaimed_code_has_no_line() -> None:
    table = table_of("20.15")
    assert table.get("21.10") is None
    assert table.prefix_of("20") is None
    with pytest.raises(KeyError):
        table["21.10"]
    with pytest.raises(KeyError):
        table.over(["20.15", "21.10"])


def test_a_prefix_claimed_twice_is_a_fault_of_the_table() -> None:
    with pytest.raises(SourceDrift, match=r"20\.15 is claimed twice"):
        table_of("20.15", "20.16", "20.15")


def test_lines_cannot_be_changed() -> None:
    row = table_of("20")["20.15"]
    with pytest.raises(TypeError):
        row["okved_prefix"] = "21"  # type: ignore[index]


def test_a_table_laid_along_codes_keeps_their_order() -> None:
    assert [row["okved_prefix"] for row in table_of("", "20").over(["21.10", "20.15", "01.11"])] == ["", "20", ""]


@given(st.sets(st.sampled_from(CODES), min_size=1, max_size=40), st.sampled_from(CODES))
def test_the_prefix_found_is_the_nearest_claimed_ancestor(claimed: set[str], code: str) -> None:
    ancestors, step = [], code
    while step[0].isdigit():
        ancestors.append(step)
        step = okved2()[step].parent or "-"
    nearest = next((ancestor for ancestor in ancestors if ancestor in claimed), None)
    assert table_of(*claimed).prefix_of(code) == nearest


@pytest.mark.parametrize("name", REFERENCE)
def test_a_reference_table_speaks_of_every_group_with_a_reason(name: str) -> None:
    rows = PrefixTable.bundled(name).over(groups())
    assert len(rows) == 623
    assert all(len(row["reason"]) > 5 for row in rows)


@pytest.mark.parametrize("name", REFERENCE)
def test_every_prefix_of_a_reference_table_is_a_real_code(name: str) -> None:
    assert [row["okved_prefix"] for row in read_table(name) if row["okved_prefix"] not in {"", *CODES}] == []


def test_hauls_lie_within_their_bounds_and_name_their_source() -> None:
    sources = {
        "assumed",
        "rzd_c2010",
        "rosstat_road_2018",
        "us_cfs_1997",
        "us_cfs_2002",
        "us_cfs_2012",
        "us_cfs_2017_shipments",
    }
    for row in read_table("reference/deterrence.csv"):
        low, mean, high = (float(row[f"mean_haul{part}_km"]) for part in ("_low", "", "_high"))
        assert 0 < low <= mean <= high, row
        assert set(row["source"].split("; ")) <= sources, row


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("23.63", "23.51"),  # ready-mixed concrete against cement
        ("08.12", "23.51"),  # sand against cement
        ("23.51", "20.15"),  # cement against fertilisers
        ("20.15", "20.42"),  # fertilisers against cosmetics
        ("20.11", "20.14"),  # gases in cylinders against organic chemicals
        ("22.22", "20.16"),  # bottles against the polymer they are made of
        ("10.71", "10.81"),  # bread against sugar
        ("33.12", "28.99"),  # repair against the machine
        ("38.11", "38.22"),  # household against hazardous waste
        ("81.21", "62.01"),  # cleaning against software
        ("35.30", "35.11"),  # heat against power
    ],
)
def test_bulky_perishable_and_local_things_travel_less(nearer: str, farther: str) -> None:
    name = "reference/deterrence.csv"
    assert value(name, nearer, "mean_haul_km") < value(name, farther, "mean_haul_km")


def test_published_hauls_are_carried() -> None:
    # CFS 2002: 104,552 m ton-miles over 1,775,181 thousand tons of gravel; 33,952 over 466,338 of sand
    kilometres = [ton_miles / tons * 1000 * 1.609344 for ton_miles, tons in [(104_552, 1_775_181), (33_952, 466_338)]]
    assert kilometres[0] < value("reference/deterrence.csv", "08.12", "mean_haul_km") < kilometres[1]
    # RZD: fertilisers are 4.1 % of tonne-kilometres and 3.3 % of tonnes, of 2,011 bn t-km and 1,312 Mt in all
    rail = 4.1 / 3.3 * 2011.3 / 1312 * 1000
    assert value("reference/deterrence.csv", "20.15", "mean_haul_high_km") == pytest.approx(rail, rel=0.001)


@pytest.mark.parametrize(
    ("code", "share"),
    [
        ("06.20", 0.0),
        ("08.91", 0.0),
        ("46.75", 0.0),
        ("47.75", 0.0),
        ("45.31", 0.0),
        ("49.20", 0.0),
        ("49.50", 0.0),
        ("61.10", 0.0),
        ("64.19", 0.0),
        ("68.20", 0.0),
        ("70.10", 0.0),
        ("84.11", 0.0),
        ("22.22", 1.0),
        ("20.30", 1.0),
        ("45.20", 1.0),
        ("71.20", 1.0),
    ],
)
def test_what_a_region_could_make_itself(code: str, share: float) -> None:
    assert value("reference/gap_scope.csv", code, "realistic_share") == share


def test_realistic_shares_are_shares() -> None:
    assert all(0 <= float(row["realistic_share"]) <= 1 for row in read_table("reference/gap_scope.csv"))


def test_a_channel_never_has_a_gap_to_fill() -> None:
    roles, scope = (PrefixTable.bundled(f"reference/{name}.csv") for name in ("role", "gap_scope"))
    channels = [code for code in groups() if roles[code]["role"] == "channel"]
    assert len(channels) > 80
    assert {scope[code]["realistic_share"] for code in channels} == {"0"}


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ("01.11", "maker"),
        ("01.61", "service"),
        ("20.15", "maker"),
        ("33.12", "service"),
        ("35.11", "maker"),
        ("35.12", "service"),
        ("35.14", "channel"),
        ("35.30", "maker"),
        ("38.11", "service"),
        ("38.32", "maker"),
        ("45.11", "channel"),
        ("45.20", "service"),
        ("46.75", "channel"),
        ("47.75", "channel"),
        ("49.41", "service"),
        ("71.20", "service"),
    ],
)
def test_roles(code: str, role: str) -> None:
    assert PrefixTable.bundled("reference/role.csv")[code]["role"] == role


def test_there_are_three_roles() -> None:
    assert {row["role"] for row in read_table("reference/role.csv")} == {"maker", "service", "channel"}
