"""The register of Russian industrial products: who makes what, the best open evidence that a firm is a maker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from matcher.intake import fields
from matcher.intake.document_facts import DocumentFacts, skipped_person
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed
from matcher.intake.table import read_rows
from models.errors import DataError
from models.text import T

#: Columns by which the register is known, in lower case.
MARKS = frozenset({"nameoforg", "inn", "registernumber", "productname", "okpd2", "docvalidtill"})


def recognises(sample: Sample) -> int:
    """Recognise the register by its columns."""
    return 5 if header(sample)[0] else 0


def header(sample: Sample) -> tuple[int, tuple[str, ...]]:
    """Return the header's line and its titles in lower case; 0 and none where there is no such header."""
    for line, cells in sample.rows:
        titles = tuple(cell.casefold() for cell in cells)
        if frozenset(titles) >= MARKS:
            return line, titles
    return 0, ()


def label(sample: Sample) -> str:
    """Return the register's name."""
    return "ГИСП, реестр российской промышленной продукции"


def as_of(sample: Sample) -> str:
    """Return nothing: each product has a date of its own."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each entry; what is superseded, terminated or lapsed is skipped."""
    latest = latest_lines(sample)
    for line, row in entries(sample):
        renewed = latest.get(row.get("registernumber", ""), line) != line
        if renewed or is_over(row, options.today):
            yield Parsed(line, skipped=True)
        else:
            yield product(row, DocumentFacts(line, manifest, options))


def entries(sample: Sample) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the line and cells by column of every entry; ``-`` is empty."""
    below, titles = header(sample)
    for line, cells in read_rows(sample.source, sample.sheet):
        if line > below:
            pairs = zip(titles, cells, strict=False)
            yield line, {title: cell for title, cell in pairs if not fields.is_missing(cell)}


def latest_lines(sample: Sample) -> dict[str, int]:
    """Return the line of the latest entry of each number in the register: a renewal repeats the number."""
    best: dict[str, tuple[date, date, int]] = {}
    for line, row in entries(sample):
        number = row.get("registernumber")
        if number:
            key = (day(row, "docdate") or date.min, day(row, "docvalidtill") or date.min, line)
            best[number] = max(best.get(number, key), key)
    return {number: line for number, (_, _, line) in best.items()}


def day(row: Mapping[str, str], name: str) -> date | None:
    """Return a date of an entry, ``None`` if it is missing or no date."""
    try:
        return fields.read_date(row[name]) if name in row else None
    except DataError:
        return None


def is_over(row: Mapping[str, str], today: date) -> bool:
    """Tell whether an entry is terminated or has lapsed."""
    until = day(row, "docvalidtill")
    return "enddate" in row or (until is not None and until < today)


def product(row: Mapping[str, str], facts: DocumentFacts) -> Parsed:
    """Return what one entry says of its maker."""
    if not facts.identify(row.get("inn", "")):
        return facts.parsed()
    if facts.unwanted:
        return skipped_person(facts)
    facts.say("name", row.get("nameoforg"))
    facts.say("ogrn", row.get("ogrn"))
    facts.say("offers", row.get("productname"))
    facts.say_all("products_okpd2", fields.split_list(row.get("okpd2", "")))
    if not {"offers", "products_okpd2"} & facts.values.keys():
        facts.found.add("okpd2", row.get("okpd2", ""), T("neither a product's code nor its name"))
        return facts.found.parsed()
    return facts.parsed()
