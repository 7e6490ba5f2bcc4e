"""Columns are known by the names people give them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from matcher.intake.header_rows import find_header
from matcher.intake.headers import aliases, misaligned, read_header, read_title

CASES = list(csv.DictReader((Path(__file__).parents[1] / "cases/headers.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_a_title_names_a_column_with_unit_and_year(case: dict[str, str]) -> None:
    column = read_title(0, case["title"])
    found = ("", 1.0, None) if column is None else (column.name, column.factor, column.year)
    assert found == (case["column"], float(case["factor"]), int(case["year"]) if case["year"] else None), case["why"]


def test_every_canonical_column_is_known_by_its_own_name() -> None:
    assert {name: read_title(0, name).name for name, _ in aliases().names.values()} == {
        name: name for name, _ in aliases().names.values()
    }


def test_titles_above_the_header_do_no_harm() -> None:
    rows = [(1, ["Реестр участников кластера"]), (2, ["на 01.01.2020"]), (4, ["№", "ИНН", "Наименование", "ОКВЭД"])]
    header = find_header(rows)
    assert header.line == 4
    assert header.names == {"inn", "name", "okved_main"}
    assert header.ignored == ("№",)


def test_the_code_of_an_activity_is_preferred_to_its_name() -> None:
    header = read_header(1, ["ИНН", "Вид деятельности", "Код ОКВЭД"])
    assert [(column.index, column.name) for column in header.columns] == [(0, "inn"), (2, "okved_main")]


def test_two_years_of_one_figure_are_two_columns() -> None:
    header = read_header(1, ["ИНН", "Выручка 2018", "Выручка 2019", "Выручка 2019"])
    assert [column.year for column in header.columns] == [None, 2018, 2019]
    assert header.ignored == ("Выручка 2019",)


def test_a_row_longer_than_its_header_is_misaligned() -> None:
    header = read_header(1, ["ИНН", "Наименование"])
    assert misaligned(header, ["7736050003", "Газпром"]) is None
    assert str(misaligned(header, ["7736050003", "Газпром", "ПАО"])) == "3 cells where the header has 2"
