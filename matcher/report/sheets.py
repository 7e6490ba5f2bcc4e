"""Workbooks: quarantine, rows without INN and the template of a table, for people to fill in; tables of answers."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matcher.intake.fields import read_text
from matcher.intake.formats import review_answers
from matcher.intake.formats.corrections import COLUMNS
from models.errors import StorageError
from models.records import Quarantined
from models.text import T

if TYPE_CHECKING:
    from openpyxl import Workbook

#: Columns of the template of a table of companies, those that are required first.
TEMPLATE = (
    "inn", "okved_main", "offers", "name", "needs", "products_okpd2", "okved_extra", "region_code", "city", "year",
    "revenue_rub", "workers", "website",
)  # fmt: skip
_WIDTHS = {
    "error": 50, "value": 30, "correction": 30, "offers": 40, "needs": 40, "name": 40, "place": 30, "candidates": 90,
}  # fmt: skip


def write_quarantine(path: Path, rejected: Iterable[Quarantined]) -> int:
    """Write what an import refused, with an empty column for corrections; return the number of rows."""
    rows = [[str(q.line), q.inn or "", q.field, q.value, q.error, "", ""] for q in rejected]
    write_sheet(path, COLUMNS, rows)
    return len(rows)


def write_review(path: Path, rows: Sequence[Mapping[str, str]]) -> int:
    """Write what waits for a person, with an empty column for answers; return the number of rows."""
    write_sheet(path, review_answers.COLUMNS, [[row.get(name, "") for name in review_answers.COLUMNS] for row in rows])
    return len(rows)


def write_template(path: Path) -> int:
    """Write an empty table of companies; return the number of its columns."""
    write_sheet(path, TEMPLATE, [])
    return len(TEMPLATE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a workbook and how it is shown there."""

    value: float
    form: str = "General"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, titles, and rows of texts, numbers and empty cells."""

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[str | Number | None]]


def write_sheet(path: Path, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table as a workbook in which every cell is text; see :func:`write_book`."""
    write_book(path, [Sheet("zveno", titles, rows)])


def write_book(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write tables as a workbook, a sheet each; text stays text, so that no value is taken for a formula.

    The file is there whole or not at all.

    Raises
    ------
    StorageError
        If it cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _fill(book, sheet)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".xlsx")
        os.close(handle)
        book.save(name)
        Path(name).replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(
            T("{path} cannot be written: {reason}", path=path, reason=reason), T("choose another place with --out")
        ) from error


def _fill(book: Workbook, table: Sheet) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    for index, title in enumerate(table.titles, 1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(title, 16)
    for row in (table.titles, *table.rows):
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: str | Number | None) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, Number):
        cell = WriteOnlyCell(sheet, value=value.value)
        cell.number_format = value.form
        return cell
    cell = WriteOnlyCell(sheet, value=read_text(value or ""))
    cell.data_type, cell.number_format = "s", "@"
    return cell
