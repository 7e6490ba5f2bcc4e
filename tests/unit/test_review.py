"""What waits for a person: which names may, what a verdict is about, and what is in force of many."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.intake.formats.review_answers import answered
from matcher.intake.rows import Findings
from matcher.intake.unidentified import firm_name, names_person, place_of
from matcher.resolve.request import located
from models.names import name_key
from models.records import CompanyFacts, Figure, Link
from models.review import (
    Answer,
    Key,
    NameVerdict,
    ReviewItem,
    Said,
    beside,
    key_of,
    remember,
    sale_of,
    sale_payload,
    sales,
    would_sell_to_itself,
)

ARNEST, AZOT, STAVROLEN = "2631006752", "2631015563", "2624022320"
CASES = Path(__file__).parents[1] / "cases" / "person_names.csv"
NOW = datetime(2024, 6, 1, tzinfo=UTC)


def person_cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said(verdict: Said, inn: str, name: str = "арнест", by: str = "") -> NameVerdict:
    return NameVerdict(name, "", inn, verdict, by, NOW, None)


def waiting(line: int, field: str, link: Link, state: str = "open", inn: str | None = None) -> ReviewItem:
    payload = sale_payload(link)
    return ReviewItem(line * 10 + (field == "buyer_inn"), 1, line, field, "x", "", "x", "", payload, state, inn, "",
                      None, None)  # type: ignore[arg-type]  # fmt: skip


def row(line: int, **years: float) -> CompanyFacts:
    figures = tuple(Figure("revenue_rub", int(year[1:]), value) for year, value in years.items())
    return CompanyFacts(ARNEST, line, {"name": "Арнест"}, figures)


@pytest.mark.parametrize("case", person_cases(), ids=lambda case: case["name"])
def test_a_name_that_may_be_a_persons_is_told(case: dict[str, str]) -> None:
    assert names_person(case["name"]) is (case["person"] == "yes"), case["why"]


@pytest.mark.parametrize("name", ["«»", "ИП Петров", "Длинное название " * 40])
def test_a_name_that_cannot_wait_is_refused_and_not_shown(name: str) -> None:
    found = Findings(7)
    assert firm_name("supplier_inn", name, found) is None
    assert [(each.line, each.field, each.value) for each in found.rejections] == [(7, "supplier_inn", "")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ООО «Арнест»", "ооо  АРНЕСТ", True),
        ("Ёлка", "Елка", True),
        ("ООО Арнест", "ЗАО Арнест", False),
        ("Арнест-1", "Арнест 2", False),
    ],
)
def test_a_verdict_is_about_a_name_with_its_legal_form(one: str, other: str, same: bool) -> None:
    assert (key_of(one, "") == key_of(other, "")) is same


def test_a_verdict_is_about_a_place_too() -> None:
    assert key_of("Арнест", "Невинномысск") != key_of("Арнест", "")


@given(st.text(max_size=80))
def test_a_normal_name_stays_as_it_is(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)


@pytest.mark.parametrize(
    ("verdicts", "same", "different"),
    [
        ([("same", ARNEST)], ARNEST, set()),
        ([("same", ARNEST), ("same", AZOT)], AZOT, set()),
        ([("same", ARNEST), ("open", ARNEST)], None, set()),
        ([("different", ARNEST), ("same", ARNEST)], ARNEST, set()),
        ([("same", ARNEST), ("different", ARNEST)], None, {ARNEST}),
        ([("different", ARNEST), ("different", AZOT), ("open", ARNEST)], None, {AZOT}),
        ([("same", ARNEST), ("same", AZOT), ("open", AZOT)], ARNEST, set()),
        ([("same", ARNEST), ("same", AZOT), ("same", ARNEST)], ARNEST, set()),
    ],
)
def test_the_last_verdict_is_in_force(verdicts: list[tuple[Said, str]], same: str | None, different: set[str]) -> None:
    memory = remember(said(verdict, inn) for verdict, inn in verdicts).get(Key("арнест", ""))
    assert (memory.same.inn if memory and memory.same else None) == same
    assert (memory.different if memory else set()) == different


SAID = st.tuples(st.sampled_from(["same", "different", "open"]), st.sampled_from([ARNEST, AZOT]), st.sampled_from("аб"))


@given(st.lists(SAID, max_size=12))
def test_who_a_firm_is_it_is_not_said_not_to_be(verdicts: list[tuple[Said, str, str]]) -> None:
    for memory in remember(said(*each) for each in verdicts).values():
        assert memory.same is None or memory.same.inn not in memory.different


def test_a_confirmed_row_displaces_no_row_that_had_its_inn() -> None:
    kept = beside([row(2, y2018=1)], [row(5, y2018=9, y2019=4)])
    assert kept == [row(5, y2019=4)]


def test_of_confirmed_rows_the_larger_report_of_a_year_is_kept_whatever_their_order() -> None:
    small, large = row(5, y2018=1), row(9, y2018=7)
    assert beside([], [small, large]) == beside([], [large, small]) == [row(5), large]


def test_a_sale_comes_back_as_it_was() -> None:
    link = Link("", AZOT, 4, "20.15.10", 5.5, date(2020, 1, 2), "contract «1»")
    assert sale_of(sale_payload(link), 4) == link
    bare = Link("", AZOT, 4)
    assert sale_of(sale_payload(bare), 4) == bare


def test_a_sale_is_one_when_all_its_parties_are_found() -> None:
    both, one = Link("", "", 2), Link("", AZOT, 3)
    half = [waiting(2, "supplier_inn", both, "same", ARNEST), waiting(2, "buyer_inn", both)]
    whole = [half[0], waiting(2, "buyer_inn", both, "same", AZOT), waiting(3, "supplier_inn", one, "same", STAVROLEN)]
    assert sales(half) == sales(half[::-1]) == []
    assert sales(whole) == [Link(ARNEST, AZOT, 2), Link(STAVROLEN, AZOT, 3)]


def test_a_firm_does_not_sell_to_itself() -> None:
    both, one = Link("", "", 2), Link("", AZOT, 3)
    items = [waiting(2, "supplier_inn", both, "same", ARNEST), waiting(2, "buyer_inn", both)]
    assert would_sell_to_itself(items[1], ARNEST, items)
    assert not would_sell_to_itself(items[1], AZOT, items)
    assert would_sell_to_itself(waiting(3, "supplier_inn", one), AZOT, items)


def test_of_a_place_its_towns_and_regions_help_to_find_the_firm() -> None:
    assert place_of({"region_code": "26"}) == "Ставропольский край"
    assert place_of({"address": "ул. Низяева, 1"}) == "ул. Низяева, 1"
    assert located("Арнест", "ул. Низяева, 1") == "Арнест"
    assert located("Арнест", "Невинномысск, Ставропольский край") == "Арнест, Невинномысск, Ставропольский край"


@pytest.mark.parametrize(
    ("answer", "meant"),
    [
        (ARNEST, Answer(7, True, (ARNEST,))),
        (f"{ARNEST}.0", Answer(7, True, (ARNEST,))),
        ("НЕТ", Answer(7, False, (AZOT, STAVROLEN))),
        ("no", Answer(7, False, (AZOT, STAVROLEN))),
    ],
)
def test_an_answer_in_a_sheet_is_an_inn_or_none_of_them(answer: str, meant: Answer) -> None:
    assert answered(2, {"item": "7", "proposed": f"{AZOT}; {STAVROLEN}", "answer": answer}).answer == meant


@pytest.mark.parametrize(
    ("item", "answer", "field"), [("7", "да", "answer"), ("7", "123", "answer"), ("x", ARNEST, "item")]
)
def test_what_is_no_answer_is_refused(item: str, answer: str, field: str) -> None:
    parsed = answered(2, {"item": item, "proposed": "", "answer": answer})
    assert parsed.is_refused
    assert [each.field for each in parsed.rejections] == [field]


def test_an_empty_answer_leaves_the_row_waiting() -> None:
    assert answered(2, {"item": "7", "proposed": "", "answer": " "}).skipped
