"""Models that fuse features into one ranking: a choice model that explains itself, and boosting beside it.

The choice model is a conditional logit: of all candidates for a need one is taken, with a chance proportional to
``exp(w · x)``. Weights are at least 0, so more evidence never counts against a supplier, and ``w_f (x_f − mean x_f)``
are exact contributions to a candidate's lead over the mean candidate.

References
----------
McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior. In *Frontiers in Econometrics*.
Mungo, L. et al. (2023). Reconstructing production networks using machine learning. *Journal of Economic Dynamics and
Control* 148 (gradient boosting on firm features).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax
from sklearn.ensemble import HistGradientBoostingClassifier

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SEED = 20260101
#: Candidates beside the right one that boosting learns from, per need.
NEGATIVES = 60
#: What the choice model's weights are drawn to (per standard deviation of a feature), and by how many needs.
PRIOR_WEIGHT, PRIOR_NEEDS = 0.2, 1.0


@dataclass(frozen=True)
class Choices:
    """Needs with their candidates.

    Attributes
    ----------
    features
        Shape (queries, candidates, features).
    admitted
        Which candidates stand for each need, shape (queries, candidates).
    right
        Column of the supplier that was taken, shape (queries,).
    """

    features: Floats
    admitted: Flags
    right: Ints


@dataclass(frozen=True)
class Additive:
    """Non-negative weights by feature: what a trained choice model is."""

    weights: Floats

    def score(self, features: Floats) -> Floats:
        """Return scores, shape (..., candidates)."""
        return np.asarray(features @ self.weights)

    def contributions(self, features: Floats) -> Floats:
        """Return what each feature adds to a candidate's lead over the mean candidate; sums are exact.

        >>> import numpy as np
        >>> Additive(np.array([2.0, 1.0])).contributions(np.array([[1.0, 0.0], [0.0, 4.0]])).tolist()
        [[1.0, -2.0], [-1.0, 2.0]]
        """
        return np.asarray((features - features.mean(axis=-2, keepdims=True)) * self.weights)


def fit_choice(sets: Sequence[Choices], prior: float = PRIOR_WEIGHT, strength: float = PRIOR_NEEDS) -> Additive:
    """Fit the choice model by penalised maximum likelihood.

    Parameters
    ----------
    sets
        Needs from one or more cuts; the candidates may differ between them.
    prior, strength
        Standardised weight every feature is drawn to, and how many needs that prior is worth: with few needs all
        features count alike, with many the data decide.
    """
    spread = _spread(sets)
    total = sum(len(choices.right) for choices in sets)
    penalty = strength / total
    scaled = [(choices.features / spread, choices) for choices in sets]

    def loss(weights: Floats) -> tuple[float, Floats]:
        off = weights - prior
        value, slope = penalty * float(off @ off), 2 * penalty * off
        for features, choices in scaled:
            score = np.where(choices.admitted, features @ weights, -np.inf)
            rows = np.arange(len(choices.right))
            value += float((logsumexp(score, axis=1) - score[rows, choices.right]).sum()) / total
            expected = np.einsum("qs,qsf->f", softmax(score, axis=1), features)
            slope = slope + (expected - features[rows, choices.right].sum(axis=0)) / total
        return value, slope

    start = np.full(len(spread), prior)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(spread))
    return Additive(np.asarray(found.x) / spread)


def fit_boosting(sets: Sequence[Choices], monotone: bool = False) -> Callable[[Floats], Floats]:
    """Fit gradient boosting that tells right candidates from others, and return its score.

    Parameters
    ----------
    monotone
        Whether a feature may only add.
    """
    drawn = np.random.default_rng(SEED)
    rows = [_examples(choices, drawn) for choices in sets]
    features, labels = (np.concatenate(part) for part in zip(*rows, strict=True))
    size = features.shape[1]
    model = HistGradientBoostingClassifier(
        learning_rate=0.06,
        max_iter=150,
        max_leaf_nodes=12,
        min_samples_leaf=20,
        l2_regularization=1.0,
        early_stopping=False,
        monotonic_cst=[1] * size if monotone else None,
        random_state=SEED,
    )
    model.fit(features, labels)

    def score(asked: Floats) -> Floats:
        flat = asked.reshape(-1, size)
        return np.asarray(model.decision_function(flat)).reshape(asked.shape[:-1])

    return score


def _examples(choices: Choices, drawn: np.random.Generator) -> tuple[Floats, Floats]:
    """Return the right candidates and a few others of each need as rows with labels."""
    rows, labels = [], []
    for query, right in enumerate(choices.right):
        others = np.flatnonzero(choices.admitted[query])
        others = others[others != right]
        others = drawn.choice(others, min(NEGATIVES, len(others)), replace=False)
        rows.append(choices.features[query, np.append(right, others)])
        labels.append(np.append(1.0, np.zeros(len(others))))
    return np.concatenate(rows), np.concatenate(labels)


def _spread(sets: Sequence[Choices]) -> Floats:
    """Return the standard deviation of each feature over all candidates, 1 where it never varies."""
    spread = np.concatenate([c.features.reshape(-1, c.features.shape[2]) for c in sets]).std(axis=0)
    return np.where(spread > 1e-9, spread, 1.0)
