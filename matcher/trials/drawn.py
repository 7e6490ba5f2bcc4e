"""The trial on registers with drawn links: how near the top of the product's lists what was withheld is.

The latest fifth of the drawn links is withheld; the product ranks with the rest as observed links. Buyers themselves
and their partners on record are no candidates. Models that learn do so from the fifth of the links before, with only
earlier links observed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.match.scorer import default_weights
from matcher.trials.learners import Choices, fit_boosting, fit_choice
from matcher.trials.refit import own_fit
from matcher.trials.registers import (
    ANY,
    VARYING,
    Question,
    Register,
    learned_features,
    method_scores,
    partners,
    register,
)
from matcher.trials.stability import stability

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Result = dict[str, Any]
Wanted = Mapping[Question, frozenset[int]]
Figures = dict[str, dict[str, float]]
Model = Callable[[Floats], Floats]

SEED = 20260104
#: Shares of the links, in the order they came to be, after which learning and testing begin.
LEARN_FROM, TEST_FROM = 0.6, 0.8
#: Questions that are asked of one draw, with an input named and without.
QUESTIONS, QUESTIONS_ANY = 300, 100
#: Questions a model learns from, and candidates beside the right ones of each.
LESSONS, NEGATIVES = 150, 200
REGIONS = 3
TEN, TWENTY, FIFTY = 10, 20, 50


def measure(score: Floats, right: frozenset[int], out: Ints, jitter: Floats) -> dict[str, float]:
    """Return hit@10, reciprocal rank of the first right firm, nDCG@20 and the share recovered among the first fifty.

    Parameters
    ----------
    out
        Firms that are no candidates.
    jitter
        Order among equals, drawn once, shape (n,).
    """
    allowed = score.copy()
    allowed[out] = -np.inf
    firms = np.array(sorted(right))
    own, tie = allowed[firms, None], jitter[firms, None]
    before = ((allowed > own) | ((allowed == own) & (jitter < tie))).sum(axis=1)
    place = np.sort(before[own[:, 0] > -np.inf])
    near = place[place < TWENTY]
    most = np.arange(min(TWENTY, len(firms)))
    return {
        "hit10": float((place < TEN).any()),
        "mrr": 1.0 / (1.0 + float(place[0])) if len(place) else 0.0,
        "ndcg20": float((1 / np.log2(near + 2)).sum() / (1 / np.log2(most + 2)).sum()),
        "recovered50": float((place < FIFTY).sum()) / len(firms),
    }


@dataclass(frozen=True)
class Judged:
    """What one draw gave.

    Attributes
    ----------
    rows, without
        Figures of every method by question, and of the product's score without each of its parts.
    links, withheld
        How many links were drawn, and how many suppliers there were to find.
    weights
        Of the parts, by the product's own fit.
    regions, stability
        A region left out, and how much of the first ten stays; empty unless asked for.
    """

    rows: Mapping[Question, Figures]
    without: Mapping[Question, Figures]
    links: int
    withheld: int
    weights: Mapping[str, float]
    regions: Result
    stability: Mapping[str, float]


def try_register(columns: Columns, economy: Economy, links: Ints, by_need: bool, beside: bool = False) -> Judged:
    """Return the figures of every method on one draw of links.

    Parameters
    ----------
    links
        Supplier, buyer and need in the order they came to be, shape (links, 3).
    by_need
        Whether the input is named in the question.
    beside
        Whether to leave out regions and to shake the register too.
    """
    if not by_need:
        links = np.column_stack([links[:, :2], np.full(len(links), ANY)])
    first, second = (int(share * len(links)) for share in (LEARN_FROM, TEST_FROM))
    earlier = register(columns, economy, links[:first])
    lessons = _lessons(earlier, links[first:second])
    now = register(columns, economy, links[:second])
    wanted = _wanted(links[second:], now.columns)
    asked = _asked(wanted, QUESTIONS if by_need else QUESTIONS_ANY)
    rows, without = _figures(now, asked, _models(list(lessons.values())))
    return Judged(
        rows=rows,
        without=without,
        links=len(links),
        withheld=sum(len(right) for right in wanted.values()),
        weights=_learned(list(lessons.values())),
        regions=_regions(now, wanted, lessons) if beside else {},
        stability=stability(now, list(_asked(wanted, LESSONS))) if beside else {},
    )


def _wanted(links: Ints, columns: Columns) -> dict[Question, frozenset[int]]:
    """Return the suppliers to find for each question; a pair already on record is nothing to find."""
    found: dict[Question, set[int]] = {}
    known = set(zip(columns.link_supplier.tolist(), columns.link_buyer.tolist(), strict=True))
    for supplier, buyer, need in links.tolist():
        if (supplier, buyer) not in known:
            found.setdefault(Question(buyer, need), set()).add(supplier)
    return {question: frozenset(right) for question, right in sorted(found.items())}


def _asked(wanted: Wanted, most: int) -> dict[Question, frozenset[int]]:
    questions = sorted(wanted)
    drawn = np.random.default_rng(SEED).choice(len(questions), min(most, len(questions)), replace=False)
    return {questions[at]: wanted[questions[at]] for at in np.sort(drawn)}


def _lessons(known: Register, links: Ints) -> dict[Question, Choices]:
    """Return the choices to learn from: a right supplier among a few hundred others, by question."""
    wanted = _wanted(links, known.columns)
    drawn = np.random.default_rng(SEED)
    lessons = {}
    for question, found in _asked(wanted, LESSONS).items():
        table = learned_features(*method_scores(known, question))
        right = sorted(found)
        barred = np.append(partners(known.columns, question.buyer), [question.buyer, *right])
        others = np.setdiff1d(np.arange(len(known.columns)), barred)
        others = drawn.choice(others, min(NEGATIVES, len(others)), replace=False)
        rows = np.array([np.append(supplier, others) for supplier in right])
        lessons[question] = Choices(table[rows], np.ones(rows.shape, dtype=bool), np.zeros(len(right), dtype=np.int64))
    return lessons


def _models(lessons: Sequence[Choices]) -> dict[str, Model]:
    """Return models: the parts with weights by the product's prior, with free ones, all features, and boosting.

    Boosting has the parts alone, the same that the product has, or all features, a supplier's output among them.
    """
    size = len(VARYING)
    weights = np.array(list(_learned(lessons).values()))
    alone = _parts_alone(lessons)
    parts, boosted = fit_choice(alone), fit_boosting(alone, monotone=True)
    return {
        "product_learned": lambda table: np.asarray(table[:, :size] @ weights),
        "parts_refit": lambda table: parts.score(table[:, :size]),
        "refit": fit_choice(lessons).score,
        "boosting_parts": lambda table: boosted(table[:, :size]),
        "boosting": fit_boosting(lessons),
        "boosting_monotone": fit_boosting(lessons, monotone=True),
    }


def _learned(lessons: Sequence[Choices]) -> dict[str, float]:
    return own_fit(_parts_alone(lessons), VARYING)


def _parts_alone(lessons: Sequence[Choices]) -> list[Choices]:
    """Return the lessons with no features but the parts of the product's score."""
    return [replace(choices, features=choices.features[:, :, : len(VARYING)]) for choices in lessons]


