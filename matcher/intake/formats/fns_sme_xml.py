"""The tax service's register of small and medium enterprises: codes, products, and observed sales to public buyers."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from matcher.intake.document_facts import DocumentFacts, broken, skipped_person, town, year_of
from matcher.intake.documents import Break, documents
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed, shorten

KIND = "РЕЕСТРМСП"
#: Element of an observed sale -> attributes of the buyer's INN, number, date and subject, and what the evidence is.
SALES = (
    ("СвКонтр", "ИННЮЛ_ЗК", "НомКонтрРеестр", "ДатаКонтр", "ПредмКонтр", "44-ФЗ"),
    ("СвДог", "ИННЮЛ_ЗД", "НомДогРеестр", "ДатаДог", "ПредмДог", "223-ФЗ"),
    ("СвПрогПарт", "ИННЮЛ_ПП", "НомДог", "ДатаДог", "", "программа партнёрства"),
)


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
    legal, person = document.find("ОргВклМСП"), document.find("ИПВклМСП")
    inn = legal.get("ИННЮЛ", "") if legal is not None else person.get("ИННФЛ", "") if person is not None else ""
    if not facts.identify(inn):
        return facts.parsed() if person is None else skipped_person(facts)
    if facts.unwanted:
        return skipped_person(facts)
    if legal is not None:
        facts.say("name", legal.get("НаимОргСокр") or legal.get("НаимОрг"))
        facts.say("ogrn", legal.get("ОГРН"))
    facts.say("category", document.get("КатСубМСП"))
    place(document, facts)
    activities(document, facts)
    facts.say_all("products_okpd2", (each.get("КодПрод", "") for each in document.iterfind("СвПрод")))
    facts.say_all("licences", (licence(each) for each in document.iterfind("СвЛиценз")))
    year = year_of(document.get("ДатаСост"))
    facts.figure("workers", None if year is None else year - 1, document.get("ССЧР"))
    sales(document, facts)
    return facts.parsed()


def licence(element: etree._Element) -> str:
    """Return a licence in words: what for, its number, until when."""
    kinds = ", ".join(text for each in element.iterfind("НаимЛицВД") if (text := (each.text or "").strip()))
    until = element.get("ДатаКонЛиценз")
    number = f"№ {element.get('НомЛиценз', '?')}" + (f" до {until}" if until else "")
    return f"{kinds} ({number})" if kinds else number


def place(document: etree._Element, facts: DocumentFacts) -> None:
    """Take the region by its code and the town, wherever the register put it."""
    where = document.find("СведМН")
    if where is None:
        return
    facts.say("region_code", where.get("КодРегион"))
    parts = {part.tag: (part.get("Тип", ""), part.get("Наим", "")) for part in where}
    facts.say("city", town(parts))


def activities(document: etree._Element, facts: DocumentFacts) -> None:
    """Take the main code and the others, of the edition each states."""
    main = document.find("СвОКВЭД/СвОКВЭДОсн")
    if main is not None:
        old = main.get("ВерсОКВЭД", "2014") == "2001"
        facts.say("okved1_main" if old else "okved_main", main.get("КодОКВЭД"))
    extra = document.iterfind("СвОКВЭД/СвОКВЭДДоп")
    facts.say_all("okved_extra", (each.get("КодОКВЭД", "") for each in extra if each.get("ВерсОКВЭД") != "2001"))


def sales(document: etree._Element, facts: DocumentFacts) -> None:
    """Take observed sales: contracts with public buyers and partnership programmes of large ones."""
    for tag, inn, number, day, subject, law in SALES:
        for sale in document.iterfind(tag):
            evidence = f"{law} № {sale.get(number, '?')}"
            what = sale.get(subject, "") if subject else ""
            facts.sells_to(sale.get(inn), shorten(f"{evidence}: {what}" if what else evidence), sale.get(day))
