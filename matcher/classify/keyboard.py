"""What was typed with the keyboard set to the other language: «yfcjcs» is «насосы»."""

from __future__ import annotations

import re
from functools import cache

from matcher.classify.lexicon import lexicon
from matcher.classify.words import is_spelled, parse, words
from models.alphabets import russian_keys

#: Shorter words may be words of a dictionary by chance («kegs» is «лупы»), and so few letters tell nothing.
_TELLING, _ENOUGH = 4, 6
#: What is longer is no word and stays as it is.
_LONGEST = 60
_SPACE = re.compile(r"(\s+)")
_MARKS = ",.;:!?"


def as_meant(text: str) -> str:
    """Return a text as it reads with the right keyboard, where most of what is in Latin letters is Russian then.

    >>> as_meant("gjkbghjgbktyjdst vtirb, jgn"), as_meant("pump repair, оптом")
    ('полипропиленовые мешки, опт', 'pump repair, оптом')
    """
    parts = _SPACE.split(text)
    meant = {part: _meant(part) for part in parts if _is_latin(part)}
    telling = [part for part in meant if _letters(part) >= _TELLING]
    russian = sum(_letters(part) for part in telling if _is_russian(meant[part]))
    enough = max(_ENOUGH, sum(map(_letters, telling)) / 2)
    return "".join(meant.get(part, part) for part in parts) if russian >= enough else text


def _is_latin(part: str) -> bool:
    return len(part) <= _LONGEST and part.isascii() and _letters(part) > 0


def _letters(part: str) -> int:
    return sum(map(str.isalpha, part))


def _meant(part: str) -> str:
    """Return a word in Russian letters; a mark at its end stays one where a word stands before it."""
    bare = part.rstrip(_MARKS)
    meant = russian_keys(bare)
    return meant + part[len(bare) :] if _is_russian(meant) else russian_keys(part)


def _is_russian(text: str) -> bool:
    found = words(text)
    return bool(found) and all(is_spelled(word) or parse(word)[0] in _trade_words() for word in found)


@cache
def _trade_words() -> frozenset[str]:
    return frozenset(word for term in lexicon() for word in term.split())
