"""What a text is scored by: its phrases, each with its ways of dealing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise

from matcher.classify.features import Piece
from matcher.classify.formulae import plain
from matcher.classify.verbs import MAKE, TRADE_MODES, Dealing, dealing, verb_rules
from matcher.classify.words import LIGHT_VERBS, TAIL_OPENERS, clauses, parse, words
from models.errors import DataError
from models.text import T

#: Characters of a text that are read; a longer one is an error of the caller, who should send what the firm makes.
MAX_CHARACTERS = 20_000
#: Phrases of a text that are scored, from its beginning.
MAX_PIECES = 120
_SHORT_SENTENCE = 12
_NOT = frozenset({"не", "not"})


def pieces_of(text: str) -> list[Piece]:
    """Return what a text is scored by: its phrases, each with its ways of dealing.

    A phrase without a verb is dealt with as the one before it in the sentence; a sentence of a few words is read as a
    whole too.

    Raises
    ------
    DataError
        If the text is longer than 20,000 characters.

    Examples
    --------
    >>> [(p.text, p.mode) for p in pieces_of("Продаём оптом мешки. Ремонт насосов")]
    [('Продаём оптом мешки', 'wholesale'), ('Ремонт насосов', 'repair')]
    >>> [p.mode for p in pieces_of("мешки, биг-бэги, продажа")]
    ['trade', 'trade', 'trade', 'trade']
    >>> {p.mode for p in pieces_of("конфеты, печенье, сахар мелким оптом")}
    {'wholesale'}
    """
    if len(text) > MAX_CHARACTERS:
        raise DataError(
            T("the text has {count} characters, at most {most} are read", count=len(text), most=MAX_CHARACTERS),
            T("send only what the company makes, sells or needs"),
        )
    pieces: dict[tuple[str, str], Piece] = {}
    for parts in clauses(plain(text)):
        for part, modes in _dealt(parts):
            for mode in modes or (MAKE,):
                for said in (part, *joined(part)):
                    pieces.setdefault((said, mode), Piece.of(said, mode))
    return list(islice(filter(_says_something, pieces.values()), MAX_PIECES))


def joined(part: str) -> tuple[str, ...]:
    """Return the two things a phrase joins by «и», none when it joins verbs or adjectives.

    >>> joined("изготовление металлоконструкций и резервуаров")
    ('изготовление металлоконструкций', 'резервуаров')
    >>> joined("ремонт и монтаж насосов"), joined("чёрный и зелёный чай")
    ((), ())
    """
    left, _, right = part.partition(" и ")
    first = words(right)[:1]
    if not first or parse(first[0])[1] != "NOUN" or parse(first[0])[0] in verb_rules():
        return ()
    if not TAIL_OPENERS.isdisjoint(words(left)[1:]):
        return ()
    thing = dealing(left).thing
    return (left, right) if any(parse(word)[1] == "NOUN" for word in words(thing)) else ()


def _dealt(parts: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the parts of a sentence with their ways of dealing.

    A part without a verb is dealt with as the one before it. What is said at the end of a list («…, поставка», «…,
    сахар оптом») is said of all before it. What is not done is left out, and the parts after it up to the next verb.
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    modes: tuple[str, ...] = ()
    denied = False
    for part in parts:
        told = dealing(part)
        denied = denies(part) or (denied and not told.modes)
        if denied:
            continue
        if found and _closes(part, told):
            found = [(earlier, known or told.modes) for earlier, known in found]
        modes = told.modes or modes
        if words(told.thing) or told.verbs:
            found.append((part, modes))
    short = len(found) > 1 and sum(len(words(part)) for part, _ in found) <= _SHORT_SENTENCE
    return [*found, (", ".join(part for part, _ in found), found[0][1])] if short else found


def denies(part: str) -> bool:
    """Tell whether a phrase says what is not done.

    >>> denies("не производим мешки"), denies("не только производим мешки"), denies("насосы, не требующие ухода")
    (True, False, False)
    """
    return any(
        word in _NOT and (parse(following)[0] in verb_rules() or parse(following)[0] in LIGHT_VERBS)
        for word, following in pairwise(words(part))
    )


def made(piece: Piece) -> Piece:
    """Return a piece of trade as if its goods were made; any other piece as it is."""
    if piece.mode not in TRADE_MODES:
        return piece
    return replace(piece, mode=MAKE, verbs=(), matches=tuple(match for match in piece.matches if not match.with_verb))


def _says_something(piece: Piece) -> bool:
    """Tell whether a phrase has a word that could tell one activity from another: praise has none."""
    return bool(piece.thing.main or piece.thing.tail or piece.verbs or piece.matches)


def _closes(part: str, told: Dealing) -> bool:
    """Tell whether a part ends with how it is dealt with, or names no thing beside it."""
    if not told.verbs:
        return False
    return words(part)[-1] == told.verbs[-1] or not any(parse(word)[1] == "NOUN" for word in words(told.thing))
