r"""The names of the register, ready for the question which of them look like a given one.

Two inverted indexes in flat arrays: rows by folded word and rows by character trigram of the folded name. A query reads
the shortest lists first, up to a budget, so its cost does not grow with the register once common words are past it.
The build is linear in the number of characters; memory is about 100 bytes of arrays a name and the names themselves.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from matcher.resolve.request import folded
from matcher.resolve.spelling import key_words, plain
from models.geography import normal_city_name, region_of_inn

Ints = NDArray[np.int32]

#: Rows read from the inverted lists for one reading of a text.
BUDGET = 200_000

#: Rows compared word by word for one reading.
SHORTLIST = 150

#: Weight of a place that agrees when rows are chosen for comparison, in shares of common trigrams.
PLACE_BONUS = 0.15

#: Names added to those that hold a word, so that a word of few names says little of what it sets apart.
RARE = 10

_SYMBOLS = 37
_TRIGRAMS = _SYMBOLS**3
_REGIONS = 100


@dataclass(frozen=True, slots=True)
class Lists:
    """Rows by key, one after another: those of key ``k`` are ``rows[start[k]:start[k + 1]]``."""

    start: NDArray[np.int64]
    rows: Ints

    def of(self, key: int) -> Ints:
        """Return the rows of a key."""
        return self.rows[self.start[key] : self.start[key + 1]]

    def lengths(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many rows keys have."""
        return self.start[keys + 1] - self.start[keys]


def invert(keys: NDArray[np.integer], rows: Ints, count: int) -> Lists:
    """Return rows by key from pairs of key and row, keys below ``count``.

    >>> invert(np.array([1, 0, 1]), np.array([5, 6, 7], dtype=np.int32), 2).of(1).tolist()
    [5, 7]
    """
    order = np.argsort(keys, kind="stable")
    start = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(keys, minlength=count), out=start[1:])
    return Lists(start, rows[order])


def greatest(values: NDArray[np.floating], count: int) -> NDArray[np.int64]:
    """Return the places of the greatest values, greatest first, equal ones in order.

    >>> greatest(np.array([0.5, 0.9, 0.5, 0.1]), 2).tolist()
    [1, 0]
    """
    least = np.partition(values, -count)[-count] if count < len(values) else -np.inf
    among = np.flatnonzero(values >= least)
    return np.asarray(among[np.argsort(-values[among], kind="stable")[:count]], dtype=np.int64)


def trigrams(text: bytes) -> NDArray[np.uint16]:
    """Return the trigrams of folded text, numbered below 37³; every sign but a letter or digit is a blank."""
    symbols = _symbol_table()[np.frombuffer(text, dtype=np.uint8)].astype(np.uint16)
    if len(symbols) < 3:
        return np.empty(0, dtype=np.uint16)
    return (symbols[:-2] * _SYMBOLS + symbols[1:-1]) * _SYMBOLS + symbols[2:]


def _symbol_table() -> NDArray[np.uint8]:
    table = np.zeros(256, dtype=np.uint8)
    for number, letter in enumerate(b"abcdefghijklmnopqrstuvwxyz0123456789", start=1):
        table[letter] = number
    return table


