"""The register of products made in Russia: one row is one product of one maker, entered until a date.

Entries that were terminated, have lapsed or were renewed by a later row are refused with that reason, so a report
counts them. Rows beyond those are the best open evidence that a firm makes a thing. Until when they are in force is
told among the licences of the firm with its first row, one element for all entries that end on one day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from matcher.intake import fields
from matcher.intake.company_rows import CompanyRows
from matcher.intake.headers import Column, Header
from matcher.intake.manifest import Manifest
from matcher.intake.register_entries import Entry, gathered
from matcher.intake.registry import Sample
from matcher.intake.rows import Findings, Options, Parsed
from matcher.intake.table import Row
from models.errors import DataError
from models.licences import PRODUCT_REGISTER, product_entries
from models.text import T, Text

#: Title in the register, in lower case, to canonical column.
COLUMNS: Mapping[str, str] = {
    "nameoforg": "name", "ogrn": "ogrn", "inn": "inn", "orgaddr": "address", "productname": "offers",
    "okpd2": "products_okpd2",
}  # fmt: skip
#: Columns by which the register is known.
MARKS = frozenset({"inn", "registernumber", "productname", "okpd2", "docdate"})


def recognises(sample: Sample) -> int:
    """Recognise the register by the number of an entry beside its product."""
    return 2 if frozenset(places(sample)) >= MARKS else 0


def label(sample: Sample) -> str:
    """Return the register's name."""
    return PRODUCT_REGISTER


def as_of(sample: Sample) -> str:
    """Return nothing: each row has a date of its own, or none."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each row understood, in the file's order."""
    at = places(sample)
    titles = sample.titles
    columns = tuple(Column(at[title], titles[at[title]], name) for title, name in COLUMNS.items() if title in at)
    rows = CompanyRows(Header(sample.header.line, titles, columns), manifest, options)
    with gathered(entries(sample.body(), at), options.today) as known:
        for line, cells in sample.body():
            reason = refusal(cells, at, known.latest(line) == line, options.today)
            if reason is None:
                yield with_ends(rows.row(line, cells), tuple(product_entries(*each) for each in known.endings(line)))
            else:
                found = Findings(line)
                found.add("row", value(cells, at, "registernumber"), reason)
                yield found.parsed()


def places(sample: Sample) -> dict[str, int]:
    """Return the place of each title, in lower case."""
    return {title.casefold(): index for index, title in enumerate(sample.titles)}


def value(cells: Sequence[str], at: Mapping[str, int], title: str) -> str:
    """Return a cell, an empty string where it says nothing."""
    index = at.get(title, len(cells))
    text = cells[index] if index < len(cells) else ""
    return "" if fields.is_missing(text) else text


def day(text: str) -> date:
    """Return a date; one that cannot be read is earlier than all others."""
    try:
        return fields.read_date(text)
    except DataError:
        return date.min


def entries(rows: Iterator[Row], at: Mapping[str, int]) -> Iterator[Entry]:
    """Yield what is to be known of every row before the first is read."""
    for line, cells in rows:
        number, inn, ended = (value(cells, at, title) for title in ("registernumber", "inn", "enddate"))
        made, until = day(value(cells, at, "docdate")), day(value(cells, at, "docvalidtill"))
        yield Entry(line, number, made.isoformat(), until, inn, bool(ended))


def with_ends(parsed: Parsed, told: tuple[str, ...]) -> Parsed:
    """Return a row with what is told of the end of its firm's entries among the licences."""
    if parsed.facts is None or not told:
        return parsed
    return parsed._replace(facts=parsed.facts._replace(values={**parsed.facts.values, "licences": told}))


def refusal(cells: Sequence[str], at: Mapping[str, int], latest: bool, today: date) -> Text | None:
    """Return why an entry is not in force, ``None`` if it is.

    A validity that is no date is no reason to drop a product; an end that is no date is still an end.
    """
    if not latest:
        return T("renewed by a later entry of the same number")
    if value(cells, at, "enddate"):
        return T("the entry was terminated")
    if date.min < day(value(cells, at, "docvalidtill")) < today:
        return T("the entry has lapsed")
    return None
