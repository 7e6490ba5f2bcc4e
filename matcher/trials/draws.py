"""Several draws of links as one trial: every figure is a mean over draws, with the error that draws alone leave in it.

Questions of one draw share its hidden firms, so the draws, not the questions, are what is independent: errors are those
of a mean of as many values as there are draws, and intervals are Student's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.trials.drawn import Figures, Judged, mean_figures, try_register
from matcher.trials.registers import VARYING, Question

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Result = dict[str, Any]

#: Whom the product's score is set against, question by question.
RIVALS = ("boosting_parts", "boosting", "boosting_monotone", "popularity")
COVERED = 0.95


@dataclass(frozen=True)
class Trial:
    """One draw to be judged: a register, its links and what is asked; see :func:`matcher.trials.drawn.try_register`."""

    columns: Columns
    economy: Economy
    links: Ints
    by_need: bool
    beside: bool = False

    def judged(self) -> Judged:
        """Return what the draw gives."""
        return try_register(self.columns, self.economy, self.links, self.by_need, self.beside)


def judge(trials: Sequence[Trial], workers: int = 1) -> list[Judged]:
    """Return what every draw gives, in order; over several processes where more than one is allowed."""
    if workers == 1:
        return [trial.judged() for trial in trials]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(Trial.judged, trials))


def summary(draws: Sequence[Judged]) -> Result:
    """Return the table of all methods over some draws, two at least.

    ``table`` holds the mean of every figure; ``ndcg20_error`` its standard error.
    """
    means = [_by_method(draw.rows) for draw in draws]
    return {
        "draws": len(draws),
        "links": float(np.mean([draw.links for draw in draws])),
        "withheld": float(np.mean([draw.withheld for draw in draws])),
        "questions": sum(len(draw.rows) for draw in draws),
        "learned_weights": {name: float(np.mean([draw.weights[name] for draw in draws])) for name in VARYING},
        "table": {name: _over_draws([mean[name] for mean in means]) for name in means[0]},
        **{f"product_minus_{rival}": gain(means, "product", rival) for rival in RIVALS if rival in means[0]},
        "ndcg20_without": {
            name: float(np.mean([_by_method(draw.without)[name]["ndcg20"] for draw in draws])) for name in VARYING
        },
        "regions": draws[0].regions,
        "stability": dict(draws[0].stability),
    }


def gain(means: Sequence[Figures], one: str, other: str) -> Result:
    """Return by how much the nDCG@20 of one method is above the other's on the same questions, draw by draw."""
    found = np.array([mean[one]["ndcg20"] - mean[other]["ndcg20"] for mean in means])
    middle, error = mean_and_error(found)
    reach = float(t.ppf((1 + COVERED) / 2, len(found) - 1)) * error
    return {"ndcg20": middle, "error": error, "low": middle - reach, "high": middle + reach, "draws": found.tolist()}


def mean_and_error(values: Floats) -> tuple[float, float]:
    """Return the mean and its standard error, of two values at least.

    >>> mean_and_error(np.array([1.0, 3.0]))
    (2.0, 1.0)
    """
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))


def _by_method(rows: Mapping[Question, Figures]) -> Figures:
    first = next(iter(rows.values()))
    return {name: mean_figures([row[name] for row in rows.values()]) for name in first}


def _over_draws(means: Sequence[Mapping[str, float]]) -> dict[str, float]:
    _, error = mean_and_error(np.array([mean["ndcg20"] for mean in means]))
    return {**mean_figures(means), "ndcg20_error": error}
