"""The things that a firm's own text names, each to be compared by itself with what others say."""

from __future__ import annotations

import re

from matcher.classify.conjoined import things

#: Items of one firm's offers or needs that are compared with what others say; where an item ends.
MOST_ITEMS = 20
_ITEM_END = re.compile(r"[;\n]+|[.!?]+(?:\s+|$)")
#: What parts needs that nothing else parts; a comma within brackets does not.
_BETWEEN_COMMAS = re.compile(r",(?![^()]*\))")


def listed_items(text: str) -> list[str]:
    """Return the things a text lists, sentence by sentence, the first :data:`MOST_ITEMS`.

    The vector of a long list is near to nothing in particular, so a firm that names twenty products would look less
    fit for one of them than a firm that names it alone.

    >>> listed_items("Мешки; плёнка. Ремонт насосов 2.5 МПа")
    ['Мешки', 'плёнка', 'Ремонт насосов 2.5 МПа']
    """
    return [item for item in map(str.strip, _ITEM_END.split(text)) if item][:MOST_ITEMS]


def offered_items(text: str) -> list[str]:
    """Return the things that a text offers: those it lists, each by itself where it names several together.

    >>> offered_items("Антифриз и омыватели; ремонт насосов и компрессоров")
    ['Антифриз', 'омыватели', 'ремонт насосов и компрессоров']
    """
    return [thing for item in listed_items(text) for thing in things(item)][:MOST_ITEMS]


def needed_items(text: str) -> list[str]:
    """Return the things that a text of needs asks for: those it lists, else what commas part.

    >>> needed_items("природный газ, мешки (50 кг, с печатью)")
    ['природный газ', 'мешки (50 кг, с печатью)']
    >>> needed_items("катализаторы синтеза аммиака, метанола; сода")
    ['катализаторы синтеза аммиака, метанола', 'сода']
    """
    parted = listed_items(text)
    found = parted if len(parted) > 1 else _BETWEEN_COMMAS.split(text)
    return [item for item in (" ".join(each.split()) for each in found) if item][:MOST_ITEMS]