def _figures(
    known: Register, wanted: Wanted, models: Mapping[str, Model]
) -> tuple[dict[Question, Figures], dict[Question, Figures]]:
    """Return the figures of every method by question, and those of the product's score without each part."""
    jitter = np.random.default_rng(SEED).random(len(known.columns))
    rows, without = {}, {}
    for question, right in wanted.items():
        methods, parts = method_scores(known, question)
        table = learned_features(methods, parts)
        scores = {"product": methods["product"]}
        able = np.isfinite(methods["chance"])
        scores |= {name: _among(able, model, table) for name, model in models.items()}
        scores |= {name: score for name, score in methods.items() if name != "product"}
        out = np.append(partners(known.columns, question.buyer), question.buyer)
        rows[question] = {name: measure(score, right, out, jitter) for name, score in scores.items()}
        without[question] = {
            name: measure(methods["product"] - default_weights()[name] * parts[name], right, out, jitter)
            for name in VARYING
        }
    return rows, without


def _among(able: NDArray[np.bool_], model: Model, table: Floats) -> Floats:
    """Return a model's score of the firms that may answer, shape (n,); the others come last."""
    found = np.full(len(able), -np.inf)
    if able.any():
        found[able] = model(table[able])
    return found


def _regions(now: Register, wanted: Wanted, lessons: Mapping[Question, Choices]) -> Result:
    """Leave out a region: learn from buyers of all others, test on its own, beside a model that learned from all."""
    region = now.columns.region
    largest = np.argsort(-np.bincount([region[question.buyer] for question in wanted]), kind="stable")[:REGIONS]
    found = {}
    for number in largest:
        here = {question: right for question, right in wanted.items() if region[question.buyer] == number}
        asked = _asked(here, LESSONS // REGIONS)
        away = [choices for question, choices in lessons.items() if region[question.buyer] != number]
        models = {
            "learned_elsewhere": fit_choice(away).score,
            "learned_everywhere": fit_choice(list(lessons.values())).score,
        }
        rows, _ = _figures(now, asked, models)
        found[str(now.columns.region_code[number])] = {
            "questions": len(asked),
            **{name: mean_figures([row[name] for row in rows.values()])["ndcg20"] for name in ("product", *models)},
        }
    return found


def mean_figures(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the mean of each figure."""
    return {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}
