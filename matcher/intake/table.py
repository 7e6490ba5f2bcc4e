"""Rows of a table with their line numbers, from CSV of any delimiter and from the sheets of workbooks.

Cells are text, stripped; a blank row is no row. A row knows the line it begins on, so that a person finds it.
"""

from __future__ import annotations

import gzip
import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from matcher.intake import ods
from matcher.intake.delimited import HEAD_CHARACTERS, records, sniff_delimiter, why_broken
from matcher.intake.detect import Source, damaged
from matcher.intake.formulas import unguarded
from models.errors import UnreadableFile
from models.text import T

#: Rows looked at to find the header.
HEAD_ROWS = 30
MAX_COLUMNS = 2000

#: Line number in the file (the row number in a workbook) and cells.
Row = tuple[int, list[str]]
_Result = TypeVar("_Result")


def sheet_names(source: Source) -> tuple[str, ...]:
    """Return the names of a workbook's sheets, those that are hidden last; a text has one, without a name."""
    shown, hidden = shown_and_hidden(source)
    return (*shown, *hidden)


def shown_and_hidden(source: Source) -> tuple[list[str], list[str]]:
    """Return the names of a workbook's sheets that are shown, and of those that are hidden."""
    if source.content == "ods":
        return ods.sheet_names(source)
    if source.content != "xlsx":
        return [""], []
    with open_workbook(source) as book:
        shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return shown, [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]


def read_rows(source: Source, sheet: str = "") -> Generator[Row]:
    """Yield the rows of a table that are not blank.

    Raises
    ------
    UnreadableFile
        If the file is no table, or breaks off in the middle.
    """
    for line, cells in rows_as_they_stand(source, sheet):
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise UnreadableFile(
                T("{path}, line {line}: more than {count} columns", path=source.path, line=line, count=MAX_COLUMNS),
                T("import the table without the columns that are not needed"),
            )
        if cells:
            yield line, cells


def whole_rows(source: Source, sheet: str = "") -> Generator[Row]:
    """Yield the rows of a table that are not blank, where a line that is no record makes it unreadable.

    Raises
    ------
    UnreadableFile
        As from :func:`read_rows`, and at such a line.
    """
    for line, cells in read_rows(source, sheet):
        refuse_broken(source, [(line, cells)])
        yield line, cells


def refuse_broken(source: Source, rows: Iterable[Row]) -> None:
    """Raise at the first line that is no record."""
    for line, cells in rows:
        if why := why_broken(cells):
            raise UnreadableFile(
                T("{path}, line {line}: {reason}", path=source.path, line=line, reason=why),
                T("close the quote that is opened there, or double one that stands within a cell"),
            )


def rows_as_they_stand(source: Source, sheet: str) -> Iterator[Row]:
    """Return all rows of a table by the way its kind of file is read."""
    if source.content == "ods":
        return ((line, [cell_text(cell) for cell in cells]) for line, cells in ods.sheet_rows(source, sheet))
    return sheet_rows(source, sheet) if source.content == "xlsx" else csv_rows(source)


def csv_rows(source: Source) -> Iterator[Row]:
    """Yield the records of a CSV, one over several lines under its first; bytes that are no letter become U+FFFD.

    An apostrophe that keeps a text from being run as a formula is taken off.
    """
    try:
        with io.TextIOWrapper(source.open(), encoding=source.encoding, errors="replace", newline="") as text:
            delimiter = sniff_delimiter(text.read(HEAD_CHARACTERS))
            text.seek(0)
            for line, cells in records(text, delimiter):
                cells[:] = [unguarded(cell.strip()) for cell in cells]
                yield line, cells
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise damaged(source.path) from error


def sheet_rows(source: Source, sheet: str) -> Iterator[Row]:
    """Yield the rows of an XLSX sheet."""
    from matcher.intake.xlsx import sheet_values

    with open_workbook(source) as book:
        rows = sheet_values(book, sheet)
        while (row := quietly(lambda: next(rows, None))) is not None and row[0] <= ods.SHEET_ROWS:
            yield row[0], [cell_text(cell) for cell in row[1]]


def quietly(do: Callable[[], _Result]) -> _Result:
    """Do something with openpyxl, which warns of styles and dates it drops; no value is lost."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return do()


@contextmanager
def open_workbook(source: Source) -> Iterator[Any]:
    """Open a workbook for reading values, row by row.

    Raises
    ------
    UnreadableFile
        If it is damaged.
    """
    from openpyxl.utils.exceptions import InvalidFileException

    from matcher.intake.xlsx import open_flat

    try:
        with source.open_packed() as file:  # by its name it would be refused for a suffix
            book = quietly(lambda: open_flat(file))
            try:
                yield book
            finally:
                book.close()
    except (InvalidFileException, zipfile.BadZipFile, zlib.error, KeyError, ValueError, SyntaxError, EOFError) as error:
        raise damaged(source.path) from error


def cell_text(value: Any) -> str:
    """Return a cell of a workbook as a person reads it: whole numbers without a point, dates as ISO.

    >>> [cell_text(v) for v in (7736050003.0, 0.5, None, date(2016, 12, 31), " a ")]
    ['7736050003', '0.5', '', '2016-12-31', 'a']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
