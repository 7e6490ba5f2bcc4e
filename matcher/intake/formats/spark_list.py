"""A list of companies exported from SPARK: activities are names, a headcount may be a range, scores are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from matcher.intake.company_rows import CompanyRows
from matcher.intake.headers import Column, normal_title
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed
from models.classifications import okved2
from models.events import Rejection
from models.text import T

#: Normal titles by which the list is known.
MARKS = frozenset({"код налогоплательщика", "регистрационный номер", "вид деятельности отрасль"})
_RANGE = re.compile(r"(\d[\d\s]*?)\s*[-–—]\s*(\d[\d\s]*)")


def recognises(sample: Sample) -> int:
    """Recognise the list by what it calls the INN and the activity."""
    return 2 if frozenset(map(normal_title, sample.titles)) >= MARKS else 0


def label(sample: Sample) -> str:
    """Return the service's name."""
    return "СПАРК"


def as_of(sample: Sample) -> str:
    """Return nothing: each row has a date of its own, or none."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each row understood; the lines below the table have no INN and one cell or two, and are no rows."""
    titles = sample.titles
    activity = [normal_title(title) for title in titles].index("вид деятельности отрасль")
    width = len(titles)
    kept = tuple(each for each in sample.header.columns if each.name not in ("okved_main", "offers"))
    added = (Column(width, titles[activity], "okved_main"), Column(width + 1, titles[activity], "offers"))
    header = replace(sample.header, titles=(*titles, "", ""), columns=(*kept, *added))
    rows = CompanyRows(header, manifest, options)
    headcounts = [each for each in kept if each.name == "workers"]
    for line, cells in sample.body():
        if sum(map(bool, cells)) < len(MARKS):
            continue
        if len(cells) > width:
            yield rows.row(line, [*cells, "", "", ""])  # misaligned: refused as such
            continue
        full = [*cells, *[""] * (width - len(cells))]
        ranges = {each.index: full[each.index] for each in headcounts if midpoint(full[each.index]) is not None}
        full = [f"{midpoint(text):g}" if index in ranges else text for index, text in enumerate(full)]
        yield noted(rows.row(line, [*full, *activity_cells(full[activity])]), ranges)


def midpoint(text: str) -> float | None:
    """Return the middle of a range of headcounts, ``None`` for what is no range.

    >>> midpoint("1 001 - 5 000"), midpoint("16 - 50"), midpoint("120")
    (3000.5, 33.0, None)
    """
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        return None
    low, high = (int("".join(end.split())) for end in found.groups())
    return (low + high) / 2 if low <= high else None


def noted(row: Parsed, ranges: Mapping[int, str]) -> Parsed:
    """Return a row with a note of each range whose midpoint was taken."""
    if row.facts is None and not row.unidentified:
        return row
    note, inn = T("a range; its midpoint is taken"), row.facts.inn if row.facts else None
    notes = (Rejection(row.line, inn, "workers", text, note) for text in ranges.values())
    return row._replace(rejections=(*row.rejections, *notes))


def activity_cells(name: str) -> Sequence[str]:
    """Return the code and the offer that the name of an activity is: one of them is empty.

    >>> activity_cells("Выращивание риса"), activity_cells("Насосы и рис")
    (('01.12', ''), ('', 'Насосы и рис'))
    """
    code = codes_by_name().get(normal_title(name))
    return (code, "") if code else ("", name)


@cache
def codes_by_name() -> Mapping[str, str]:
    """Return OKVED-2 codes by name; of a name that repeats down the tree, the code highest up."""
    codes: dict[str, str] = {}
    for code in sorted((code for code in okved2() if code[0].isdigit()), key=len):
        codes.setdefault(normal_title(okved2()[code].name), code)
    return codes
