"""Companies as documents, one a line, and the same lines as a table that the ordinary import reads."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import orjson

from matcher.intake.formats.zveno_export import COLUMNS, SEPARATOR
from matcher.intake.headers import column_title
from matcher.pipeline.places import region_row
from matcher.pipeline.register.export import chooser
from matcher.pipeline.workspace import Workspace
from matcher.report.files.export import PAGE
from matcher.report.frame import Document
from models.errors import DataError
from models.reader import batches
from models.records import FIGURE_NAMES
from models.text import T

#: Longest line that is read, bytes.
LONGEST_LINE = 1 << 20
_FIGURE = re.compile(rf"({'|'.join(FIGURE_NAMES)}) (\d{{4}})")


def company_documents(workspace: Workspace, cluster: str | None, region: str | None) -> Iterator[Document]:
    """Return what is known of each company of a cluster and a region: its fields, and its figures named with a year.

    Raises
    ------
    UsageError
        If there is no such cluster or region.
    """
    region_row(workspace, region)
    return _documents(workspace, chooser(workspace, cluster), region)


def _documents(workspace: Workspace, chosen: Callable[[str], bool], region: str | None) -> Iterator[Document]:
    with workspace.store.read() as reader:
        in_region = (each for each in reader.companies() if region in (None, each.region_code))
        for batch in batches((each for each in in_region if chosen(each.inn)), PAGE):
            figures = reader.figures_by_inn(company.inn for company in batch)
            for company in batch:
                known = {name: value for name in COLUMNS if (value := getattr(company, name)) not in (None, "", ())}
                yield known | {f"{each.name} {each.year}": each.value for each in figures.get(company.inn, ())}


def write_table(lines: Iterable[bytes], path: Path) -> int:
    """Write documents, one a line, as a table; return how many there are.

    Raises
    ------
    DataError
        If a line is no document of texts, numbers and lists of texts; nothing is written then.
    """
    names: dict[str, None] = {}
    with TemporaryFile() as kept:
        count = 0
        for number, line in enumerate(lines, start=1):
            if line.strip():
                names |= dict.fromkeys(read_line(number, line))
                kept.write(line.rstrip(b"\r\n") + b"\n")
                count += 1
        kept.seek(0)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(title_of(name) for name in names)
            for line in kept:
                document = orjson.loads(line)
                writer.writerow(cell_of(document.get(name)) for name in names)
    return count


def read_line(number: int, line: bytes) -> Document:
    """Return the document of a line.

    Raises
    ------
    DataError
        If it is none, or holds what is no cell of a table.
    """
    try:
        document = orjson.loads(line) if len(line) <= LONGEST_LINE else None
    except orjson.JSONDecodeError:
        document = None
    if not isinstance(document, dict) or not all(map(is_cell, document.values())):
        raise DataError(
            T("line {line} is no JSON object of texts, numbers and lists of texts", line=number),
            T("write one company a line, as the export does"),
        )
    return document


def is_cell(value: Any) -> bool:
    """Return whether a value can stand in a table."""
    simple = value is None or isinstance(value, str | int | float)
    return simple or (isinstance(value, list) and all(isinstance(each, str) for each in value))


def cell_of(value: Any) -> str:
    """Return a value as the cell of a table.

    >>> cell_of(["20.15", "20.13"]), cell_of(None), cell_of(2.5)
    ('20.15; 20.13', '', '2.5')
    """
    if value is None:
        return ""
    return SEPARATOR.join(value) if isinstance(value, list) else str(value)


def title_of(name: str) -> str:
    """Return the title of a column as an export of the register writes it; another name is a title itself."""
    if figure := _FIGURE.fullmatch(name):
        return column_title(figure[1], "en", int(figure[2]))
    return column_title(name, "en") if name in COLUMNS else name
