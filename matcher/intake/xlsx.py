"""Workbooks read by openpyxl in memory that does not grow with them: its texts lie on disk, its rows are forgotten.

An XLSX file keeps every different text once, in one list that cells point into. openpyxl reads the list into Python
strings, which for a million names of companies takes more memory than all else; here they lie in a temporary file
without a name, gone with the workbook, and only where each of them ends is kept in memory.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from tempfile import TemporaryFile
from typing import IO, Any, overload
from weakref import finalize
from zipfile import ZipFile

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from matcher.intake.documents import forget, xml_events


class Strings(Sequence[str]):
    """A list of texts that is read when the first of them is asked for: the names of sheets need none.

    Parameters
    ----------
    read
        Returns the texts, in order; called once, if at all.

    Examples
    --------
    >>> texts = Strings(lambda: iter(("соль", "", "сода")))
    >>> texts[0], texts[1], texts[2], len(texts)
    ('соль', '', 'сода', 3)
    """

    def __init__(self, read: Callable[[], Iterable[str]]) -> None:
        self._read = read
        self._ends = array("Q", [0])

    @cached_property
    def _file(self) -> IO[bytes]:
        """All texts, one after another."""
        file: IO[bytes] = TemporaryFile(prefix="zveno-")  # noqa: SIM115 -- closed when the list is forgotten
        finalize(self, file.close)
        for text in self._read():
            written = file.write(text.encode("utf-8", "surrogatepass"))
            self._ends.append(self._ends[-1] + written)
        file.flush()
        return file

    def __len__(self) -> int:
        return len(self._ends) - 1 if self._file else 0

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        file, ends = self._file, self._ends
        if not 0 <= at < len(ends) - 1:
            raise IndexError(at)
        return os.pread(file.fileno(), ends[at + 1] - ends[at], ends[at]).decode("utf-8", "surrogatepass")


class Sheet(ReadOnlyWorksheet):
    """A sheet that is not measured beforehand: where its size is not written, openpyxl walks through all of it."""

    def _get_size(self) -> None:
        pass


class FlatReader(ExcelReader):
    """Reads a workbook with its texts as :class:`Strings` and its sheets as :class:`Sheet`."""

    def read_strings(self) -> None:
        """Be ready to read the list of texts."""
        package: Any = self.package
        part = package.find(SHARED_STRINGS)
        if part is not None:
            texts: Any = Strings(partial(texts_of, self.archive, part.PartName[1:]))
            self.shared_strings = texts

    def read_worksheets(self) -> None:
        """Be ready to read the sheets; charts hold no rows."""
        book: Any = self.wb
        for written, relation in self.parser.find_sheets():
            if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                sheet: Any = Sheet(book, written.name, relation.target, self.shared_strings)
                sheet.sheet_state = written.state
                book._sheets.append(sheet)


def texts_of(archive: ZipFile, member: str) -> Iterator[str]:
    """Yield the texts of the list, each whole: of formatted ones the pieces together."""
    with archive.open(member) as stream:
        for _, element in xml_events(stream, ("end",), (f"{{{SHEET_MAIN_NS}}}si",)):
            text: Any = Text.from_tree(element)
            yield text.content.replace("x005F_", "")
            forget(element)


def sheet_values(book: Any, sheet: str) -> Iterator[tuple[int, list[Any]]]:
    """Yield the number and values of each row of a sheet that is written; a cell that is not has no value.

    openpyxl understands a row, but keeps an empty element of each; here a row is forgotten once it was read.
    """
    made = book[sheet]
    with made._get_source() as stream:
        parser: Any = WorkSheetParser(
            stream, made._shared_strings, data_only=True, epoch=book.epoch, date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        for _, element in xml_events(stream, ("end",), (ROW_TAG,)):
            number, cells = parser.parse_row(element)
            parser.row_dimensions.clear()
            forget(element)
            values: list[Any] = [None] * max((cell["column"] for cell in cells), default=0)
            for cell in cells:
                values[cell["column"] - 1] = cell["value"]
            yield number, values


def open_flat(file: Any) -> Any:
    """Return a workbook for reading values, row by row; ``file`` is open and stays so."""
    reader = FlatReader(file, read_only=True, data_only=True)
    reader.read()
    return reader.wb
