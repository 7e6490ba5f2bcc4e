"""The tax service's register of small and medium enterprises: codes, products, and observed sales to public buyers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from matcher.intake.document_facts import DocumentFacts, broken, skipped_person, town, year_of
from matcher.intake.documents import Break, documents, parts_of
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed, shorten

KIND = "РЕЕСТРМСП"


class Sale(NamedTuple):
    """Attributes of an observed sale: the buyer's INN, number, date and subject; and what the evidence is."""

    buyer: str
    number: str
    day: str
    subject: str
    law: str


SALES: Mapping[str, Sale] = MappingProxyType({
    "СвКонтр": Sale("ИННЮЛ_ЗК", "НомКонтрРеестр", "ДатаКонтр", "ПредмКонтр", "44-ФЗ"),
    "СвДог": Sale("ИННЮЛ_ЗД", "НомДогРеестр", "ДатаДог", "ПредмДог", "223-ФЗ"),
    "СвПрогПарт": Sale("ИННЮЛ_ПП", "НомДог", "ДатаДог", "", "программа партнёрства"),
})  # fmt: skip


def recognises(sample: Sample) -> int:
    """Recognise the register by the kind of information its root names."""
    return 5 if sample.root.attributes.get("ТипИнф") == KIND else 0


def label(sample: Sample) -> str:
    """Return the register and its date."""
    return f"ФНС, реестр МСП на {sample.root.first.get('ДатаСост', '?')}"


def as_of(sample: Sample) -> str:
    """Return the date of the register as the first document states it."""
    return sample.root.first.get("ДатаСост", "")


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each document understood."""
    for number, document in documents(sample.source, "Документ", kind=KIND):
        yield (
            broken(number, document)
            if isinstance(document, Break)
            else firm(document, DocumentFacts(number, manifest, options))
        )


def firm(document: etree._Element, facts: DocumentFacts) -> Parsed:
    """Return what one document says."""
    parts = parts_of(document)
    legal, person = parts.get("ОргВклМСП"), parts.get("ИПВклМСП")
    inn = legal[0].get("ИННЮЛ", "") if legal else person[0].get("ИННФЛ", "") if person else ""
    if not facts.identify(inn):
        return skipped_person(facts) if person else facts.parsed()
    if facts.unwanted:
        return skipped_person(facts)
    if legal:
        facts.say("name", legal[0].get("НаимОргСокр") or legal[0].get("НаимОрг"))
        facts.say("ogrn", legal[0].get("ОГРН"))
    facts.say("category", document.get("КатСубМСП"))
    for tag, take in PARTS.items():
        if tag in parts:
            take(parts[tag], facts)
    year = year_of(document.get("ДатаСост"))
    facts.figure("workers", None if year is None else year - 1, document.get("ССЧР"))
    return facts.parsed()


def products(elements: Sequence[etree._Element], facts: DocumentFacts) -> None:
    """Take the products a firm declares."""
    facts.say_all("products_okpd2", [each.get("КодПрод", "") for each in elements])


def licences(elements: Sequence[etree._Element], facts: DocumentFacts) -> None:
    """Take the licences."""
    facts.say_all("licences", [licence(each) for each in elements])


def licence(element: etree._Element) -> str:
    """Return a licence in words: what for, its number, until when."""
    kinds = ", ".join(text for each in element.iterfind("НаимЛицВД") if (text := (each.text or "").strip()))
    until = element.get("ДатаКонЛиценз")
    number = f"№ {element.get('НомЛиценз', '?')}" + (f" до {until}" if until else "")
    return f"{kinds} ({number})" if kinds else number


def place(elements: Sequence[etree._Element], facts: DocumentFacts) -> None:
    """Take the region by its code and the town, wherever the register put it."""
    facts.say("region_code", elements[0].get("КодРегион"))
    parts = {part.tag: (part.get("Тип", ""), part.get("Наим", "")) for part in elements[0]}
    facts.say("city", town(parts))


def activities(elements: Sequence[etree._Element], facts: DocumentFacts) -> None:
    """Take the main code and the others, of the edition each states."""
    extra: list[str] = []
    for activity in elements[0]:
        old = activity.get("ВерсОКВЭД", "2014") == "2001"
        if activity.tag == "СвОКВЭДОсн":
            facts.say("okved1_main" if old else "okved_main", activity.get("КодОКВЭД"))
        elif not old:
            extra.append(activity.get("КодОКВЭД", ""))
    facts.say_all("okved_extra", extra)


def sales(sale: Sale, elements: Sequence[etree._Element], facts: DocumentFacts) -> None:
    """Take observed sales: contracts with public buyers and partnership programmes of large ones."""
    for each in elements:
        evidence = f"{sale.law} № {each.get(sale.number, '?')}"
        what = each.get(sale.subject, "") if sale.subject else ""
        facts.sells_to(each.get(sale.buyer), shorten(f"{evidence}: {what}" if what else evidence), each.get(sale.day))


#: Element of a document -> what takes all of its kind.
PARTS: Mapping[str, Callable[[Sequence[etree._Element], DocumentFacts], None]] = MappingProxyType({
    "СведМН": place, "СвОКВЭД": activities, "СвПрод": products, "СвЛиценз": licences,
    **{tag: partial(sales, sale) for tag, sale in SALES.items()},
})  # fmt: skip
