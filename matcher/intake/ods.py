"""Sheets of an OpenDocument spreadsheet (ODS), row by row: what openpyxl is for XLSX.

The rows stand one after another in ``content.xml``, which is read as a stream. A spreadsheet program writes a run of
equal cells or rows once, with the number of times; empty runs to the end of the sheet cost nothing here.

References
----------
OASIS, Open Document Format for Office Applications 1.3, part 3: 9.1 (tables), 19.385-19.390 (values), 19.675-19.677
(repetition).
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from datetime import date
from typing import IO

from lxml import etree

from matcher.intake.detect import Source, damaged
from matcher.intake.documents import check_entry, forget, local_name, unfit, xml_events
from models.errors import UnreadableFile
from models.text import T

#: What a cell holds.
Value = str | int | float | bool | date | None

#: Rows and columns a sheet can have.
SHEET_ROWS = 1 << 20
SHEET_COLUMNS = 1 << 14
#: Cells that repeated rows may come to; a file of a few bytes could claim billions.
MAX_REPEATED_CELLS = 1 << 24
#: Spaces that one mark for spaces may stand for.
MAX_SPACES = 1 << 10
#: Bytes of the package's manifest that are searched for a password.
MANIFEST_BYTES = 1 << 20

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _TEXT, _STYLE = (f"{{{_ODF}{name}:1.0}}" for name in ("office", "table", "text", "style"))
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_NUMBERS = frozenset({"float", "percentage", "currency"})
#: Marks inside a paragraph that stand for characters.
_MARKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
#: Parts of a paragraph that are remarks about it.
_REMARKS = frozenset({f"{_OFFICE}annotation", f"{_TEXT}note"})


def sheet_names(source: Source) -> tuple[list[str], list[str]]:
    """Return the names of the sheets that are shown, and of those that are hidden.

    Raises
    ------
    UnreadableFile
        If the file is damaged or locked by a password.
    """
    hidden_styles: set[str] = set()
    shown: list[str] = []
    hidden: list[str] = []
    with closing(elements(source, f"{_STYLE}table-properties", f"{_TABLE}table", f"{_TABLE}table-row")) as found:
        for event, element in found:
            if event == "end":
                forget(element)
            elif element.tag == f"{_STYLE}table-properties" and element.get(f"{_TABLE}display") == "false":
                hidden_styles.add(style_name(element))
            elif is_sheet(element):
                style = element.get(f"{_TABLE}style-name", "")
                (hidden if style in hidden_styles else shown).append(element.get(f"{_TABLE}name", ""))
    return shown, hidden


def style_name(properties: etree._Element) -> str:
    """Return the name of the style that properties belong to."""
    style = properties.getparent()
    return "" if style is None else style.get(f"{_STYLE}name", "")


def is_sheet(element: etree._Element) -> bool:
    """Return whether an element is a sheet: not a table in a cell, in a tracked change or in a link."""
    parent = element.getparent()
    return element.tag == f"{_TABLE}table" and parent is not None and parent.tag == f"{_OFFICE}spreadsheet"


def sheet_rows(source: Source, sheet: str) -> Generator[tuple[int, list[Value]]]:
    """Yield the number and cells of each row of a sheet that is not blank.

    Raises
    ------
    UnreadableFile
        If the file is damaged, locked by a password, or repeats rows beyond reason.
    """
    line, repeated_cells, inside = 1, 0, False
    with closing(elements(source, f"{_TABLE}table", f"{_TABLE}table-row")) as found:
        for event, element in found:
            if is_sheet(element):
                if inside:
                    return
                inside = event == "start" and element.get(f"{_TABLE}name", "") == sheet
            elif event == "end" and element.tag == f"{_TABLE}table-row" and not in_cell(element):
                if inside:
                    times = min(repetition(element, "rows"), SHEET_ROWS + 1 - line)
                    cells = row_values(element)
                    repeated_cells += (times - 1) * len(cells)
                    if repeated_cells > MAX_REPEATED_CELLS:
                        raise repeats_too_much(source)
                    if cells:
                        yield from ((number, cells) for number in range(line, line + times))
                    line += times
                forget(element)


def in_cell(row: etree._Element) -> bool:
    """Return whether a row belongs to a table inside a cell."""
    return any(parent.tag in _CELLS for parent in row.iterancestors())


def elements(source: Source, *tags: str) -> Generator[tuple[str, etree._Element]]:
    """Yield the starts and ends of the elements of ``content.xml`` that have one of the tags.

    Raises
    ------
    UnreadableFile
        If the file is damaged, locked by a password, or declares a document type.
    """
    with open_content(source) as stream:
        first = True
        for event, element in xml_events(stream, ("start", "end"), tags):
            if first and (wrong := unfit(element, "")):
                raise UnreadableFile(
                    T("{path}: {why}", path=source.path, why=wrong), T("save it anew with a spreadsheet program")
                )
            first = False
            yield event, element


@contextmanager
def open_content(source: Source) -> Iterator[IO[bytes]]:
    """Open ``content.xml`` of a spreadsheet.

    Raises
    ------
    UnreadableFile
        If the file is damaged or locked by a password.
    """
    try:
        with source.open_packed() as file, zipfile.ZipFile(file) as archive:
            refuse_locked(source, archive)
            entry = archive.getinfo("content.xml")
            check_entry(source, entry)
            with archive.open(entry) as stream:
                yield stream
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, KeyError, NotImplementedError) as error:
        raise damaged(source.path) from error


def refuse_locked(source: Source, archive: zipfile.ZipFile) -> None:
    """Raise for a spreadsheet saved with a password: its manifest says how each member is encrypted."""
    entry = next((each for each in archive.infolist() if each.filename == "META-INF/manifest.xml"), None)
    if entry is None:
        return
    check_entry(source, entry)
    with archive.open(entry) as manifest:
        if b"encryption-data" in manifest.read(MANIFEST_BYTES):
            raise UnreadableFile(
                T("{path} is locked by a password", path=source.path), T("save it without a password and import that")
            )


def repeats_too_much(source: Source) -> UnreadableFile:
    """Return the error of a spreadsheet whose equal rows come to more cells than any table has."""
    return UnreadableFile(
        T("{path} repeats equal rows more often than any table would", path=source.path),
        T("delete the filled rows below the table and save it anew"),
    )


def row_values(row: etree._Element) -> list[Value]:
    """Return the cells of a row without the blank ones at its end; cells under a merged one are blank."""
    runs: list[tuple[Value, int]] = []
    for cell in row.iterchildren(*_CELLS):
        value = cell_value(cell) if cell.tag == _CELLS[0] else None
        runs.append((value, repetition(cell, "columns")))
    while runs and runs[-1][0] in (None, ""):
        runs.pop()
    cells: list[Value] = []
    for value, times in runs:
        cells += [value] * min(times, SHEET_COLUMNS - len(cells))
    return cells


def repetition(element: etree._Element, of: str) -> int:
    """Return how many times a row or cell stands in a sheet, once if what is said is no number."""
    return counted(element.get(f"{_TABLE}number-{of}-repeated", "1"))


def counted(text: str) -> int:
    """Return a number of times, 1 for what is none.

    >>> counted("1048576"), counted("0"), counted("many")
    (1048576, 1, 1)
    """
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def cell_value(cell: etree._Element) -> Value:
    """Return what a cell holds: its value where it has one, else its paragraphs; of a formula, the last result."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind in _NUMBERS:
        return number(cell.get(f"{_OFFICE}value", ""))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        return day(cell.get(f"{_OFFICE}date-value", ""))
    return cell.get(f"{_OFFICE}string-value") or "\n".join(map(paragraph, cell.iterchildren(f"{_TEXT}p")))


def number(text: str) -> int | float | str:
    """Return a number as exactly as it is written; what is no number stays text.

    >>> number("7736050003"), number("0.1"), number("1.5E3"), number("—")
    (7736050003, 0.1, 1500.0, '—')
    """
    try:
        return int(text) if len(text) < 20 and "_" not in text else float(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def day(text: str) -> date | str:
    """Return a date, of a time with its date the date; what is no date stays text.

    >>> day("2018-12-31T10:00:00"), day("1.1.18")
    (datetime.date(2018, 12, 31), '1.1.18')
    """
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text


def paragraph(element: etree._Element) -> str:
    """Return the text of a paragraph; marks for spaces, tabs and line ends are what they stand for, remarks nothing."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            pieces.append(" " * min(counted(child.get(f"{_TEXT}c", "1")), MAX_SPACES))
        elif child.tag not in _REMARKS and local_name(child.tag):
            pieces.append(_MARKS.get(str(child.tag)) or paragraph(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
