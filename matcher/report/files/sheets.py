"""Tables written as files: workbooks and CSV, and the workbooks that people fill in.

Numbers are numbers and texts are texts: no value is taken for a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, islice
from pathlib import Path
from textwrap import wrap
from typing import Any

from matcher.intake.column_meanings import MEANINGS
from matcher.intake.fields import read_text
from matcher.intake.formats import review_answers
from matcher.intake.formats.corrections import COLUMNS, entries
from matcher.intake.formulas import guarded, number_text
from matcher.intake.headers import column_title
from matcher.intake.ods import SHEET_ROWS
from matcher.report.files.whole import written_whole
from models.errors import UsageError
from models.records import Quarantined
from models.text import Lang, T

#: Columns of a table of companies to be filled in, those that are required first.
TABLE = (
    "inn", "okved_main", "offers", "name", "needs", "products_okpd2", "okved_extra", "region_code", "city", "year",
    "revenue_rub", "workers", "website",
)  # fmt: skip
#: Columns of a questionnaire of members.
QUESTIONNAIRE = ("inn", "name", "offers", "needs", "equipment", "waste", "vacancies", "capacity")
#: Characters a column is wider than its longest text, and the widest it becomes; longer texts run over several lines.
#: Texts that have several lines anyway may be wider.
MARGIN, WIDEST, WIDEST_LINES = 4, 60, 100
#: Characters after which the title of a column goes on in a further line.
TITLE_WIDTH = 12
#: Rows by which the width of a column is told.
MEASURED = 200
_WIDTHS = {
    "error": 50, "value": 30, "correction": 30, "offers": 40, "needs": 40, "name": 40, "place": 30, "candidates": 90,
}  # fmt: skip
#: Most characters a cell of a workbook holds.
CELL_CHARACTERS = 32_767


@dataclass(frozen=True, slots=True)
class Number:
    """A number and how a workbook shows it."""

    value: float
    form: str = "General"


@dataclass(frozen=True, slots=True)
class Linked:
    """A text that leads to an address."""

    text: str
    address: str


#: A number is shown as it is, or in a form of its own; ``None`` is an empty cell.
Cell = str | float | Number | Linked | None


def number(value: float | None, form: str = "General") -> Cell:
    """Return a figure as a cell, an empty one where it is not known."""
    return None if value is None else Number(value, form)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be written: its name, the titles of its columns, and its rows, which are taken once, in a stream.

    With ``filters`` a workbook lets its reader sort and filter by every column; the first columns, ``still`` of them,
    stay in sight like the titles.
    """

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    filters: bool = False
    still: int = 0


def write_quarantine(path: Path, run: int, rejected: Iterable[Quarantined]) -> int:
    """Write what an import refused, with an empty column for corrections; return the number of rows."""
    rows = (row for refused in rejected for row in entries(run, refused))
    with written_whole(path) as draft:
        return write_workbook(draft, [Sheet("zveno", COLUMNS, rows)])[0]


def write_review(path: Path, rows: Sequence[Mapping[str, str]]) -> int:
    """Write what waits for a person, with an empty column for answers; return the number of rows."""
    table = [[row.get(name, "") for name in review_answers.COLUMNS] for row in rows]
    with written_whole(path) as draft:
        return write_workbook(draft, [Sheet("zveno", review_answers.COLUMNS, table)])[0]


