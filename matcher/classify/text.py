"""What a text about products, services or needs speaks of: activity groups with calibrated confidence and reasons.

A text is cut into phrases (:mod:`matcher.classify.pieces`); of each, every activity group is measured
(:mod:`matcher.classify.features`) and the measurements turned into a probability (:mod:`matcher.classify.chances`). A
verb of trade leads on to the channel of the goods named (:mod:`matcher.classify.channels`).
``docs/classification.md`` has the method and its figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np

from matcher.classify.answers import AnswerCache, Likely
from matcher.classify.chances import LEAST_CONFIDENCE, calibrated, probabilities
from matcher.classify.channels import channels_of
from matcher.classify.embedding import Embedder
from matcher.classify.features import Piece, Scorer
from matcher.classify.lexical import lexical_index
from matcher.classify.pieces import made, pieces_of
from matcher.classify.vectors import reference_vectors
from matcher.classify.verbs import TRADE_MODES
from models.classifications import GROUP_LENGTH, group_index, group_of, groups
from models.text import T, Text

_BATCH = 64
_LIKELY = 12
_CHANNEL_FAITH = 0.95
_FURTHER_PIECE = 0.3
#: A firm names first what it does most: each further phrase weighs a little less, the last of many half.
_LATER, _LEAST_LATER = 0.92, 0.5
_WORTH_SAYING = 0.45


@dataclass(frozen=True, slots=True)
class Candidate:
    """An activity group a text may speak of.

    ``confidence`` is the calibrated probability that the group is right; ``detail_code`` a deeper OKVED-2 code where
    one fits; ``words`` the phrase it came from.
    """

    code: str
    detail_code: str | None
    confidence: float
    reasons: tuple[Text, ...]
    words: str


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
        self._answers = AnswerCache(cache_dir, embedder.model_name)

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
        return self._classified([pieces_of(text) for text in texts], top)

    def wanted_many(self, texts: Sequence[str], top: int = 5) -> list[list[Candidate]]:
        """Return what each text of needs asks for: as :meth:`candidates_many`, but «закупка мешков» wants sacks.

        Raises
        ------
        DataError
            If a text is longer than 20,000 characters.
        """
        return self._classified([[made(piece) for piece in pieces_of(text)] for text in texts], top)

    def _classified(self, cut: Sequence[Sequence[Piece]], top: int) -> list[list[Candidate]]:
        unique = {piece.key: piece for pieces in cut for piece in pieces}
        found = self._answers.get(list(unique))
        for batch in _batches([piece for key, piece in unique.items() if key not in found]):
            fresh = dict(zip((piece.key for piece in batch), self.likely(batch), strict=True))
            self._answers.put(fresh)
            found |= fresh
        return [_merge([[(piece, likely) for likely in found[piece.key]] for piece in pieces], top) for pieces in cut]

    def likely(self, pieces: Sequence[Piece]) -> list[list[Likely]]:
        """Return the groups each piece may speak of, measured anew, in no order."""
        found: dict[int, list[Likely]] = {id(piece): [] for piece in pieces}
        for piece, one in self._score(pieces):
            found[id(piece)].append(one)
        return [found[id(piece)] for piece in pieces]

    def _score(self, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Likely]]:
        yield from self._measured(pieces, pieces)
        traded = [piece for piece in pieces if piece.mode in TRADE_MODES and piece.thing.main]
        if traded:
            for piece, goods in self._measured([made(piece) for piece in traded], traded):
                for channel in channels_of(groups()[goods.number], piece.mode):
                    chance = _CHANNEL_FAITH * goods.chance
                    yield piece, replace(goods, number=group_index()[channel], goods=goods.number, chance=chance)

    def _measured(self, pieces: Sequence[Piece], shown: Sequence[Piece]) -> Iterator[tuple[Piece, Likely]]:
        """Yield the likely groups of pieces; ``shown`` are the pieces they are reported for."""
        measured = self.scorer.measure(pieces)
        for row, piece in enumerate(shown):
            chances = probabilities(measured.values[row])
            for number in np.argsort(-chances, kind="stable")[:_LIKELY].tolist():
                if chances[number] >= LEAST_CONFIDENCE:
                    near, meant = self.scorer.nearest(measured, row, number)
                    spelling = float(measured.values[row, number, 0])
                    yield (
                        piece,
                        Likely(number, float(chances[number]), None, spelling, near.text, near.code, near.kind, meant),
                    )


def _merge(scored: Sequence[Sequence[tuple[Piece, Likely]]], top: int) -> list[Candidate]:
    found = _fused(scored)
    sure = calibrated(np.array([chance for chance, _, _ in found]))
    return [_candidate(piece, likely, float(p)) for p, (_, piece, likely) in zip(sure[:top], found[:top], strict=True)]


def _fused(scored: Sequence[Sequence[tuple[Piece, Likely]]]) -> list[tuple[float, Piece, Likely]]:
    """Fuse the pieces of a text: a group's best piece counts whole, every further one a little, later ones less."""
    by_group: dict[int, list[tuple[Piece, Likely]]] = {}
    for place, pieces in enumerate(scored):
        weight = max(_LATER**place, _LEAST_LATER)
        for piece, likely in pieces:
            weighed = replace(likely, chance=weight * likely.chance)
            by_group.setdefault(likely.number, []).append((piece, weighed))
    found = []
    for several in by_group.values():
        ranked = sorted(several, key=lambda pair: -pair[1].chance)
        doubt = 1 - ranked[0][1].chance
        for _, likely in ranked[1:]:
            doubt *= 1 - _FURTHER_PIECE * likely.chance
        found.append((1 - doubt, *ranked[0]))
    return sorted(found, key=lambda three: (-three[0], three[2].number))


def _candidate(piece: Piece, likely: Likely, chance: float) -> Candidate:
    code = groups()[likely.number]
    detail = None if likely.goods is not None else _detail(piece, likely, code)
    return Candidate(code, detail, round(chance, 4), tuple(_reasons(piece, likely)), piece.text)


def _reasons(piece: Piece, likely: Likely) -> Iterator[Text]:
    code = groups()[likely.number if likely.goods is None else likely.goods]
    if likely.goods is not None:
        yield T("“{verb}” means trade in goods of {goods}", verb=" ".join(piece.verbs), goods=code)
    term = next((match for match in piece.matches if group_of(match.code) == code), None)
    if term is not None:
        yield T("“{term}” is a trade term of {code}", term=term.term, code=term.code)
    if likely.spelling >= _WORTH_SAYING and likely.near_kind != "term":
        yield T("spelled like “{text}” of {code}", text=likely.near_text, code=likely.near_code)
    yield T("close in meaning to “{text}” of {code}", text=likely.meant, code=code)


def _detail(piece: Piece, likely: Likely, code: str) -> str | None:
    """Return a code below the group: of a trade term, else of the name or note the phrase is spelled like."""
    deeper = [m.code for m in piece.matches if group_of(m.code) == code and len(m.code) > GROUP_LENGTH]
    if deeper:
        return deeper[0]
    close = likely.spelling >= _WORTH_SAYING and likely.near_kind in ("name", "note")
    return likely.near_code if close and len(likely.near_code) > GROUP_LENGTH else None


def _batches(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    rest = iter(pieces)
    while batch := list(islice(rest, _BATCH)):
        yield batch
