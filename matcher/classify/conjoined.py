"""Things that a text names together: «антифриз и омыватели» are two, «ремонт насосов и компрессоров» is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from matcher.classify.words import MATERIAL_OPENERS, TAIL_OPENERS, genitive, parse, says_nothing, words

#: What joins things of equal standing; a comma within brackets or a number does not.
_JOINED = re.compile(r"\s+(?:и|and|&)\s+|(?<!\d),(?![^()]*\))|,(?!\d)(?![^()]*\))")
_OPENERS = TAIL_OPENERS | MATERIAL_OPENERS


def things(item: str) -> list[str]:
    """Return the things that an item names together, each by itself; the item alone where that is not sure.

    The verb of the first goes with all.

    >>> things("антифриз и омыватели"), things("ремонт насосов и компрессоров")
    (['антифриз', 'омыватели'], ['ремонт насосов и компрессоров'])
    >>> things("моющие и дезинфицирующие средства"), things("чиним тралы и сети")
    (['моющие и дезинфицирующие средства'], ['чиним тралы', 'чиним сети'])
    """
    parts = [part.strip() for part in _JOINED.split(item)]
    if not all(_apart(one, other) for one, other in pairwise(parts)):
        return [item]
    verb = next((word for word in item.split()[:1] if _kind(word) == "VERB"), "")
    return [parts[0], *(f"{verb} {part}".strip() for part in parts[1:])]


def _kind(word: str) -> str:
    """Return the part of speech of a word as it is written."""
    return next((parse(each)[1] for each in words(word)), "OTHER")


def _apart(one: str, other: str) -> bool:
    """Tell whether what follows is a thing of its own, and what comes before lacks nothing of it.

    No Russian noun that may be a complement of an earlier one opens a thing; a bare noun may share the complement of
    the next («ремонт и обслуживание насосов») or the adjective of the one before («пластмассовая тара и упаковка»). In
    English a preposition leaves open what it governs.
    """
    before, after = list(_of_kind("NOUN", one)), list(_of_kind("NOUN", other))
    if not before or not after or _OPENERS & {word for word in words(f"{one} {other}") if word[0].isascii()}:
        return False
    may_be, must_be = genitive(after[0])
    shares = len(words(one)) == 1 and any(genitive(noun)[0] for noun in after[1:])
    shares |= any(_of_kind("ADJ", one)) and not any(_of_kind("ADJ", other))
    return not must_be and not shares and not (may_be and len(before) > 1)


def _of_kind(kind: str, text: str) -> Iterator[str]:
    """Yield the words of a part of speech that say something."""
    for word in words(text):
        lemma, found = parse(word)
        if found == kind and not says_nothing(lemma):
            yield word