def write_template(path: Path, columns: Sequence[str], lang: Lang) -> int:
    """Write an empty table to fill in, and a sheet that tells what its columns are; return the number of columns."""
    titles = [column_title(name, lang) for name in columns]
    meanings = [[title, MEANINGS[name].render(lang)] for name, title in zip(columns, titles, strict=True)]
    told = Sheet(T("columns").render(lang), [T("column").render(lang), T("what it is").render(lang)], meanings)
    with written_whole(path) as draft:
        write_workbook(draft, [Sheet(T("companies").render(lang), titles, []), told])
    return len(columns)


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> list[int]:
    """Write tables as the sheets of a workbook; return the number of rows of each.

    Raises
    ------
    UsageError
        If a table has more rows, or a text more characters, than a workbook holds.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book, counts = Workbook(write_only=True), []
    for table in sheets:
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = f"{get_column_letter(table.still + 1)}2"
        on_paper(sheet)
        rows = iter(table.rows)
        first = list(islice(rows, MEASURED))
        for index, width in enumerate(widths(table.titles, first), 1):
            sheet.column_dimensions[get_column_letter(index)].width = width
        try:
            counts.append(_fill(sheet, replace(table, rows=chain(first, rows))))
            if table.filters:
                sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.titles))}{counts[-1] + 1}"
        finally:
            sheet.close()
    book.save(path)
    return counts


def on_paper(sheet: Any) -> None:
    """Print a sheet across the page, as wide as it is, with its titles on every page."""
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def widths(titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[float]:
    """Return how wide each column is to be, in characters: as its first values and the words of its title need.

    >>> widths(["ИНН", "доводы"], [["2631015563", "а" * 500], ["2624022320", Number(1234567.0, "#,##0")]])
    [14.0, 60.0]
    """
    columns = [[*title_lines(title), *(row[at] for row in rows if at < len(row))] for at, title in enumerate(titles)]
    asked = (float(_WIDTHS.get(title, 0)) for title in titles)
    return [max(least, _width([*map(_shown, column)])) for least, column in zip(asked, columns, strict=True)]


def title_lines(title: str) -> list[str]:
    """Return the lines a title breaks into where its column is narrow.

    >>> title_lines("ожидается, рублей в год")
    ['ожидается,', 'рублей в год']
    """
    return wrap(title, TITLE_WIDTH, break_long_words=False)


def _width(texts: Sequence[str]) -> float:
    """Return how wide a column of texts is to be."""
    longest = max(len(line) for text in texts for line in text.split("\n"))
    return float(min(MARGIN + longest, WIDEST_LINES if any("\n" in text for text in texts) else WIDEST))


def _shown(value: Cell) -> str:
    """Return about what a workbook shows of a cell."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, Linked):
        return value.text
    if isinstance(value, Number):
        return f"{value.value:,.0f}" if "," in value.form else f"{value.value:.6g}"
    return f"{value:.10g}"


def _fill(sheet: Any, table: Sheet) -> int:
    """Write the titles and rows of a table; return the number of rows."""
    sheet.append([_title(sheet, title) for title in table.titles])
    count = 0
    for row in table.rows:
        count += 1
        if count == SHEET_ROWS:
            raise UsageError(T("a sheet holds {rows} rows at most", rows=SHEET_ROWS), _AS_CSV)
        cells = [_cell(sheet, value) for value in row]
        sheet.append([_laid(cell) for cell in cells] if table.filters else cells)
    return count


def _laid(cell: Any) -> Any:
    """Return a cell of a table that is read, not filled in: beside long texts all begin at the top."""
    from openpyxl.cell import Cell as BookCell

    if isinstance(cell, BookCell):
        cell.alignment = _wrapped()
    return cell


_AS_CSV = T("write CSV: --out FILE.csv")


def _title(sheet: Any, title: str) -> Any:
    """Return the title of a column."""
    from openpyxl.styles import Font

    cell = _cell(sheet, title)
    cell.font, cell.alignment = Font(bold=True), _wrapped()
    return cell


def _cell(sheet: Any, value: Cell) -> Any:
    """Return a cell of text, or of a number where a workbook keeps all of its digits."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, Number):
        shown = WriteOnlyCell(sheet, value=value.value)
        shown.number_format = value.form
        return shown
    if value is None:
        return None
    if isinstance(value, Linked):
        linked = _cell(sheet, value.text)
        linked.hyperlink, linked.style = value.address, "Hyperlink"
        return linked
    if not isinstance(value, str):
        if float(f"{value:.16g}") == value:
            return value
        value = number_text(value)
    text = "\n".join(map(read_text, value.split("\n")))
    if len(text) > CELL_CHARACTERS:
        raise UsageError(T("a cell holds {count} characters at most", count=CELL_CHARACTERS), _AS_CSV)
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.number_format = "@"
    if len(text) > WIDEST or "\n" in text:
        cell.alignment = _wrapped()
    return cell


@cache
def _wrapped() -> Any:
    """Return how a cell is laid out: over several lines where it is long, from the top."""
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


def write_csv(path: Path, sheet: Sheet, lang: Lang) -> int:
    """Write a table as CSV in UTF-8, as spreadsheets of the language expect it; return the number of rows.

    In Russian ``;`` parts the cells and numbers have a decimal comma.
    """
    delimiter, point = (";", ",") if lang == "ru" else (",", ".")
    rows = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow(sheet.titles)
        for row in sheet.rows:
            rows += 1
            writer.writerow(_written(value, point) for value in row)
    return rows


def _written(value: Cell, point: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, Linked):
        return guarded(value.text)
    return number_text(value.value if isinstance(value, Number) else value).replace(".", point)
