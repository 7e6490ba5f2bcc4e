"""What each word of a phrase tells of its activity group and class: naive Bayes over the lemmas of the reference texts.

A word adds to a group the logarithm of how many times more often it stands in the group's texts than in all texts;
what follows «для» counts less. So «пластмассовый» leads «перчатки пластмассовые» to plastic goods,
though no text of theirs is near.

References
----------
Maron 1961, Automatic Indexing: An Experimental Inquiry, Journal of the ACM 8(3), doi:10.1145/321075.321084.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.classify.lexical import LexicalIndex, word_features
from matcher.classify.words import Phrase
from models.classifications import groups

Floats = NDArray[np.float64]
#: Texts a group is taken to have beside its own, with words as in all texts: few texts prove little.
PRIOR_TEXTS = 20.0
#: Evidence is counted from the best group's down to this, in natural logarithms.
LEAST = -8.0
_CLASS = 2


class WordEvidence:
    """Counts of words by group, read from the index of reference texts.

    Parameters
    ----------
    index
        Its words and documents; what notes exclude is not counted.
    """

    def __init__(self, index: LexicalIndex) -> None:
        self._documents = index.documents
        self._words = index.words
        self._texts = self._per_group(np.flatnonzero(~index.documents.excluded))
        self._class_of = np.unique([code[:_CLASS] for code in groups()], return_inverse=True)[1]

    def measure(
        self, phrases: Sequence[Phrase], tails: Sequence[float], hidden: Sequence[NDArray[np.int64]], allowed: Any
    ) -> NDArray[np.float32]:
        """Return what the words of phrases tell, shape (phrases, 623, 3).

        Parameters
        ----------
        phrases
            What is asked.
        tails
            Weight of what follows the first preposition of each.
        hidden
            Numbers of the reference texts each must not see.
        allowed
            1 for the groups each may lead to, shape (phrases, 623).

        Returns
        -------
        ndarray
            Log-odds of each group less the best group's, its probability among the groups, and log-odds of its class
            less the best class's, all times the part of the words that is known. Where no word is known, the least.
        """
        said = [dict(_weighted(phrase, tail)) for phrase, tail in zip(phrases, tails, strict=True)]
        feature = word_features([word for words in said for word in words])
        rows = zip(said, hidden, allowed, strict=True)
        return np.stack([self._told(words, feature, away, open_) for words, away, open_ in rows]).astype(np.float32)

    def _told(self, words: dict[str, float], feature: dict[str, int], hidden: Any, allowed: Any) -> Floats:
        texts = self._texts - self._per_group(hidden)
        told, of_class = np.zeros(len(texts)), np.zeros(self._class_of.max() + 1)
        known = 0
        for word, weight in words.items():
            with_word = self._with_word(feature[word], hidden)
            known += bool(with_word.any())
            told += weight * log_ratio(with_word, texts)
            of_class += weight * log_ratio(self._by_class(with_word), self._by_class(texts))
        if not known:
            return np.stack([np.full(len(told), LEAST), np.zeros(len(told)), np.full(len(told), LEAST)], axis=1)
        part = known / len(words)
        told, of_class = part * told, part * of_class
        told[allowed == 0] = -np.inf
        ahead = told - told.max()
        odds = np.exp(ahead)
        share = part * odds / odds.sum()
        best = of_class - of_class.max()
        return np.stack([np.maximum(ahead, LEAST), share, np.maximum(best, LEAST)[self._class_of]], axis=1)

    def _with_word(self, feature: int, hidden: Any) -> Floats:
        numbers = self._words.indices[self._words.indptr[feature] : self._words.indptr[feature + 1]]
        return self._per_group(numbers[~np.isin(numbers, hidden)] if len(hidden) else numbers)

    def _per_group(self, numbers: Any) -> Floats:
        kept = numbers[~self._documents.excluded[numbers]]
        return np.bincount(self._documents.group[kept], minlength=len(groups())).astype(float)

    def _by_class(self, values: Floats) -> Floats:
        return np.asarray(np.bincount(self._class_of, values), dtype=float)


def log_ratio(with_word: Floats, texts: Floats) -> Floats:
    """Return the logarithm of how many times more often a word stands in the texts of each group than in all.

    Each group counts as if it had :data:`PRIOR_TEXTS` more texts like all texts. A word in no text tells nothing.

    >>> log_ratio(np.array([30.0, 0.0]), np.array([40.0, 40.0])).round(2).tolist()
    [0.51, -1.1]
    >>> log_ratio(np.array([0.0, 0.0]), np.array([40.0, 40.0])).tolist()
    [0.0, 0.0]
    """
    if not with_word.any():
        return np.zeros(len(texts))
    usual = with_word.sum() / texts.sum()
    return np.asarray(np.log((with_word + PRIOR_TEXTS * usual) / ((texts + PRIOR_TEXTS) * usual)))


def _weighted(phrase: Phrase, tail: float) -> Iterator[tuple[str, float]]:
    """Yield the words of a phrase with their weights; a later weight of the same word holds."""
    yield from ((word, tail) for word in phrase.tail)
    yield from ((word, 1.0) for word in phrase.main)
