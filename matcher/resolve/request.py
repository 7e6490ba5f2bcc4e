"""What a free text says: the readings of its name, and the place and INN written beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from matcher.resolve.spelling import core, fold, key_words, plain
from models.errors import DataError
from models.geography import cities, normal_city_name, regions
from models.identifiers import parse_inn
from models.text import T

#: Longest text read as the name of one company; the longest names of the register have about 300 characters.
LONGEST = 2_000

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_TOWN = re.compile(r"(?:\bг(?:ор)?\.\s*|\b(?:г|город|городе|гор)\s+)([А-ЯЁ][а-яёА-ЯЁ]*(?:[ -][А-ЯЁа-яё]+){0,3})")
_INN = re.compile(r"(?<!\d)(?:\d{12}|\d{10})(?!\d)")
_INN_WORD = re.compile(r"\bинн\b|\binn\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s+(?:в|из|во|in)\s*$", re.IGNORECASE)

#: What stands before a town in a text.
TOWN_MARKS = frozenset({"г", "гор"})

#: Most words a town's name has.
TOWN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A place a text names: its key in folded words, how it is written, and the regions that have it."""

    key: str
    name: str
    regions: frozenset[str]
    is_town: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text: the folded words of the name, its words as written, and the place beside it."""

    words: tuple[str, ...]
    written: tuple[str, ...]
    place: Place | None


@dataclass(frozen=True, slots=True)
class Request:
    """A text understood: its readings, likeliest first, and INNs in it with right checksums."""

    readings: tuple[Reading, ...]
    inns: tuple[str, ...]


def understand(text: str) -> Request:
    """Return the readings of a text.

    A town may be part of a name ("Газпром трансгаз Ставрополь") or stand beside it ("Арнест, Невинномысск"), so both
    readings are kept and the register decides.

    Raises
    ------
    DataError
        If the text names nothing or is too long to be a name.

    Examples
    --------
    >>> [r.place.name for r in understand("Арнест, г. Невинномысск").readings]
    ['Невинномысск', 'Невинномысск']
    """
    if len(text) > LONGEST:
        raise DataError(
            T("a text of {length} characters is no company name", length=len(text)),
            T("give one company, at most {longest} characters", longest=LONGEST),
        )
    inns = tuple(_inns(text))
    rest = _INN_WORD.sub(" ", _INN.sub(" ", text)) if inns else text
    if not plain(text):
        raise DataError(T("the text names no company"), T("give a name with letters or digits"))
    readings = dict.fromkeys(reading for reading in _readings(rest) if reading.words)
    return Request(tuple(readings), inns)


def _inns(text: str) -> Iterator[str]:
    for found in _INN.findall(text):
        try:
            yield parse_inn(found)
        except DataError:
            continue


def _readings(text: str) -> Iterator[Reading]:
    """Yield readings: without a town at the end, without the places that are marked, and as the text stands."""
    name, marked = _marked(text)
    words = plain(name).split()
    for number in range(1, min(TOWN_WORDS, len(words) - 1) + 1):
        found = place_named(" ".join(words[-number:]))
        if found is not None:
            yield _reading(" ".join(words[:-number]), marked if marked and marked.is_town else found)
    yield _reading(" ".join(words), marked)
    bare = _BRACKETS.sub(" ", text)
    yield _reading(_whole(bare), marked)
    if bare != text:
        yield _reading(_whole(text), None)


def _reading(words: str, place: Place | None) -> Reading:
    return Reading(key_words(words), core(words), place)


def _whole(text: str) -> str:
    """Return the words of a text whose town is part of the name, so that "г." before it is no word of the name."""
    return " ".join(word for word in plain(text).split() if word not in TOWN_MARKS)


def _marked(text: str) -> tuple[str, Place | None]:
    """Return a text without the place it marks by brackets, "г." or a comma, and that place, towns before regions."""
    places: list[Place] = []

    def drop(found: re.Match[str]) -> str:
        inside = next((group for group in found.groups() if group), "")
        taken = _longest_place(inside)
        if taken is None:
            return found.group()
        places.append(taken[0])
        return f", {taken[1]}" if taken[1] else ","

    text = _TOWN.sub(drop, _BRACKETS.sub(drop, text))
    name, *parts = text.split(",")
    for part in parts:
        found = place_named(plain(part))
        if found is None:
            name += f" {part}"
        else:
            places.append(found)
    name = _PREPOSITION.sub("", name.rstrip()) if places else name
    return name, min(places, key=lambda place: not place.is_town, default=None)


def _longest_place(text: str) -> tuple[Place, str] | None:
    """Return the place with which a text begins, of as many words as possible, and the words after it."""
    words = plain(text).split()
    for number in range(min(TOWN_WORDS + 1, len(words)), 0, -1):
        found = place_named(" ".join(words[:number]))
        if found is not None:
            return found, " ".join(words[number:])
    return None


def place_named(words: str) -> Place | None:
    """Return the town or region that plain words name, in either alphabet.

    >>> sorted(place_named("nevinnomyssk").regions), sorted(place_named("ставропольский край").regions)
    (['26'], ['26'])
    """
    name = normal_city_name(words)
    return _places().get(folded(name)) if name else None


def located(name: str, place: str) -> str:
    """Return a name with those parts of a place beside it that are towns or regions.

    >>> located("Арнест", "357107, Ставропольский край, г. Невинномысск, ул. Низяева, 1")
    'Арнест, Ставропольский край, г. Невинномысск'
    """
    parts = (part.strip() for part in place.split(","))
    return ", ".join([name, *(part for part in parts if place_named(plain(part)))])


def folded(words: str) -> str:
    """Return plain words folded one by one."""
    return " ".join(map(fold, words.split()))


@cache
def _places() -> Mapping[str, Place]:
    """Return towns and regions by folded name; a town's namesakes share one entry, a region yields to a town."""
    where: dict[str, set[str]] = defaultdict(set)
    name: dict[str, str] = {}
    for city in cities():
        key = folded(normal_city_name(city.name))
        where[key].add(city.region_code)
        name[key] = city.name
    found = {key: Place(key, name[key], frozenset(codes), True) for key, codes in where.items()}
    for region in regions().values():
        for title in (region.name_ru, region.name_en):
            key = folded(plain(title))
            found.setdefault(key, Place(key, title, frozenset({region.code}), False))
    return found
