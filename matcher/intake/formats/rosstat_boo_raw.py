"""Annual accounts as Rosstat published them, a list a year: no header, one row a firm, lines of the report by position.

Which position is which line is data: ``reference/rosstat_boo_columns.csv``. The unit of the figures differs from row to
row. A line that was not filled in is 0 there, so a nought says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from matcher.intake import fields
from matcher.intake.company_rows import FIRST_YEAR, CompanyRows
from matcher.intake.delimited import why_broken
from matcher.intake.headers import Column, Header
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Findings, Options, Parsed, shorten
from matcher.intake.table import read_rows
from models.errors import DataError, UnreadableFile
from models.events import Rejection
from models.records import FIGURE_NAMES
from models.resources import read_table
from models.text import T, Text

#: Roubles in a unit of measure, by its code (OKEI).
UNITS: Mapping[str, float] = MappingProxyType({"383": 1.0, "384": 1e3, "385": 1e6})
#: First year whose reports state codes of OKVED-2.
OKVED2_SINCE = 2016
#: Least share of the first rows that must be reports for a table to be such a list.
MOST = 2 / 3
_CODE = re.compile(r"\d\d(?:\.\d{1,2}){0,3}", re.ASCII)
#: Where a file's name tells the year of its reports, the surest first; the date of publication stands there too.
_YEARS = tuple(re.compile(each) for each in (r"structure-(20\d\d)", r"bdboo(20\d\d)", r"(?<!\d)(20\d\d)(?!\d)"))


class Place(NamedTuple):
    """A column that is read: its index from 0, code in the structure, field, and how many years back it speaks of."""

    at: int
    code: str
    field: str
    years_back: int


class Layout(NamedTuple):
    """The columns of a list: fewest and most cells of a row, and those that are read, figures of the year last.

    Blank cells at the end of a row are not seen, and early lists lack the last column.
    """

    least: int
    most: int
    places: tuple[Place, ...]

    def cell(self, cells: Sequence[str], name: str) -> str:
        """Return the cell of a field that is no figure."""
        return cells[next(place.at for place in self.places if place.field == name)]


@cache
def layout() -> Layout:
    """Return the columns of a list."""
    rows = list(read_table("reference/rosstat_boo_columns.csv"))
    read = [
        Place(int(row["position"]) - 1, row["code"], row["field"], int(row["years_back"] or 0))
        for row in rows
        if row["field"]
    ]
    return Layout(
        least=max(place.at for place in read) + 1,
        most=len(rows),
        places=tuple(sorted(read, key=lambda place: -place.years_back)),
    )


def recognises(sample: Sample) -> int:
    """Recognise a list by its width and by INN, activity and unit at their places in most of the first rows."""
    reports = sum(is_report(cells) for _, cells in sample.rows)
    return 5 if reports and reports >= MOST * len(sample.rows) else 0


def is_report(cells: Sequence[str]) -> bool:
    """Tell whether a row is a report of such a list."""
    columns = layout()
    if misfit(cells) or columns.cell(cells, "unit") not in UNITS:
        return False
    try:
        fields.read_inn(columns.cell(cells, "inn"))
    except DataError:
        return False
    return bool(_CODE.fullmatch(columns.cell(cells, "okved")))


def misfit(cells: Sequence[str]) -> Text | None:
    """Return why a row's cells cannot be told by their positions, ``None`` if they can."""
    if wrong := why_broken(cells):
        return wrong
    columns = layout()
    if not columns.least <= len(cells) <= columns.most:
        return T("{count} cells where the list has {columns}", count=len(cells), columns=columns.most)
    if "\n" in columns.cell(cells, "name"):
        return T("several lines run together: a quote is not closed")
    return None


def label(sample: Sample) -> str:
    """Return the publisher and, where the file's name tells it, the year."""
    year = year_of_name(sample.source.name)
    return f"Росстат, бухгалтерская отчётность за {year} год" if year else "Росстат, бухгалтерская отчётность"


def as_of(sample: Sample) -> str:
    """Return nothing: the reports are dated by their year."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each row understood.

    Raises
    ------
    UnreadableFile
        If neither the file's name nor the caller says which year the reports are of.
    """
    year = options.year or year_of_name(sample.source.name)
    if year is None or not FIRST_YEAR <= year <= options.today.year:
        raise UnreadableFile(
            T("{path}: nothing says of which year these reports are", path=sample.source.path),
            T("say it: --year 2016"),
        )
    reports = Reports(year, manifest, options)
    for line, cells in read_rows(sample.source, sample.sheet):
        yield reports.row(line, cells)


def year_of_name(name: str) -> int | None:
    """Return the year a file's name tells, ``None`` if it tells none or several.

    >>> year_of_name("data-20181029t000000-structure-20161231t000000.csv"), year_of_name("boo_2013.zip")
    (2016, 2013)
    >>> year_of_name("2012-2018.csv") is None
    True
    """
    for pattern in _YEARS:
        if found := set(pattern.findall(name)):
            return int(found.pop()) if len(found) == 1 else None
    return None


class Reports:
    """Reads the rows of a list.

    Parameters
    ----------
    year
        Year of the reports.
    manifest, options
        What the format promises, and how the file is to be read.
    """

    def __init__(self, year: int, manifest: Manifest, options: Options) -> None:
        self._in_unit = {unit: CompanyRows(header(year, factor), manifest, options) for unit, factor in UNITS.items()}
        self._bare = CompanyRows(header(year, None), manifest, options)

    def row(self, line: int, cells: Sequence[str]) -> Parsed:
        """Return one row understood; where the unit is unknown, without its figures."""
        if wrong := misfit(cells):
            found = Findings(line)
            found.add("row", "", wrong)  # no cell is shown: it may name a person
            return found.parsed()
        unit = layout().cell(cells, "unit")
        if unit in UNITS:
            return self._in_unit[unit].row(line, picked(cells))
        return noted(self._bare.row(line, picked(cells)), unit)


def noted(row: Parsed, unit: str) -> Parsed:
    """Return a row whose figures are not taken with a note that says so."""
    if row.facts is None:
        return row
    note = Rejection(row.line, row.facts.inn, "unit", shorten(unit), T("an unknown unit; the figures are not taken"))
    return row._replace(rejections=(*row.rejections, note))


def header(year: int, factor: float | None) -> Header:
    """Return the columns of :func:`picked` cells for reports of a year, without figures where the unit is unknown."""
    names = {"okved": "okved_main" if year >= OKVED2_SINCE else "okved1_main"}
    places = layout().places
    columns = [
        Column(index, place.code, names.get(place.field, place.field), factor or 1.0, year - place.years_back)
        for index, place in enumerate(places)
        if factor or place.field not in FIGURE_NAMES
    ]
    columns.append(Column(len(places), "", "region_code"))
    return Header(0, (*(place.code for place in places), ""), tuple(columns))


def picked(cells: Sequence[str]) -> list[str]:
    """Return the cells that are read, in the order of :class:`Layout`, and the region of first registration."""
    columns = layout()
    found = [cells[place.at] for place in columns.places]
    kept = [
        "" if place.field in FIGURE_NAMES and not cell.strip("0.,") else cell
        for place, cell in zip(columns.places, found, strict=True)
    ]
    return [*kept, region_of(columns.cell(cells, "inn"))]


def region_of(inn: str) -> str:
    """Return the region whose tax office gave an INN, an empty string where there is no such region.

    >>> region_of("2631015563"), region_of("105012349"), region_of("0000000000")
    ('26', '01', '')
    """
    code = inn.zfill(10)[:2]
    try:
        return fields.read_region(code)
    except DataError:
        return ""
