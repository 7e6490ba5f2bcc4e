"""Which firms say which words: an index of names, towns and texts that finds parts of words and other forms of them.

The vocabulary is one text, a word a line, so that a part of a word is found by one pass over it; a word form leads to
the others of its lemma. Firms of a word are stored as in a sparse matrix.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.classify.words import parse, words
from models.names import name_core

Ints = NDArray[np.int64]

_WORDY = re.compile(r"[a-zа-я]")


@dataclass(frozen=True)
class WordIndex:
    """Words and who says them.

    Attributes
    ----------
    letters
        The vocabulary in UTF-8, sorted, a word a line.
    lemma_letters
        The lemmas likewise.
    lemma_of
        Row of each word's lemma, shape (words,).
    indptr, firms
        Numbers of the firms that say each word, as in a sparse matrix.
    """

    letters: NDArray[np.uint8]
    lemma_letters: NDArray[np.uint8]
    lemma_of: Ints
    indptr: Ints
    firms: NDArray[np.int32]

    @cached_property
    def vocabulary(self) -> str:
        """The words, each between line ends."""
        return f"\n{bytes(self.letters).decode()}\n"

    @cached_property
    def starts(self) -> Ints:
        """Where each word begins in the vocabulary."""
        return line_starts(self.vocabulary)

    @cached_property
    def lemma_row(self) -> dict[str, int]:
        """Row of each lemma."""
        text = bytes(self.lemma_letters).decode()
        return {lemma: row for row, lemma in enumerate(text.split("\n"))} if text else {}

    def saying(self, word: str, count: int) -> NDArray[np.bool_]:
        """Return which of ``count`` firms say a word, a longer one that holds it, or another form of it."""
        found = self.rows_with(word)
        lemma = self.lemma_row.get(parse(word)[0]) if _WORDY.search(word) else None
        if lemma is not None:
            found = np.union1d(found, np.flatnonzero(self.lemma_of == lemma))
        said = np.zeros(count, dtype=bool)
        for row in found:
            said[self.firms[self.indptr[row] : self.indptr[row + 1]]] = True
        return said

    def rows_with(self, part: str) -> Ints:
        """Return the rows of the words that hold a part."""
        text, at, found = self.vocabulary, -1, []
        while part and "\n" not in part and (at := text.find(part, at + 1)) >= 0:
            found.append(at)
            at = text.find("\n", at)
        return np.searchsorted(self.starts, np.array(found, dtype=np.int64), side="right") - 1


def line_starts(text: str) -> Ints:
    r"""Return where the lines of a text begin that stands between line ends.

    >>> line_starts("\nмешок\nящик\n").tolist()
    [1, 7]
    """
    ends = [match.start() for match in re.finditer("\n", text)]
    return np.array(ends[:-1], dtype=np.int64) + 1 if len(text) > 2 else np.zeros(0, dtype=np.int64)


def words_asked(query: str) -> list[str]:
    """Return the words of a query as the index knows them; legal forms count only where nothing else is asked.

    >>> words_asked("ООО «Ёлка-Сервис»"), words_asked("ООО"), words_asked("2631")
    (['елка', 'сервис'], ['ооо'], ['2631'])
    """
    return list(dict.fromkeys(name_core(query).split() or query.lower().replace("ё", "е").split()))


def words_of(names: Iterable[str], texts: Iterable[str]) -> set[str]:
    """Return the words of a firm: of its names, towns and codes as they stand, and of what it says.

    >>> sorted(words_of(["ООО «Полимер-26»"], ["Мешки из полипропилена"]))
    ['26', 'из', 'мешки', 'полимер', 'полипропилена']
    """
    named = (word for name in names for word in name_core(name).split())
    return {*named, *(word for text in texts if text for word in words(text))}


def word_index(said: Sequence[set[str]]) -> WordIndex:
    """Return the index of what each firm says, firms in order.

    Examples
    --------
    >>> index = word_index([{"мешки", "26"}, {"полипропилен"}])
    >>> index.saying("мешков", 2).tolist(), index.saying("проп", 2).tolist()
    ([True, False], [False, True])
    """
    firms_of: dict[str, list[int]] = {}
    for firm, each in enumerate(said):
        for word in each:
            firms_of.setdefault(word, []).append(firm)
    vocabulary = sorted(firms_of)
    lemma = [parse(word)[0] if _WORDY.search(word) else word for word in vocabulary]
    lemmas, lemma_of = np.unique(np.array(lemma, dtype=str), return_inverse=True)
    lengths = np.array([len(firms_of[word]) for word in vocabulary], dtype=np.int64)
    return WordIndex(
        letters=_letters(vocabulary),
        lemma_letters=_letters(lemmas.tolist()),
        lemma_of=lemma_of.astype(np.int64),
        indptr=np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
        firms=np.array([firm for word in vocabulary for firm in firms_of[word]], dtype=np.int32),
    )


def _letters(lines: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)
