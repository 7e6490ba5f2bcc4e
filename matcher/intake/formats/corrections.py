"""The quarantine of an import as a person gave it back: corrected fields of firms, and rows that had been refused.

An entry with the INN of its firm is corrected by itself. A row refused as a whole has no INN yet: its entry is followed
by its cells, one a row of the sheet, and they are given back together; the import that refused
them is named beside each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from matcher.intake import fields
from matcher.intake.company_rows import CompanyRows
from matcher.intake.document_facts import DocumentFacts, skipped_person
from matcher.intake.headers import read_header
from matcher.intake.link_rows import PARTIES, LinkRows
from matcher.intake.manifest import Manifest
from matcher.intake.own_sheets import OWN, header_line, rows_below
from matcher.intake.registry import Sample
from matcher.intake.rows import Findings, Options, Parsed
from models.errors import DataError
from models.records import COMPANY_FIELDS, FIGURE_NAMES, Quarantined
from models.refusals import named
from models.text import T

#: Columns of the sheet, in order. They are keys, the same in every language, by which the sheet is known again.
COLUMNS = ("line", "inn", "field", "value", "error", "year", "correction", "import")
#: Columns of sheets that name no import.
OLDER = COLUMNS[:-1]
#: A row given back need say no more than the person says.
_ANYTHING = ((*COMPANY_FIELDS, *FIGURE_NAMES), T("the row says nothing of the firm"))
#: A number of an import or a line.
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
Row = dict[str, str]


def entries(
    run: int, refused: Quarantined, corrections: Mapping[str, str] | None = None, year: str = ""
) -> list[Sequence[str]]:
    """Return the rows of the sheet for one entry of the quarantine: itself, and the cells of the row it refused.

    Parameters
    ----------
    run
        The import that refused it.
    refused
        The entry.
    corrections
        What is known to be right, by field; all else is left to be filled in.
    year
        Year of a corrected figure.
    """
    right = corrections or {}
    line, inn = str(refused.line), refused.inn or ""
    own = (line, inn, refused.field, refused.value, refused.error, year, right.get(refused.field, ""), str(run))
    return [own, *((line, inn, name, text, "", "", right.get(name, ""), str(run)) for name, text in refused.cells)]


def recognises(sample: Sample) -> int:
    """Recognise a sheet that Zveno wrote."""
    return OWN if header_line(sample, columns_of(sample)) else 0


def label(sample: Sample) -> str:
    """Return the file's name: it is its editor's word."""
    return sample.source.name


def as_of(sample: Sample) -> str:
    """Return nothing: a correction holds from the day it is given back."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each corrected field and each row given back; what has no correction is skipped."""
    for line, rows in sheet_rows(sample):
        if rows[0]["inn"]:
            yield correction(rows[0], DocumentFacts(line, manifest, options))
        else:
            yield given_back(line, rows, manifest, options)


def gives_back(sample: Sample) -> str:
    """Return which refused rows a person gives back, right or wrong, as :func:`models.refusals.named` writes them."""
    given = (rows[0] for _, rows in sheet_rows(sample) if not rows[0]["inn"] and is_answered(rows))
    places = ((each.get("import", ""), each["line"]) for each in given)
    return named((int(run), int(line)) for run, line in places if _NUMBER.fullmatch(run) and _NUMBER.fullmatch(line))


def columns_of(sample: Sample) -> Sequence[str]:
    """Return the columns of a sheet."""
    return OLDER if header_line(sample, OLDER) else COLUMNS


def sheet_rows(sample: Sample) -> Iterator[tuple[int, list[Row]]]:
    """Yield what a sheet says, with the line where it begins."""
    return together(rows_below(sample, columns_of(sample)))


def is_answered(rows: Sequence[Row]) -> bool:
    """Tell whether a person corrected any of the rows."""
    return not all(fields.is_missing(row["correction"]) for row in rows)


def together(rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, list[Row]]]:
    """Yield each row with an INN by itself, and rows without one that are cells of one row of the file."""
    start, held = 0, list[Row]()
    for line, row in rows:
        names = {each["field"] for each in held}
        if held and (row["inn"] or row["line"] != held[0]["line"] or row["field"] in names):
            yield start, held
            held = []
        if row["inn"]:
            yield line, [row]
        else:
            start, held = (start, [*held, row]) if held else (line, [row])
    if held:
        yield start, held


def given_back(line: int, rows: Sequence[Row], manifest: Manifest, options: Options) -> Parsed:
    """Return a refused row with what a person corrected in it; a cell without a correction holds as it was.

    Where the cells may have shifted, only what the person wrote holds.
    """
    if not is_answered(rows):
        return Parsed(line, skipped=True)
    if len(rows) == 1:
        found = Findings(line)
        where = T("correct it in the file it came from, line {line}", line=rows[0]["line"])
        found.add(
            rows[0]["field"],
            "",
            T(
                "nothing is kept of this row: answer for it in the review if its name waits there, or {where}",
                where=where,
            ),
        )
        return found.parsed()
    shifted = any(row["field"] == "row" for row in rows)
    cells = {
        row["field"]: row["correction"] if shifted or not fields.is_missing(row["correction"]) else row["value"]
        for row in rows
        if row["field"] != "row"
    }
    header = read_header(0, tuple(cells))
    if not header.names.isdisjoint(PARTIES):
        return LinkRows(header, manifest, options).row(line, tuple(cells.values()))
    return CompanyRows(header, manifest, options, _ANYTHING).row(line, tuple(cells.values()))


def correction(row: Row, facts: DocumentFacts) -> Parsed:
    """Return what one corrected field of a firm says."""
    text, name = row["correction"], row["field"].strip()
    if fields.is_missing(text):
        return Parsed(facts.number, skipped=True)
    if not facts.identify(row["inn"]):
        return facts.found.parsed()
    if facts.unwanted:
        return skipped_person(facts)
    take(name, text, row["year"], facts)
    return facts.parsed()


def take(name: str, text: str, year: str, facts: DocumentFacts) -> None:
    """Take one corrected field."""
    if name in fields.SINGLE:
        facts.say(name, text)
    elif name in fields.LISTED:
        facts.say_all(name, fields.elements(name, text))
    elif name in FIGURE_NAMES:
        facts.figure(name, figure_year(year, facts), text)
    else:
        facts.found.add("field", name, T("no field of that name can be corrected"))


def figure_year(text: str, facts: DocumentFacts) -> int | None:
    """Return the year of a corrected figure, ``None`` if the row does not give it."""
    try:
        return None if fields.is_missing(text) else fields.read_year(text)
    except DataError as error:
        facts.found.add("year", text, error.message)
        return None
