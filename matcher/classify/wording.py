"""What the wording of a whole text tells: complement naive Bayes over letters and words of all reference texts.

Phrases are read with their head nouns and verbs (:mod:`matcher.classify.features`); here nothing is parsed. Every
n-gram of letters, every lemma and every two lemmas side by side of a text count, so that what no phrase says («340
своих полувагонов», «отгрузка ларькам») speaks too, and a rule that misreads a phrase is outvoted.

References
----------
Rennie, Shih, Teevan and Karger 2003, Tackling the Poor Assumptions of Naive Bayes Text Classifiers, ICML.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.classify.lexical import hasher, lexical_index, read_arrays, reference_file, tfidf, unit_rows, write_arrays
from matcher.classify.reference import Document
from matcher.classify.words import STOP_LEMMAS, lemmas, words
from models.classifications import group_index, groups

Floats = NDArray[np.floating[Any]]


class Kind(NamedTuple):
    """A kind of n-grams: how they are counted, in how many buckets, of what form of a text."""

    analyser: str
    features: int
    grams: tuple[int, int]
    normal: Callable[[str], str]


#: Buckets of n-grams of three to five letters, and of lemmas and pairs of them.
LETTERS, LEMMAS = 1 << 20, 1 << 20
KINDS = (
    Kind("char_wb", LETTERS, (3, 5), lambda text: " ".join(words(text))),
    Kind("word", LEMMAS, (1, 2), lambda text: " ".join(lemmas(text))),
)
#: How many texts of classifications one text of a firm counts.
SAID = 3.0
#: So often an n-gram is taken to stand in the texts of other groups beside what was counted.
SMOOTHING = 0.3
#: The part of the letters of a text that is known: up to the first it is no language, from the second on all of it is.
_NONSENSE, _LANGUAGE = 0.5, 0.8
_TELLING = 3


class Wording:
    """How well the wording of a text fits each group.

    Parameters
    ----------
    counts
        TF-IDF of n-grams summed over the texts of each group, sparse, shape (features, 623).
    idf
        Inverse document frequency of each; of one in no text it does not matter.
    """

    def __init__(self, counts: Any, idf: Floats) -> None:
        of_feature, of_group = counts.sum(axis=1), counts.sum(axis=0)
        self._idf = np.where(of_feature > 0, idf, 0.0)
        self._others = np.log(of_feature.sum() - of_group + SMOOTHING * np.count_nonzero(of_feature))
        self._weights = _weights(counts.tocoo(), of_feature + SMOOTHING)

    def fits(self, texts: Sequence[str]) -> Floats:
        """Return how much less each group fits texts than the best one does, log-odds of at most 0, shape (texts, 623).

        All are 0 where hardly any n-gram is known, and nearer to 0 where few are.
        """
        letters, told = (_logarithmic(_counted(kind, texts)) for kind in KINDS)
        known = _known(letters, self._idf[:LETTERS])
        halves = unit_rows(letters * self._idf[:LETTERS]), unit_rows(told * self._idf[LETTERS:])
        asked = sparse.csr_array(sparse.hstack(halves, format="csr"))
        fits = (asked @ self._weights).toarray() + asked.sum(axis=1)[:, None] * self._others
        return np.asarray(known * (fits - fits.max(axis=1, keepdims=True)))

    def telling(self, text: str, numbers: Sequence[int]) -> list[tuple[str, ...]]:
        """Return the words of a text that speak most for each of some groups, the most telling first."""
        told = tuple(dict.fromkeys(word for word in lemmas(text) if word not in STOP_LEMMAS))
        if not told:
            return [() for _ in numbers]
        features = LETTERS + hasher("word", LEMMAS, (1, 1)).transform(told).indices
        weights = self._idf[features, None] * self._weights[features].toarray()[:, numbers]
        order = np.argsort(-weights, axis=0, kind="stable")[:_TELLING].T
        return [tuple(told[at] for at in best if says[at] > 0) for best, says in zip(order, weights.T, strict=True)]


def _weights(counts: Any, of_feature: Floats) -> Any:
    """Return how much more each n-gram speaks for each group than for one that has no text with it."""
    usual = of_feature[counts.row]
    said = np.log(usual) - np.log(usual - counts.data)
    return sparse.csr_array((said.astype(np.float32), (counts.row, counts.col)), shape=counts.shape)


def _counted(kind: Kind, texts: Sequence[str]) -> Any:
    """Return how often the n-grams of a kind stand in texts, sparse, shape (texts, features)."""
    return sparse.csr_array(hasher(kind.analyser, kind.features, kind.grams).transform(map(kind.normal, texts)))


def _logarithmic(counts: Any) -> Any:
    counts.data = 1 + np.log(counts.data)
    return counts


def _known(letters: Any, idf: Floats) -> Floats:
    """Return how far texts are of a language, by the part of their letters that is known, shape (texts, 1)."""
    known = letters @ (idf > 0) / np.maximum(letters.sum(axis=1), 1.0)
    return np.asarray(np.clip((known - _NONSENSE) / (_LANGUAGE - _NONSENSE), 0, 1)[:, None])


def counts_of(items: Sequence[Document]) -> tuple[Any, Floats]:
    """Return what :class:`Wording` is made of from reference texts; what notes exclude is not counted."""
    kept = [item for item in items if item.kind != "excluded"]
    weight = [SAID if item.kind == "said" else 1.0 for item in kept]
    group = [group_index()[item.group] for item in kept]
    belongs = sparse.csr_array((weight, (np.arange(len(kept)), group)), shape=(len(kept), len(groups())))
    parts, idfs = [], []
    for kind in KINDS:
        told, idf = tfidf(_counted(kind, [item.text for item in kept]))
        parts.append(sparse.csr_array((told.T @ belongs).astype(np.float32)))
        idfs.append(idf)
    return sparse.csr_array(sparse.vstack(parts, format="csr")), np.concatenate(idfs)


@cache
def wording(cache_dir: Path | None) -> Wording:
    """Return the wording of the reference texts, read from the cache folder if it is there, else built in seconds."""
    path = reference_file(cache_dir, "wording")
    kept = read_arrays(path)
    if kept is None:
        counts, idf = counts_of(lexical_index(cache_dir).documents.items)
        kept = {"counts": counts, "idf": idf}
        write_arrays(path, kept)
    return Wording(kept["counts"], kept["idf"])
