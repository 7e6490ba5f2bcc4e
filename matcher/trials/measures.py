"""How far up the right supplier stands, with ties counted fairly and intervals over buyers.

Candidates of equal score stand in random order: figures are expectations over that order, so a method that scores all
alike gets what chance gets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma
from sklearn.metrics import average_precision_score

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SEED = 20260102
RESAMPLES = 1000
#: The same of figures that are costly to make.
FEWER_RESAMPLES = 200


@dataclass(frozen=True, slots=True)
class Places:
    """Where right candidates stand: how many are above each, and how many others tie with it, shape (queries,)."""

    above: Ints
    ties: Ints

    def within(self, depth: int) -> Floats:
        """Return the chance of standing among the first ``depth``.

        >>> Places(np.array([0, 4]), np.array([0, 3])).within(5).tolist()
        [1.0, 0.25]
        """
        return np.asarray(np.clip((depth - self.above) / (self.ties + 1), 0.0, 1.0))

    def reciprocal(self) -> Floats:
        """Return the expected 1 over the place.

        >>> Places(np.array([0, 0]), np.array([0, 1])).reciprocal().round(3).tolist()
        [1.0, 0.75]
        """
        harmonic = digamma(self.above + self.ties + 2.0) - digamma(self.above + 1.0)
        return np.asarray(harmonic / (self.ties + 1))


def places(score: Floats, admitted: Flags, right: Ints) -> Places:
    """Return where the right candidates stand among the admitted ones.

    Parameters
    ----------
    score
        Shape (queries, candidates).
    admitted
        Which candidates stand; the right one does.
    right
        Column of the right candidate, shape (queries,).
    """
    own = score[np.arange(len(right)), right][:, None]
    near = np.isclose(score, own, rtol=1e-9, atol=1e-12)
    above = (admitted & (score > own) & ~near).sum(axis=1)
    return Places(above, np.maximum((admitted & near).sum(axis=1) - 1, 0))


def pooled_auprc(score: Floats, admitted: Flags, right: Ints) -> float:
    """Return the area under the precision–recall curve of all admitted pairs of all needs in one list.

    Unlike figures by need it asks that scores of different needs can be compared. Chance gets the share of right ones.

    >>> float(pooled_auprc(np.array([[2.0, 1.0], [0.0, 3.0]]), np.ones((2, 2), dtype=bool), np.array([0, 1])))
    1.0
    """
    truth = np.zeros(admitted.shape, dtype=bool)
    truth[np.arange(len(right)), right] = True
    values = score[admitted]
    lowest = values[np.isfinite(values)].min(initial=0.0)
    return float(average_precision_score(truth[admitted], np.where(np.isfinite(values), values, lowest - 1.0)))


def interval(values: Floats, buyer: Ints) -> tuple[float, float]:
    """Return the 95% interval of a mean when buyers, not rows, are drawn anew (bootstrap by cluster)."""
    distinct, at = np.unique(buyer, return_inverse=True)
    total, count = np.bincount(at, weights=values), np.bincount(at)
    size = len(distinct)
    taken = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), RESAMPLES)
    means = (taken @ total) / (taken @ count)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def resampled_interval(figure: Callable[[Ints], float], buyer: Ints) -> tuple[float, float]:
    """Return the 95% interval of a figure of rows that is no mean, when buyers are drawn anew.

    Parameters
    ----------
    figure
        Of row numbers, each as often as its buyer was drawn.
    """
    distinct, at = np.unique(buyer, return_inverse=True)
    rows = [np.flatnonzero(at == number) for number in range(len(distinct))]
    drawn = np.random.default_rng(SEED)
    picks = (drawn.integers(len(rows), size=len(rows)) for _ in range(FEWER_RESAMPLES))
    low, high = np.percentile([figure(np.concatenate([rows[one] for one in pick])) for pick in picks], [2.5, 97.5])
    return float(low), float(high)


def summary(reciprocal: Floats, first: Floats, five: Floats, buyer: Ints) -> Mapping[str, float]:
    """Return top-1, top-5 and MRR with the interval of the last."""
    low, high = interval(reciprocal, buyer)
    return {
        "top1": float(first.mean()),
        "top5": float(five.mean()),
        "mrr": float(reciprocal.mean()),
        "mrr_low": low,
        "mrr_high": high,
    }
