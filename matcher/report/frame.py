"""What every document needs at hand: the index, the economy, the companies named, the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.report.paging import Key
from models.classifications import activity_name
from models.names import shown_name
from models.reader import RunOrigin
from models.records import Company, Figure
from models.text import Lang, Text

Document = dict[str, Any]
#: A part of a list, and the key after which the next part begins.
Part = tuple[Document, Key | None]
#: What joins a number with its sign, so that no line ends between them.
NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Frame:
    """The surroundings of one document.

    ``companies`` holds the records of every firm it names, by INN; ``arrears`` the last known tax arrears of those that
    have any, with the import that states them; ``origins`` the source and date of every import; ``today`` the day from
    which lapses are counted.
    """

    columns: Columns
    economy: Economy
    companies: Mapping[str, Company]
    lang: Lang
    arrears: Mapping[str, tuple[Figure, int]] = field(default_factory=dict)
    origins: Mapping[int, RunOrigin] = field(default_factory=dict)
    today: date = field(default_factory=date.today)

    def say(self, text: Text) -> str:
        """Render a text in the document's language."""
        return text.render(self.lang)

    def code(self, row: int) -> str:
        """Return an activity group by its row."""
        return self.economy.codes[row]

    def code_name(self, row: int) -> str:
        """Return the name of an activity group."""
        return activity_name(self.economy.codes[row], self.lang)

    def inn(self, firm: int) -> str:
        """Return the INN of a firm number."""
        return self.columns.inn_of(firm)

    def name(self, firm: int) -> str:
        """Return what a firm number is called."""
        inn = self.inn(firm)
        return shown_name(self.companies.get(inn) or Company(inn), self.lang)

    def firm(self, firm: int) -> Document:
        """Return the two keys every mention of a firm has."""
        return {"inn": self.inn(firm), "name": self.name(firm)}


def rub(value: float | None) -> int | None:
    """Return roubles without kopecks, as documents state them."""
    return None if value is None else round(float(value))


def share(value: float) -> float:
    """Return a share with the four digits that mean something."""
    return round(float(value), 4)


def money(value: float, lang: Lang) -> str:
    """Return roubles as people say them.

    >>> money(12_345_678, "en")
    '12.3 mln roubles'
    >>> money(2_300_000_000, "ru")
    '2,3 млрд руб.'
    >>> money(950, "en"), money(3_934_000_000_000, "ru")
    ('950 roubles', '3,9 трлн руб.')
    """
    units = {
        "en": ("trn roubles", "bln roubles", "mln roubles", "k roubles", "roubles"),
        "ru": ("трлн руб.", "млрд руб.", "млн руб.", "тыс. руб.", "руб."),
    }
    for size, unit in zip((1e12, 1e9, 1e6, 1e3), units[lang], strict=False):
        if abs(value) >= size * 0.9995:
            number = f"{value / size:.1f}" if abs(value) < 100 * size else f"{value / size:.0f}"
            return f"{number.replace('.', ',') if lang == 'ru' else number} {unit}"
    return f"{value:.0f} {units[lang][-1]}"


def decimal(value: float, digits: int, lang: Lang, sign: bool = False) -> str:
    """Return a number with its language's decimal mark.

    >>> decimal(1.25, 1, "ru"), decimal(-0.5, 2, "en", sign=True)
    ('1,2', '-0.50')
    """
    number = f"{value:+.{digits}f}" if sign else f"{value:.{digits}f}"
    return number.replace(".", ",") if lang == "ru" else number


def whole(value: float, lang: Lang) -> str:
    """Return a whole number with its thousands apart.

    >>> whole(1234567, "en"), whole(1234567, "ru")
    ('1,234,567', '1 234 567')
    """
    return f"{round(value):,}".replace(",", " " if lang == "ru" else ",")


def quantity(value: float, lang: Lang) -> str:
    """Return a quantity or a price with as many decimals as it has, at most four.

    >>> quantity(1200.5, "ru"), quantity(20.0, "en")
    ('1 200,5', '20')
    """
    told = f"{value:,.4f}".rstrip("0").rstrip(".")
    return told.replace(",", " ").replace(".", ",") if lang == "ru" else told


def percent(value: float, lang: Lang) -> str:
    """Return a share as a percentage with as many digits as it deserves, never parted at the end of a line.

    >>> percent(0.1234, "ru").split(NO_BREAK), percent(0.00123, "en")
    (['12', '%'], '0.12%')
    >>> percent(-1.5, "en")
    '-150%'
    """
    size = abs(value)
    number = (
        f"{value * 100:.0f}" if size >= 0.0995 else f"{value * 100:.1f}" if size >= 0.00995 else f"{value * 100:.2g}"
    )
    return f"{number.replace('.', ',')}{NO_BREAK}%" if lang == "ru" else f"{number}%"


def growth(value: float, lang: Lang) -> str:
    """Return a change as a signed percentage.

    >>> growth(0.118, "ru").split(NO_BREAK), growth(-0.5, "en")
    (['+11,8', '%'], '-50.0%')
    >>> growth(-0.0001, "en")
    '+0.0%'
    """
    return f"{_hundredths(value, lang)}{NO_BREAK if lang == 'ru' else ''}%"


def points(value: float, lang: Lang) -> str:
    """Return a change of a share in percentage points.

    >>> points(0.012, "ru"), points(-0.5, "en")
    ('+1,2 п. п.', '-50.0 pp')
    """
    return f"{_hundredths(value, lang)} {'п. п.' if lang == 'ru' else 'pp'}"


def _hundredths(value: float, lang: Lang) -> str:
    return decimal(round(100 * value, 1) + 0.0, 1, lang, sign=True)  # no minus before a zero
