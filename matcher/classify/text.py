"""What a text about products, services or needs speaks of: activity groups with calibrated confidence and reasons.

A text is cut into phrases (:mod:`matcher.classify.pieces`); of each, every activity group is measured
(:mod:`matcher.classify.features`) and the measurements turned into a probability (:mod:`matcher.classify.chances`). A
verb of trade leads on to the channel of the goods named (:mod:`matcher.classify.channels`). What the pieces say
together is weighed with how well the wording of the whole text fits each group (:mod:`matcher.classify.wording`).
``docs/classification.md`` has the method and its figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.classify.answers import AnswerCache, Key, Likely
from matcher.classify.chances import LEAST_CONFIDENCE, calibrated, probabilities, with_wording
from matcher.classify.channels import channels_of
from matcher.classify.embedding import Embedder
from matcher.classify.features import Piece, Scorer
from matcher.classify.keyboard import as_meant
from matcher.classify.lexical import lexical_index
from matcher.classify.pieces import made, pieces_of
from matcher.classify.vectors import reference_vectors
from matcher.classify.verbs import SELLING, allowed_groups
from matcher.classify.wording import Wording, wording
from matcher.classify.words import clauses, words
from models.classifications import GROUP_LENGTH, group_index, group_of, groups
from models.text import T, Text, either

_BATCH = 64
_LIKELY = 12
_CHANNEL_FAITH = 0.95
_FURTHER_PIECE = 0.5
_WORTH_SAYING = 0.45
#: Groups whose fit to the wording of a text is kept; of those the first may be candidates though no piece leads there.
_FITTING, _BY_WORDING = 40, 8
_BY_ITS_WORDING = "wording"
_REPAIR = "repair"

#: A group with its chance, and the piece and answer that speak most for it.
Found = tuple[float, Piece, Likely]
Floats = NDArray[np.float64]


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

    @cached_property
    def wording(self) -> Wording:
        """What n-grams tell; built in seconds, read from the cache in tenths."""
        return wording(self.cache_dir)

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
        texts = [as_meant(text) for text in texts]
        spoken = self._spoken([pieces_of(text) for text in texts])
        return [_merge(found, fitting, top) for found, fitting in zip(spoken, self._fitting(texts), strict=True)]

    def wanted_many(self, texts: Sequence[str], top: int = 5) -> list[list[Candidate]]:
        """Return what each text of needs asks for: as :meth:`candidates_many`, but «закупка мешков» wants sacks.

        Raises
        ------
        DataError
            If a text is longer than 20,000 characters.
        """
        asked = [[*map(made, pieces_of(as_meant(text)))] for text in texts]
        return [_merge(found, (), top) for found in self._spoken(asked)]

    def _spoken(self, cut: Sequence[Sequence[Piece]]) -> list[list[Found]]:
        """Return what the pieces of texts say together, scoring each that repeats once."""
        unique = {piece.key: piece for pieces in cut for piece in pieces}
        found = self._answers.get(list(unique))
        for batch in _batches([piece for key, piece in unique.items() if key not in found]):
            fresh = dict(zip((piece.key for piece in batch), self.likely(batch), strict=True))
            self._answers.put(fresh)
            found |= fresh
        return [_fused([[(piece, likely) for likely in found[piece.key]] for piece in pieces]) for pieces in cut]

    def _fitting(self, texts: Sequence[str]) -> list[list[Likely]]:
        """Return the groups whose wording fits each text best; ``chance`` is the log-odds, ``near_text`` the words."""
        key_of: dict[str, Key] = {text: (_BY_ITS_WORDING, text) for text in texts}
        found = self._answers.get(list(key_of.values()))
        missing = [text for text, key in key_of.items() if key not in found]
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            fits = zip(batch, self._fits(batch), strict=True)
            fresh: dict[Key, list[Likely]] = {key_of[text]: [*self._best_fitting(text, row)] for text, row in fits}
            self._answers.put(fresh)
            found |= fresh
        return [found[key_of[text]] for text in texts]

    def _fits(self, texts: Sequence[str]) -> Floats:
        """Return how well groups fit texts, shape (texts, 623).

        A firm says first what it is, and may do several things: half is how well any part of the first sentence fits.
        """
        parts = [_first_parts(text) for text in texts]
        starts = np.cumsum([0, *(len(each) for each in parts[:-1])])
        best = np.maximum.reduceat(self.wording.fits([part for each in parts for part in each]), starts, axis=0)
        return np.asarray((self.wording.fits(texts) + best) / 2)

    def _best_fitting(self, text: str, fits: Floats) -> Iterator[Likely]:
        best = np.argsort(-fits, kind="stable")[:_FITTING].tolist()
        telling = [*map(" ".join, self.wording.telling(text, best[:_BY_WORDING]))]
        for place, number in enumerate(best):
            said = telling[place] if place < len(telling) else ""
            yield Likely(number, round(float(fits[number]), 3), None, 0.0, said, "", _BY_ITS_WORDING, "", "")

    def likely(self, pieces: Sequence[Piece]) -> list[list[Likely]]:
        """Return the groups each piece may speak of, measured anew, in no order."""
        found: dict[int, list[Likely]] = {id(piece): [] for piece in pieces}
        for piece, one in self._score(pieces):
            found[id(piece)].append(one)
        return [found[id(piece)] for piece in pieces]

    def _score(self, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Likely]]:
        yield from self._measured(pieces, pieces)
        traded = [piece for piece in pieces if piece.mode in SELLING and piece.thing.main]
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
                    near, *meant = self.scorer.nearest(measured, row, number)
                    spelling = float(measured.values[row, number, 0])
                    yield (
                        piece,
                        Likely(number, float(chances[number]), None, spelling, near.text, near.code, near.kind, *meant),
                    )


def _first_parts(text: str) -> list[str]:
    sentences = clauses(text)
    return sentences[0] if sentences else [text]


def _merge(heard: Sequence[Found], fitting: Sequence[Likely], top: int) -> list[Candidate]:
    found = _weighed(heard, fitting)
    sure = calibrated(np.array([chance for chance, _, _ in found]), heard[0][0] if heard else 0.0)
    return [_candidate(piece, likely, float(p)) for p, (_, piece, likely) in zip(sure[:top], found[:top], strict=True)]


def _fused(scored: Sequence[Sequence[tuple[Piece, Likely]]]) -> list[Found]:
    """Fuse the pieces of a text by their weights: a group's best piece counts whole, every further one half."""
    by_group: dict[int, list[tuple[Piece, Likely]]] = {}
    for pieces in scored:
        for piece, likely in pieces:
            weighed = replace(likely, chance=piece.weight * likely.chance)
            by_group.setdefault(likely.number, []).append((piece, weighed))
    found = []
    for several in by_group.values():
        ranked = sorted(several, key=lambda pair: -pair[1].chance)
        doubt = 1 - ranked[0][1].chance
        for _, likely in ranked[1:]:
            doubt *= 1 - _FURTHER_PIECE * likely.chance
        found.append((1 - doubt, *ranked[0]))
    return _best_first(found)


