"""What the import pages ask of the intake: the same use cases as the command line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from api.desk import Desk
from api.uploads import Draft, Work
from matcher.intake.column_meanings import MEANINGS
from matcher.intake.formats.corrections import COLUMNS, entries
from matcher.intake.headers import column_names
from matcher.intake.mapping import Choice
from matcher.intake.progress import Step
from matcher.intake.questions import SeenColumn, lacks_inn, seen_columns
from matcher.intake.registry import Sample
from matcher.intake.rows import shorten
from matcher.pipeline.register import mappings
from matcher.pipeline.register.imports import import_one
from matcher.report.frame import Document
from models.errors import ZvenoError
from models.records import FIGURE_NAMES, Quarantined
from models.text import Text

#: What a select says of a column that is to be left out.
LEFT_OUT = "-"
#: Rows and signs of a cell that a preview shows.
PREVIEW_ROWS, CELL_LENGTH = 5, 60
#: Entries of the quarantine that are no field of a firm: without cells they are corrected where the row came from.
WHOLE = frozenset({"inn", "row", "file"})


@dataclass(frozen=True, slots=True)
class Looked:
    """A table as the page shows it: its columns; names with years of those understood, and their first cells."""

    columns: tuple[SeenColumn, ...]
    lacks_inn: bool
    names: tuple[tuple[str, int | None], ...]
    rows: tuple[tuple[str, ...], ...]


def work_of(desk: Desk) -> Work:
    """Return how a draft is imported into the register of a desk."""

    def work(draft: Draft, rehearse: bool, tell: Callable[[Step], None]) -> Document:
        return import_one(
            desk.bare(draft.lang), str(draft.path), None, rehearse, draft.sole_traders, draft.choice, year=draft.year,
            progress=tell, by=draft.by,
        )  # fmt: skip

    return work


def look(draft: Draft) -> Looked | None:
    """Return the columns of a draft and its first rows, ``None`` if it is no table that can be shown."""
    try:
        sample = mappings.table_of(str(draft.path), draft.choice)
    except ZvenoError:
        return None
    if sample is None or not any(sample.titles):
        return None
    columns = seen_columns(sample)
    return Looked(columns, lacks_inn(columns), *preview(sample))


def preview(sample: Sample) -> tuple[tuple[tuple[str, int | None], ...], tuple[tuple[str, ...], ...]]:
    """Return the columns that are understood, each with the year in its title, and their first cells."""
    columns = sorted(sample.header.columns, key=lambda column: column.index)
    body = [cells for line, cells in sample.rows if line > sample.header.line][:PREVIEW_ROWS]
    rows = (
        tuple(shorten(cells[each.index], CELL_LENGTH) if each.index < len(cells) else "" for each in columns)
        for cells in body
    )
    return tuple((column.name, column.year) for column in columns), tuple(rows)


def say(draft: Draft, form: Mapping[str, str]) -> None:
    """Take what a form says of the columns of a draft; a column left as it was recognised is not spoken of."""
    sample = mappings.table_of(str(draft.path), draft.choice)
    if sample is None:
        return
    said = {
        column.title: None if answer == LEFT_OUT else answer
        for column in seen_columns(sample)
        if column.title and (answer := form.get(f"column-{column.number}", "")) in (LEFT_OUT, *column_names())
        and answer != chosen(column)
    }  # fmt: skip
    if said:
        draft.choice = Choice(named=mappings.profile_of(mappings.told(sample, said)))


def chosen(column: SeenColumn) -> str:
    """Return what the select of a column says before anybody changes it."""
    return LEFT_OUT if column.left_out else column.name


def meanings() -> list[tuple[str, Text]]:
    """Return what a column may be, for the selects."""
    return [(name, MEANINGS[name]) for name in column_names()]


def write_corrections(path: Path, run: int, rows: Iterable[Quarantined], form: Mapping[str, str]) -> int:
    """Write corrections given in a page as a sheet that can be imported; return how many there are.

    Parameters
    ----------
    path
        The file to write.
    run
        The import that refused them.
    rows
        The quarantine; the form speaks of its rows by their place.
    form
        ``fix-N`` is the correction of row N, ``year-N`` the year of its figure, ``cell-N-NAME`` a cell of the row of
        the file that it refused.
    """
    given = [
        entries(run, row, right, form.get(f"year-{at}", "").strip())
        for at, row in enumerate(rows)
        if row.field not in WHOLE or row.cells
        if (right := said_of(at, row, form))
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        writer.writerows(line for lines in given for line in lines)
    return len(given)


def said_of(at: int, row: Quarantined, form: Mapping[str, str]) -> dict[str, str]:
    """Return what a form says to be right of an entry of the quarantine, by field."""
    said = {row.field: form.get(f"fix-{at}", ""), **{name: form.get(f"cell-{at}-{name}", "") for name, _ in row.cells}}
    return {name: text.strip() for name, text in said.items() if text.strip()}


def name_and_year(cell: str) -> tuple[str, str]:
    """Return the field a cell is of, and its year if it has one.

    >>> name_and_year("revenue_rub 2022"), name_and_year("inn")
    (('revenue_rub', '2022'), ('inn', ''))
    """
    name, _, year = cell.partition(" ")
    return name, year


def needs_year(name: str) -> bool:
    """Return whether a field is a figure, which holds for a year.

    >>> needs_year("revenue_rub"), needs_year("status")
    (True, False)
    """
    return name in FIGURE_NAMES
