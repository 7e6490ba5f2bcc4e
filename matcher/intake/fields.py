"""Values of cells: numbers, dates, codes, regions, categories, as people write them.

Every parser takes the text of a cell that is not empty and returns the value, or raises
:class:`~models.errors.DataError` with the reason.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType

from models.errors import DataError
from models.identifiers import Inn, is_sole_trader, parse_inn, parse_ogrn, parse_okpd2, parse_okved, parse_okved1
from models.resources import read_table
from models.text import T, Text

#: Cells that say nothing.
MISSING = frozenset({
    "", "-", "–", "—", "--", "н/д", "нд", "н.д.", "нет данных", "не указано", "не указан", "n/a", "na", "null", "none",
    "nan", "#н/д", "#n/a",
})  # fmt: skip
#: Special tax regimes: simplified, agricultural, production sharing, imputed income (to 2020), automated, patent.
TAX_REGIMES: Mapping[str, str] = MappingProxyType({
    "усн": "usn", "есхн": "eskhn", "срп": "srp", "енвд": "envd", "аусн": "ausn", "псн": "psn",
    "usn": "usn", "eskhn": "eskhn", "srp": "srp", "envd": "envd", "ausn": "ausn", "psn": "psn",
})  # fmt: skip
BROKEN = "\ufffd"
#: Texts of codes and the like whose meaning is kept: a register repeats them a million times.
REMEMBERED = 1 << 14
#: Regions that merged into others or have a second code in tax numbers, and where they are now.
MERGED_REGIONS: Mapping[str, str] = MappingProxyType(
    {"80": "75", "81": "59", "82": "41", "84": "24", "85": "38", "88": "24", "97": "77"}
)
#: The word for a town before its name.
_TOWN_WORD = re.compile(r"^(?:(?:г|гор)\.\s*|(?:г|город)\s+)", re.IGNORECASE)
CATEGORIES: Mapping[str, str] = MappingProxyType({
    "micro": "micro", "микро": "micro", "микропредприятие": "micro", "1": "micro",
    "small": "small", "малое": "small", "малое предприятие": "small", "малый": "small", "2": "small",
    "medium": "medium", "среднее": "medium", "среднее предприятие": "medium", "средний": "medium", "3": "medium",
    "large": "large", "крупное": "large", "крупное предприятие": "large", "крупный": "large",
})  # fmt: skip
#: Beginnings of words that tell a firm's state, the first that occurs decides.
STATUSES = (
    ("liquidating", ("в стадии ликвидации", "в процессе ликвидации", "ликвидируется", "предстоящ", "liquidating")),
    ("bankrupt", ("банкрот", "конкурсн", "bankrupt")),
    ("liquidated", ("ликвид", "прекра", "недейств", "не действ", "исключен", "закрыт", "liquidated", "closed")),
    ("reorganizing", ("реорган", "reorgani")),
    ("active", ("действ", "active", "работает")),
)  # fmt: skip
#: What a number may be followed by.
_SUFFIXES: Mapping[str, float] = MappingProxyType({
    "": 1.0, "тыс": 1e3, "млн": 1e6, "млрд": 1e9, "thousand": 1e3, "mln": 1e6, "million": 1e6, "bn": 1e9,
})  # fmt: skip
_NUMBER = re.compile(
    r"(?P<sign>[-+−–(]?)\s*(?P<digits>\d[\d\s.,'’]*(?:[eE][+-]?\d+)?)\)?\s*"
    r"(?P<suffix>(?:тыс|млн|млрд|thousand|mln|million|bn)?)\.?\s*(?:руб\w*|р|rub|₽|чел\w*)?\.?",
    re.IGNORECASE,
)
_SCIENTIFIC = re.compile(r"(?P<whole>[1-9])[.,]?(?P<fraction>\d*)[eE]\+?(?P<exponent>\d{1,2})", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+|\d+", re.ASCII)
_LEADING_CODE = re.compile(r"\d[\d.]*")
_REGION_KINDS = frozenset({
    "республика", "респ", "край", "область", "обл", "автономный", "автономная", "округ", "ао", "аобл", "г", "город",
    "of", "republic", "krai", "oblast", "region",
})  # fmt: skip
#: Twelve digits; anything longer may hold several INNs, or a KPP too.
_LONGEST_INN = 12
_KPP = re.compile(r"(?<=\d)\s*[/\\]\s*\d{9}(?!\d)", re.ASCII)
_SPACED_INNS = re.compile(r"(?:\d{10}|\d{12})(?:\s+(?:\d{10}|\d{12}))+", re.ASCII)
_SEPARATORS = re.compile(r"[;|\n,]+")
_ITEM_SEPARATORS = re.compile(r"[;|\n]+")
#: Lists whose elements are texts, in which a comma parts nothing.
TEXT_LISTS = frozenset({"licences"})


def is_missing(cell: str) -> bool:
    """Tell whether a cell says nothing."""
    return cell.casefold() in MISSING if len(cell) < 12 else False


def says_nothing(value: str | float | None) -> bool:
    r"""Tell whether a value that was read says nothing, as ``"\x07-"`` turns out to once it is cleaned.

    >>> says_nothing("-"), says_nothing(0.0)
    (True, False)
    """
    return value is None or (isinstance(value, str) and is_missing(value))


def read_number(text: str) -> float:
    """Return a number written the Russian or the English way, brackets meaning minus.

    A single comma is a decimal one, as in Russian tables; several commas or points part thousands.

    Raises
    ------
    DataError
        If it is no number.

    Examples
    --------
    >>> [read_number(t) for t in ("1 234 567,89", "1,234,567.89", "(12)", "−5", "2,5 млн руб.", "1.5E+9")]
    [1234567.89, 1234567.89, -12.0, -5.0, 2500000.0, 1500000000.0]
    """
    found = _NUMBER.fullmatch(text.replace("\u00a0", " ").replace("\u202f", " ").strip())
    if found is None:
        raise DataError(T("not a number"))
    value = _decimal(found["digits"].strip()) * _SUFFIXES[found["suffix"].casefold()]
    if not math.isfinite(value):
        raise DataError(T("not a number"))
    return -value if found["sign"] in ("-", "−", "–", "(") and found["sign"] else value


def _decimal(digits: str) -> float:
    if digits.isascii() and digits.isdecimal():
        return float(digits)
    mantissa, _, exponent = digits.replace("'", " ").replace("’", " ").replace("E", "e").partition("e")
    points, commas = mantissa.count("."), mantissa.count(",")
    decimal = "," if mantissa.rfind(",") > mantissa.rfind(".") else "."
    if mantissa.count(decimal) > 1:
        decimal = ""  # 1.234.567: all of them part thousands
    whole, _, fraction = mantissa.partition(decimal) if decimal else (mantissa, "", "")
    grouped = " ".join(whole.replace(".", " ").replace(",", " ").split())
    if (
        not _GROUPED.fullmatch(grouped)
        or (fraction and not fraction.isdecimal())
        or (points and commas and not decimal)
    ):
        raise DataError(T("not a number"))
    return float(f"{grouped.replace(' ', '')}.{fraction or 0}e{exponent or 0}")


def read_inn(text: str) -> Inn:
    """Return a valid INN; a leading zero that a spreadsheet lost is put back if the check digit agrees.

    Scientific notation is read only where it has all digits: what was rounded cannot be put back. A KPP after a slash
    is left out.

    >>> read_inn("7736050003.0"), read_inn("105012349"), read_inn("7,736050003E+09"), read_inn("7736050003/997250001")
    ('7736050003', '0105012349', '7736050003', '7736050003')
    """
    if len(text) == 10 and text.isdecimal():
        return parse_inn(text)
    if is_missing(text):
        raise DataError(T("no INN"))
    digits = _KPP.sub("", text).removesuffix(".0").replace(" ", "").replace("\u00a0", "")
    if scientific := _SCIENTIFIC.fullmatch(digits):
        if len(scientific["fraction"]) != int(scientific["exponent"]):
            raise DataError(T("a spreadsheet rounded the INN and its digits are lost; export the column as text"))
        digits = scientific["whole"] + scientific["fraction"]
    if len(digits) in (9, 11) and digits.isdecimal():
        try:
            return parse_inn("0" + digits)
        except DataError:
            pass
    return parse_inn(digits)


def read_text(text: str) -> str:
    r"""Return a text without control characters and repeated spaces.

    >>> read_text("ООО  «Ромашка»\x07")
    'ООО «Ромашка»'
    """
    clean = text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
    return " ".join(clean.split())


@lru_cache(maxsize=REMEMBERED)
def read_activity(text: str) -> str:
    """Return the OKVED-2 code a cell begins with: ``20.15 Производство удобрений`` is ``20.15``."""
    return parse_okved(leading_code(text))


@lru_cache(maxsize=REMEMBERED)
def read_old_activity(text: str) -> str:
    """Return the OKVED-1 code a cell begins with."""
    return parse_okved1(leading_code(text))


@lru_cache(maxsize=REMEMBERED)
def read_product(text: str) -> str:
    """Return the OKPD-2 code a cell begins with."""
    return parse_okpd2(leading_code(text))


def leading_code(text: str) -> str:
    """Return the code a cell begins with, or the cell as it is."""
    found = _LEADING_CODE.match(text)
    return found[0] if found and any(c.isalpha() for c in text) else text


def split_list(text: str) -> list[str]:
    r"""Return the elements of a list; ``;``, ``,``, ``|`` and line ends part them.

    >>> split_list("20.15; 20.13,\n 46.75")
    ['20.15', '20.13', '46.75']
    """
    return [part for piece in _SEPARATORS.split(text) if (part := piece.strip())]


def split_inns(text: str) -> list[str]:
    """Return the INNs of a cell, each as it is written.

    >>> split_inns("7736050003; 7707083893"), split_inns("7736050003 7707083893"), split_inns("773605 0003")
    (['7736050003', '7707083893'], ['7736050003', '7707083893'], ['773605 0003'])
    """
    if len(text) <= _LONGEST_INN:
        return [text]
    return [inn for part in split_list(text) for inn in (part.split() if _SPACED_INNS.fullmatch(part) else [part])]


def elements(name: str, text: str) -> list[str]:
    """Return the elements of a cell of a listed field."""
    return split_items(text) if name in TEXT_LISTS else split_list(text)


def split_items(text: str) -> list[str]:
    """Return the elements of a list of texts; commas stay in them.

    >>> split_items("фармацевтическая деятельность (№ 77, до 2030);  медицинская деятельность")
    ['фармацевтическая деятельность (№ 77, до 2030)', 'медицинская деятельность']
    """
    return [part for piece in _ITEM_SEPARATORS.split(text) if (part := piece.strip())]


@lru_cache(maxsize=REMEMBERED)
def read_region(text: str) -> str:
    """Return the two-digit code of a region given by code or by name.

    >>> read_region("Ставропольский край"), read_region("1")
    ('26', '01')
    """
    bare = text.removesuffix(".0")
    code = bare.zfill(2) if bare.isdecimal() else region_names().get(_region_key(text), "")
    code = MERGED_REGIONS.get(code, code)
    if code not in region_codes():
        raise DataError(T("no such region"))
    return code


@cache
def region_names() -> Mapping[str, str]:
    """Return region names, without the words for their kind, to codes."""
    names: dict[str, str] = {}
    for row in read_table("reference/regions.csv"):
        for name in (row["name_ru"], row["name_en"]):
            names.setdefault(_region_key(name), row["region_code"])
    return MappingProxyType(names)


@cache
def region_codes() -> frozenset[str]:
    """Return the codes of regions."""
    return frozenset(row["region_code"] for row in read_table("reference/regions.csv"))


def _region_key(name: str) -> str:
    words = re.sub(r"[^0-9a-zа-я]+", " ", name.casefold().replace("ё", "е")).split()
    return " ".join(word for word in words if word not in _REGION_KINDS) or " ".join(words)


def read_year(text: str) -> int:
    """Return the year of a cell: ``2018``, ``2018 г.``, ``31.12.2018``."""
    found = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text)
    if found is None:
        raise DataError(T("not a year"))
    return int(found[1])


def read_date(text: str) -> date:
    """Return a date written ``31.12.2018`` or ``2018-12-31``, with or without a time.

    >>> read_date("31.12.2018") == read_date("2018-12-31T00:00:00+03:00")
    True
    """
    russian = re.match(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)", text)
    iso = re.match(r"(\d{4})-(\d{2})-(\d{2})(?!\d)", text)
    try:
        if russian:
            return date(int(russian[3]), int(russian[2]), int(russian[1]))
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        pass
    raise DataError(T("not a date; write 31.12.2018 or 2018-12-31"))


def read_founded(text: str) -> str:
    """Return the date a firm was founded, ISO, or the year where only that is given."""
    return text if re.fullmatch(r"(?:1[89]|20)\d\d", text, re.ASCII) else read_date(text).isoformat()


@lru_cache(maxsize=REMEMBERED)
def read_category(text: str) -> str:
    """Return ``micro``, ``small``, ``medium`` or ``large``."""
    words = text.casefold().strip(" .").removesuffix(".0")
    if words not in CATEGORIES:
        raise DataError(T("not a size category; write micro, small, medium or large"))
    return CATEGORIES[words]


def read_status(text: str) -> str:
    """Return ``active``, ``reorganizing``, ``liquidating``, ``bankrupt`` or ``liquidated``."""
    words = text.casefold().replace("ё", "е")
    found = next((status for status, marks in STATUSES if any(mark in words for mark in marks)), None)
    if found is None:
        raise DataError(T("unknown status"))
    return found


def read_website(text: str) -> str:
    """Return an address of a website without spaces."""
    address = read_text(text).rstrip("/")
    if "." not in address or any(c.isspace() for c in address):
        raise DataError(T("not an address of a website"))
    return address


def read_town(text: str) -> str:
    """Return a town without the word for it: every source calls a town by its name alone.

    >>> read_town("г. Невинномысск"), read_town("ГОРОД  Лермонтов"), read_town("Гор-Град")
    ('Невинномысск', 'Лермонтов', 'Гор-Град')
    """
    town = read_text(text)
    return _TOWN_WORD.sub("", town) or town


def read_coordinate(limit: float) -> Callable[[str], float]:
    """Return a parser of degrees within ±``limit``."""

    def read(text: str) -> float:
        value = read_number(text)
        if abs(value) > limit:
            raise DataError(T("degrees beyond {limit}", limit=int(limit)))
        return value

    return read


def read_company_inn(refusal: Text) -> Callable[[str], str]:
    """Return a parser of the INN of a legal entity that refuses a person's: a person is nobody's business here.

    Parameters
    ----------
    refusal
        What is said of a person.
    """

    def read(text: str) -> str:
        inn = read_inn(text)
        if is_sole_trader(inn):
            raise DataError(refusal)
        return inn

    return read


#: The INN of a founder, and of the company that runs a firm.
read_founder = read_company_inn(T("a founder who is a person is not kept"))
read_managing_company = read_company_inn(T("a head who is a person is not kept"))


def read_item(text: str) -> str:
    """Return an element of a list of texts; the mark that parts elements becomes a comma.

    >>> read_item("№ 77;  до 2030")
    '№ 77, до 2030'
    """
    return read_text(text).replace(";", ",")


def read_tax_regime(text: str) -> str:
    """Return a special tax regime by its usual short name.

    >>> read_tax_regime("УСН"), read_tax_regime("ЕСХН")
    ('usn', 'eskhn')
    """
    regime = TAX_REGIMES.get(text.casefold().strip(" ."))
    if regime is None:
        raise DataError(T("unknown tax regime; known are {names}", names=", ".join(sorted(TAX_REGIMES))))
    return regime


#: Canonical column -> parser of its cell, for fields with one value.
SINGLE: Mapping[str, Callable[[str], str | float]] = MappingProxyType({
    "ogrn": parse_ogrn, "name": read_text, "okved_main": read_activity, "okved1_main": read_old_activity,
    "offers": read_text, "needs": read_text, "region_code": read_region, "city": read_town, "address": read_text,
    "lat": read_coordinate(90), "lon": read_coordinate(180), "status": read_status, "founded": read_founded,
    "website": read_website, "category": read_category, "equipment": read_text, "waste": read_text,
    "vacancies": read_text, "capacity": read_text,
})  # fmt: skip
#: Canonical column -> parser of one element, for fields with many.
LISTED: Mapping[str, Callable[[str], str]] = MappingProxyType({
    "okved_extra": read_activity, "products_okpd2": read_product, "founders": read_founder,
    "managed_by": read_managing_company, "licences": read_item, "tax_regimes": read_tax_regime,
})  # fmt: skip
