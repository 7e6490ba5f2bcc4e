"""Sheets that Zveno wrote for a person to fill in and give back: known by their header, read by their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.intake.registry import Sample
from matcher.intake.table import whole_rows

#: How specific the match of a sheet of our own is: no other table has such a header.
OWN = 6


def header_line(sample: Sample, columns: Sequence[str]) -> int:
    """Return the line of the header with just these columns, 0 if there is none.

    Parameters
    ----------
    sample
        The first rows of the sheet.
    columns
        Keys, the same in every language, in the order in which they were written.
    """
    wanted = list(columns)
    return next((line for line, cells in sample.rows if [cell.casefold() for cell in cells] == wanted), 0)


def rows_below(sample: Sample, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and cells of each row below the header, by column; a cell that is missing is empty."""
    header = header_line(sample, columns)
    for line, cells in whole_rows(sample.source, sample.sheet):
        if line > header:
            yield line, dict(zip(columns, [*cells, *[""] * len(columns)], strict=False))