class NameIndex:
    """Names of companies by INN, town and region.

    Parameters
    ----------
    companies
        (INN, name, town or ``None``) of every company.
    """

    def __init__(self, companies: Iterable[tuple[str, str, str | None]]) -> None:
        self.inns: list[str] = []
        self.names: list[str] = []
        self.cities: list[str | None] = []
        for inn, name, city in companies:
            self.inns.append(inn)
            self.names.append(name)
            self.cities.append(city)
        self.words: list[tuple[str, ...]] = [key_words(plain(name)) for name in self.names]
        size = len(self.inns)
        self._regions = np.fromiter((int(region_of_inn(inn) or 0) for inn in self.inns), dtype=np.uint8, count=size)
        numbers = np.fromiter(map(int, self.inns), dtype=np.int64, count=size)
        self._inn_order = np.argsort(numbers, kind="stable")
        self._inn_numbers = numbers[self._inn_order]
        self._by_trigram, self._trigram_count = _invert_trigrams(self.words)
        self._vocabulary, self._by_word = _invert_words(self.words)
        self._apart = _neighbours(self.words, self._vocabulary)

    def __len__(self) -> int:
        return len(self.inns)

    def row(self, inn: str) -> int | None:
        """Return the row of an INN."""
        place = int(np.searchsorted(self._inn_numbers, int(inn), side="right")) - 1
        row = int(self._inn_order[place]) if place >= 0 else -1
        return row if row >= 0 and self.inns[row] == inn else None

    def region(self, row: int) -> str:
        """Return the two-digit region of a row's INN, empty if unknown."""
        return f"{number:02d}" if (number := int(self._regions[row])) else ""

    def city_key(self, row: int) -> str:
        """Return the town of a row as places are keyed, empty if unknown."""
        city = self.cities[row]
        return folded(normal_city_name(city)) if city else ""

    def knows(self, word: str) -> bool:
        """Tell whether some name has a folded word."""
        return word in self._vocabulary

    def rarity(self, word: str) -> float:
        r"""Return how much a word tells, from 0 (every name has it) to 1 (one name has it).

        :math:`\ln(N / n_w) / \ln N` with :math:`n_w` names that hold the word; a word never seen counts as one name.
        """
        number = self._vocabulary.get(word)
        held = 1 if number is None else int(self._by_word.start[number + 1] - self._by_word.start[number])
        total = max(len(self), 2)
        return max(math.log(total / held) / math.log(total), 0.0) if held else 1.0

    def sets_apart(self, word: str) -> float:
        """Return how often a word makes another firm's name of a firm's name, from 0 to 1.

        The share of the names with the word that without it are another name: there is a "Сервис" or a "Трейд" beside
        many a firm, hardly ever a "завод".
        """
        number = self._vocabulary.get(word)
        if number is None:
            return 0.0
        held = int(self._by_word.start[number + 1] - self._by_word.start[number])
        return float(self._apart[number]) / (held + RARE)

    def nearest(self, words: Sequence[str], regions: frozenset[str]) -> list[int]:
        """Return rows whose names share rare words or trigrams with folded words, best first.

        Parameters
        ----------
        words
            Folded words of a name.
        regions
            Two-digit codes that are preferred among equally similar names; may be empty.
        """
        query = np.unique(trigrams(f" {' '.join(words)} ".encode())).astype(np.int64)
        known = [self._vocabulary[word] for word in dict.fromkeys(words) if word in self._vocabulary]
        rows = [*self._read(self._by_trigram, query), *self._read(self._by_word, np.array(known, dtype=np.int64))]
        if not rows:
            return []
        hit, shared = np.unique(np.concatenate(rows), return_counts=True)
        score = 2.0 * shared / (len(query) + len(known) + self._trigram_count[hit])
        if regions:
            preferred = np.zeros(_REGIONS, dtype=bool)
            preferred[list(map(int, regions))] = True
            score += PLACE_BONUS * preferred[self._regions[hit]]
        return [int(row) for row in hit[greatest(score, SHORTLIST)]]

    @staticmethod
    def _read(lists: Lists, keys: NDArray[np.int64]) -> list[Ints]:
        """Return the lists of keys, shortest first, until the budget is spent; the last one is cut."""
        lengths = lists.lengths(keys)
        order = np.argsort(lengths, kind="stable")
        left = BUDGET - np.concatenate(([0], np.cumsum(lengths[order])))
        return [lists.of(int(key))[: int(room)] for key, room in zip(keys[order], left, strict=False) if room > 0]


def _invert_trigrams(words: Sequence[tuple[str, ...]]) -> tuple[Lists, Ints]:
    """Return rows by trigram and how many trigrams and words each row has."""
    texts = [f" {' '.join(one)} " for one in words]
    joined = "\n".join(texts).encode()
    found = trigrams(joined)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)[: len(found)]
    # The trigrams that lie across two names begin with the last sign of one name or with the line end behind it.
    end = np.cumsum(lengths)
    inside = np.ones(len(found), dtype=bool)
    for back in (1, 2):
        across = end - back
        inside[across[(across >= 0) & (across < len(found))]] = False
    keys, rows = found[inside], owner[inside]
    count = np.bincount(rows, minlength=len(texts)) + [len(one) for one in words]
    return invert(keys, rows, _TRIGRAMS), count.astype(np.int32)


def _invert_words(words: Sequence[tuple[str, ...]]) -> tuple[dict[str, int], Lists]:
    """Return the vocabulary and rows by word."""
    vocabulary: dict[str, int] = {}
    distinct = [tuple(dict.fromkeys(one)) for one in words]
    lengths = np.fromiter(map(len, distinct), dtype=np.int64, count=len(distinct))
    keys = np.fromiter(
        (vocabulary.setdefault(word, len(vocabulary)) for word in chain.from_iterable(distinct)),
        dtype=np.int32,
        count=int(lengths.sum()),
    )
    rows = np.repeat(np.arange(len(words), dtype=np.int32), lengths)
    return vocabulary, invert(keys, rows, len(vocabulary))


def _neighbours(words: Sequence[tuple[str, ...]], vocabulary: Mapping[str, int]) -> Ints:
    """Return by number of a word how many different names are another name of the list when the word is left out."""
    names = set(words)
    pairs = (
        vocabulary[word]
        for name in names
        if len(name) > 1
        for place, word in enumerate(name)
        if name[:place] + name[place + 1 :] in names
    )
    return np.bincount(np.fromiter(pairs, dtype=np.int32), minlength=len(vocabulary)).astype(np.int32)
