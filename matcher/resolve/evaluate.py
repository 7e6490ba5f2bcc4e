"""How well names are resolved, beside rapidfuzz alone, on labelled pairs of a text and a company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from matcher.resolve.index import NameIndex
from matcher.resolve.resolver import Resolver
from models.names import name_core

Case = Mapping[str, str]

#: Recall at which precision is reported.
RECALL = 0.95

#: Scores of a baseline no further apart than this are equal.
_TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Guess:
    """What a method says of a case: its decision, the first company and how sure it is of it."""

    decision: str
    inn: str
    confidence: float


def evaluate_pairs(cases: Iterable[Case], resolver: Resolver) -> dict[str, object]:
    """Return the quality of decisions on labelled pairs.

    Parameters
    ----------
    cases
        Rows with ``text``, ``inn`` (of a match; several with ``;`` for an ambiguous text; else empty), ``decision``.
    resolver
        What is evaluated, with the index the baselines search too.

    Returns
    -------
    dict
        ``f1``, ``precision``, ``recall`` of matches (right if the decision is match and the INN is the expected one);
        ``decision_accuracy``; ``candidate_recall_at_5``: share of texts that name a firm or firms with one of them
        among the first five; ``precision_at_95_recall``: precision of the first candidates of the surest texts, as many
        as it takes to find 95 % of the matches, ``None`` where that recall is never reached; ``baselines``: the same of
        rapidfuzz ``WRatio`` and ``token_set_ratio`` on names without legal forms, ambiguous when firsts are equal, each
        with the threshold that suits **these** cases best (an upper bound); ``n``.
    """
    rows = list(cases)
    answers = [resolver.resolve(case["text"]) for case in rows]
    guesses = [
        Guess(answer.decision, answer.candidates[0].inn if answer.candidates else "", answer.confidence)
        for answer in answers
    ]
    firsts = [[one.inn for one in answer.candidates[:5]] for answer in answers]
    return {
        **_figures(rows, guesses, firsts),
        "baselines": {
            name: _baseline(rows, resolver.index, scorer)
            for name, scorer in (("WRatio", fuzz.WRatio), ("token_set_ratio", fuzz.token_set_ratio))
        },
        "n": len(rows),
    }


def wrong(cases: Iterable[Case], resolver: Resolver) -> list[tuple[str, str, str]]:
    """Return (text, expected, said) of the cases that were decided wrong."""
    said = [(case, resolver.resolve(case["text"])) for case in cases]
    told = []
    for case, answer in said:
        first = answer.candidates[0].inn if answer.candidates else ""
        if answer.decision != case["decision"] or (answer.decision == "match" and first != case["inn"]):
            told.append((case["text"], f"{case['decision']} {case['inn']}", f"{answer.decision} {first}"))
    return told


def _figures(cases: Sequence[Case], guesses: Sequence[Guess], firsts: Sequence[Sequence[str]]) -> dict[str, object]:
    counts = _counts(cases, guesses)
    named = [(case, first) for case, first in zip(cases, firsts, strict=True) if case["inn"]]
    found = sum(bool(set(case["inn"].split(";")) & set(first)) for case, first in named)
    agreed = sum(guess.decision == case["decision"] for case, guess in zip(cases, guesses, strict=True))
    return {
        **_f1(counts),
        "decision_accuracy": _share(agreed, len(cases)),
        "candidate_recall_at_5": _share(found, len(named)),
        "precision_at_95_recall": precision_at_recall(cases, guesses),
    }


def _counts(cases: Sequence[Case], guesses: Sequence[Guess]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for case, guess in zip(cases, guesses, strict=True):
        said, meant = guess.decision == "match", case["decision"] == "match"
        right = said and meant and guess.inn == case["inn"]
        counts.update(said=said, meant=meant, right=right)
    return counts


def _f1(counts: Counter[str]) -> dict[str, float]:
    return {
        "f1": _share(2 * counts["right"], counts["said"] + counts["meant"]),
        "precision": _share(counts["right"], counts["said"]),
        "recall": _share(counts["right"], counts["meant"]),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def precision_at_recall(cases: Sequence[Case], guesses: Sequence[Guess], recall: float = RECALL) -> float | None:
    """Return the best precision of first candidates above some confidence that find ``recall`` of the matches.

    >>> cases = [{"inn": "1", "decision": "match"}, {"inn": "", "decision": "none"}]
    >>> precision_at_recall(cases, [Guess("match", "1", 0.9), Guess("match", "2", 0.8)])
    1.0
    """
    meant = sum(case["decision"] == "match" for case in cases)
    ranked = sorted(zip(cases, guesses, strict=True), key=lambda pair: -pair[1].confidence)
    best: float | None = None
    right = 0
    following = [guess.confidence for _, guess in ranked[1:]] + [-1.0]
    for number, ((case, guess), after) in enumerate(zip(ranked, following, strict=True), start=1):
        right += case["decision"] == "match" and guess.inn == case["inn"]
        if after < guess.confidence and right >= recall * meant:
            best = max(best or 0.0, round(right / number, 4))
    return best


def _baseline(cases: Sequence[Case], index: NameIndex, scorer: Callable[..., float]) -> dict[str, object]:
    """Return the figures of a plain similarity with the threshold of the best F1."""
    names = [name_core(name) for name in index.names]
    scores = process.cdist([name_core(case["text"]) for case in cases], names, scorer=scorer, dtype=np.float32)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :5]
    firsts = [[index.inns[row] for row in five] for five in order]
    best = np.take_along_axis(scores, order[:, :2], axis=1)
    guesses = max(
        (_guesses(best, firsts, float(threshold)) for threshold in _thresholds(best[:, 0])),
        key=lambda some: _f1(_counts(cases, some))["f1"],
    )
    return _figures(cases, guesses, firsts)


def _thresholds(scores: NDArray[np.float32]) -> list[float]:
    steps = sorted({float(score) for score in scores})
    return [(low + high) / 2 for low, high in pairwise([steps[0] - 1.0, *steps])]


def _guesses(best: NDArray[np.float32], firsts: Sequence[Sequence[str]], threshold: float) -> list[Guess]:
    told = []
    for (first, second), inns in zip(best, firsts, strict=True):
        tie = first - second < _TIE
        decision = "none" if first < threshold else "ambiguous" if tie else "match"
        told.append(Guess(decision, inns[0], float(first) / (2 if tie else 1)))
    return told
