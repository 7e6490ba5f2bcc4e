"""Rows of a table with their line numbers, from CSV of any delimiter and from workbooks.

Cells are text, stripped; a blank row is no row. A row knows the line it begins on, so that a person finds it.
"""

from __future__ import annotations

import csv
import gzip
import io
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from matcher.intake.detect import Source, damaged, open_unpacked
from models.errors import UnreadableFile
from models.text import T

DELIMITERS = ",;\t|"
#: Lines looked at to choose the delimiter and to find the header.
HEAD_LINES = 30
MAX_COLUMNS = 2000
MAX_CELL = 100_000

#: Line number in the file (the row number in a workbook) and cells.
Row = tuple[int, list[str]]


def read_rows(source: Source) -> Iterator[Row]:
    """Yield the rows of a table that are not blank.

    Raises
    ------
    UnreadableFile
        If the file is no table, or breaks off in the middle.
    """
    rows = workbook_rows(source) if source.content == "xlsx" else csv_rows(source)
    for line, cells in rows:
        if any(cells):
            yield line, cells


def csv_rows(source: Source) -> Iterator[Row]:
    """Yield the rows of a CSV, a record over several lines under its first one."""
    try:
        with io.TextIOWrapper(
            open_unpacked(source.path, source.packed), encoding=source.encoding, newline=""
        ) as text:  # fmt: skip
            delimiter = sniff_delimiter(text.read(1 << 16))
            text.seek(0)
            reader = csv.reader(text, delimiter=delimiter)
            begin = 1
            for cells in reader:
                if len(cells) > MAX_COLUMNS:
                    raise csv.Error(f"more than {MAX_COLUMNS} columns")
                yield begin, [cell.strip() for cell in cells]
                begin = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(
            T("{path}, line {line}: {reason}", path=source.path, line=begin, reason=str(error)),
            T("look at that line: a quote may be missing"),
        ) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise damaged(source.path) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            T("{path} is not {encoding} throughout", path=source.path, encoding=source.encoding),
            T("save it as CSV in UTF-8"),
        ) from error


def sniff_delimiter(head: str) -> str:
    """Return the delimiter that cuts the first lines into the same, largest number of cells.

    >>> sniff_delimiter('inn;name\\n7736050003;"Газпром, ПАО"\\n')
    ';'
    """
    lines = head.splitlines()[:HEAD_LINES] if head.count("\n") <= HEAD_LINES else head.splitlines()[: HEAD_LINES]
    return max(DELIMITERS, key=lambda delimiter: (_agreement(lines, delimiter), -DELIMITERS.index(delimiter)))


def _agreement(lines: list[str], delimiter: str) -> int:
    """Return cells of the most frequent width above one, times the lines that have it."""
    widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=delimiter))
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def workbook_rows(source: Source) -> Iterator[Row]:
    """Yield the rows of the first sheet that is not empty."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles it drops; no value is lost
            book = load_workbook(source.path, read_only=True, data_only=True)
            try:
                for sheet in book.worksheets:
                    found = False
                    for line, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), start=1):
                        found = found or any(cell is not None for cell in cells)
                        yield line, [cell_text(cell) for cell in cells]
                    if found:
                        return
            finally:
                book.close()
    except (InvalidFileException, zipfile.BadZipFile, zlib.error, KeyError, ValueError, SyntaxError, OSError) as error:
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
