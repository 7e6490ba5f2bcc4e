"""What a firm does with the thing it names: makes, sells, repairs, installs, carries it away and so on.

The words are in ``reference/verb_rules.csv``, the activities each way of dealing may lead to in :data:`ALLOWED`. A
thing named without any verb is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from matcher.classify.words import TAIL_OPENERS, is_spelled, parse, says_nothing, words
from models.classifications import groups
from models.resources import read_table

#: Selling what belongs to another.
AGENT = "agent"
#: Activities (prefixes of OKVED-2) each way of dealing may lead to; ``make`` may lead to all but the others' own.
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "wholesale": ("46.2", "46.3", "46.4", "46.5", "46.6", "46.7", "46.9", "45.11", "45.19", "45.31", "45.40"),
    AGENT: ("46.1", "45.11", "45.19", "45.31", "68.3", "73.12"),
    "retail": ("47", "45.11", "45.19", "45.32", "45.40", "35.14", "35.23"),
    "trade": ("45.11", "45.19", "45.3", "45.40", "46", "47", "35.14", "35.23", "68.10"),
    "supply": ("45.11", "45.19", "45.31", "45.40", "46", "35.14", "35.23"),
    "online": ("47.91",),
    "repair": ("33.1", "95", "45.20", "45.40", "41.20", "42.1", "42.2", "43", "80.20", "22.11"),
    "install": ("33.20", "43", "42", "80.20"),
    "waste": ("38", "39", "37"),
    "dispose": ("38.2", "38.3", "39", "37", "96.03"),
    "till": ("01.6",),
    "lease": ("64.91",),
    "rent": ("77", "68.20"),
    "carry": ("35", "36", "49", "50", "51", "52.2", "53", "56.10"),
    "build": ("41", "42", "43"),
    "design": ("71", "74.10", "72", "62.01"),
    "research": ("72", "71.20", "73.20", "71.12"),
    "teach": ("85",),
    "store": ("52.10", "52.24"),
    "test": ("71.20", "71.12", "74.90", "86.90"),
    "clean": ("81", "96.01", "37", "45.20"),
    "serve": ("0", "1", "2", "3", "41", "42", "43", "45.20", "49", "5", "6", "7", "8", "9"),
}
_NOT_MADE = ("33.1", "45", "46", "47", "95")
#: How a thing is dealt with when nothing is said.
MAKE = "make"
#: Looking for a thing: it is made by someone, whoever supplies it.
SEEK = "seek"
TRADE_MODES = ("wholesale", "retail", "trade", "supply", "online")
#: Ways of dealing that lead to no maker, whatever the words of the thing tell.
SELLING = (*TRADE_MODES, AGENT)
#: A place of retail; whether it is one of the street or of the net, the other words tell.
SHOP = "shop"
_ONLINE = frozenset({"online", "internet", "онлайн", "интернет"})
#: Who hires a vehicle with them is carried.
_CREW = frozenset({"водителем", "экипажем"})
#: Selling for a fee, and in another's name: the first is the work of an agent, the second beside a word of trade.
FEE, NAME = "fee", "name"
#: Who seeks these has something to sell.
_TAKERS = frozenset({"покупателей", "покупателя", "клиентов", "заказчиков", "buyers", "customers", "clients"})
#: Ways of dealing that are heard wherever their words stand.
_ANYWHERE = ("wholesale", "retail", FEE, NAME)
#: Ways of dealing that are heard but in what a thing is for: «оборудование для магазинов» is no shop.
_NOT_AFTER_FOR = (SHOP, "online")
#: Trade without a word for its kind, which gives way to any such word, and to making.
_PLAIN_TRADE = ("trade", "supply")
#: Letters of a verb in which one slip may be heard; shorter words have too many neighbours.
_LEAST_LETTERS = 5
#: Words of which is remembered how they deal with their object.
_MOST_WORDS = 65_536


@cache
def verb_rules() -> Mapping[str, str]:
    """Return how each verb or verbal noun (lemma) deals with its object.

    >>> verb_rules()["ремонт"], verb_rules()["изготовление"]
    ('repair', 'make')
    """
    return {row["lemma"]: row["mode"] for row in read_table("reference/verb_rules.csv")}


@cache
def _verb_nouns() -> Mapping[str, str]:
    return {row["verb"]: row["noun"] for row in read_table("reference/verb_nouns.csv")}


def noun_of_verb(word: str) -> str:
    """Return the noun that classifications have for a verb, empty for any other word.

    >>> noun_of_verb("льём".replace("ё", "е")), noun_of_verb("пеку"), noun_of_verb("мешки")
    ('литье', 'выпечка', '')
    """
    lemma, kind = parse(word)
    return _verb_nouns().get(word) or (_verb_nouns().get(lemma, "") if kind == "VERB" else "")


def nominal(text: str) -> str:
    """Return the words of a text, verbs as the nouns that classifications have for them.

    >>> nominal("Точим ножи")
    'токарная обработка ножи'
    """
    return " ".join(noun_of_verb(word) or word for word in words(text))


@lru_cache(maxsize=_MOST_WORDS)
def dealing_of(word: str) -> str | None:
    """Return how a verb or verbal noun deals with its object, ``None`` for any other word.

    A word no dictionary has is heard as the verb it is one slip away from: a letter wrong, left out, put in, or two
    letters changed about.

    >>> dealing_of("ремонту"), dealing_of("ремот"), dealing_of("производсво"), dealing_of("пеервозка")
    ('repair', 'repair', 'make', 'carry')
    >>> dealing_of("насосы"), dealing_of("мойва")
    (None, None)
    """
    lemma = parse(word)[0]
    known = verb_rules().get(lemma)
    if known or len(word) < _LEAST_LETTERS or is_spelled(word):
        return known
    nearest = (process.extractOne(form, _long_verbs(), scorer=OSA.distance, score_cutoff=1) for form in (lemma, word))
    return next((verb_rules()[near[0]] for near in nearest if near), None)


@cache
def _long_verbs() -> tuple[str, ...]:
    return tuple(verb for verb in verb_rules() if len(verb) >= _LEAST_LETTERS and " " not in verb)


@cache
def allowed_groups(mode: str) -> frozenset[str]:
    """Return the activity groups a way of dealing may lead to.

    >>> "20.15" in allowed_groups("make"), "20.15" in allowed_groups("wholesale")
    (True, False)
    """
    if mode == MAKE:
        return frozenset(code for code in groups() if not code.startswith(_NOT_MADE))
    return frozenset(code for code in groups() if code.startswith(ALLOWED[mode]))


@dataclass(frozen=True, slots=True)
class Dealing:
    """A phrase without its verbs: how the thing is dealt with, and the thing.

    ``modes`` is empty when the phrase has no verb; ``verbs`` are the words that told.
    """

    modes: tuple[str, ...]
    thing: str
    verbs: tuple[str, ...]


def dealing(text: str) -> Dealing:
    """Tell how a phrase deals with what it names.

    A verb counts wherever it stands; a verbal noun only at the head of the phrase («ремонт насосов», not «система
    хранения данных»); words for wholesale and retail always, a shop unless the thing is for it or
    something is done with it. A general word of trade gives way to those.

    >>> dealing("Изготовление и ремонт насосов")
    Dealing(modes=('make', 'repair'), thing='насосов', verbs=('изготовление', 'ремонт'))
    >>> dealing("система хранения данных").modes, dealing("продажа удобрений оптом").modes
    ((), ('wholesale',))
    >>> dealing("магазин обуви").modes, dealing("охраняем магазины").modes
    (('retail',), ())
    >>> dealing("ищем поставщика мешков").modes, dealing("производство и продажа сыра").modes
    (('make',), ('make',))
    """
    rules = verb_rules()
    modes: dict[str, None] = {}
    told: list[str] = []
    rest: list[str] = []
    at_head, purpose, acts, previous = True, False, False, ("", "", False)
    said = words(text)
    for word in said:
        lemma, kind = parse(word)
        work = noun_of_verb(word)
        kind = "VERB" if work else kind
        pair = rules.get(f"{previous[0]} {word}") or rules.get(f"{previous[1]} {lemma}")
        mode = pair or dealing_of(word) or rules.get(work)
        purpose = purpose or (bool(rest) and word in ("для", "for"))
        if (
            mode
            and not (mode in _NOT_AFTER_FOR and acts)
            and (
                pair
                or at_head
                or kind == "VERB"
                or mode in _ANYWHERE
                or (mode in _NOT_AFTER_FOR and not purpose)
                or (word[0].isascii() and not purpose)
            )
        ):
            modes[mode] = None
            told.append(word)
            at_head = at_head or mode == "serve"
            if pair and previous[2]:
                rest.pop()
            previous = (word, lemma, False)
            continue
        if word == "of" and told:
            rest.clear()
        at_head = at_head and (kind != "NOUN" or says_nothing(lemma))
        acts = acts or kind == "VERB"
        rest.append(work or word)
        previous = (word, lemma, True)
    while rest and (rest[0] in TAIL_OPENERS or rest[0] in ("и", "а", "также", "and")):
        rest.pop(0)
    return Dealing(settled(modes, said), " ".join(rest), tuple(told))


def settled(heard: Iterable[str], said: Iterable[str]) -> tuple[str, ...]:
    """Return the ways of dealing a phrase means, from those heard in it and its words.

    >>> settled(["trade", "wholesale"], []), settled(["make", "supply"], []), settled(["shop"], ["онлайн"])
    (('wholesale',), ('make',), ('online',))
    >>> settled(["seek", "supply"], []), settled(["seek", "repair"], [])
    (('make',), ('repair',))
    >>> settled(["rent"], ["водителем"]), settled(["trade", "fee"], []), settled(["name"], [])
    (('carry',), ('agent',), ())
    >>> settled(["serve", "wholesale", "fee"], [])
    ('agent',)
    >>> settled(["seek", "wholesale"], ["покупателей"])
    ('wholesale',)
    """
    shop = "retail" if _ONLINE.isdisjoint(said) else "online"
    modes = dict.fromkeys(shop if mode == SHOP else mode for mode in heard)
    if SEEK in modes and not _TAKERS.isdisjoint(said):
        modes = dict.fromkeys("trade" if mode == SEEK else mode for mode in modes)
    for_another = FEE in modes or (NAME in modes and not modes.keys().isdisjoint(TRADE_MODES))
    modes = {mode: None for mode in modes if mode not in (FEE, NAME)}
    if for_another and modes.keys() <= {*TRADE_MODES, "serve"}:
        return (AGENT,)
    if SEEK in modes:
        return tuple(mode for mode in modes if mode not in (SEEK, *TRADE_MODES)) or (MAKE,)
    if "rent" in modes and not _CREW.isdisjoint(said):
        return tuple("carry" if mode == "rent" else mode for mode in modes if mode not in ("serve", "carry"))
    if "online" in modes:
        modes.pop("retail", None)
    weak = {"serve"} if len(modes) > 1 else set()
    if not modes.keys().isdisjoint((MAKE, "wholesale", "retail", "online")):
        weak |= set(_PLAIN_TRADE)
    elif "supply" in modes:
        weak.add("trade")
    return tuple(mode for mode in modes if mode not in weak)
