"""Firms that a row names without an INN: which names may be kept until a person says who it is, and their place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import permutations

import pymorphy3

from matcher.intake.fields import is_missing, read_inn, read_text
from matcher.intake.headers import Header
from matcher.intake.rows import Findings, shorten
from matcher.intake.table import Row
from models.errors import DataError
from models.geography import region_name
from models.names import LEGAL_FORMS, name_key
from models.tables import NAME_LENGTH
from models.text import T

#: Words of a person in business, whatever else the name says.
_TRADER = re.compile(
    r"\b(?:ип|чп|пбоюл|кфх|кх|предпринимател\w*|самозанят\w*|крестьянск\w+ (?:фермерск\w+ )?хозяйств\w*|физ\w* лиц\w*"
    r"|адвокат\w*|нотариус\w*|self employed|sole trader|entrepreneur)\b|^ip\b"
)
#: A form that only a legal entity has: with it, a person in the name is the name's affair.
_FORM = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted({*LEGAL_FORMS} - {'ип'}, key=len, reverse=True)))})\b")
#: A plant named after somebody.
_HONOURED = re.compile(r"\b(?:им|имени)\b")
_WORD = r"[А-ЯЁA-Z][А-ЯЁа-яёA-Za-z-]+"
_INITIALS = re.compile(rf"\b{_WORD}\s+[А-ЯЁA-Z]\.(?:\s*[А-ЯЁA-Z]\.?)?|\b[А-ЯЁA-Z]\.\s*[А-ЯЁA-Z]\.\s*{_WORD}")
#: Columns beside a name that tell a table of firms from a list of goods.
FIRM_MARKS = frozenset({"okved_main", "okved1_main", "city", "region_code", "address", "ogrn"})
#: Most words of a name that are looked up: no person's name is longer.
_WORDS = 6


def firm_name(field: str, text: str, found: Findings) -> str | None:
    """Return the name of a firm whose INN is missing, or note why its row cannot wait: then no name is kept.

    Parameters
    ----------
    field
        The identifier that is missing.
    text
        The name as written.
    found
        Where to note what is wrong.
    """
    name = read_text(text)
    if not name_key(name) or len(name_key(name)) > NAME_LENGTH:
        found.add(field, "", T("no INN, and no name that could be looked up"))
        return None
    if names_person(name):
        found.add(field, "", T("no INN, and the name may be a person's: it is not kept"))
        return None
    return name


def names_person(name: str) -> bool:
    """Tell whether a name without INN may be a person's: a sole trader's, a farmer's, or bare names.

    Doubt is resolved in favour of the person, unless a legal form tells that the name is a company's.

    >>> [names_person(name) for name in ("ИП Петров", "Сидоров П. А.", "ООО Сидоров П. А.", "Ромашка")]
    [True, True, False, False]
    """
    key = name_key(name)
    if _TRADER.search(key):
        return True
    if _FORM.search(key) or _HONOURED.search(key):
        return False
    return bool(_INITIALS.search(name)) or _is_full_name(key)


def is_company(name: str) -> bool:
    """Tell whether a name has a form that only a legal entity has.

    >>> is_company("ООО «Соль»"), is_company("Соль"), is_company("ИП Соль")
    (True, False, False)
    """
    key = name_key(name)
    return bool(_FORM.search(key)) and not _TRADER.search(key)


def _is_full_name(key: str) -> bool:
    """Tell whether words are a first name with a surname or patronymic."""
    kinds = [_kinds(word) for word in key.split()[:_WORDS]]
    if any("Patr" in each for each in kinds):
        return True
    return any("Name" in one and "Surn" in other for one, other in permutations(kinds, 2))


def _kinds(word: str) -> frozenset[str]:
    """Return which parts of a person's name a word can be."""
    marks = ("Name", "Surn", "Patr")
    parses = _analyzer().parse(word)
    return frozenset(mark for each in parses if each.is_known for mark in marks if mark in each.tag)


def only_names(header: Header, rows: Sequence[Row]) -> bool:
    """Tell whether a table names firms and has no INN at all.

    It must have a name beside a main activity or a place, or a list of goods would pass for firms; and no column that
    was not understood may hold INNs, or its title is what has to be understood.

    Parameters
    ----------
    header
        The columns understood.
    rows
        The first rows of the table.
    """
    names = header.names
    if "inn" in names or "name" not in names or names.isdisjoint(FIRM_MARKS):
        return False
    return not hides_inns(header, rows)


def hides_inns(header: Header, rows: Sequence[Row]) -> bool:
    """Tell whether a column that was not understood holds INNs: at least half of its cells are one."""
    known = {column.index for column in header.columns}
    body = [cells for line, cells in rows if line > header.line]
    for index in set(range(len(header.titles))) - known:
        filled = [cells[index] for cells in body if index < len(cells) and not is_missing(cells[index])]
        if filled and 2 * sum(map(is_inn, filled)) >= len(filled):
            return True
    return False


def is_inn(text: str) -> bool:
    """Tell whether a cell is an INN.

    >>> is_inn("7736050003"), is_inn("8-800-100")
    (True, False)
    """
    try:
        return bool(read_inn(text))
    except DataError:
        return False


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


def place_of(values: Mapping[str, str | float | tuple[str, ...]]) -> str:
    """Return where a row says its firm is: town and region, or else the address.

    >>> place_of({"city": "Невинномысск", "region_code": "26", "address": "ул. Низяева, 1"})
    'Невинномысск, Ставропольский край'
    """
    region = str(values.get("region_code", ""))
    parts = [str(values.get("city", "")), region_name(region, "ru") if region else ""]
    return shorten(", ".join(filter(None, parts)) or str(values.get("address", "")))