def _weighed(found: Sequence[Found], fitting: Sequence[Likely]) -> list[Found]:
    """Return groups by what pieces say and how well the wording fits; the best fitting no piece leads to come in."""
    if not found or not fitting:
        return list(found)
    known = {likely.number for _, _, likely in found}
    further = [(0.0, found[0][1], likely) for likely in fitting[:_BY_WORDING] if likely.number not in known]
    every = [*found, *further]
    chances = with_wording(np.array([chance for chance, _, _ in every]), _fit_of(every, fitting))
    return _best_first([(float(p), piece, likely) for p, (_, piece, likely) in zip(chances, every, strict=True)])


def _fit_of(every: Sequence[Found], fitting: Sequence[Likely]) -> Floats:
    """Return how well the wording fits groups, as far as what the pieces say plainly leaves it a say.

    Trade terms that are all a text says must win; who mends a thing speaks of it as its maker does.
    """
    fits = {likely.number: likely.chance for likely in fitting}
    codes = [groups()[likely.number] for _, _, likely in every]
    fit = np.array([fits.get(likely.number, fitting[-1].chance) for _, _, likely in every])
    pieces = {piece.key: piece for _, piece, _ in every}
    plain = [piece for piece in pieces.values() if any(match.weight >= 1 for match in piece.matches)]
    if _words_of(plain) == _words_of(pieces.values()):
        said = {group_of(match.code) for piece in plain for match in piece.matches if match.weight >= 1}
        fit[[code in said for code in codes]] = 0.0
    if {piece.mode for piece in pieces.values()} == {_REPAIR}:
        mended = np.array([code in allowed_groups(_REPAIR) for code in codes])
        fit = np.where(mended, fit, np.minimum(fit, fit[mended].max(initial=fit.min())))
    return fit


def _words_of(pieces: Iterable[Piece]) -> set[str]:
    return {word for piece in pieces for word in words(piece.text)}


def _best_first(found: Sequence[Found]) -> list[Found]:
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
    if likely.near_kind == _BY_ITS_WORDING:
        yield T("“{words}” are words of {code}", words=likely.near_text, code=code)
        return
    yield T("close in meaning to “{text}” of {code}", text=either(likely.meant, likely.meant_en), code=code)


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
