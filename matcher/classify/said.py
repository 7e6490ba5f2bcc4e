"""What firms say they offer or need, item by item: what each item means, and of which activity classes it speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.classifications import groups
from models.text import language_of

if TYPE_CHECKING:
    from matcher.classify.text import Candidate

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Said:
    """Things that are offered or asked for.

    Attributes
    ----------
    vectors
        The sentence vector of each, shape (k, d).
    classes
        The two-digit classes of the activities that make each, by confidence, rows of length one, in the order of
        :func:`classes`; zeros in a row where nothing was recognised. Shape (k, c).
    texts
        Their words, where they are at hand.
    """

    vectors: Vectors
    classes: Vectors
    texts: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.vectors)

    def only(self, rows: slice | NDArray[np.int64]) -> Said:
        """Return some of the things, a slice of them with their words."""
        return Said(self.vectors[rows], self.classes[rows], self.texts[rows] if isinstance(rows, slice) else ())

    @property
    def english(self) -> NDArray[np.bool_]:
        """Which things are worded in English, none where their words are not at hand, shape (k,)."""
        return np.array([language_of(text) == "en" for text in self.texts] or [False] * len(self))

    def near(self, other: Said) -> Vectors:
        """Return the cosine of the meaning of each thing with each of others, shape (k, l)."""
        return np.asarray(self.vectors @ other.vectors.T)

    def same_class(self, other: Said) -> Vectors:
        """Return how far each thing and each of others are of the same classes, from 0 to 1, shape (k, l).

        The cosine of their classes; 1 where those of either are not known.
        """
        agree = np.minimum(self.classes @ other.classes.T, 1.0)
        agree[~self.classes.any(axis=1)] = 1.0
        agree[:, ~other.classes.any(axis=1)] = 1.0
        return np.asarray(agree)


def unclassed(vectors: Vectors, texts: Sequence[str] = ()) -> Said:
    """Return things of which it is left open of what classes they are."""
    return Said(vectors, np.zeros((len(vectors), len(classes())), dtype=np.float32), tuple(texts))


def nothing_said(count: int = 0) -> Said:
    """Return so many things that say nothing."""
    return unclassed(np.zeros((count, 1), dtype=np.float32))


@cache
def classes() -> tuple[str, ...]:
    """Return the two-digit classes of OKVED-2, sorted."""
    return tuple(sorted({group[:2] for group in groups()}))


def class_rows(heard: Sequence[Iterable[Candidate]]) -> Vectors:
    """Return the classes of some things by the confidence of their activity groups, shape (k, c)."""
    column = {code: at for at, code in enumerate(classes())}
    rows = np.zeros((len(heard), len(column)), dtype=np.float32)
    for row, candidates in zip(rows, heard, strict=True):
        for candidate in candidates:
            row[column[candidate.code[:2]]] += candidate.confidence
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.divide(rows, length, out=rows, where=length > 0))
