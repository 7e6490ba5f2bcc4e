"""The register goes out as tables: safe to open, whole or not at all, and read back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from matcher.intake.headers import column_title, read_title
from matcher.intake.run import import_file
from matcher.pipeline.register.export import export
from matcher.pipeline.workspace import Workspace
from matcher.report.files.export import LINK_COLUMNS
from matcher.report.files.sheets import CELL_CHARACTERS
from models.errors import StorageError, UsageError
from models.events import RunHeader
from models.records import COMPANY_FIELDS, FIGURE_NAMES, CompanyFacts, Figure, Link
from tests.conftest import settings_in

AZOT, STAVROLEN, ARNEST = "2631015563", "2624022320", "2631006752"
FORMULA = '=HYPERLINK("http://x.example";"click")'


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A register of three firms, one of them called what a spreadsheet would run, and one sale."""
    made = Workspace(settings_in(tmp_path))
    with made.store.begin() as unit:
        run = unit.record_run(RunHeader("t.csv", "plain_table", "0" * 64, "t.csv", "table"))
        figures = (Figure("revenue_rub", 2021, 5.0), Figure("revenue_rub", 2022, 0.1), Figure("profit_rub", 2022, -7.0))
        lists = {"licences": ("№ 77, до 2030", "№ 78"), "founders": (STAVROLEN, ARNEST)}
        unit.apply_facts(
            run,
            [
                CompanyFacts(AZOT, 2, {"name": FORMULA, "okved_main": "20.15", "offers": "@SUM(A1)", **lists}, figures),
                CompanyFacts(STAVROLEN, 3, {"name": "Ставролен", "okved_main": "20.16", "lat": -45.5}),
                CompanyFacts(ARNEST, 4, {"name": "Арнест", "okved_main": "64.19"}),
            ],
        )
        unit.apply_links(run, [Link(STAVROLEN, AZOT, 5, "20.16", 1.5, source="-1", text="+полипропилен")])
    return made


def rows(path: Path, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_title_is_read_back(lang) -> None:
    for name in ("inn", *COMPANY_FIELDS, *LINK_COLUMNS):
        column = read_title(0, column_title(name, lang))
        assert column is not None
        assert column.name == ("products_okpd2" if name == "okpd2" else name)
        assert column.factor == 1
    for name in FIGURE_NAMES:
        column = read_title(0, column_title(name, lang, 2022))
        assert column is not None
        assert (column.name, column.year, column.factor) == (name, 2022, 1)


def test_figures_stand_in_a_column_a_year_and_lists_in_one_cell(workspace: Workspace, tmp_path: Path) -> None:
    told = export(workspace, str(tmp_path / "out.csv"))
    assert told == {
        "file": str(tmp_path / "out.csv"), "links_file": str(tmp_path / "out.links.csv"), "companies": 3, "links": 1,
    }  # fmt: skip
    azot = next(row for row in rows(tmp_path / "out.csv", ",") if row["inn"] == AZOT)
    assert (azot["revenue_rub 2021"], azot["revenue_rub 2022"], azot["profit_rub 2022"]) == ("5", "0.1", "-7")
    assert azot["licences"] == "№ 77, до 2030; № 78"


def test_no_cell_of_csv_is_run_by_a_spreadsheet(workspace: Workspace, tmp_path: Path) -> None:
    export(workspace, str(tmp_path / "out.csv"))
    for path in (tmp_path / "out.csv", tmp_path / "out.links.csv"):
        for row in rows(path, ","):
            texts = [value for title, value in row.items() if not title.startswith(("lat", "profit"))]
            assert not any(text.startswith(("=", "+", "-", "@")) for text in texts)
    assert any(row["name"] == "'" + FORMULA for row in rows(tmp_path / "out.csv", ","))


def test_no_cell_of_a_workbook_is_a_formula_and_numbers_are_numbers(workspace: Workspace, tmp_path: Path) -> None:
    export(workspace, str(tmp_path / "out.xlsx"))
    book = load_workbook(tmp_path / "out.xlsx")
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {-45.5, 0.1, 1.5} <= {cell.value for cell in cells if cell.data_type == "n"}


def test_a_russian_file_is_what_a_russian_spreadsheet_expects(workspace: Workspace, tmp_path: Path) -> None:
    russian = Workspace(settings_in(tmp_path, "ru"))
    export(russian, str(tmp_path / "out.csv"))
    azot = next(row for row in rows(tmp_path / "out.csv", ";") if row["ИНН"] == AZOT)
    assert azot["Выручка, руб., 2022"] == "0,1"


def test_a_column_of_sources_is_no_column_of_facts(workspace: Workspace, tmp_path: Path) -> None:
    export(workspace, str(tmp_path / "out.csv"), sources=True)
    assert rows(tmp_path / "out.csv", ",")[0]["told by"] == "t.csv: name, okved_main, lat"
    report = import_file(workspace.store, tmp_path / "out.csv", lang="en")
    assert (report.format, report.ignored_columns) == ("zveno_export", ("told by",))
    assert report.tally.unchanged == 3


def test_an_export_changes_nothing_in_the_register_it_came_from(workspace: Workspace, tmp_path: Path) -> None:
    export(workspace, str(tmp_path / "out.xlsx"))
    tally = import_file(workspace.store, tmp_path / "out.xlsx").tally
    assert (tally.read, tally.unchanged, tally.links_unchanged) == (4, 4, 1)


def test_without_sales_no_file_of_sales_is_left(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "out.links.csv").write_text("of an earlier export", encoding="utf-8")
    with workspace.store.begin() as unit:
        unit.undo(1)
    assert export(workspace, str(tmp_path / "out.csv"))["links_file"] is None
    assert not (tmp_path / "out.links.csv").exists()


def test_what_cannot_be_written_leaves_what_was_there(workspace: Workspace, tmp_path: Path) -> None:
    old = tmp_path / "out.xlsx"
    old.write_text("before", encoding="utf-8")
    with workspace.store.begin() as unit:
        run = unit.record_run(RunHeader("u.csv", "plain_table", "1" * 64, "u.csv", "table"))
        unit.apply_facts(run, [CompanyFacts(AZOT, 2, {"needs": "x" * (CELL_CHARACTERS + 1)})])
    with pytest.raises(UsageError, match="a cell holds 32767 characters"):
        export(workspace, str(old))
    with pytest.raises(StorageError, match="cannot be written"):
        export(workspace, str(tmp_path / "missing" / "out.csv"))
    with pytest.raises(UsageError, match="neither CSV nor XLSX"):
        export(workspace, str(tmp_path / "out.pdf"))
    assert old.read_text(encoding="utf-8") == "before"
    assert not list(tmp_path.glob("*.part"))


def test_a_cluster_is_exported_alone(small_settings, tmp_path: Path) -> None:
    workspace = Workspace(small_settings)
    export(workspace, str(tmp_path / "chemical.csv"), "chemical")
    chemical = {row["inn"] for row in rows(tmp_path / "chemical.csv", ",")}
    assert {AZOT, STAVROLEN} <= chemical < {company.inn for company in workspace.store.companies()}
