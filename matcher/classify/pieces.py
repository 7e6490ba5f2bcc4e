"""What a text is scored by: its phrases, each with its ways of dealing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.classify.features import Piece
from matcher.classify.formulae import plain
from matcher.classify.verbs import AGENT, MAKE, SELLING, TRADE_MODES, Dealing, dealing, dealing_of
from matcher.classify.words import LIGHT_VERBS, TAIL_OPENERS, clauses, genitive, parse, words
from models.errors import DataError
from models.text import T

#: Characters of a text that are read; a longer one is an error of the caller, who should send what the firm makes.
MAX_CHARACTERS = 20_000
#: Phrases of a text that are scored, from its beginning.
MAX_PIECES = 120
_SHORT_SENTENCE = 12
#: What a single adjective is said of: «Книжный», «Продуктовый».
SHOP_OF = "магазин"
#: A firm says first what it is, and in the first sentence: each further phrase of that weighs less, those of the others
#: half of that at most (its machines, customers, what it does beside), the last of many little.
_LATER, _OTHER_SENTENCE, _LEAST = 0.85, 0.5, 0.2
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
    >>> {p.mode for p in pieces_of("Книжный")}
    {'retail'}
    >>> {p.mode for p in pieces_of("Зерно, семена: работаем по агентскому договору")}
    {'agent'}
    """
    if len(text) > MAX_CHARACTERS:
        raise DataError(
            T("the text has {count} characters, at most {most} are read", count=len(text), most=MAX_CHARACTERS),
            T("send only what the company makes, sells or needs"),
        )
    alone = words(text)
    if len(alone) == 1 and parse(alone[0])[1] == "ADJ":
        text = f"{text} {SHOP_OF}"
    pieces: dict[tuple[str, str], Piece] = {}
    sentences: list[list[tuple[str, tuple[str, ...]]]] = []
    for parts in clauses(plain(text)):
        first = sentences[0][0][1] if sentences and sentences[0] else ()
        sentences.append(_dealt(parts, tuple(mode for mode in first if mode in SELLING)))
    for_another = any(AGENT in modes for sentence in sentences for _, modes in sentence)
    firsts = 0
    for sentence in sentences:
        for part, modes in sentence:
            for mode in _of_an_agent(modes) if for_another else modes or (MAKE,):
                for said in (part, *joined(part)):
                    piece = Piece.of(said, mode)
                    if _says_something(piece):
                        pieces.setdefault((said, mode), piece)
        firsts = firsts or len(pieces)
    weights = (_weight(place, place - firsts) for place in range(MAX_PIECES))
    return [replace(piece, weight=weight) for piece, weight in zip(pieces.values(), weights, strict=False)]


def _weight(place: int, after_first: int) -> float:
    """Return the weight of a phrase by its place in the text and after the first sentence (negative inside it)."""
    return max(_LATER**place if after_first < 0 else _OTHER_SENTENCE * _LATER**after_first, _LEAST)


def joined(part: str) -> tuple[str, ...]:
    """Return the two things a phrase joins by «и», none when it joins verbs or adjectives.

    >>> joined("изготовление металлоконструкций и резервуаров")
    ('изготовление металлоконструкций', 'резервуаров')
    >>> joined("ремонт и монтаж насосов"), joined("чёрный и зелёный чай")
    ((), ())
    """
    left, _, right = part.partition(" и ")
    first = words(right)[:1]
    if not first or parse(first[0])[1] != "NOUN" or dealing_of(first[0]):
        return ()
    if not TAIL_OPENERS.isdisjoint(words(left)[1:]):
        return ()
    thing = dealing(left).thing
    return (left, right) if any(parse(word)[1] == "NOUN" for word in words(thing)) else ()


def deeds(part: str) -> tuple[str, ...]:
    """Return the two deeds that a phrase joins by «и», each with its thing, or the phrase alone.

    >>> deeds("ремонт насосов и перевозка грузов"), deeds("ремонт и монтаж насосов"), deeds("мешки и ремонт")
    (('ремонт насосов', 'перевозка грузов'), ('ремонт и монтаж насосов',), ('мешки и ремонт',))
    """
    left, _, right = part.partition(" и ")
    first = words(right)[:1]
    if not first or not dealing_of(first[0]):
        return (part,)
    told = [dealing(each) for each in (left, right)]
    named = all(each.verbs and any(parse(word)[1] == "NOUN" for word in words(each.thing)) for each in told)
    return (left, right) if named else (part,)


def _dealt(parts: Sequence[str], modes: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    """Return the parts of a sentence with their ways of dealing.

    A part without a verb is dealt with as the one before it, the first parts as ``modes``. What is said at the end of a
    list («…, монтаж») is said of all before it, and so is any word of trade. What is not done is left out, and the
    parts after it up to the next verb.
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    denied = False
    for part in (each for whole in without_further_purposes(parts) for each in deeds(whole)):
        told = dealing(part)
        denied = denies(part) or (denied and not told.modes)
        if denied:
            continue
        if found and (_closes(part, told) or not set(told.modes).isdisjoint(SELLING)):
            found = [(earlier, known or told.modes) for earlier, known in found]
        modes = told.modes or modes
        if words(told.thing) or told.verbs:
            found.append((part, modes))
    short = len(found) > 1 and sum(len(words(part)) for part, _ in found) <= _SHORT_SENTENCE
    return [*found, (", ".join(part for part, _ in found), found[0][1])] if short else found


def _of_an_agent(modes: Sequence[str]) -> tuple[str, ...]:
    """Return the ways of dealing of a phrase whose text says that what is sold is another's."""
    return tuple(dict.fromkeys(AGENT if mode in TRADE_MODES else mode for mode in modes or (AGENT,)))


def without_further_purposes(parts: Sequence[str]) -> list[str]:
    """Return the parts of a sentence but those that only go on with what a thing is for: the first says enough of that.

    >>> without_further_purposes(["бутылка для воды", "вина и пива", "крышки"])
    ['бутылка для воды', 'крышки']
    >>> without_further_purposes(["флаконы для духов", "крышки", "ремонт насосов"])
    ['флаконы для духов', 'крышки', 'ремонт насосов']
    """
    kept: list[str] = []
    for part in parts:
        if not (kept and "для" in words(kept[-1]) and _all_genitive(part)):
            kept.append(part)
    return kept


def _all_genitive(part: str) -> bool:
    """Tell whether a part lists nothing but nouns that may be genitives, and one at least that must be."""
    each = [words(member) for member in part.split(" и ")]
    if not all(len(member) == 1 and not dealing_of(member[0]) for member in each):
        return False
    cases = [genitive(member[0]) for member in each]
    return all(may for may, _ in cases) and any(must for _, must in cases)


def denies(part: str) -> bool:
    """Tell whether a phrase says what is not done.

    >>> denies("не производим мешки"), denies("не только производим мешки"), denies("насосы, не требующие ухода")
    (True, False, False)
    """
    return any(
        word in _NOT and (dealing_of(following) or parse(following)[0] in LIGHT_VERBS)
        for word, following in pairwise(words(part))
    )


def made(piece: Piece) -> Piece:
    """Return a piece of trade as if its goods were made; any other piece as it is."""
    if piece.mode not in SELLING:
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
