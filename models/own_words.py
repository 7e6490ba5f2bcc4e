"""What a firm's own words are about: equipment to share, waste to give away, capacity to make for others, or goods."""

from __future__ import annotations

import re
from functools import cache

from models.resources import read_table

#: What is offered; what is asked for has one purpose.
EQUIPMENT, WASTE, CAPACITY, GOODS, WANTED = "equipment", "waste", "capacity", "goods", "wanted"


def purpose_of(text: str) -> str:
    """Return what an item of an offer is about, ``goods`` when nothing says otherwise.

    >>> purpose_of("Есть свободный экструдер"), purpose_of("отходы полиэтилена"), purpose_of("переломные кольца")
    ('equipment', 'waste', 'goods')
    """
    small = text.casefold()
    return next((purpose for sign, purpose in _signs() if sign.search(small)), GOODS)


@cache
def _signs() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"\b{re.escape(row['stem'])}"), row["purpose"]) for row in read_table("reference/own_words.csv")
    )
