"""Rosstat's lists of a year: no header, lines by position, a unit of its own in each row, a nought where nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from matcher.intake.detect import probe
from matcher.intake.registry import Sample, choose, load, take_sample
from matcher.intake.rows import Options, Parsed
from models.errors import UnreadableFile
from models.records import Figure
from models.resources import read_table

CODES = [row["code"] for row in read_table("reference/rosstat_boo_columns.csv")]
NAME_2016 = "data-20181029t000000-structure-20161231t000000.csv"
GAZPROM, ARNEST, ROSNEFT, PERSON = "7736050003", "2631006752", "7706107510", "500100732259"


def report(inn: str, okved: str = "20.15", unit: str = "384", name: str = "ООО Проба", **lines: str) -> list[str]:
    """Return a row in which all lines but those given are nought, as in the lists."""
    given = {"Наименование": name, "ОКПО": "00110467", "ОКОПФ": "12300", "ОКФС": "16", "ОКВЭД": okved, "ИНН": inn,
             "Код единицы измерения": unit, "Тип отчета": "2", "Дата актуализации": "20181029"}  # fmt: skip
    given |= {code.removeprefix("l"): text for code, text in lines.items()}
    return [given.get(code, "0") for code in CODES]


ROWS = [
    report(GAZPROM, "46.71", name='ПАО "Газпром"', l21103="1500", l21104="1400", l16003="9", l16004="8", l24003="-7"),
    report(ARNEST, unit="383", l21103="1500", l11503="12", l41213="30"),
    report(ROSNEFT, "06.10", "385", l21103="2"),
]


def file_of(folder: Path, rows: Sequence[Sequence[str]], name: str = NAME_2016) -> Path:
    path = folder / name
    path.write_text("".join(";".join(row) + "\n" for row in rows), encoding="windows-1251")
    return path


def sample_of(path: Path) -> Sample:
    sample = take_sample(probe(path))
    assert choose(sample) == "rosstat_boo_raw"
    return sample


def parsed(path: Path, **options: bool | int) -> list[Parsed]:
    reader, manifest = load("rosstat_boo_raw")
    return list(reader.read(sample_of(path), manifest, Options(date(2024, 6, 1), **options)))  # type: ignore[arg-type]


def test_lines_are_read_by_position_in_the_unit_of_their_row(tmp_path: Path) -> None:
    first, second, third = (row.facts for row in parsed(file_of(tmp_path, ROWS)))
    assert first is not None
    assert second is not None
    assert third is not None
    assert first.values == {"name": 'ПАО "Газпром"', "okved_main": "46.71", "region_code": "77"}
    assert set(first.figures) == {
        Figure("revenue_rub", 2016, 1.5e6), Figure("revenue_rub", 2015, 1.4e6), Figure("assets_rub", 2016, 9e3),
        Figure("assets_rub", 2015, 8e3), Figure("profit_rub", 2016, -7e3),
    }  # fmt: skip
    assert set(second.figures) == {
        Figure("revenue_rub", 2016, 1500), Figure("fixed_assets_rub", 2016, 12),
        Figure("paid_to_suppliers_rub", 2016, 30),
    }  # fmt: skip
    assert third.figures == (Figure("revenue_rub", 2016, 2e6),)


def test_a_nought_is_no_figure(tmp_path: Path) -> None:
    (row,) = parsed(file_of(tmp_path, [report(ARNEST)]))
    assert row.facts is not None
    assert row.facts.figures == ()
    assert row.rejections == ()


def test_the_year_is_told_by_the_name_or_the_caller_and_never_guessed(tmp_path: Path) -> None:
    unnamed = file_of(tmp_path, ROWS, "list.csv")
    with pytest.raises(UnreadableFile, match="of which year"):
        parsed(unnamed)
    for path, options in ((unnamed, {"year": 2018}), (file_of(tmp_path, ROWS), {"year": 2018})):
        facts = parsed(path, **options)[2].facts
        assert facts is not None
        assert facts.figures == (Figure("revenue_rub", 2018, 2e6),)
    with pytest.raises(UnreadableFile, match="of which year"):
        parsed(unnamed, year=2031)


def test_codes_before_2016_are_of_the_first_edition(tmp_path: Path) -> None:
    rows = [report(ARNEST, "24.52", l21103="5"), report(GAZPROM, "51", l21103="5")]
    old = parsed(file_of(tmp_path, rows, "boo_2013.csv"))
    assert [row.facts.values["okved1_main"] for row in old if row.facts] == ["24.52", "51"]


@pytest.mark.parametrize("width", [265, 266])
def test_a_list_is_known_with_and_without_the_column_of_the_date(tmp_path: Path, width: int) -> None:
    rows = [row[:width] for row in ROWS]
    assert sum(row.facts is not None for row in parsed(file_of(tmp_path, rows))) == 3
    reader, _ = load("rosstat_boo_raw")
    assert reader.label(sample_of(file_of(tmp_path, rows))) == "Росстат, бухгалтерская отчётность за 2016 год"


def test_a_few_dirty_rows_are_refused_one_by_one(tmp_path: Path) -> None:
    dirty = [
        [*ROWS[0][:3], "лишнее", *ROWS[0][3:]],  # a delimiter in a value
        ROWS[1][:100],
        report("", l21103="5"),
        report(GAZPROM, "46.71", "999", l21103="5"),
        report(GAZPROM, "46.71", l21103="-5"),
        report(GAZPROM, "46.71", "385", l21103="999999999"),
        report(PERSON, name="Иванов Иван Иванович"),
        ['"ООО Открыто', *ROWS[0][1:]],
        ['ЗАО "Закрыто"', *ROWS[0][1:]],
    ]
    rows = parsed(file_of(tmp_path, ROWS * 10 + dirty))[30:]
    told = [[(each.field, each.error.render("en")) for each in row.rejections] for row in rows]
    assert told == [
        [("row", "267 cells where the list has 266")],
        [("row", "100 cells where the list has 266")],
        [],
        [("unit", "an unknown unit; the figures are not taken")],
        [("revenue_rub", "less than 0: impossible")],
        [("revenue_rub", "more than 100,000,000,000,000: impossible, or in another unit")],
        [],
        [("row", "several lines run together: a quote is not closed")],
    ]
    assert rows[2].unidentified  # waits for a person to say who it is
    assert rows[3].facts is not None
    assert rows[3].facts.figures == ()
    assert rows[6].skipped
    assert "Иванов" not in repr(rows)


def test_sole_traders_are_kept_without_their_names_where_asked_for(tmp_path: Path) -> None:
    rows = parsed(file_of(tmp_path, [*ROWS, report(PERSON, name="Иванов Иван Иванович")]), sole_traders=True)
    assert rows[3].facts is not None
    assert rows[3].facts.values["name"] == "ИП (50)"


@pytest.mark.parametrize(
    "rows",
    [
        [row[:9] for row in ROWS],
        [report("123"), report("456"), ROWS[0]],
        [report(ARNEST, "много"), report(GAZPROM, "всего"), ROWS[0]],
        [[*row[1:], "0"] for row in ROWS],
    ],
)
def test_another_table_without_a_header_is_no_such_list(tmp_path: Path, rows: Sequence[Sequence[str]]) -> None:
    with pytest.raises(UnreadableFile):
        choose(take_sample(probe(file_of(tmp_path, rows))))
