"""Licences as registers state them in words: what for, the number, and until when.

Entries in the register of products made in Russia are told the same way: they too end on a day and have to be renewed.
"""

from __future__ import annotations

import re
from datetime import date

#: How a licence says until when it is in force: ``до 31.12.2026`` or ``до 2026-12-31``.
_UNTIL = re.compile(r"\bдо\s+(?:(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})-(\d{2})-(\d{2}))\b")

#: The register of products made in Russia, and how an entry of it is told.
PRODUCT_REGISTER = "ГИСП"
_ENTRIES = (f"запись в реестре {PRODUCT_REGISTER}", f"записи в реестре {PRODUCT_REGISTER}")


def product_entries(number: str, many: int, until: date) -> str:
    """Return in words the entries of a firm in the register of products that end on one day.

    Parameters
    ----------
    number
        Number of the first entry.
    many
        How many there are.
    until
        The last day on which they are in force.

    Examples
    --------
    >>> product_entries("10/1/2024", 1, date(2027, 1, 1))
    'запись в реестре ГИСП № 10/1/2024, действует до 2027-01-01'
    >>> product_entries("1", 3, date(2027, 1, 1))
    'записи в реестре ГИСП № 1 и ещё 2, действуют до 2027-01-01'
    """
    one, several = _ENTRIES
    if many == 1:
        return f"{one} № {number}, действует до {until.isoformat()}"
    return f"{several} № {number} и ещё {many - 1}, действуют до {until.isoformat()}"


def is_product_entry(licence: str) -> bool:
    """Tell whether a licence in words is an entry of the register of products.

    >>> is_product_entry(product_entries("1", 1, date(2027, 1, 1))), is_product_entry("перевозки (№ 77 до 31.12.2026)")
    (True, False)
    """
    return licence.startswith(_ENTRIES)


def valid_until(licence: str) -> date | None:
    """Return the day a licence says it ends, ``None`` where it names none that is a date.

    Examples
    --------
    >>> valid_until("перевозки (№ 77 до 31.12.2026)")
    datetime.date(2026, 12, 31)
    >>> valid_until("хранение, № 5, до 2026-06-30")
    datetime.date(2026, 6, 30)
    >>> valid_until("№ 35 бессрочно"), valid_until("до 31.02.2026")
    (None, None)
    """
    found = _UNTIL.search(licence)
    if found is None:
        return None
    day, month, year, *iso = found.groups()
    numbers = (iso[0], iso[1], iso[2]) if year is None else (year, month, day)
    try:
        return date(*(int(number) for number in numbers))
    except ValueError:
        return None
