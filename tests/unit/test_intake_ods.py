"""OpenDocument spreadsheets are read as workbooks are: the same cells, the same header, the same refusals."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from matcher.intake.detect import probe
from matcher.intake.ods import MAX_REPEATED_CELLS, SHEET_ROWS
from matcher.intake.registry import choose, take_sample
from matcher.intake.run import import_file
from matcher.intake.table import read_rows, sheet_names
from matcher.pipeline.chain.reconcile import read_table
from models.errors import UnreadableFile
from models.store import Store

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(f'xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "table", "text", "style"))
STYLES = (
    '<office:automatic-styles><style:style style:name="ta1" style:family="table">'
    '<style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles>"
)
TITLES = ("ИНН", "Наименование", "ОКВЭД", "Выручка, тыс. руб.")
GAZPROM = (
    '<table:table-cell office:value-type="float" office:value="7736050003"><text:p>8E+9</text:p></table:table-cell>'
)


def text(value: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{value}</text:p></table:table-cell>'


def row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def sheet(*rows: str, name: str = "Лист1", style: str = "ta1") -> str:
    named = f'table:name="{name}" table:style-name="{style}"'
    return f"<table:table {named}><table:table-column/>{''.join(rows)}</table:table>"


def ods(path: Path, *sheets: str, before: str = "", manifest: str = "<m/>", content: str | None = None) -> Path:
    body = f"<office:body><office:spreadsheet>{before}{''.join(sheets)}</office:spreadsheet></office:body>"
    document = f"<office:document-content {NAMESPACES}>{STYLES}{body}</office:document-content>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), TYPE)
        archive.writestr(
            "content.xml", '<?xml version="1.0" encoding="UTF-8"?>' + document if content is None else content
        )
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def rows_of(path: Path, name: str = "Лист1") -> list[tuple[int, list[str]]]:
    return list(read_rows(probe(path), name))


HEADER = row(*map(text, TITLES))
CELLS = [
    (GAZPROM, "7736050003", "the exact value, not how it is shown"),
    ('<table:table-cell office:value-type="float" office:value="0.1"/>', "0.1", "a fraction"),
    ('<table:table-cell office:value-type="float" office:value="1.5E+3"/>', "1500", "whole, written with an exponent"),
    ('<table:table-cell office:value-type="percentage" office:value="0.25"/>', "0.25", "a share"),
    ('<table:table-cell office:value-type="currency" office:value="12.5"/>', "12.5", "an amount"),
    (
        '<table:table-cell office:value-type="date" office:date-value="2018-12-31T10:00:00"><text:p>31.12</text:p>'
        "</table:table-cell>",
        "2018-12-31",
        "a date as ISO",
    ),
    ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', "1", "as in XLSX"),
    (
        '<table:table-cell office:value-type="time" office:time-value="PT9H"><text:p>12:00</text:p></table:table-cell>',
        "12:00",
        "a time as shown",
    ),
    (text('ООО<text:s text:c="2"/>Ромашка<text:span> и<text:s/>Ко</text:span>'), "ООО  Ромашка и Ко", "marked spaces"),
    (text("а<text:line-break/>б<text:tab/>в"), "а\nб\tв", "marks"),
    (text("первый</text:p><text:p>второй"), "первый\nвторой", "paragraphs"),
    (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>проверить</text:p></office:annotation>'
        "<text:p>ООО</text:p></table:table-cell>",
        "ООО",
        "a comment is not of the cell",
    ),
    (
        '<table:table-cell table:formula="of:=[.A1]" office:value-type="float" office:value="5"/>',
        "5",
        "the last result of a formula",
    ),
    (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="">'
        "<text:p>#DIV/0!</text:p></table:table-cell>",
        "#DIV/0!",
        "an error as XLSX has it",
    ),
    (text('a<text:s text:c="999999999"/>b'), "a" + " " * 1024 + "b", "no bomb of spaces"),
    ('<table:table-cell office:value-type="float" office:value="many"/>', "many", "no number: a person must see it"),
]


@pytest.mark.parametrize(("cell", "expected", "why"), CELLS, ids=[why for _, _, why in CELLS])
def test_a_cell_is_its_value(tmp_path: Path, cell: str, expected: str, why: str) -> None:
    assert rows_of(ods(tmp_path / "t.ods", sheet(row(cell)))) == [(1, [expected])], why


def test_repeated_and_covered_cells_keep_the_columns_in_place(tmp_path: Path) -> None:
    covered = '<table:covered-table-cell office:value-type="string"><text:p>под ней</text:p></table:covered-table-cell>'
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    cells = row(
        text("a", ' table:number-columns-spanned="2"'), covered, blank, text("b", ' table:number-columns-repeated="2"')
    )
    assert rows_of(ods(tmp_path / "t.ods", sheet(cells))) == [(1, ["a", "", "", "", "b", "b"])]


def test_rows_have_the_numbers_a_person_sees(tmp_path: Path) -> None:
    group = f"<table:table-header-rows>{row(text('a'))}</table:table-header-rows><table:table-row-group>{row(times=7)}"
    path = ods(tmp_path / "t.ods", sheet(group, row(text("b"), times=2), "</table:table-row-group>", row(text("c"))))
    assert rows_of(path) == [(1, ["a"]), (9, ["b"]), (10, ["b"]), (11, ["c"])]


def test_an_empty_tail_costs_nothing(tmp_path: Path) -> None:
    tail = row('<table:table-cell table:number-columns-repeated="16384"/>', times=SHEET_ROWS - 1)
    path = ods(
        tmp_path / "t.ods", sheet(row(text("a"), '<table:table-cell table:number-columns-repeated="16383"/>'), tail)
    )
    began = time.perf_counter()
    assert rows_of(path) == [(1, ["a"])]
    assert time.perf_counter() - began < 1


def test_rows_repeated_beyond_reason_are_refused(tmp_path: Path) -> None:
    wide = text("x", ' table:number-columns-repeated="2000"')
    path = ods(tmp_path / "t.ods", sheet(row(wide, times=MAX_REPEATED_CELLS // 2000 + 2)))
    with pytest.raises(UnreadableFile, match="repeats equal rows"):
        rows_of(path)


def test_a_sheet_wider_than_any_table_is_refused(tmp_path: Path) -> None:
    path = ods(tmp_path / "t.ods", sheet(row('<table:table-cell table:number-columns-repeated="2500"/>', text("x"))))
    with pytest.raises(UnreadableFile, match="more than 2000 columns"):
        rows_of(path)


def test_the_sheet_understood_best_is_read_and_of_equal_ones_one_that_is_shown(tmp_path: Path) -> None:
    table = (HEADER, row(GAZPROM, text("Газпром"), text("46.71"), text("1")))
    path = ods(
        tmp_path / "named.bin",
        sheet(*table, name="Скрытый", style="ta2"),
        sheet(row(text("Титул")), name="Титул"),
        sheet(*table, name="Данные"),
    )
    assert sheet_names(probe(path)) == ("Титул", "Данные", "Скрытый")
    sample = take_sample(probe(path))
    assert (sample.sheet, choose(sample)) == ("Данные", "plain_table")
    assert list(sample.body()) == [(2, ["7736050003", "Газпром", "46.71", "1"])]


def test_hidden_sheets_of_xlsx_come_last_too(tmp_path: Path) -> None:
    book = Workbook()
    book.active.sheet_state = "hidden"
    book.create_sheet("Данные").append(["ИНН"])
    book.save(tmp_path / "t.xlsx")
    assert sheet_names(probe(tmp_path / "t.xlsx")) == ("Данные", "Sheet")


def test_tables_that_are_no_sheets_are_not_read(tmp_path: Path) -> None:
    tracked = "<table:tracked-changes><table:cell-content-change><table:previous><table:table-cell/></table:previous>"
    linked = f"<table:dde-links><table:dde-link>{sheet(row(text('связь')))}</table:dde-link></table:dde-links>"
    inner = f"<table:table-cell>{sheet(row(text('внутри')), name='Внутри')}</table:table-cell>"
    before = f"{tracked}</table:cell-content-change></table:tracked-changes>{linked}"
    path = ods(tmp_path / "t.ods", sheet(row(text("a"), inner, text("b"))), before=before)
    assert sheet_names(probe(path)) == ("Лист1",)
    assert rows_of(path) == [(1, ["a", "", "b"])]


def test_an_import_takes_firms_from_it(tmp_path: Path) -> None:
    table = sheet(row(text("Список участников")), HEADER, row(GAZPROM, text("Газпром"), text("46.71"), text("1 500")))
    with Store.open(f"sqlite:///{tmp_path / 'zveno.db'}") as store:
        report = import_file(store, ods(tmp_path / "t.ods", table), year=2018)
        assert (report.format, report.tally.added) == ("plain_table", 1)
        assert [figure.value for _, figure in store.all_figures("revenue_rub")] == [1.5e6]


DECLARED = f'<!DOCTYPE a [<!ENTITY b "c">]><office:document-content {NAMESPACES}>{sheet(row(text("&b;")))}'


@pytest.mark.parametrize(
    ("content", "manifest", "message"),
    [
        ("<office:document", "<m/>", "cut off or damaged"),
        (DECLARED + "</office:document-content>", "<m/>", "document type declaration"),
        ("\x00\x01garbage", '<manifest:encryption-data manifest:checksum="x"/>', "locked by a password"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, content: str, manifest: str, message: str) -> None:
    path = ods(tmp_path / "t.ods", content=content, manifest=manifest)
    with pytest.raises(UnreadableFile, match=message):
        take_sample(probe(path))


def test_one_that_swells_beyond_reason_is_refused_unread(tmp_path: Path) -> None:
    path = ods(tmp_path / "t.ods", content=" " * (80 << 20))
    with pytest.raises(UnreadableFile, match="suspiciously much"):
        probe(path)


def test_a_text_document_is_no_spreadsheet(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.odt", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<a/>")
    assert probe(tmp_path / "t.odt").content == "zip"


def test_a_published_table_may_be_a_workbook_of_either_kind(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["stage", "segment"])
    book.active.append(["supply", "gas"])
    book.save(tmp_path / "t.xlsx")
    cells = [row(text("stage"), text("segment")), row(text("supply"), text("gas"))]
    found = [read_table(tmp_path / "t.xlsx"), read_table(ods(tmp_path / "t.ods", sheet(*cells)))]
    assert [table.rows for table in found] == [((2, {"stage": "supply", "segment": "gas"}),)] * 2
