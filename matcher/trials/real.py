"""The trial on real contracts: learn before a cut, rank all suppliers known by then for every later contract.

Learning never sees the test part: the models are fitted on needs of earlier windows, each with the contracts before
that window as its history. Suppliers never seen before the cut cannot be ranked; they count as missed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax

from matcher.match.scorer import default_weights
from matcher.trials.compared import differences, figures, pooled, said_of_all, said_of_the_first
from matcher.trials.contracts import Contracts
from matcher.trials.evidence import FEATURES, History
from matcher.trials.learners import Additive, Choices, fit_boosting, fit_choice
from matcher.trials.needs import NEW_PAIR, REPEAT, UNSEEN, Asked, ask
from matcher.trials.refit import own_fit
from models.errors import DataError
from models.text import T

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Result = dict[str, Any]
#: A score of every known supplier for each need asked, from contracts before the cut, by these weights of its parts.
Product = Callable[[History, Contracts, Mapping[str, float]], Floats]

SEED = 20260103
#: Shares of the rows at which windows begin; the last begins the test part.
WINDOWS = (0.35, 0.5, 0.6, 0.7)
#: The same one step earlier: what choices in the code were made by.
DEVELOPMENT = (0.25, 0.35, 0.45, 0.55)

#: What ranks by one feature alone.
ALONE: Mapping[str, str] = {
    "popularity": "popularity",
    "code_frequency": "code",
    "gravity_size": "size",
    "text_alone": "text",
    "l3": "network",
    "cosine_of_firms": "profile",
    "recurrence_alone": "recurrence",
}
#: Methods that are set against each other, the difference given with an interval.
RIVALS = (
    *((one, other) for one in ("product", "product_learned") for other in ("boosting", "boosting_monotone")),
    *((one, "recurrence_alone") for one in ("product", "product_learned")),
    ("choice_model", "boosting"),
    ("choice_model", "product"),
)

NONE_BESIDE: Mapping[str, Product] = {}

#: Parts of the product's score that differ between suppliers known by their contracts alone.
TOLD = ("input_fit", "text_fit", "size_fit", "distance", "network")


@dataclass(frozen=True)
class Parts:
    """Rows of a table: windows to learn from and the part that is judged, each with its history."""

    learn: tuple[tuple[Ints, Ints], ...]
    history: Ints
    asked: Ints
    cut: int


def by_time(contracts: Contracts, windows: Sequence[float] = WINDOWS, until: float = 1.0) -> Parts:
    """Cut a dated table at days, so that no day is on both sides.

    Parameters
    ----------
    windows
        Shares of the rows at which windows begin; the last begins the judged part.
    until
        Share of the rows at which the judged part ends.
    """
    days = np.sort(contracts.day)
    bounds = [int(days[int(share * len(days))]) for share in windows]
    end = int(days[-1]) + 1 if until >= 1 else int(days[int(until * len(days))])
    span = [(np.flatnonzero(contracts.day < a), _between(contracts, a, b)) for a, b in _pairs([*bounds, end])]
    return Parts(tuple(span[:-1]), span[-1][0], span[-1][1], bounds[-1])


def after_rows(contracts: Contracts, earlier: int, windows: Sequence[float] = WINDOWS[:-1]) -> Parts:
    """Ask for all rows after the first ``earlier``, those of the last known day and before left out.

    Parameters
    ----------
    windows
        Shares of the earlier rows at which windows to learn from begin.
    """
    days = np.sort(contracts.day[:earlier])
    last = int(days[-1])
    bounds = [*(int(days[int(share * earlier)]) for share in windows), last + 1]
    known = np.arange(len(contracts)) < earlier
    learn = [
        (
            np.flatnonzero(known & (contracts.day < a)),
            np.flatnonzero(known & (contracts.day >= a) & (contracts.day < b)),
        )
        for a, b in _pairs(bounds)
    ]
    return Parts(tuple(learn), np.flatnonzero(known), np.flatnonzero(~known & (contracts.day > last)), last + 1)


def after_known(contracts: Contracts, earlier: int, windows: Sequence[float] = WINDOWS[:-1]) -> Parts:
    """Ask for all rows after the first ``earlier`` of a table without dates; windows to learn from are drawn."""
    order = np.random.default_rng(SEED).permutation(earlier)
    bounds = [*(int(share * earlier) for share in windows), earlier]
    learn = [(np.sort(order[:a]), np.sort(order[a:b])) for a, b in _pairs(bounds)]
    return Parts(tuple(learn), np.arange(earlier), np.arange(earlier, len(contracts)), 0)


def at_random(contracts: Contracts, windows: Sequence[float] = WINDOWS) -> Parts:
    """Cut a table at random in the same shares: how figures would look if the future were known, or without dates."""
    order = np.random.default_rng(SEED).permutation(len(contracts))
    bounds = [int(share * len(order)) for share in [*windows, 1.0]]
    span = [(np.sort(order[:a]), np.sort(order[a:b])) for a, b in _pairs(bounds)]
    return Parts(tuple(span[:-1]), span[-1][0], span[-1][1], int(contracts.day.max()))


def _pairs(bounds: Sequence[int]) -> list[tuple[int, int]]:
    return [(a, b) for a, b in pairwise(bounds) if b > a]


def _between(contracts: Contracts, begin: int, end: int) -> Ints:
    return np.flatnonzero((contracts.day >= begin) & (contracts.day < end))


def scorers(learn: Sequence[Choices]) -> tuple[dict[str, Callable[[Floats], Floats]], Additive]:
    """Return every method as a function of the features, and our model."""
    fitted = fit_choice(learn)
    methods: dict[str, Callable[[Floats], Floats]] = {
        "choice_model": lambda table: log_softmax(fitted.score(table), axis=-1)
    }
    methods["boosting"] = fit_boosting(learn)
    methods["boosting_monotone"] = fit_boosting(learn, monotone=True)
    for name, feature in ALONE.items():
        methods[name] = _one_feature(FEATURES.index(feature))
    methods["chance"] = lambda table: np.zeros(table.shape[:-1])
    return methods, fitted


def _one_feature(column: int) -> Callable[[Floats], Floats]:
    return lambda table: np.asarray(table[..., column])


def judge(
    contracts: Contracts,
    parts: Parts,
    half_life: float,
    unique_pairs: bool = False,
    product: Product | None = None,
    beside: Mapping[str, Product] = NONE_BESIDE,
) -> Result:
    """Return the table of all methods over the judged part, the choice model against its rivals and without features.

    Parameters
    ----------
    product
        The product's own score, where the table says enough for it.
    beside
        Other ways to score by the product, by name: what was tried and stands in the table for comparison.

    Raises
    ------
    DataError
        If there is nothing to learn from or nothing to ask.
    """
    learnable = [(before, after) for before, after in parts.learn if _answerable(contracts, before, after)]
    if not learnable or not _answerable(contracts, parts.history, parts.asked):
        raise DataError(
            T(
                "too few contracts: of {asked} later ones {known} go to a supplier known before",
                asked=len(parts.asked),
                known=int(np.isin(contracts.supplier[parts.asked], contracts.supplier[parts.history]).sum()),
            ),
            T("give a table of more contracts or of a longer time"),
        )
    windows = [
        ask(contracts, before, after, int(contracts.day[after].min()), half_life, unique_pairs)
        for before, after in learnable
    ]
    test = ask(contracts, parts.history, parts.asked, parts.cut, half_life, unique_pairs)
    learn = [window.choices for window in windows]
    methods, fitted = scorers(learn)
    scores = {name: method(test.choices.features) for name, method in methods.items()}
    learned: Mapping[str, float] = {}
    if product is not None:
        learned = product_fit(product, windows)
        ours = {"product": default_weights(), "product_learned": {**default_weights(), **learned}}
        scores = {**{name: product(test.history, test.needs, by) for name, by in ours.items()}, **scores}
    scores |= {name: way(test.history, test.needs, default_weights()) for name, way in beside.items()}
    rows = {name: figures(score, test) for name, score in scores.items()}
    stages = {stage: int((test.stage == stage).sum()) for stage in (REPEAT, NEW_PAIR)}
    return {
        "cut": date.fromordinal(parts.cut).isoformat() if parts.cut else None,
        "learned_from": sum(len(choices.right) for choices in learn),
        "needs": test.total,
        "stages": {**stages, UNSEEN: len(test.unseen)},
        "candidates": test.choices.features.shape[1],
        "hard_candidates": float(test.hard.sum(axis=1).mean()),
        "table": rows,
        "auprc_pooled": {"table": {name: pooled(score, test) for name, score in scores.items()}},
        "differences": differences(scores, [pair for pair in RIVALS if set(pair) <= set(scores)], test),
        "weights": dict(zip(FEATURES, (float(w) for w in fitted.weights), strict=True)),
        "ablation": ablation(learn, test, rows["choice_model"]["mrr"]),
        **({"product_ablation": product_ablation(product, test, rows["product"]["mrr"])} if product else {}),
        **({"product_learned_weights": learned} if product else {}),
        **(_product_chances(product, scores["product"], test) if product else {}),
    }


def _product_chances(product: Product, choice: Floats, test: Asked) -> Result:
    """Return how far chances can be trusted: of known suppliers if one of the list is taken, and of all needs."""
    found = {"product_choice": said_of_the_first(choice, test)}
    if len(test.unseen):
        unseen = product(test.history, test.unseen, default_weights())
        found["product_choice_all"] = said_of_all(choice, unseen, test)
    return found


def _answerable(contracts: Contracts, before: Ints, after: Ints) -> bool:
    """Tell whether any later contract is of a supplier known before."""
    return bool(np.isin(contracts.supplier[after], contracts.supplier[before]).any())


def ablation(learn: Sequence[Choices], test: Asked, whole: float) -> dict[str, float]:
    """Return by how much the MRR falls when a feature is left out and the model fitted anew."""
    fall = {}
    for column, name in enumerate(FEATURES):
        kept = [at for at in range(len(FEATURES)) if at != column]
        fewer = [Choices(choices.features[:, :, kept], choices.admitted, choices.right) for choices in learn]
        score = fit_choice(fewer).score(test.choices.features[:, :, kept])
        fall[name] = whole - float(figures(score, test)["mrr"])
    return fall


def product_fit(product: Product, windows: Sequence[Asked]) -> dict[str, float]:
    """Return the weights that the product's own fit makes of needs before the cut.

    A part by itself gives its raw value but for what all candidates of a need share, which cancels.
    """
    lessons = []
    for window in windows:
        raw = np.stack([product(window.history, window.needs, _only(part)) for part in TOLD], axis=2)
        listed = np.asarray(np.isfinite(raw).all(axis=2))
        raw = np.where(listed[:, :, None], raw, 0.0)
        lessons.append(Choices(raw, window.choices.admitted & listed, window.choices.right))
    return own_fit(lessons, TOLD)


def _only(part: str) -> dict[str, float]:
    return {name: float(name == part) for name in default_weights()}


def product_ablation(product: Product, test: Asked, whole: float) -> dict[str, float]:
    """Return by how much the MRR of the product's score falls when one of its parts counts nothing."""
    weights = default_weights()
    fall = {}
    for part in TOLD:
        score = product(test.history, test.needs, {**weights, part: 0.0})
        fall[part] = whole - float(figures(score, test)["mrr"])
    return fall
