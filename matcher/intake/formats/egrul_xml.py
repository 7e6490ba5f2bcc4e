"""Extracts of the state register of legal entities: name, seat, activities, whether the firm exists.

Heads and founders who are persons are never read; founders and managing companies, which are legal entities, tell
affiliates. The wrapper differs
by who supplies the extract, so a firm is any ``СвЮЛ`` anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from matcher.intake.document_facts import DocumentFacts, broken, town
from matcher.intake.documents import Break, documents
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed

FIRM = "СвЮЛ"
#: Levels of an address -> attributes that hold the kind and the name of the place, by edition of the schema.
_LEVELS = {
    "Регион": (("ТипРегион", "Тип"), ("НаимРегион", "Наим")),
    "Район": (("ТипРайон", "Тип"), ("НаимРайон", "Наим")),
    "Город": (("ТипГород", "Тип"), ("НаимГород", "Наим")),
    "НаселПункт": (("ТипНаселПункт", "Тип"), ("НаимНаселПункт", "Наим")),
    "НаселенПункт": (("Вид", "Тип"), ("Наим",)),
}


def recognises(sample: Sample) -> int:
    """Recognise an extract by a firm among the first elements."""
    return 4 if FIRM in sample.root.tags else 0


def label(sample: Sample) -> str:
    """Return the register's name."""
    return "ЕГРЮЛ"


def as_of(sample: Sample) -> str:
    """Return the date of the first extract."""
    return sample.root.first.get("ДатаВып", "")


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each firm understood."""
    for number, element in documents(sample.source, FIRM):
        if isinstance(element, Break):
            yield broken(number, element)
        else:
            yield firm(element, DocumentFacts(number, manifest, options))


def firm(element: etree._Element, facts: DocumentFacts) -> Parsed:
    """Return what one extract says."""
    if not facts.identify(element.get("ИНН", "")):
        return facts.parsed()
    facts.say("name", short_name(element))
    facts.say("ogrn", element.get("ОГРН"))
    facts.say("founded", element.get("ДатаОГРН"))
    facts.say("status", status(element))
    place(element, facts)
    main = element.find("{*}СвОКВЭД/{*}СвОКВЭДОсн")
    if main is not None:
        facts.say("okved1_main" if is_first_edition(main) else "okved_main", main.get("КодОКВЭД"))
    extra = element.iterfind("{*}СвОКВЭД/{*}СвОКВЭДДоп")
    facts.say_all("okved_extra", (each.get("КодОКВЭД", "") for each in extra if not is_first_edition(each)))
    founders = element.iterfind("{*}СвУчредит/{*}УчрЮЛРос/{*}НаимИННЮЛ")
    facts.say_all("founders", (inn for each in founders if (inn := each.get("ИНН"))))
    managing = element.iterfind("{*}СвУпрОрг/{*}НаимИННЮЛ")
    facts.say_all("managed_by", (inn for each in managing if (inn := each.get("ИНН"))))
    return facts.parsed()


def short_name(element: etree._Element) -> str | None:
    """Return the short name of a firm, the full one where there is none."""
    names = element.find("{*}СвНаимЮЛ")
    if names is None:
        return None
    short = names.find("{*}СвНаимЮЛСокр")
    inside = None if short is None else short.get("НаимСокр")
    return inside or names.get("НаимЮЛСокр") or names.get("НаимЮЛПолн")


def status(element: etree._Element) -> str | None:
    """Return the state of a firm in the register's words; of one whose state is noted without words, nothing."""
    if element.find("{*}СвПрекрЮЛ") is not None:
        return "прекращено"
    noted = element.findall("{*}СвСтатус")
    if not noted:
        return "действующее"
    return next((words for each in noted for part in each.iter() if (words := part.get("НаимСтатусЮЛ"))), None)


def is_first_edition(activity: etree._Element) -> bool:
    """Tell whether a code is of OKVED-1: firms that never filed anew still have them."""
    return activity.get("ПрВерсОКВЭД", "2014") == "2001"


def place(element: etree._Element, facts: DocumentFacts) -> None:
    """Take region and town, of the newer form of the address where both are there."""
    newer, older = element.find("{*}СвАдресЮЛ/{*}СвАдрЮЛФИАС"), element.find("{*}СвАдресЮЛ/{*}АдресРФ")
    for address in (newer, older):
        if address is None:
            continue
        if "region_code" not in facts.values:
            code = address.find("{*}Регион")
            facts.say("region_code", address.get("КодРегион") or (code.text if code is not None else None))
        if "city" not in facts.values:
            facts.say("city", town(levels(address)))


def levels(address: etree._Element) -> dict[str, tuple[str, str]]:
    """Return level -> (kind, name) of an address."""
    found = {}
    for level, (kinds, names) in _LEVELS.items():
        part = address.find(f"{{*}}{level}")
        if part is not None:
            kind = next((part.get(name, "") for name in kinds if part.get(name)), "")
            name = next((part.get(name, "") for name in names if part.get(name)), "")
            if name:
                found["НаселПункт" if level == "НаселенПункт" else level] = (kind, name)
    return found
