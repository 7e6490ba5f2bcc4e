"""From measurements to probabilities, by the few weights of ``reference/text_model.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matcher.classify.features import NAMES
from models.resources import read_table

#: A group less likely than this is not a candidate.
LEAST_CONFIDENCE = 0.002
#: No text makes a group surer than this.
MOST_CONFIDENCE = 0.99
#: Below this confidence even the first activity is a guess: of so unsure answers few are right.
GUESS = 0.3
#: What a group is given that no phrase speaks of, before the wording of the text is weighed.
UNSPOKEN = 0.0003
#: The weights of whole texts hold from this best chance of the pieces on: words that mean nothing have less.
LEAST_FITTED = 0.1


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


def with_wording(chances: NDArray[np.float64], fits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return fused chances of groups times the odds of their wording; log-odds add up.

    >>> with_wording(np.array([0.5, 0.0]), np.array([-1.0, 0.0])).round(4).tolist()
    [0.1841, 0.0003]
    """
    return np.asarray(np.minimum(chances + UNSPOKEN, 1.0) * np.exp(fits))


def calibrated(chances: NDArray[np.float64], surest: float) -> NDArray[np.float64]:
    """Return the probability that each group a text speaks of is right, from fused chances of its pieces.

    ``sigmoid(a · logit p + b · log(p / Σp) + c · log(p / best other p) + d)``: how sure, how alone, how far ahead. The
    weights come from whole texts; where the ``surest`` chance of the pieces is less than any they were fitted on,
    chances stay as they are.
    """
    if not len(chances) or surest < LEAST_FITTED:
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
