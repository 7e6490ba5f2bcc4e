"""What a buyer says it needs, item by item, beside the inputs of its recipe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.index.items import needed_items
from models.supply_requests import LONGEST_TEXT

#: Needs of one firm that are told and heard, from the beginning of its text.
MOST_STATED = 12


@dataclass(frozen=True, slots=True)
class Stated:
    """A need in the buyer's words, and the codes of the inputs heard in it, the surest first; none where unsure."""

    words: str
    codes: tuple[int, ...]


def stated_items(text: str) -> list[str]:
    """Return the things that a firm says it needs, each once, as far as they are told and heard.

    >>> stated_items("природный газ, мешки, природный газ")
    ['природный газ', 'мешки']
    """
    return [item for item in dict.fromkeys(needed_items(text)) if len(item) <= LONGEST_TEXT][:MOST_STATED]


def words_of(stated: Iterable[Stated], code: int) -> str | None:
    """Return the words in which a code was heard, ``None`` where it was in none.

    >>> words_of([Stated("мешки", (3,)), Stated("биг-бэги", (3, 4))], 3), words_of([Stated("мешки", (3,))], 4)
    ('мешки; биг-бэги', None)
    """
    return "; ".join(need.words for need in stated if code in need.codes) or None
