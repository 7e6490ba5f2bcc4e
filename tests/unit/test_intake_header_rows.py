"""Headers of two rows, as people write them."""

from __future__ import annotations

import pytest

from matcher.intake.header_rows import find_header

GROUPED = [
    (1, ["Реестр участников кластера"]),
    (2, ["№", "ИНН", "Наименование", "Выручка, тыс. руб.", "", "Численность, чел."]),
    (3, ["", "", "", "2022 г.", "2023 г."]),
    (4, ["1", "7736050003", "Газпром", "100", "120", "5"]),
]


def test_years_beneath_a_title_are_its_columns() -> None:
    header = find_header(GROUPED)
    assert header.line == 3
    money = [(each.index, each.year, each.factor) for each in header.columns if each.name == "revenue_rub"]
    assert money == [(3, 2022, 1000.0), (4, 2023, 1000.0)]
    assert header.names == {"inn", "name", "revenue_rub", "workers"}


@pytest.mark.parametrize(
    ("rows", "line", "figures"),
    [
        ([(1, ["", "", "Выручка, млн руб.", ""]), (2, ["ИНН", "Наименование", "2021", "2022"])], 2, [2021, 2022]),
        ([(1, ["Итоги"]), (2, ["ИНН", "Выручка 2023"]), (3, ["", "тыс. руб."])], 3, [2023]),
        ([(1, ["", "2023 год", ""]), (2, ["ИНН", "Выручка", "Город"])], 2, [2023]),
        ([(1, ["Сведения о предприятии", "", "Выручка"]), (2, ["ИНН", "Название", "2020"])], 2, [2020]),
    ],
    ids=["titles written below", "units beneath", "the year above", "a title over all"],
)
def test_two_rows_are_one_header_if_more_is_understood(
    rows: list[tuple[int, list[str]]], line: int, figures: list[int]
) -> None:
    header = find_header(rows)
    assert (header.line, [each.year for each in header.columns if each.name == "revenue_rub"]) == (line, figures)
    assert "inn" in header.names


@pytest.mark.parametrize(
    "below",
    [["7736050003", "2023"], ["", "Химия"], ["7736050003", "100"]],
    ids=["a year for a revenue", "a section", "a firm"],
)
def test_a_row_of_data_is_no_part_of_the_header(below: list[str]) -> None:
    assert find_header([(1, ["ИНН", "Выручка, тыс. руб."]), (2, below)]).line == 1
