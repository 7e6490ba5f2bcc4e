"""Licences as registers state them in words: what for, the number, and until when."""

from __future__ import annotations

import re
from datetime import date

#: How a licence says until when it is in force: ``до 31.12.2026`` or ``до 2026-12-31``.
_UNTIL = re.compile(r"\bдо\s+(?:(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})-(\d{2})-(\d{2}))\b")


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
