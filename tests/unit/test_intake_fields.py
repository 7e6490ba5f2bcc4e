"""Cells are read as people write them, and refused with a reason where they make no sense."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.intake import fields
from models.errors import DataError, InvalidIdentifier
from models.identifiers import INN_WEIGHTS_10, INN_WEIGHTS_11, INN_WEIGHTS_12, inn_check_digit

CASES = list(csv.DictReader((Path(__file__).parents[1] / "cases/numbers.csv").read_text(encoding="utf-8").splitlines()))
WHOLE = st.integers(min_value=0, max_value=10**15)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_numbers(case: dict[str, str]) -> None:
    if case["value"]:
        assert fields.read_number(case["text"]) == pytest.approx(float(case["value"])), case["why"]
    else:
        with pytest.raises(DataError, match="not a number"):
            fields.read_number(case["text"])


@given(WHOLE, st.integers(min_value=0, max_value=99), st.sampled_from([" ", "\u00a0", "\u202f", "'", ""]))
def test_a_number_written_the_russian_way_comes_back(whole: int, kopecks: int, space: str) -> None:
    text = f"{whole:,}".replace(",", space) + f",{kopecks:02d}"
    assert fields.read_number(text) == pytest.approx(whole + kopecks / 100)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_by_a_program_comes_back(value: float) -> None:
    assert fields.read_number(repr(value)) == value


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        value = fields.read_number(text)
    except DataError:
        return
    assert math.isfinite(value)


@given(st.integers(min_value=1_000_000, max_value=99_999_999))
def test_a_leading_zero_lost_by_a_spreadsheet_is_put_back(stem: int) -> None:
    digits = f"0{stem:08d}"
    if digits.startswith("00"):
        return
    inn = digits + str(inn_check_digit(digits, INN_WEIGHTS_10))
    assert fields.read_inn(inn[1:]) == inn


def test_a_persons_leading_zero_is_put_back_too() -> None:
    stem = "0123456789"
    eleven = stem + str(inn_check_digit(stem, INN_WEIGHTS_11))
    inn = eleven + str(inn_check_digit(eleven, INN_WEIGHTS_12))
    assert fields.read_inn(inn[1:]) == inn


@pytest.mark.parametrize("text", ["", "123", "7736050004", "77360500031", "ИНН", "773605000a"])
def test_what_is_no_inn_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        fields.read_inn(text)


def test_a_wrong_inn_says_what_was_written() -> None:
    with pytest.raises(InvalidIdentifier, match="7736050004"):
        fields.read_inn("7736050004")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("26", "26"), ("1", "01"), ("26.0", "26"), ("Ставропольский край", "26"), ("край Ставропольский", "26"),
        ("СТАВРОПОЛЬСКИЙ", "26"), ("г. Москва", "77"), ("Республика Татарстан", "16"), ("97", "77"), ("84", "24"),
    ],
)  # fmt: skip
def test_regions_by_code_and_by_name(text: str, code: str) -> None:
    assert fields.read_region(text) == code


@pytest.mark.parametrize("text", ["00", "98", "Нарния", "260"])
def test_an_unknown_region_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="no such region"):
        fields.read_region(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Действующая", "active"), ("Действующее", "active"), ("Недействующая", "liquidated"),
        ("Ликвидирована", "liquidated"), ("В стадии ликвидации", "liquidating"), ("Ликвидируется", "liquidating"),
        ("Прекратила деятельность", "liquidated"), ("Конкурсное производство", "bankrupt"),
        ("В процессе реорганизации", "reorganizing"), ("active", "active"),
    ],
)  # fmt: skip
def test_statuses(text: str, status: str) -> None:
    assert fields.read_status(text) == status


@pytest.mark.parametrize("text", ["Микропредприятие", "micro", "1", "микро"])
def test_categories(text: str) -> None:
    assert fields.read_category(text) == "micro"


@pytest.mark.parametrize("text", ["31.12.2018", "31/12/2018", "2018-12-31", "2018-12-31T10:00:00+03:00"])
def test_dates(text: str) -> None:
    assert fields.read_date(text).isoformat() == "2018-12-31"


@pytest.mark.parametrize("text", ["31.02.2018", "2018", "12/31/2018", "вчера"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        fields.read_date(text)


def test_a_code_with_its_name_is_the_code() -> None:
    assert fields.read_activity("20.15 Производство удобрений и азотных соединений") == "20.15"


@pytest.mark.parametrize("text", ["-", "н/д", "N/A", "", "нет данных"])
def test_cells_that_say_nothing(text: str) -> None:
    assert fields.is_missing(text)
