"""Workbooks of several sheets: each table is an import of its own, and what is not taken is told."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from api.cli import zveno
from matcher.cli.main import run
from matcher.intake.run import ImportReport, import_file
from models.store import Store

AZOT, ARNEST, LUKOIL = "2631015563", "2631006752", "7708004767"
TITLES = ("№", "ИНН", "Наименование", "ОКВЭД (осн.)", "Выручка, тыс. руб.", None, "Численность, чел.")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(f"sqlite:///{tmp_path / 'register.db'}")


def register(path: Path, hidden: bool = False) -> Path:
    """Write a register as a cluster keeps it: two sheets of firms, the header in two rows, one of telephones."""
    book = Workbook()
    for name, firms in (("Химия", (AZOT, ARNEST)), ("Смежники", (LUKOIL,))):
        page = book.create_sheet(name)
        page.append(["Участники кластера"])
        page.append([])
        page.append(TITLES)
        page.append([None, None, None, None, "2022 г.", "2023 г."])
        for inn in firms:
            page.append([1, inn, f"Фирма {inn}", "20.15", "1 000", "1 200,5", 40])
        page.append([2, "5001 0073 2258", "ИП", "20.15"])
    del book["Sheet"]
    notes = book.create_sheet("Контакты")
    notes.append(["Кто", "Телефон", "Когда"])
    notes.append(["Приёмная", "1", "утром"])
    if hidden:
        book["Смежники"].sheet_state = "hidden"
    book.save(path)
    return path


def told(report: ImportReport) -> list[tuple[str, str]]:
    return [
        (each.field, each.value) for part in (report.parts or (report,)) for each in part.quarantined if not each.line
    ]


def test_every_sheet_with_a_table_is_an_import_of_its_own(tmp_path: Path, store: Store) -> None:
    path = register(tmp_path / "реестр.xlsx")
    with store:
        report = import_file(store, path)
        assert (report.format, report.tally.added, report.first_year, report.last_year) == ("xlsx", 3, 2022, 2023)
        assert [part.file for part in report.parts] == ["реестр.xlsx", "реестр.xlsx/Смежники"]
        assert told(report) == [("sheet", "Контакты")]
        again = import_file(store, path)
        assert [part.repeats for part in again.parts] == [1, 2]


def test_figures_without_a_year_are_of_the_latest_that_the_titles_name(tmp_path: Path, store: Store) -> None:
    with store:
        import_file(store, register(tmp_path / "реестр.xlsx"))
        with store.read() as reader:
            figures = {(each.name, each.year): each.value for each in reader.figures(AZOT)}
    assert figures == {("revenue_rub", 2022): 1e6, ("revenue_rub", 2023): 1_200_500.0, ("workers", 2023): 40.0}


def test_a_hidden_sheet_is_told_of_and_not_taken(tmp_path: Path, store: Store) -> None:
    with store:
        report = import_file(store, register(tmp_path / "реестр.xlsx", hidden=True))
    assert (report.format, report.tally.added) == ("plain_table", 2)
    assert sorted(told(report)) == [("sheet", "Контакты"), ("sheet", "Смежники")]


def test_sheets_of_a_workbook_in_an_archive_are_named_after_both(tmp_path: Path, store: Store) -> None:
    file = io.BytesIO(register(tmp_path / "реестр.xlsx").read_bytes())
    with zipfile.ZipFile(tmp_path / "все.zip", "w") as archive:
        archive.writestr("реестр.xlsx", file.getvalue())
    with store:
        report = import_file(store, tmp_path / "все.zip")
    assert [part.file for part in report.parts] == ["все.zip/реестр.xlsx", "все.zip/реестр.xlsx/Смежники"]


def test_a_mistyped_inn_of_a_person_is_masked(tmp_path: Path, store: Store) -> None:
    with store:
        report = import_file(store, register(tmp_path / "реестр.xlsx"))
    shown = " ".join(f"{each.value} {each.error}" for part in report.parts for each in part.quarantined)
    assert "5001********" in shown
    assert "0073" not in shown


def test_the_command_tells_in_words_what_each_sheet_is_and_what_was_not_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = register(tmp_path / "реестр.xlsx")
    known = ["--no-input", "--db", f"sqlite:///{tmp_path / 'r.db'}", "--lang", "ru"]
    assert run(zveno, ["import", str(path), *known]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert told.count("(таблица компаний)") == 2
    assert "ИНН “5001********”" in told
    assert "лист “Контакты” — на этом листе нет таблицы предприятий или продаж" in told
    assert "загрузок из одного файла 2" in told
    assert not [name for name in ("plain_table", "okved_main", "revenue_rub") if name in told]


def test_a_year_in_the_name_of_a_sheet_is_that_of_its_figures(tmp_path: Path, store: Store) -> None:
    book = Workbook()
    for name, revenue in (("Выручка 2022", 10), ("2023", 20)):
        page = book.create_sheet(name)
        page.append(["ИНН", "Наименование", "ОКВЭД", "Выручка, тыс. руб."])
        page.append([AZOT, "Азот", "20.15", revenue])
    del book["Sheet"]
    book.save(tmp_path / "годы.xlsx")
    with store:
        report = import_file(store, tmp_path / "годы.xlsx")
        with store.read() as reader:
            figures = {each.year: each.value for each in reader.figures(AZOT)}
    assert figures == {2022: 10_000.0, 2023: 20_000.0}
    assert (report.first_year, report.last_year) == (2022, 2023)


@pytest.mark.parametrize(
    ("sheet", "title", "year", "expected"),
    [
        ("2021", "Выручка 2020, тыс. руб.", None, 2020),
        ("2021", "Выручка, тыс. руб.", 2019, 2019),
        ("2021–2022", "Выручка, тыс. руб.", None, date.today().year - 1),
        ("на 01.01.2020", "Выручка, тыс. руб.", None, date.today().year - 1),
        ("План 2090", "Выручка, тыс. руб.", None, date.today().year - 1),
    ],
)
def test_a_nearer_statement_of_the_year_counts_for_more_than_the_sheet(
    tmp_path: Path, store: Store, sheet: str, title: str, year: int | None, expected: int
) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    page.append(["ИНН", "ОКВЭД", title])
    page.append([AZOT, "20.15", 10])
    book.save(tmp_path / "год.xlsx")
    with store:
        import_file(store, tmp_path / "год.xlsx", year=year)
        with store.read() as reader:
            assert [each.year for each in reader.figures(AZOT)] == [expected]
