"""What a text about products, services or needs speaks of: activity groups with calibrated confidence and reasons.

A text is cut into phrases; of each, every activity group is measured (:mod:`matcher.classify.features`) and a logistic
regression, whose few weights are in ``reference/text_model.csv``, turns the measurements into a probability. A verb of
trade leads on to the channel of the goods named (``reference/trade_channels.csv``). ``docs/classification.md`` has the
method and its figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.classify.answers import AnswerCache, Likely
from matcher.classify.embedding import Embedder
from matcher.classify.features import NAMES, Piece, Scorer
from matcher.classify.lexical import lexical_index
from matcher.classify.vectors import reference_vectors
from matcher.classify.verbs import MAKE, TRADE_MODES, dealing, verb_rules
from matcher.classify.words import TAIL_OPENERS, clauses, parse, words
from models.classifications import GROUP_LENGTH, group_index, group_of, groups
from models.errors import DataError
from models.resources import read_table
from models.text import T, Text

#: Characters of a text that are read; a longer one is an error of the caller, who should send what the firm makes.
MAX_CHARACTERS = 20_000
#: Phrases of a text that are scored, from its beginning.
MAX_PIECES = 120
#: A group less likely than this is not a candidate.
LEAST_CONFIDENCE = 0.002
#: No text makes a group surer than this.
MOST_CONFIDENCE = 0.99
_BATCH = 64
_LIKELY = 12
_CHANNEL_FAITH = 0.95
_FURTHER_PIECE = 0.3
_SHORT_SENTENCE = 12
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
    """Fuse the pieces of a text: a group's best piece counts whole, every further one a little."""
    by_group: dict[int, list[tuple[Piece, Likely]]] = {}
    for pieces in scored:
        for piece, likely in pieces:
            by_group.setdefault(likely.number, []).append((piece, likely))
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


def made(piece: Piece) -> Piece:
    """Return a piece of trade as if its goods were made; any other piece as it is."""
    if piece.mode not in TRADE_MODES:
        return piece
    return replace(piece, mode=MAKE, verbs=(), matches=tuple(match for match in piece.matches if not match.with_verb))


def _batches(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    rest = iter(pieces)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def pieces_of(text: str) -> list[Piece]:
    """Return what a text is scored by: its phrases, each with its ways of dealing.

    A phrase without a verb is dealt with as the one before it in the sentence; a sentence of a few words is read as a
    whole too.

    Raises
    ------
    DataError
        If the text is longer than 20,000 characters.

    Examples
    --------
    >>> [(p.text, p.mode) for p in pieces_of("Продаём оптом мешки. Ремонт насосов")]
    [('Продаём оптом мешки', 'wholesale'), ('Ремонт насосов', 'repair')]
    >>> [p.mode for p in pieces_of("мешки, биг-бэги, продажа")]
    ['trade', 'trade', 'trade', 'trade']
    """
    if len(text) > MAX_CHARACTERS:
        raise DataError(
            T("the text has {count} characters, at most {most} are read", count=len(text), most=MAX_CHARACTERS),
            T("send only what the company makes, sells or needs"),
        )
    pieces: dict[tuple[str, str], Piece] = {}
    for parts in clauses(text):
        for part, modes in _dealt(parts):
            for mode in modes or (MAKE,):
                for said in (part, *joined(part)):
                    pieces.setdefault((said, mode), Piece.of(said, mode))
    return list(islice(pieces.values(), MAX_PIECES))


def joined(part: str) -> tuple[str, ...]:
    """Return the two things a phrase joins by «и», none when it joins verbs or adjectives.

    >>> joined("изготовление металлоконструкций и резервуаров")
    ('изготовление металлоконструкций', 'резервуаров')
    >>> joined("ремонт и монтаж насосов"), joined("чёрный и зелёный чай")
    ((), ())
    """
    left, _, right = part.partition(" и ")
    first = words(right)[:1]
    if not first or parse(first[0])[1] != "NOUN" or parse(first[0])[0] in verb_rules():
        return ()
    if not TAIL_OPENERS.isdisjoint(words(left)[1:]):
        return ()
    thing = dealing(left).thing
    return (left, right) if any(parse(word)[1] == "NOUN" for word in words(thing)) else ()


def _dealt(parts: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the parts of a sentence with their ways of dealing.

    A part without a verb is dealt with as the one before it; a verb alone at the end («…, поставка») as all before it.
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    modes: tuple[str, ...] = ()
    for part in parts:
        told = dealing(part)
        if told.verbs and not words(told.thing) and found:
            found = [(earlier, known or told.modes) for earlier, known in found]
        modes = told.modes or modes
        if words(told.thing) or told.verbs:
            found.append((part, modes))
    short = len(found) > 1 and sum(len(words(part)) for part, _ in found) <= _SHORT_SENTENCE
    return [*found, (", ".join(part for part, _ in found), found[0][1])] if short else found


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


def calibrated(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability that each group a text speaks of is right, from fused chances of its pieces.

    ``sigmoid(a · logit p + b · log(p / Σp) + c · log(p / best other p) + d)``: how sure, how alone, how far ahead. The
    weights come from whole texts.
    """
    if not len(chances):
        return chances
    score = fused_features(chances) @ _fused_weights() + _weights()["fused_intercept"]
    return np.asarray(np.minimum(1 / (1 + np.exp(-score)), MOST_CONFIDENCE))


def fused_features(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what :func:`calibrated` weighs, shape (groups, 3); the last is at most 4."""
    near = np.clip(chances, 1e-6, 1 - 1e-4)
    order = np.argsort(-near, kind="stable")
    rival = np.full(len(near), near[order[0]])
    rival[order[0]] = near[order[1]] if len(near) > 1 else LEAST_CONFIDENCE
    ahead = np.minimum(np.log(near / rival), 4)
    return np.stack([np.log(near / (1 - near)), np.log(near / near.sum()), ahead], axis=1)


def _fused_weights() -> NDArray[np.float64]:
    return np.array([_weights()["fused_logit"], _weights()["fused_share"], _weights()["fused_ahead"]])


@cache
def _channels() -> Mapping[str, tuple[str, str]]:
    return {
        row["okved_prefix"]: (row["wholesale"], row["retail"]) for row in read_table("reference/trade_channels.csv")
    }


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
