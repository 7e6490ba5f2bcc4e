"""What a text about products, services or needs speaks of: activity groups with calibrated confidence and reasons.

A text is cut into phrases; of each, every activity group is measured (:mod:`matcher.classify.features`) and a logistic
regression, whose few weights are in ``reference/text_model.csv``, turns the measurements into a probability. A verb of
trade leads on to the channel of the goods named (``reference/trade_channels.csv``). ``docs/classification.md`` has the
method and its figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.classify.embedding import Embedder
from matcher.classify.features import NAMES, Measured, Piece, Scorer
from matcher.classify.lexical import lexical_index
from matcher.classify.vectors import reference_vectors
from matcher.classify.verbs import MAKE, dealing
from matcher.classify.words import clauses, words
from models.classifications import GROUP_LENGTH, group_index, group_of, groups
from models.errors import DataError
from models.resources import read_table
from models.text import T, Text

#: Characters of a text that are read; a longer one is an error of the caller, who should send what the firm makes.
MAX_CHARACTERS = 20_000
#: Phrases of a text that are scored, from its beginning.
MAX_PIECES = 120
#: A group less likely than this is not a candidate.
LEAST_CONFIDENCE = 0.02
_BATCH = 64
_CHANNEL_FAITH = 0.95
_LONG_PHRASE = 14
_WORTH_SAYING = 0.45


@dataclass(frozen=True, slots=True)
class Candidate:
    """An activity group a text may speak of.

    ``confidence`` is the calibrated probability that the group is right; ``detail_code`` a deeper OKVED-2 code where one
    fits; ``words`` the phrase it came from.
    """

    code: str
    detail_code: str | None
    confidence: float
    reasons: tuple[Text, ...]
    words: str


@dataclass(slots=True)
class _Found:
    """The best probability of each group so far and where it came from."""

    probability: NDArray[np.float64] = field(default_factory=lambda: np.zeros(len(groups())))
    source: dict[int, tuple[Piece, Measured, int, str | None]] = field(default_factory=dict)


class TextClassifier:
    """Classifies texts; loads what it needs when first asked.

    Parameters
    ----------
    embedder
        Gives sentence vectors.
    cache_dir
        Folder where the index of the reference texts is kept between runs.
    """

    def __init__(self, embedder: Embedder, cache_dir: Path | None) -> None:
        self.embedder = embedder
        self.cache_dir = cache_dir

    @cached_property
    def scorer(self) -> Scorer:
        """The measuring part; built in seconds, read from the cache in tenths."""
        return Scorer(lexical_index(self.cache_dir), reference_vectors(self.embedder), self.embedder)

    def candidates(self, text: str, top: int = 5) -> list[Candidate]:
        """Return the activity groups a text speaks of, the likeliest first; none if it has no word.

        Raises
        ------
        DataError
            If the text is longer than 20,000 characters.
        """
        return self.candidates_many([text], top)[0]

    def candidates_many(self, texts: Sequence[str], top: int = 5) -> list[list[Candidate]]:
        """Return the candidates of each text; phrases that repeat are scored once.

        Raises
        ------
        DataError
            If a text is longer than 20,000 characters.
        """
        cut = [pieces_of(text) for text in texts]
        unique = {(piece.text, piece.mode): piece for pieces in cut for piece in pieces}
        found = {key: one for batch in _batches(unique.values()) for key, one in self._score(batch)}
        return [self._merge([found[piece.text, piece.mode] for piece in pieces], top) for pieces in cut]

    def _score(self, pieces: Sequence[Piece]) -> Iterable[tuple[tuple[str, str], tuple[Piece, Measured, int]]]:
        measured = self.scorer.measure(pieces)
        return [((piece.text, piece.mode), (piece, measured, row)) for row, piece in enumerate(pieces)]

    def _merge(self, scored: Sequence[tuple[Piece, Measured, int]], top: int) -> list[Candidate]:
        found = _Found()
        for piece, measured, row in scored:
            chances = probabilities(measured.values[row])
            for number in np.flatnonzero(chances >= LEAST_CONFIDENCE):
                _take(found, int(number), float(chances[number]), (piece, measured, row, None))
        for piece, measured, row in self._goods(scored):
            chances = probabilities(measured.values[row])
            for number in np.flatnonzero(chances >= LEAST_CONFIDENCE):
                goods = groups()[number]
                for channel in channels_of(goods, piece.mode):
                    _take(
                        found, group_index()[channel], _CHANNEL_FAITH * float(chances[number]), (piece, measured, row, goods)
                    )
        order = np.argsort(-found.probability, kind="stable")[:top]
        return [self._candidate(found, int(n)) for n in order if found.probability[n] >= LEAST_CONFIDENCE]

    def _goods(self, scored: Sequence[tuple[Piece, Measured, int]]) -> list[tuple[Piece, Measured, int]]:
        """Return the goods of phrases of trade, measured as if they were made; the mode of trade stays on them."""
        traded = [piece for piece, _, _ in scored if piece.mode in _TRADE_MODES and piece.thing.main]
        made = [Piece(p.text, p.thing, MAKE, p.verbs, tuple(m for m in p.matches if not m.with_verb)) for p in traded]
        return [
            (trade, measured, row)
            for start in range(0, len(made), _BATCH)
            for measured in [self.scorer.measure(made[start : start + _BATCH])]
            for row, trade in enumerate(traded[start : start + _BATCH])
        ]

    def _candidate(self, found: _Found, number: int) -> Candidate:
        piece, measured, row, goods = found.source[number]
        code = groups()[number]
        seen = group_index()[goods] if goods else number
        reasons = [*self._reasons(piece, measured, row, seen)]
        if goods:
            reasons.insert(0, T("“{verb}” means trade in goods of {goods}", verb=" ".join(piece.verbs), goods=goods))
        detail = None if goods else self._detail(piece, measured, row, number)
        return Candidate(code, detail, round(float(found.probability[number]), 4), tuple(reasons), piece.text)

    def _reasons(self, piece: Piece, measured: Measured, row: int, number: int) -> Iterable[Text]:
        code = groups()[number]
        values = dict(zip(NAMES, measured.values[row, number].tolist(), strict=True))
        term = next((m for m in piece.matches if group_of(m.code) == code), None)
        if term is not None and values["lexicon"] > 0:
            yield T("“{term}” is a trade term of {code}", term=term.term, code=term.code)
        if values["characters"] >= _WORTH_SAYING and measured.nearest_text[row, number] >= 0:
            near = self.scorer.index.documents.items[measured.nearest_text[row, number]]
            if near.kind != "term":
                yield T("spelled like “{text}” of {code}", text=near.text, code=near.code)
        if measured.nearest_meaning[row, number] >= 0:
            text = self.scorer.vectors.texts[measured.nearest_meaning[row, number]]
            yield T("close in meaning to “{text}” of {code}", text=text, code=code)

    def _detail(self, piece: Piece, measured: Measured, row: int, number: int) -> str | None:
        """Return a code below the group: of a trade term, else of the name or note the phrase is spelled like."""
        code = groups()[number]
        deeper = [m.code for m in piece.matches if group_of(m.code) == code and len(m.code) > GROUP_LENGTH]
        if deeper:
            return deeper[0]
        near = self.scorer.index.documents.items[measured.nearest_text[row, number]]
        close = measured.values[row, number, 0] >= _WORTH_SAYING and near.kind in ("name", "note")
        return near.code if close and len(near.code) > GROUP_LENGTH else None


_TRADE_MODES = ("wholesale", "retail", "trade")


def _take(found: _Found, number: int, chance: float, source: tuple[Piece, Measured, int, str | None]) -> None:
    if chance > found.probability[number]:
        found.probability[number] = chance
        found.source[number] = source


def _batches(pieces: Iterable[Piece]) -> Iterable[list[Piece]]:
    rest = iter(pieces)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def pieces_of(text: str) -> list[Piece]:
    """Return what a text is scored by: its phrases, each with its ways of dealing.

    A phrase without a verb is dealt with as the one before it in the sentence. A short sentence is also read as a whole
    when its parts are not.

    Raises
    ------
    DataError
        If the text is longer than 20,000 characters.

    Examples
    --------
    >>> [(p.text, p.mode) for p in pieces_of("Продаём оптом мешки, биг-бэги. Ремонт насосов")]
    [('Продаём оптом мешки', 'wholesale'), ('биг-бэги', 'wholesale'), ('Ремонт насосов', 'repair')]
    """
    if len(text) > MAX_CHARACTERS:
        raise DataError(
            T("the text has {count} characters, at most {most} are read", count=len(text), most=MAX_CHARACTERS),
            T("send only what the company makes, sells or needs"),
        )
    pieces: dict[tuple[str, str], Piece] = {}
    for parts in clauses(text):
        modes: tuple[str, ...] = ()
        for part in parts:
            told = dealing(part)
            modes = told.modes or modes
            if not words(told.thing) and not told.verbs:
                continue
            for mode in modes or (MAKE,):
                pieces.setdefault((part, mode), Piece.of(part, mode))
    return list(islice(pieces.values(), MAX_PIECES))


@cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table("reference/text_model.csv")}


def probabilities(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the probability of each group from the features of one phrase.

    Parameters
    ----------
    values
        Features, shape (623, features).

    Returns
    -------
    ndarray, shape (623,)
        Logistic regression; probabilities of one phrase are scaled down where they sum to more than 1.
    """
    weights = np.array([_weights()[name] for name in NAMES])
    chances = 1 / (1 + np.exp(-(values @ weights + _weights()["intercept"])))
    return np.asarray(chances / max(float(chances.sum()), 1.0), dtype=np.float64)


@cache
def _channels() -> Mapping[str, tuple[str, str]]:
    return {row["okved_prefix"]: (row["wholesale"], row["retail"]) for row in read_table("reference/trade_channels.csv")}


@cache
def channels_of(group: str, mode: str) -> tuple[str, ...]:
    """Return the trade activities that handle the goods of a group.

    >>> channels_of("20.15", "wholesale"), channels_of("20.15", "retail")
    (('46.75',), ('47.76',))
    """
    prefixes = (group[:length].rstrip(".") for length in range(len(group), 1, -1))
    known = next((_channels()[prefix] for prefix in prefixes if prefix in _channels()), None)
    if known is None:
        return ()
    chosen = known[1:] if mode == "retail" else known[:1]
    return tuple(code for code in chosen if code)
