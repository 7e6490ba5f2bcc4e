"""Figures as visitors read them; every function takes the language, so that pages and tests call the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from babel.dates import format_date

from matcher.report.chain.profile_tables import Cell
from matcher.report.figures import NO_BREAK
from matcher.report.figures import growth as growth_words
from matcher.report.figures import money as money_words
from matcher.report.figures import percent as percent_words
from matcher.report.figures import points as points_words
from matcher.report.figures import quantity as quantity_words
from matcher.report.figures import whole as whole_words
from models.text import Lang, Text

#: What stands where nothing is known.
UNKNOWN = "—"
MINUS = "\u2212"
#: A number as programs write it.
PLAIN = re.compile(r"-?\d+\.\d+")
#: How days are written, in the letters of Unicode's locale data.
DAYS: Mapping[Lang, str] = MappingProxyType({"ru": "dd.MM.y", "en": "d MMM y"})


def money(value: float | None, lang: Lang) -> str:
    """Return roubles in words that stay on one line.

    >>> money(12_345_678, "en").split(NO_BREAK)
    ['12.3', 'mln', 'roubles']
    """
    return UNKNOWN if value is None else money_words(value, lang).replace(" ", NO_BREAK)


def percent(value: float | None, lang: Lang) -> str:
    """Return a share as a percentage.

    >>> percent(None, "ru"), percent(0.5, "en")
    ('—', '50%')
    """
    return UNKNOWN if value is None else percent_words(value, lang).replace(" ", NO_BREAK).replace("-", MINUS)


def count(value: float | None, lang: Lang) -> str:
    """Return a whole number with its thousands apart.

    >>> count(1234567, "en"), count(1234567, "ru").split(NO_BREAK)
    ('1,234,567', ['1', '234', '567'])
    """
    return UNKNOWN if value is None else whole_words(value, lang).replace(" ", NO_BREAK)


def decimal(value: float | None, lang: Lang, digits: int = 1) -> str:
    """Return a number with a fixed number of decimals.

    >>> decimal(1.25, "ru", 2)
    '1,25'
    """
    if value is None:
        return UNKNOWN
    number = f"{abs(value):.{digits}f}".replace(".", "," if lang == "ru" else ".")
    return f"{MINUS if value < 0 and float(f'{value:.{digits}f}') != 0 else ''}{number}"


def signed(value: float, lang: Lang) -> str:
    """Return points of a score with their sign, two decimals.

    >>> signed(0.5, "en"), signed(-0.001, "en"), signed(-1, "ru").lstrip(MINUS)
    ('+0.50', '0.00', '1,00')
    """
    number = decimal(value, lang, 2)
    return f"+{number}" if round(value, 2) > 0 else number


def growth(value: float | None, lang: Lang) -> str:
    """Return a change as a signed percentage.

    >>> growth(0.118, "en"), growth(None, "ru")
    ('+11.8%', '—')
    """
    return UNKNOWN if value is None else growth_words(value, lang).replace(" ", NO_BREAK).replace("-", MINUS)


def cell(value: Cell, lang: Lang) -> str:
    """Return a cell of a profile; a star marks values of too few firms.

    >>> cell(Cell(2016, "year"), "en"), cell(Cell(0.5, "share", few=True), "en"), cell(Cell(None, "rub"), "en")
    ('2016', '50%*', '—')
    """
    if value.value is None:
        return UNKNOWN
    if isinstance(value.value, Text):
        return value.value.render(lang)
    return UNITS[value.unit](value.value, lang).replace("-", MINUS) + ("*" if value.few else "")


def _gain(value: float, lang: Lang) -> str:
    return ("+" if value > 0 else "") + money(value, lang)


#: How a value of each unit reads.
UNITS: Mapping[str, Callable[[Any, Lang], str]] = MappingProxyType(
    {
        "rub": money,
        "people": lambda value, lang: (count if float(value).is_integer() else decimal)(value, lang),
        "count": count,
        "year": lambda value, _: str(value),
        "share": percent,
        "growth": growth,
        "points": lambda value, lang: points_words(value, lang).replace(" ", NO_BREAK),
        "gain": _gain,
        "index": lambda value, lang: decimal(value, lang, 0),
        "ratio": lambda value, lang: decimal(value, lang, 2),
    }
)


def capital(text: str) -> str:
    """Return a text with its first letter large and the rest as it was.

    >>> capital("код ОКВЭД")
    'Код ОКВЭД'
    """
    return text[:1].upper() + text[1:]


def written(text: object, lang: Lang) -> str:
    """Return what a field for a number holds with the decimal mark of a language; other words stay as they are.

    >>> written("19.5", "ru"), written("19.5", "en"), written("19.5 т", "ru"), written(None, "ru")
    ('19,5', '19.5', '19.5 т', '')
    """
    said = "" if text is None else str(text)
    return said.replace(".", ",") if lang == "ru" and PLAIN.fullmatch(said) else said


def sentence(text: str) -> str:
    """Return a text as a sentence: its first letter large, one full stop at its end.

    >>> sentence("разрыв в 5 млн руб."), sentence("worth looking at")
    ('Разрыв в 5 млн руб.', 'Worth looking at.')
    """
    return capital(text) if text.endswith((".", "!", "?", "…")) else f"{capital(text)}."


def amount(value: float | None, lang: Lang) -> str:
    """Return a quantity or a price with as many decimals as it has, at most four.

    >>> amount(1200.5, "ru").split(NO_BREAK), amount(20.0, "en"), amount(None, "en")
    (['1', '200,5'], '20', '—')
    """
    return UNKNOWN if value is None else quantity_words(value, lang).replace(" ", NO_BREAK)


def day(value: str | date, lang: Lang) -> str:
    """Return a day as people write it; what names no day, a year alone for instance, stays as it is.

    >>> day("2026-03-09", "ru"), day("2026-03-09T12:00:31+00:00", "en").split(NO_BREAK), day("2016", "ru")
    ('09.03.2026', ['9', 'Mar', '2026'], '2016')
    """
    text = value if isinstance(value, str) else value.isoformat()
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return format_date(found, DAYS[lang], locale=lang).replace(" ", NO_BREAK)


def moment(at: str | datetime, lang: Lang) -> str:
    """Return a moment of a document, UTC, to the minute.

    >>> moment("2026-03-09T12:00:31.5+00:00", "ru").split(NO_BREAK)
    ['09.03.2026,', '12:00']
    """
    text = at if isinstance(at, str) else at.isoformat()
    return f"{day(text, lang)},{NO_BREAK}{text[11:16]}"


def month(value: str, lang: Lang) -> str:
    """Return a month of a year by its name.

    >>> month("2026-11", "ru").split(NO_BREAK), month("2026-11", "en").split(NO_BREAK)
    (['ноябрь', '2026'], ['November', '2026'])
    """
    return format_date(date.fromisoformat(f"{value}-01"), "LLLL y", locale=lang).replace(" ", NO_BREAK)
