"""Names of companies: their distinctive part, and what is shown of those who trade under a person's name."""

from __future__ import annotations

import re
import unicodedata

from models.classifications import activity_name, okved1_name
from models.geography import region_name, region_of_inn
from models.identifiers import is_sole_trader
from models.records import Company
from models.text import Lang, T

LEGAL_FORMS = (
    "общество с ограниченной ответственностью", "публичное акционерное общество", "открытое акционерное общество",
    "закрытое акционерное общество", "непубличное акционерное общество", "акционерное общество",
    "российское акционерное общество", "ооо", "оао", "зао", "пао", "нао", "ао", "ип", "фгуп", "гуп", "муп", "гк",
    "llc", "ltd", "jsc", "pjsc", "ojsc", "cjsc",
)  # fmt: skip

#: Legal forms written out, and how they are written before users.
SHORT_FORMS = {
    "общество с ограниченной ответственностью": "ООО", "публичное акционерное общество": "ПАО",
    "открытое акционерное общество": "ОАО", "закрытое акционерное общество": "ЗАО",
    "непубличное акционерное общество": "НАО", "акционерное общество": "АО",
    "федеральное государственное унитарное предприятие": "ФГУП", "государственное унитарное предприятие": "ГУП",
    "муниципальное унитарное предприятие": "МУП", "сельскохозяйственный производственный кооператив": "СПК",
}  # fmt: skip

_WRITTEN_OUT = "|".join(form.replace(" ", r"\s+") for form in SHORT_FORMS)
#: A form at the head of a name, at its end, or in brackets: within a name it is a part of the sentence.
_AT_AN_END = re.compile(
    rf"^(?:{_WRITTEN_OUT})(?=\s|[\"«])|(?<=[\s\"»])(?:{_WRITTEN_OUT})$|(?<=\()(?:{_WRITTEN_OUT})(?=\s*\))", re.I
)
_FORMS = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, LEGAL_FORMS), key=len, reverse=True)) + r")\b")
_NOT_WORD = re.compile(r"[^0-9a-zа-я]+")
#: Words for the kind of firm: what a factory and its trading house are told apart by.
_KINDS = frozenset(
    ("компания", "фирма", "группа", "компаний", "торговый", "торговая", "дом", "тд", "управляющая", "ук", "холдинг")
)


def name_core(name: str) -> str:
    """Return the distinctive part of a name in a canonical form.

    >>> name_core('АКЦИОНЕРНОЕ ОБЩЕСТВО "Невинномысский Азот"')
    'невинномысский азот'
    >>> name_core('ООО «Ёлка-Сервис»')
    'елка сервис'
    """
    lowered = name.lower().replace("ё", "е")
    return " ".join(_NOT_WORD.sub(" ", _FORMS.sub(" ", _NOT_WORD.sub(" ", lowered))).split())


def own_name(name: str) -> str:
    """Return the distinctive part of a name without words for the kind of firm, unless there is nothing else.

    >>> own_name('Компания "Арнест"'), own_name("Торговый дом ТМК"), own_name("Группа компаний")
    ('арнест', 'тмк', 'группа компаний')
    """
    core = name_core(name)
    return " ".join(word for word in core.split() if word not in _KINDS) or core


def name_key(text: str) -> str:
    """Return words in lower case without signs and ё: what makes two spellings one, legal form included.

    >>> name_key('ООО  «Ёлка-Сервис»'), name_key("ЗАО Елка Сервис")
    ('ооо елка сервис', 'зао елка сервис')
    """
    lowered = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return " ".join("".join(letter if letter.isalnum() else " " for letter in lowered).split())


def short_name(name: str) -> str:
    """Return a name with the legal form at its head or end abbreviated; registers write it out, lists do not.

    >>> short_name('ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ТАРА"'), short_name("Тара (акционерное общество)")
    ('ООО "ТАРА"', 'Тара (АО)')
    >>> short_name("Дальневосточное акционерное общество по монтажу")
    'Дальневосточное акционерное общество по монтажу'
    """
    return _AT_AN_END.sub(lambda found: SHORT_FORMS[" ".join(found[0].casefold().split())], name.strip())


def shown_name(company: Company, lang: Lang) -> str:
    """Return what a company is called before users, by its short name everywhere, so that lists and pairs agree.

    A sole trader is called by region and activity, never by name. The first two digits of the INN stand for the rest,
    which would lead to the person.

    >>> shown_name(Company("7736050003", name="Газпром"), "ru"), shown_name(Company("7736050003"), "ru")
    ('Газпром', '7736050003')
    >>> shown_name(Company("262500000009", name="ИП (26)", okved_main="20.59"), "en")
    'Sole trader, Stavropol Krai, 20.59 Manufacture of other chemical products n.e.c. (26…)'
    """
    if not is_sole_trader(company.inn):
        return short_name(company.name) or company.inn
    region = company.region_code or region_of_inn(company.inn)
    parts = [T("Sole trader").render(lang), region_name(region, lang) if region else "", activity_of(company, lang)]
    return f"{', '.join(part for part in parts if part)} ({company.inn[:2]}…)"


def activity_of(company: Company, lang: Lang) -> str:
    """Return a company's main activity, code and name; an empty string where it is not known.

    Codes of the first edition have names in English only.
    """
    if company.okved_main:
        return f"{company.okved_main} {activity_name(company.okved_main, lang)}"
    if company.okved1_main:
        name = okved1_name(company.okved1_main) if lang == "en" else None
        of_edition = T("code of OKVED-1").render(lang)
        return f"{company.okved1_main} {name}" if name else f"{of_edition} {company.okved1_main}"
    return ""
