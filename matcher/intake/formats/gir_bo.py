"""Accounts as the tax service's state resource of accounting reports (GIR BO) answers, in thousand roubles.

Either the answer to a search, which names organisations, or the reports of organisations, each beside whose they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matcher.intake.document_facts import DocumentFacts, broken, skipped_person
from matcher.intake.documents import Break
from matcher.intake.fields import read_number, read_year
from matcher.intake.json_documents import json_documents, part, parts, peek_documents, plain
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed
from models.errors import DataError
from models.text import T

#: Key of the list of organisations in the answer to a search.
CONTENT = "content"
OWNERS = ("organisation", "organization", "organizationInfo", "organisationInfo")
REPORTS = ("reports", "bfo")
VERSIONS = ("correctionVersion", "correctionNumber", "version")
#: Block -> its lines that are kept; the balance speaks of one more year.
BLOCKS = (
    ("balance", ("current", "previous", "beforePrevious"), (("1600", "assets_rub"), ("1150", "fixed_assets_rub"))),
    ("financialResult", ("current", "previous"), (("2110", "revenue_rub"), ("2400", "profit_rub"))),
)
_MARKS = re.compile(r"</?strong>", re.IGNORECASE)


def recognises(sample: Sample) -> int:
    """Recognise reports by their corrections, and an organisation found by its codes."""
    return 5 if any(map(is_known, peek_documents(sample.source, CONTENT))) else 0


def is_known(document: Mapping[str, Any]) -> bool:
    """Tell whether a document is an organisation's card or its reports."""
    if any("typeCorrections" in each or "correction" in each for each in reports_of(document)):
        return True
    return "inn" in document and ("shortName" in document or "okved2" in document)


def label(sample: Sample) -> str:
    """Return the resource's name."""
    return "ФНС, ГИР БО"


def as_of(sample: Sample) -> str:
    """Return nothing: each report tells its year, the answer has no date."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each organisation understood."""
    for number, document in json_documents(sample.source, CONTENT):
        yield (
            broken(number, document)
            if isinstance(document, Break)
            else organisation(document, DocumentFacts(number, manifest, options))
        )


def reports_of(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the reports of a document, itself if it is one."""
    if "period" in document:
        return [document]
    return [report for key in REPORTS for report in parts(document.get(key))]


def organisation(document: Mapping[str, Any], facts: DocumentFacts) -> Parsed:
    """Return what one document says."""
    whose = next((found for key in OWNERS if (found := part(document, key))), document)
    if not facts.identify(unmarked(whose.get("inn")) or unmarked(document.get("inn"))):
        return facts.parsed()
    if facts.unwanted:
        return skipped_person(facts)
    facts.say("name", unmarked(whose.get("shortName")) or unmarked(whose.get("fullName")))
    facts.say("ogrn", unmarked(whose.get("ogrn")))
    facts.say("okved_main", unmarked(whose.get("okved2")) or unmarked(part(whose, "okved2").get("id")))
    facts.say("region_code", unmarked(whose.get("region")))
    accounts(reports_of(document), facts)
    return facts.parsed()


def unmarked(value: object) -> str:
    """Return a value without the marks a search puts around what it found.

    >>> unmarked("ООО <strong>КРАСКИ</strong>"), unmarked(None)
    ('ООО КРАСКИ', '')
    """
    return _MARKS.sub("", plain(value))


def accounts(reports: list[Mapping[str, Any]], facts: DocumentFacts) -> None:
    """Take the lines of all reports: a year's own report first, then what the next ones say of it."""
    dated: list[tuple[int, Mapping[str, Any]]] = []
    for report in reports:
        period = plain(report.get("period"))
        try:
            year = read_year(period)
            if report.get("isCb") is not True:
                dated.append((year, actual(report)))
        except DataError as error:
            facts.found.add("period", period, error.message)
    for back in range(3):
        for year, correction in sorted(dated, key=lambda each: -each[0]):
            lines(correction, year, back, facts)


def actual(report: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the correction of a report that is in force.

    Raises
    ------
    DataError
        If there are several and nothing says which one it is.
    """
    wrapped = [(each, part(each, "correction")) for each in parts(report.get("typeCorrections"))]
    found = [(version(inner) or version(outer), inner) for outer, inner in wrapped if inner]
    if not found:
        return part(report, "correction")
    wanted = plain(report.get("actualCorrectionNumber"))
    chosen = [inner for number, inner in found if number == wanted and wanted]
    if chosen:
        return chosen[0]
    if len(found) == 1 and not (wanted and found[0][0]):
        return found[0][1]
    if not wanted and all(number.isdecimal() for number, _ in found):
        return max(found, key=lambda each: int(each[0]))[1]
    raise DataError(T("several corrections of a report, and nothing says which one is in force"))


def version(stated: Mapping[str, Any]) -> str:
    """Return the number of a correction, an empty string where none is stated."""
    return next((number for key in VERSIONS if (number := plain(stated.get(key)))), "")


def lines(correction: Mapping[str, Any], year: int, back: int, facts: DocumentFacts) -> None:
    """Take the lines a correction states of its year, or of one or two years before it."""
    for block, columns, kept in BLOCKS:
        stated = part(correction, block)
        for code, name in kept if back < len(columns) else ():
            amount = stated.get(f"{columns[back]}{code}")
            if amount is not None and (name, year - back) not in facts.figures:
                facts.figure(name, year - back, roubles(plain(amount)))


def roubles(thousands: str) -> str:
    """Return an amount in roubles; what is no number stays as it is, to be refused.

    >>> roubles("12"), roubles("(3)"), roubles("много")
    ('12000.00', '-3000.00', 'много')
    """
    try:
        return f"{read_number(thousands) * 1000:.2f}"
    except DataError:
        return thousands
