"""The quarantine of an import as a person gave it back: corrected fields of firms, one a row."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.intake import fields
from matcher.intake.document_facts import DocumentFacts, skipped_person
from matcher.intake.manifest import Manifest
from matcher.intake.own_sheets import OWN, header_line, rows_below
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed
from models.errors import DataError
from models.records import FIGURE_NAMES
from models.text import T

#: Columns of the sheet, in order. They are keys, the same in every language, by which the sheet is known again.
COLUMNS = ("line", "inn", "field", "value", "error", "year", "correction")


def recognises(sample: Sample) -> int:
    """Recognise a sheet that Zveno wrote."""
    return OWN if header_line(sample, COLUMNS) else 0


def label(sample: Sample) -> str:
    """Return the file's name: it is its editor's word."""
    return sample.source.name


def as_of(sample: Sample) -> str:
    """Return nothing: a correction holds from the day it is given back."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each row; one without a correction is skipped."""
    for line, row in rows_below(sample, COLUMNS):
        yield correction(row, DocumentFacts(line, manifest, options))


def correction(row: dict[str, str], facts: DocumentFacts) -> Parsed:
    """Return what one corrected row says."""
    text, name = row["correction"], row["field"].strip()
    if fields.is_missing(text):
        return Parsed(facts.number, skipped=True)
    if name in ("inn", "row", "file"):
        facts.found.add(name, "", T("the whole row was refused: correct it in the file it came from, line {line}",
                                    line=row["line"]))  # fmt: skip
        return facts.found.parsed()
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
