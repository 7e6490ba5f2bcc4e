"""Workbooks written for people to fill in: the quarantine of an import, rows without INN, the template of a table."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from matcher.intake.fields import read_text
from matcher.intake.formats import review_answers
from matcher.intake.formats.corrections import COLUMNS
from models.errors import StorageError
from models.records import Quarantined
from models.text import T

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


def write_sheet(path: Path, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table as a workbook in which every cell is text, so that no value is taken for a formula.

    The file is there whole or not at all.

    Raises
    ------
    StorageError
        If it cannot be written.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("zveno")
    sheet.freeze_panes = "A2"
    for index, title in enumerate(titles, 1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(title, 16)
    for row in (titles, *rows):
        cells = [WriteOnlyCell(sheet, value=read_text(value)) for value in row]
        for cell in cells:
            cell.data_type = "s"
            cell.number_format = "@"
        sheet.append(cells)
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
