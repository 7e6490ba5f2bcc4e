"""Figures as visitors read them; every function takes the language, so that pages and tests call the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from matcher.report.chain.profile_tables import Cell
from matcher.report.frame import growth as growth_words
from matcher.report.frame import money as money_words
from matcher.report.frame import percent as percent_words
from matcher.report.frame import points as points_words
from matcher.report.frame import quantity as quantity_words
from matcher.report.frame import whole as whole_words
from models.text import Lang, Text

#: What stands where nothing is known.
UNKNOWN = "—"
NO_BREAK = "\u00a0"
MINUS = "\u2212"


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
    return UNKNOWN if value is None else percent_words(value, lang).replace(" ", NO_BREAK)


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


def moment(at: str) -> str:
    """Return a moment of a document, UTC, to the minute.

    >>> moment("2026-03-09T12:00:31.5+00:00")
    '2026-03-09 12:00'
    """
    return at[:16].replace("T", " ")
