"""Where the header of a table is: among the lines that may stand above it, and in one row or in two.

In a header of two rows a title spans several columns and what parts them stands beneath: "Revenue, thousand roubles"
over "2022" and "2023". Of a cell that spans others a file keeps the text at the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from matcher.intake.headers import NOTHING_GIVEN, Given, Header, cell, read_header, read_title
from matcher.intake.table import Row


def find_header(rows: Sequence[Row], given: Given = NOTHING_GIVEN) -> Header:
    """Return the header among ``rows``: the one with the most columns understood, the first of equals.

    Two rows are one header if together more is understood: columns, their years or their units. If nothing is
    understood, the first row that is at least half as full as the fullest: a line above the header holds a cell or two.
    """
    headers = [read_header(line, cells, given) for line, cells in rows]
    best = max(headers, key=lambda header: len(header.columns), default=Header())
    for line, titles in two_rows(rows):
        best = max(best, read_header(line, titles, given), key=understood)
    if best.columns:
        return best
    widths = [sum(map(bool, header.titles)) for header in headers]
    return next((header for header, width in zip(headers, widths, strict=True) if 2 * width >= max(widths)), best)


def understood(header: Header) -> tuple[int, int, int]:
    """Return how many columns a header names, how many with a year, how many with a unit."""
    columns = header.columns
    return len(columns), sum(each.year is not None for each in columns), sum(each.factor != 1 for each in columns)


def two_rows(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield each two rows that follow one another as one row of titles, under the line of the second."""
    for (_, upper), (line, lower) in pairwise(rows):
        titles = joined(upper, lower)
        if titles is not None:
            yield line, titles


def joined(upper: Sequence[str], lower: Sequence[str]) -> list[str] | None:
    """Return two rows as one row of titles, ``None`` if the lower is no part of a header.

    It is none if it has something under a title that is understood and the two together say nothing.

    Examples
    --------
    >>> joined(["ИНН", "Выручка, тыс. руб.", ""], ["", "2022 г.", "2023 г."])
    ['ИНН', 'Выручка, тыс. руб., 2022 г.', 'Выручка, тыс. руб., 2023 г.']
    >>> joined(["ИНН", "Выручка, тыс. руб."], ["7736050003", "2022"]) is None
    True
    """
    titles, spanning = [], ""
    for at in range(max(len(upper), len(lower))):
        above, below = cell(upper, at), cell(lower, at)
        spanning = above or spanning
        title = title_of(spanning, below) if below else above
        if below and read_title(at, above) and not read_title(at, title):
            return None
        titles.append(title)
    return titles


def title_of(above: str, below: str) -> str:
    """Return the title of a column from both its rows: of the lower alone where only that is understood.

    >>> title_of("Сведения о предприятии", "ИНН"), title_of("Выручка", "2023")
    ('ИНН', 'Выручка, 2023')
    """
    both = f"{above}, {below}" if above else below
    return below if read_title(0, below) and not read_title(0, both) else both
