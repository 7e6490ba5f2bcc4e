"""What an import refused goes out as a workbook and comes back corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from matcher.intake.run import import_file
from matcher.report.sheets import QUESTIONNAIRE, TABLE, write_quarantine, write_template
from models.store import Store
from models.text import Lang
from tests.integration.store_databases import url_in

BAD = "inn;okved_main;name;status;revenue_rub;year\n2631015563;20.30;ООО Краски;=1+1;-5;2023\n123;20.30;Без ИНН;;;\n"


def test_a_corrected_field_comes_back(tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_text(BAD, encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        first = import_file(store, table)
        assert first.run is not None
        sheet = tmp_path / "back.xlsx"
        assert write_quarantine(sheet, store.quarantine(first.run)) == 3
        book = load_workbook(sheet)
        rows = book.active
        assert rows is not None
        right = {"status": "действующее", "revenue_rub": "7000", "inn": "2631015563"}
        for cells in rows.iter_rows(min_row=2):
            assert cells[3].data_type != "f"
            name = str(cells[2].value)
            cells[5].value, cells[6].value = ("2023" if name == "revenue_rub" else None), right[name]
        book.save(sheet)
        second = import_file(store, sheet)
        assert (second.format, second.tally.changed, second.tally.refused) == ("corrections", 2, 1)
        company = store.company("2631015563")
        assert (company.status, company.revenue_rub, company.revenue_year) == ("active", 7000.0, 2023)


def test_an_uncorrected_sheet_changes_nothing(tmp_path: Path) -> None:
    table = tmp_path / "firms.csv"
    table.write_text(BAD, encoding="utf-8")
    with Store.open(url_in(tmp_path)) as store:
        first = import_file(store, table)
        assert first.run is not None
        write_quarantine(tmp_path / "back.xlsx", store.quarantine(first.run))
        before = store.company("2631015563")
        report = import_file(store, tmp_path / "back.xlsx")
        assert report.tally.skipped == report.tally.read == 3
        assert store.company("2631015563") == before


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_template_filled_in_is_a_table_of_companies(tmp_path: Path, lang: Lang) -> None:
    assert write_template(tmp_path / "t.xlsx", TABLE, lang) == len(TABLE)
    assert filled(tmp_path / "t.xlsx", ["7736050003", "46.71", "газ"]) == ("plain_table", 1)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_questionnaire_filled_in_is_one(tmp_path: Path, lang: Lang) -> None:
    write_template(tmp_path / "t.xlsx", QUESTIONNAIRE, lang)
    assert filled(tmp_path / "t.xlsx", ["7736050003", "Газпром", "", "", "печь", "шлак"]) == ("questionnaire", 1)


def filled(path: Path, cells: list[str]) -> tuple[str, int]:
    """Fill in the first row, import it, and return the format and the number of companies added."""
    book = load_workbook(path)
    book.worksheets[0].append(cells)
    book.save(path)
    with Store.open(url_in(path.parent)) as store:
        report = import_file(store, path)
        assert (report.ignored_columns, report.tally.quarantined) == ((), 0)
        return report.format, report.tally.added
