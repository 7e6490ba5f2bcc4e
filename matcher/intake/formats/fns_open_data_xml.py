"""The tax service's open data about taxpayers: headcount, income and expense, taxes paid, arrears.

A firm's name here adds nothing to the registers', so these facts wait until a register names the firm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from matcher.intake import fields
from matcher.intake.document_facts import DocumentFacts, broken, skipped_person, year_of
from matcher.intake.documents import Break, documents
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed
from models.errors import DataError

#: What the kinds of all data sets begin with; each has a number of its own.
FAMILY = "ОТКРДАННЫЕ"
TITLES: Mapping[str, str] = MappingProxyType({
    "ОТКРДАННЫЕ3": "среднесписочная численность",
    "ОТКРДАННЫЕ5": "доходы и расходы",
    "ОТКРДАННЫЕ4": "уплаченные налоги",
    "ОТКРДАННЫЕ6": "недоимка",
})  # fmt: skip


#: Flag of a special tax regime -> the regime.
REGIMES: Mapping[str, str] = MappingProxyType({
    "ПризнУСН": "usn", "ПризнЕСХН": "eskhn", "ПризнСРП": "srp", "ПризнЕНВД": "envd", "ПризнАУСН": "ausn",
})  # fmt: skip


def recognises(sample: Sample) -> int:
    """Recognise the data sets by the kind of information their root names; names of files changed over the years."""
    return 5 if sample.root.attributes.get("ТипИнф", "").startswith(FAMILY) else 0


def label(sample: Sample) -> str:
    """Return the data set and the date it speaks of."""
    title = TITLES.get(sample.root.attributes.get("ТипИнф", ""), "открытые данные")
    return f"ФНС, {title} на {sample.root.first.get('ДатаСост', '?')}"


def as_of(sample: Sample) -> str:
    """Return the date the data speak of."""
    return sample.root.first.get("ДатаСост", "")


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each document understood."""
    for number, document in documents(sample.source, "Документ", kind=sample.root.attributes["ТипИнф"]):
        yield (
            broken(number, document)
            if isinstance(document, Break)
            else taxpayer(document, DocumentFacts(number, manifest, options))
        )


def taxpayer(document: etree._Element, facts: DocumentFacts) -> Parsed:
    """Return what one document says."""
    whose = document.find("СведНП")
    if not facts.identify("" if whose is None else whose.get("ИННЮЛ", "")):
        return facts.parsed()
    if facts.unwanted:
        return skipped_person(facts)
    year = year_of(document.get("ДатаСост"))
    for take in (headcount, income, taxes, arrears):
        take(document, year, facts)
    regimes(document, facts)
    return facts.parsed()


def headcount(document: etree._Element, year: int | None, facts: DocumentFacts) -> None:
    """Take the mean headcount of the year."""
    found = document.find("СведССЧР")
    if found is not None:
        facts.figure("workers", year, found.get("КолРаб"))


def income(document: etree._Element, year: int | None, facts: DocumentFacts) -> None:
    """Take income and expense; 0.00 beside 0.00 is what firms on a special regime show, so it says nothing."""
    found = document.find("СведДохРасх")
    if found is None:
        return
    earned, spent = found.get("СумДоход", ""), found.get("СумРасход", "")
    if is_nought(earned) and is_nought(spent):
        return
    facts.figure("revenue_rub", year, earned)
    facts.figure("expenses_rub", year, spent)


def is_nought(text: str) -> bool:
    """Tell whether an amount is absent or nought.

    >>> is_nought("0.00"), is_nought(""), is_nought("0.01")
    (True, True, False)
    """
    return not text.strip("0., ")


def taxes(document: etree._Element, year: int | None, facts: DocumentFacts) -> None:
    """Take the sum of all taxes paid; their names change from year to year."""
    total(document, "СвУплСумНал", "СумУплНал", "taxes_paid_rub", year, facts)


def arrears(document: etree._Element, year: int | None, facts: DocumentFacts) -> None:
    """Take the sum of arrears, penalties and fines."""
    total(document, "СведНедоим", "ОбщСумНедоим", "arrears_rub", year, facts)


def regimes(document: etree._Element, facts: DocumentFacts) -> None:
    """Take the special tax regimes a firm is on."""
    found = document.find("СведСНР")
    if found is not None:
        facts.say_all("tax_regimes", (name for flag, name in REGIMES.items() if found.get(flag) == "1"))


def total(
    document: etree._Element, tag: str, attribute: str, name: str, year: int | None, facts: DocumentFacts
) -> None:
    """Take a figure that is the sum of many; if one of them is no number, there is none."""
    parts = [each.get(attribute, "") for each in document.iterfind(tag)]
    if not parts:
        return
    try:
        amount = sum(fields.read_number(part) for part in parts)
    except DataError as error:
        facts.found.add(name, "; ".join(parts), error.message)
        return
    facts.figure(name, year, f"{amount:.2f}")
