"""Workbooks: texts that lie on disk, sheets of unwritten size, rows and cells that are not written."""

from __future__ import annotations

import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from matcher.intake.detect import probe
from matcher.intake.table import read_rows, sheet_names
from matcher.intake.xlsx import Strings

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(path: Path) -> Workbook:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["inn", "name", "founded", "revenue"])
    sheet.append(["7736050003", CellRichText("ООО ", TextBlock(InlineFont(b=True), "Соль")), date(2016, 12, 31), 1.5])
    sheet.cell(5, 3, "далеко")
    made.create_sheet("hidden").sheet_state = "hidden"
    made.create_chartsheet("chart")
    made.save(path)
    return made


def without_size(path: Path) -> None:
    """Take away what says how large the sheets are, as some programs do not write it."""
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    begin = sheet.index(b"<dimension")
    members["xl/worksheets/sheet1.xml"] = sheet[:begin] + sheet[sheet.index(b">", begin) + 1 :]
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data)


@pytest.mark.parametrize("sized", [True, False])
def test_rows_have_their_numbers_and_cells_their_places(tmp_path: Path, sized: bool) -> None:
    path = tmp_path / "a.xlsx"
    book(path)
    if not sized:
        without_size(path)
    source = probe(path)
    assert sheet_names(source) == ("Sheet", "hidden")
    assert list(read_rows(source, "Sheet")) == [
        (1, ["inn", "name", "founded", "revenue"]),
        (2, ["7736050003", "ООО Соль", "2016-12-31", "1.5"]),
        (5, ["", "", "далеко"]),
    ]


def test_texts_are_read_once_and_only_when_asked_for() -> None:
    times = []

    def read() -> list[str]:
        times.append(1)
        return ["соль", "", "\ud800", "сода"]

    texts = Strings(read)
    assert times == []
    assert [texts[at] for at in (3, 2, 1, 0)] == ["сода", "\ud800", "", "соль"]
    assert (list(texts), texts[1:3], len(texts), times) == (["соль", "", "\ud800", "сода"], ["", "\ud800"], 4, [1])
    with pytest.raises(IndexError):
        texts[4]


def test_a_hundred_thousand_texts_take_little_memory() -> None:
    tracemalloc.start()
    texts = Strings(lambda: (f"Общество с ограниченной ответственностью «Фирма {at}»" for at in range(100_000)))
    assert texts[99_999].endswith("99999»")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000
