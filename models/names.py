"""Names of companies without what says nothing of who they are: legal form, quotes, case, ё."""

from __future__ import annotations

import re
import unicodedata

LEGAL_FORMS = (
    "общество с ограниченной ответственностью", "публичное акционерное общество", "открытое акционерное общество",
    "закрытое акционерное общество", "непубличное акционерное общество", "акционерное общество",
    "российское акционерное общество", "ооо", "оао", "зао", "пао", "нао", "ао", "ип", "фгуп", "гуп", "муп", "гк",
    "llc", "ltd", "jsc", "pjsc", "ojsc", "cjsc",
)  # fmt: skip

_FORMS = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, LEGAL_FORMS), key=len, reverse=True)) + r")\b")
_NOT_WORD = re.compile(r"[^0-9a-zа-я]+")


def name_core(name: str) -> str:
    """Return the distinctive part of a name in a canonical form.

    >>> name_core('АКЦИОНЕРНОЕ ОБЩЕСТВО "Невинномысский Азот"')
    'невинномысский азот'
    >>> name_core('ООО «Ёлка-Сервис»')
    'елка сервис'
    """
    lowered = name.lower().replace("ё", "е")
    return " ".join(_NOT_WORD.sub(" ", _FORMS.sub(" ", _NOT_WORD.sub(" ", lowered))).split())


def name_key(text: str) -> str:
    """Return words in lower case without signs and ё: what makes two spellings one, legal form included.

    >>> name_key('ООО  «Ёлка-Сервис»'), name_key("ЗАО Елка Сервис")
    ('ооо елка сервис', 'зао елка сервис')
    """
    lowered = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return " ".join("".join(letter if letter.isalnum() else " " for letter in lowered).split())
