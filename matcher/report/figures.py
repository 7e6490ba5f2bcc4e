"""Figures as documents state them and as people say them."""

from __future__ import annotations

from models.text import Lang

#: What joins a number with its sign, so that no line ends between them.
NO_BREAK = "\u00a0"


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
