"""What a company's name says of its activity: stems of words, fast enough for a register of millions.

Stems are in ``reference/name_hints.csv``: a stem matches the beginning of a word; one of four letters or more also its
end («Тольяттиазот»), one of six or more any part; with ``=`` only the whole word; several stems match words in a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from matcher.classify.channels import channels_of
from models.classifications import groups
from models.names import name_core
from models.resources import read_table

#: Words of a name that say it trades, whatever else is in it.
TRADE_WORDS = frozenset({"тд", "торговый", "торг", "трейд", "трейдинг", "трейдер", "trade", "trading", "опт", "сбыт"})
TRADE_PAIRS = frozenset({("торговый", "дом"), ("торговая", "компания"), ("торговая", "фирма"), ("торговая", "группа")})
_SUFFIX, _INSIDE = 4, 6
_MOST_WORDS = 400_000


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    return {
        row["stem"]: groups_of(tuple(row["okved_prefixes"].split(";")))
        for row in read_table("reference/name_hints.csv")
    }


@cache
def groups_of(prefixes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the groups under code prefixes.

    >>> groups_of(("20.1",))[:2]
    ('20.11', '20.12')
    """
    return tuple(code for code in groups() if code.startswith(prefixes))


def groups_of_stem(stem: str) -> tuple[str, ...]:
    """Return the groups a stem of the table speaks of.

    >>> groups_of_stem("азот")
    ('20.15', '46.75')
    """
    return _table()[stem]


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the stems of several words by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for stem in _table():
        parts = tuple(stem.split())
        if len(parts) > 1:
            found.setdefault(parts[0], []).append((parts, stem))
    return {first: tuple(rest) for first, rest in found.items()}


def word_stems(word: str) -> tuple[str, ...]:
    """Return the stems found in a word.

    >>> word_stems("новоазот"), word_stems("фасад")
    (('азот',), ('фасад',))
    """
    table = _table()
    found = [stem for stem in _pieces(word) if stem in table]
    if word + "=" in table:
        found.append(word + "=")
    return tuple(sorted(found))


def _pieces(word: str) -> set[str]:
    """Return the parts of a word a stem may be: beginnings, ends of four letters, inner parts of six or more."""
    size = len(word)
    starts = {word[:end] for end in range(2, size + 1)}
    ends = {word[start:] for start in range(size - _SUFFIX + 1)}
    inner = {word[start:end] for start in range(size) for end in range(start + _INSIDE, size + 1)}
    return starts | ends | inner


@dataclass(slots=True)
class NameReader:
    """Reads names; remembers the words it has met, which is what makes it fast."""

    known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def read(self, name: str) -> tuple[frozenset[str], bool]:
        """Return the stems found in a name and whether it calls itself a trader.

        >>> found, trades = NameReader().read('ООО "Торговый дом Азот"')
        >>> "азот" in found, trades
        (True, True)
        """
        told = name_core(name).split()
        found = {stem for word in told for stem in self._stems(word)}
        if len(told) > 1:
            found.update(_rows_of_words(told))
        trades = not TRADE_WORDS.isdisjoint(told[:1] + told[-1:]) or any(pair in TRADE_PAIRS for pair in pairwise(told))
        return frozenset(found), trades

    def _stems(self, word: str) -> tuple[str, ...]:
        stems_of_word = self.known.get(word)
        if stems_of_word is None:
            stems_of_word = word_stems(word)
            if len(self.known) < _MOST_WORDS:
                self.known[word] = stems_of_word
        return stems_of_word


def _rows_of_words(told: list[str]) -> Iterator[str]:
    phrases = _phrases()
    for start, word in enumerate(told):
        for end in range(2, len(word) + 1):
            for parts, stem in phrases.get(word[:end], ()):
                rest = told[start : start + len(parts)]
                if len(rest) == len(parts) and all(w.startswith(p) for w, p in zip(rest, parts, strict=True)):
                    yield stem


def name_votes(found: frozenset[str], allowed: frozenset[str]) -> dict[str, float]:
    """Return how much a name speaks of each allowed group; votes sum to at most 1.

    A stem shares one vote between the allowed groups it speaks of; of stems within one another only the longest that
    speaks of an allowed group votes. Where goods are made elsewhere but traded here, the vote goes to their channel.

    >>> name_votes(frozenset({"азот"}), frozenset({"20.13", "20.15"}))
    {'20.15': 1.0}
    """
    votes: dict[str, float] = {}
    spoken = {stem: targets for stem in sorted(found) if (targets := _targets(stem, allowed))}
    for stem, targets in spoken.items():
        if any(_within(stem, other) for other in spoken):
            continue
        for code in targets:
            votes[code] = votes.get(code, 0.0) + 1.0 / len(targets)
    total = max(sum(votes.values()), 1.0)
    return {code: vote / total for code, vote in votes.items()}


def _within(stem: str, other: str) -> bool:
    core, longer = stem.rstrip("="), other.rstrip("=")
    return len(core) < len(longer) and core in longer


def _targets(stem: str, allowed: frozenset[str]) -> list[str]:
    made = [code for code in _table()[stem] if code in allowed]
    return made or [code for code in _channels_of_stem(stem) if code in allowed]


@cache
def _channels_of_stem(stem: str) -> tuple[str, ...]:
    """Return the trade activities that handle the goods a stem speaks of."""
    modes = ("wholesale", "retail")
    return tuple(sorted({c for code in _table()[stem] for mode in modes for c in channels_of(code, mode)}))
