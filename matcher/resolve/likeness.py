"""How alike two names are: words matched one to one, each counted by how much it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from matcher.resolve.index import NameIndex

#: Words shorter than this must be equal: a letter more or less makes another word of them.
SHORTEST_FUZZY = 4

#: Least likeness of two words that are taken for one.
SAME_WORD = 0.7

#: Cost of one wrong letter in shares of a word's length: of a word no company is called, and of one that is the name of
#: others and therefore hardly a slip of the pen. Chosen, as ``TELLING``, on the development half of the name pairs.
SLIP = 0.6
OTHER_WORD = 1.2

#: Power of the number of wrong letters: a third slip in one word is less likely than the first.
GROWTH = 1.5

#: Power of a word's rarity in its weight; the greater, the less a word like "сервис" tells.
TELLING = 1.5

#: What a word of the text that the name lacks weighs more, times how often it makes another name of a name. Chosen on
#: bundled names beside which others were left out.
APART = 2.0

#: What it costs that names agree only when spaces are left out.
JOINED = 0.98


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, from 0 to 1, and the pairs of words (text, register) that were taken for one."""

    score: float
    pairs: tuple[tuple[str, str], ...]
    joined: bool = False


class Comparison:
    """Compares the words of one text with names of an index.

    Parameters
    ----------
    index
        The names; tells how rare words are.
    words
        Folded words of the text.
    """

    def __init__(self, index: NameIndex, words: Sequence[str]) -> None:
        self.index = index
        self.words = tuple(words)
        self._joined = "".join(words)
        self._weight = [self.weight(word) for word in words]
        self._cost = [OTHER_WORD if index.knows(word) else SLIP for word in words]

    def weight(self, word: str) -> float:
        """Return what a word counts."""
        return float(self.index.rarity(word) ** TELLING)

    def with_row(self, row: int) -> Likeness:
        """Return the likeness to the name of a row: by words, or letter by letter where spaces fall differently."""
        other = self.index.words[row]
        by_words = self._by_words(other)
        if len(other) == len(self.words) or by_words.score == 1.0:
            return by_words
        joined = JOINED * _spelled(self._joined, "".join(other), 1.0)
        return Likeness(joined, by_words.pairs, True) if joined > by_words.score else by_words

    def _by_words(self, other: Sequence[str]) -> Likeness:
        r"""Return :math:`2 \sum w\,s / (\sum w + \sum w')` over matched words, best pairs first.

        A word of the text that no name has counts as much as the word it is taken for.
        """
        found = sorted(
            (
                (like, n, m)
                for n, word in enumerate(self.words)
                for m, its in enumerate(other)
                if (like := _spelled(word, its, self._cost[n])) >= SAME_WORD
            ),
            key=lambda pair: (-pair[0], abs(pair[1] - pair[2])),
        )
        weight, its_weight = list(self._weight), [self.weight(word) for word in other]
        pairs, shared = [], 0.0
        free, its_free = set(range(len(weight))), set(range(len(its_weight)))
        for like, n, m in found:
            if n in free and m in its_free:
                free.remove(n)
                its_free.remove(m)
                weight[n] = weight[n] if self.index.knows(self.words[n]) else its_weight[m]
                shared += like * (weight[n] + its_weight[m])
                pairs.append((self.words[n], other[m]))
        apart = APART * sum(self.index.sets_apart(self.words[n]) for n in free)
        total = sum(weight) + sum(its_weight) + apart
        return Likeness(min(shared / total, 1.0) if total else 0.0, tuple(pairs))


def _spelled(one: str, other: str, cost: float) -> float:
    """Return the likeness of two words by single-letter changes and swaps of neighbours.

    >>> _spelled("arnest", "arnest", 1.2), round(_spelled("arnset", "arnest", 0.6), 2), _spelled("ao", "ab", 0.6)
    (1.0, 0.9, 0.0)
    """
    if one == other:
        return 1.0
    longer = max(len(one), len(other))
    if min(len(one), len(other)) < SHORTEST_FUZZY:
        return 0.0
    changes = OSA.distance(one, other)
    return float(max(1.0 - cost * changes**GROWTH / longer, 0.0))
