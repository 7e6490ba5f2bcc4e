"""What speaks for each activity group, measured: the features of a phrase against all 623 groups.

=============== =====================================================================================
characters      highest cosine of character n-grams with a text of the group
meaning         the same of sentence vectors
lexicon         weight of a trade term of the group found in the phrase
excluded        where the phrase is nearly word for word what the notes exclude, and no text of the group is nearer:
                the cosine with that
…_lead          the same times its share of the best group's (``meaning``: less the best group's)
…_vote          share of the group among the thirty nearest texts
evidence        log-odds of the group by each word of the phrase, less the best group's
…_share         probability of the group by that evidence
class_evidence  as ``evidence``, of the two-digit class (:mod:`matcher.classify.word_evidence`)
=============== =====================================================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.classify.embedding import Embedder
from matcher.classify.formulae import plain
from matcher.classify.lexical import LexicalIndex
from matcher.classify.lexicon import Match, find_terms
from matcher.classify.reference import SHORTEST, Document
from matcher.classify.vectors import ReferenceVectors
from matcher.classify.verbs import AGENT, MAKE, SELLING, allowed_groups, dealing, dealing_of, nominal
from matcher.classify.word_evidence import WordEvidence
from matcher.classify.words import TAIL_OPENERS, Phrase, lemmas, phrase, words
from models.classifications import group_index, group_of, groups

Floats = NDArray[np.float32]
NAMES = (
    "characters", "characters_lead", "meaning_lead", "lexicon", "lexicon_lead", "excluded", "characters_vote",
    "meaning_vote", "evidence", "evidence_share", "class_evidence",
)  # fmt: skip
_NEIGHBOURS = 30
_SPECIFIC, _GENERAL = 4.0, 12.0
_LEAST_TAIL = 0.35
_NEARLY_SAID = 0.8


@dataclass(frozen=True, slots=True)
class Piece:
    """A phrase with one way of dealing: what is scored.

    ``weight`` is what its place in the text leaves of its chances (:mod:`matcher.classify.pieces`). ``hidden`` are
    reference texts that must not be seen (in training, the near-duplicates of the phrase itself).
    """

    text: str
    thing: Phrase
    mode: str
    verbs: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    weight: float = 1.0
    hidden: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, text: str, mode: str | None = None) -> Piece:
        """Return the piece of a phrase; ``mode`` is used when the phrase itself has no verb.

        A trade term that is all verb («грузоперевозки») is the thing itself.
        """
        said = plain(text)
        told = dealing(said)
        thing = phrase(told.thing)
        chosen = mode or (told.modes[0] if told.modes else MAKE)
        matches = tuple(find_terms(nominal(said), thing))
        if matches and chosen not in SELLING and not (thing.main or thing.tail):
            thing = phrase(said)
        return cls(text, thing, chosen, told.verbs, matches)

    @property
    def key(self) -> tuple[str, ...]:
        """What its score depends on, apart from what is hidden."""
        return (self.text, self.mode, " ".join(self.verbs), *(match.term for match in self.matches))

    @classmethod
    def whole(cls, text: str) -> Piece:
        """Return a text as one piece in which every word weighs the same."""
        told = lemmas(text)
        return cls(text, Phrase(text, told, (), ""), MAKE)


@dataclass(frozen=True, slots=True)
class Measured:
    """Features of pieces, shape (pieces, 623, features), and likeness to every reference text.

    ``spelled`` has shape (pieces, documents), ``meant`` (pieces, vectors).
    """

    values: Floats
    spelled: Floats
    meant: Floats


def tail_weight(head: str, spread: dict[str, float]) -> float:
    """Return how much what follows «для», «из» counts: little after a telling head noun, fully after a general one.

    ``spread`` is the effective number of groups a head noun occurs in: «мешок» tells, «оборудование» does not.
    """
    width = spread.get(head, _GENERAL)
    share = (width - _SPECIFIC) / (_GENERAL - _SPECIFIC)
    return float(np.clip(_LEAST_TAIL + (1 - _LEAST_TAIL) * share, _LEAST_TAIL, 1.0))


class Scorer:
    """Measures phrases against the reference.

    Parameters
    ----------
    index
        Spelling of the reference texts.
    vectors
        Meaning of the reference texts.
    embedder
        Gives the meaning of a phrase.
    """

    def __init__(self, index: LexicalIndex, vectors: ReferenceVectors, embedder: Embedder) -> None:
        self.index = index
        self.vectors = vectors
        self.embedder = embedder
        self.evidence = WordEvidence(index)
        self.head_spread = head_spread(index)
        #: Abbreviations: what their letters mean to an embedding model is chance.
        self._short = np.array([i for i, text in enumerate(vectors.texts) if len(text) < SHORTEST], dtype=np.int64)
        self._english = np.array([text.isascii() for text in vectors.texts])
        self._vector_starts = np.searchsorted(vectors.group, np.arange(len(groups())))

    def measure(self, pieces: Sequence[Piece]) -> Measured:
        """Return the features of pieces against all groups."""
        tails = [tail_weight(piece.thing.head, self.head_spread) for piece in pieces]
        things = [piece.thing for piece in pieces]
        hidden = [self._hidden(piece) for piece in pieces]
        allowed = np.stack([_allowed(piece) for piece in pieces])
        likeness = self.index.character_similarity(things, tails).toarray()
        against = self._best(np.where(self.index.documents.excluded, likeness, 0))
        spelled = self._heard(likeness, hidden, allowed)
        best = self._best(spelled)
        meant = self._meaning(pieces, tails, allowed)
        best_meant = np.maximum.reduceat(meant, self._vector_starts, axis=1)
        terms = np.stack([_terms(piece) for piece in pieces])
        columns = [
            best, _lead(best), best_meant - best_meant.max(axis=1, keepdims=True), terms, _lead(terms),
            np.where(against >= np.maximum(best, _NEARLY_SAID), against, 0),
            _votes(spelled**2, self.index.documents.group), _votes(meant**8, self.vectors.group),
        ]  # fmt: skip
        sold = np.array([piece.mode in SELLING for piece in pieces])[:, None]
        told = self.evidence.measure(things, tails, hidden, np.where(sold, allowed, 1))
        return Measured(np.concatenate([np.stack(columns, axis=2), told], axis=2), spelled, meant)

    def nearest(self, measured: Measured, row: int, number: int) -> tuple[Document, str, str]:
        """Return the text of a group nearest to a piece by spelling, and those nearest by meaning, Russian and English.

        A group that has no text of a language is quoted in the other.
        """
        documents = self.index.documents
        start, end = _span(documents.starts, number, len(documents.items))
        spelled = start + int(np.argmax(measured.spelled[row, start:end]))
        start, end = _span(self._vector_starts, number, len(self.vectors.texts))
        meant, english = measured.meant[row, start:end], self._english[start:end]
        quoted = [start + int(np.argmax(np.where(mask, meant, meant - 2))) for mask in (~english, english)]
        return documents.items[spelled], self.vectors.texts[quoted[0]], self.vectors.texts[quoted[1]]

    def _hidden(self, piece: Piece) -> NDArray[np.int64]:
        if not piece.hidden:
            return np.zeros(0, dtype=np.int64)
        items = self.index.documents.items
        return np.array([i for i, item in enumerate(items) if item.text in piece.hidden], dtype=np.int64)

    def _heard(self, likeness: Any, hidden: Sequence[Any], allowed: Any) -> Any:
        for row, texts in enumerate(hidden):
            likeness[row, texts] = 0
        return np.where(self.index.documents.excluded, 0, likeness) * allowed[:, self.index.documents.group]

    def _best(self, likeness: Any) -> Any:
        return np.maximum.reduceat(likeness, self.index.documents.starts, axis=1)

    def _meaning(self, pieces: Sequence[Piece], tails: Sequence[float], allowed: Any) -> Any:
        texts = [_spoken(piece, tail) for piece, tail in zip(pieces, tails, strict=True)]
        similar = np.maximum(self.vectors.similarity(self.embedder.queries(texts)), 0)
        similar[:, self._short] = 0
        for row, piece in enumerate(pieces):
            if piece.hidden:
                similar[row, [i for i, text in enumerate(self.vectors.texts) if text in piece.hidden]] = 0
        return similar * allowed[:, self.vectors.group]


def head_spread(index: LexicalIndex) -> dict[str, float]:
    """Return the effective number of groups each head noun heads texts of."""
    counts: dict[str, dict[int, int]] = {}
    documents = index.documents
    for head, group, excluded in zip(
        documents.heads, documents.group.tolist(), documents.excluded.tolist(), strict=True
    ):
        if head and not excluded:
            row = counts.setdefault(head, {})
            row[group] = row.get(group, 0) + 1
    spread = {}
    for head, row in counts.items():
        values = np.sqrt(np.array(list(row.values()), dtype=float))
        parts = values / values.sum()
        spread[head] = float(np.exp(-(parts * np.log(parts)).sum()))
    return spread


def _allowed(piece: Piece) -> Floats:
    """Return 1 for the groups the way of dealing may lead to and for those of trade terms heard."""
    known = allowed_groups(piece.mode)
    allowed = np.array([code in known for code in groups()], dtype=np.float32)
    return np.maximum(allowed, _terms(piece) > 0).astype(np.float32)


def _terms(piece: Piece) -> Floats:
    """Return the weights of trade terms by group.

    A term that names the dealing itself is heard in every mode, and every term is where no dealing is named; who says
    that he makes a thing and sells it is its maker, and who sells over the net does no more than that.
    """
    values = np.zeros(len(groups()), dtype=np.float32)
    known = allowed_groups(piece.mode)
    maker = piece.mode == MAKE and any(dealing_of(word) == MAKE for word in piece.verbs)
    for match in piece.matches:
        group = group_of(match.code)
        free = not maker and piece.mode not in ("online", AGENT) and (match.with_verb or piece.mode == MAKE)
        if group and (group in known or free):
            number = group_index()[group]
            values[number] = max(values[number], match.weight)
    return values


def _spoken(piece: Piece, tail: float) -> str:
    """Return what is said to the embedding model: the thing without its tail where its head noun tells enough."""
    said = words(piece.thing.text)
    if tail > 0.6 or not piece.thing.tail:
        return " ".join(said) or piece.text[:200]
    cut = next((i for i, word in enumerate(said) if i and word in TAIL_OPENERS), len(said))
    return " ".join(said[:cut]) or piece.text[:200]


def _lead(values: Any) -> Any:
    """Return values times their share of the best: a small value leads little even where it is the best."""
    best = values.max(axis=1, keepdims=True)
    return np.divide(values**2, best, out=np.zeros_like(values), where=best > 0)


def _span(starts: Any, number: int, size: int) -> tuple[int, int]:
    return int(starts[number]), int(starts[number + 1]) if number + 1 < len(starts) else size


def _votes(weights: Any, group: Any) -> Any:
    votes = np.zeros((len(weights), len(groups())), dtype=np.float32)
    near = np.argpartition(-weights, _NEIGHBOURS, axis=1)[:, :_NEIGHBOURS]
    for row, numbers in enumerate(near):
        np.add.at(votes[row], group[numbers], weights[row, numbers])
    total = votes.sum(axis=1, keepdims=True)
    return np.divide(votes, total, out=np.zeros_like(votes), where=total > 0)
