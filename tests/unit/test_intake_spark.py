"""A SPARK list: title lines above, lines below, names of activities, ranges of headcount, scores left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from matcher.intake.detect import probe
from matcher.intake.registry import choose, load, take_sample
from matcher.intake.rows import Options, Parsed
from models.records import Figure

TITLES = (
    "№", "Наименование", "Регистрационный номер", "Код налогоплательщика", "Регион регистрации",
    "Вид деятельности/отрасль", "ИДО", "2020, Выручка , млн  RUB", "2020, Среднесписочная численность работников",
)  # fmt: skip
ROWS = (
    ("1", "АО Проба", "", "7736050003", "Ставропольский край", "Выращивание риса", "99", "1,5", "1 001 - 5 000"),
    ("2", "АО Опыт", "", "7736050003", "Москва", "Насосы и рис", "98", "2", "120"),
)
TABLE = (("Список",), (), ("Отбор",), TITLES, *ROWS, ("Сформировано системой",), ("Дата", "01.01.2021"))


def parse(path: Path) -> list[Parsed]:
    sample = take_sample(probe(path))
    name = choose(sample)
    assert name == "spark_list"
    reader, manifest = load(name)
    return list(reader.read(sample, manifest, Options(date(2024, 6, 1))))


def workbook(tmp_path: Path) -> Path:
    book = Workbook()
    for number, row in enumerate(TABLE, 1):
        for place, cell in enumerate(row, 1):
            book.active.cell(number, place, cell)
    book.save(tmp_path / "list.xlsx")
    return tmp_path / "list.xlsx"


def test_names_become_codes_or_offers_and_scores_are_not_kept(tmp_path: Path) -> None:
    first, second = (row.facts for row in parse(workbook(tmp_path)))
    assert first is not None
    assert second is not None
    assert first.values == {"name": "АО Проба", "region_code": "26", "okved_main": "01.12"}
    assert second.values == {"name": "АО Опыт", "region_code": "77", "offers": "Насосы и рис"}
    assert first.figures == (Figure("revenue_rub", 2020, 1.5e6), Figure("workers", 2020, 3000.5))


def test_the_midpoint_of_a_range_is_noted_with_the_range(tmp_path: Path) -> None:
    first, second = parse(workbook(tmp_path))
    assert [(each.field, each.value) for each in first.rejections] == [("workers", "1 001 - 5 000")]
    assert not second.rejections


def test_the_same_list_as_csv_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(";".join(row) for row in TABLE), encoding="utf-8")
    assert [row.facts for row in parse(path)] == [row.facts for row in parse(workbook(tmp_path))]
