"""The register of recipients of state support of small and medium enterprises: roubles received, by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from matcher.intake import fields
from matcher.intake.document_facts import DocumentFacts, broken, skipped_person, year_of
from matcher.intake.documents import Break, documents
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed
from models.errors import DataError
from models.text import T

KIND = "РЕЕСТРМСП-ПП"
#: Unit of a size of support that is roubles; metres, hours and per cents are no money.
ROUBLES = "1"


def recognises(sample: Sample) -> int:
    """Recognise the register by the kind of information its root names."""
    return 5 if sample.root.attributes.get("ТипИнф") == KIND else 0


def label(sample: Sample) -> str:
    """Return the register and its date."""
    return f"ФНС, реестр получателей поддержки на {sample.root.first.get('ДатаСост', '?')}"


def as_of(sample: Sample) -> str:
    """Return the date of the register."""
    return sample.root.first.get("ДатаСост", "")


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each document understood."""
    for number, document in documents(sample.source, "Документ", kind=KIND):
        yield (
            broken(number, document)
            if isinstance(document, Break)
            else recipient(document, DocumentFacts(number, manifest, options))
        )


def recipient(document: etree._Element, facts: DocumentFacts) -> Parsed:
    """Return what one document says: a legal entity's roubles by the year they were granted."""
    legal, person = document.find("СвЮЛ"), document.find("СвФЛ")
    inn = legal.get("ИННЮЛ", "") if legal is not None else person.get("ИННФЛ", "") if person is not None else ""
    if not facts.identify(inn):
        return facts.parsed() if person is None else skipped_person(facts)
    if facts.unwanted:
        return skipped_person(facts)
    for year, amount in roubles_by_year(document, facts).items():
        facts.figure("state_support_rub", year, f"{amount:.2f}")
    return facts.parsed()


def roubles_by_year(document: etree._Element, facts: DocumentFacts) -> dict[int, float]:
    """Return the roubles of support granted in each year; other units are not money and are left."""
    by_year: dict[int, float] = defaultdict(float)
    for grant in document.iterfind("СвПредПод"):
        year = year_of(grant.get("ДатаПрин"))
        for size in grant.iterfind("РазмПод"):
            if size.get("ЕдПод") != ROUBLES:
                continue
            if year is None:
                facts.found.add("date", grant.get("ДатаПрин", ""), T("no date says which year this figure is of"))
                continue
            try:
                by_year[year] += fields.read_number(size.get("РазмПод", ""))
            except DataError as error:
                facts.found.add("state_support_rub", size.get("РазмПод", ""), error.message)
    return by_year
