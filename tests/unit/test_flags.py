"""What a partner should know first: licences and product entries that have lapsed, or will within three months."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.report.flags import flags
from matcher.report.frame import Frame
from models.licences import product_entries
from models.records import Company
from tests.unit.small import MINERAL, Firm, columns_of, small_economy

TODAY = date(2026, 3, 1)


def flagged(*licences):
    columns = columns_of([Firm("1000", {MINERAL: 1.0})], small_economy())
    company = Company("1000", licences=licences, provenance={"licences": (1, "ФНС, реестр МСП")})
    return flags(Frame(columns, small_economy(), {"1000": company}, "en", today=TODAY), 0)


@pytest.mark.parametrize(
    ("licence", "kind", "says"),
    [
        ("перевозки (№ 7 до 28.02.2026)", "licence_lapsed", "licence lapsed, перевозки (№ 7 до 28.02.2026), ФНС"),
        ("перевозки (№ 7 до 01.03.2026)", "licence_lapses", "lapses in 0 days"),
        ("перевозки (№ 7 до 30.05.2026)", "licence_lapses", "lapses in 90 days"),
    ],
)
def test_a_licence_that_ends_is_a_warning(licence, kind, says):
    (flag,) = flagged(licence)
    assert flag["kind"] == kind
    assert says in flag["text"]
    assert flag["source"] == "ФНС, реестр МСП"


@pytest.mark.parametrize("licence", ["перевозки (№ 7 до 31.05.2026)", "медицина (№ 7)", "бессрочно", "до 31.02.2026"])
def test_one_that_holds_or_names_no_day_is_none(licence):
    assert flagged(licence) == []


def test_the_earliest_comes_first():
    found = flagged("б (№ 2 до 15.04.2026)", "а (№ 1 до 31.12.2020)", "в (№ 3 до 2026-03-20)")
    assert [flag["date"] for flag in found] == ["2020-12-31", "2026-03-20", "2026-04-15"]


def test_of_product_entries_the_last_that_lapsed_and_the_next_that_will_are_told_with_their_register():
    ends = [date(2025, 6, 1), date(2026, 2, 1), date(2026, 5, 20), date(2026, 5, 25), date(2027, 1, 1)]
    found = flagged(*(product_entries(str(number), 1, day) for number, day in enumerate(ends)), "а (№ 1 до 02.03.2026)")
    assert [(flag["kind"], flag["date"], flag["source"]) for flag in found] == [
        ("licence_lapses", "2026-03-02", "ФНС, реестр МСП"),
        ("product_entry_lapsed", "2026-02-01", "ГИСП"),
        ("product_entry_lapses", "2026-05-20", "ГИСП"),
    ]
    assert found[2]["text"] == "lapses in 80 days: запись в реестре ГИСП № 2, действует до 2026-05-20"
