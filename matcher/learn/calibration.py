"""Probabilities from scores, learned where people decided enough, and how far they can be trusted.

A calibrated probability is that of a person accepting the pair when it is put before them.

References
----------
Platt, J. (1999). Probabilistic outputs for support vector machines. In *Advances in Large Margin Classifiers*.
Zadrozny, B., Elkan, C. (2002). Transforming classifier scores into accurate multiclass probability estimates. KDD.
Guo, C. et al. (2017). On calibration of modern neural networks. ICML: expected calibration error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from models.assumptions import assumption

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Calibration = Mapping[str, Any]

FOLDS = 5
BINS = 10


def enough(accepted: Floats) -> bool:
    """Tell whether there are enough accepted and enough declined pairs to learn probabilities from."""
    least = assumption("calibration_min_each").value
    return bool(min(accepted.sum(), (1 - accepted).sum()) >= least)


def calibrate(scores: Floats, accepted: Floats) -> Calibration:
    """Return how scores become probabilities: a logistic curve, or steps that never fall once labels are many.

    Both are kept from 0 and 1, as so many labels can prove neither, and neither changes an order.
    """
    if len(scores) >= assumption("calibration_isotonic_min").value:
        return _isotonic(scores, accepted)
    return _platt(scores, accepted)


def probability(calibration: Calibration, scores: Floats) -> Floats:
    """Return the probabilities of scores."""
    if calibration["kind"] == "isotonic":
        return np.interp(scores, calibration["score"], calibration["probability"])
    return np.asarray(expit(calibration["slope"] * scores + calibration["intercept"]), dtype=float)


def cross_calibrated(scores: Floats, accepted: Floats, fold: Ints) -> Floats:
    """Return for every pair the probability learned from the pairs of the other folds."""
    result = np.zeros(len(scores))
    for number in np.unique(fold):
        held = fold == number
        result[held] = probability(calibrate(scores[~held], accepted[~held]), scores[held])
    return result


def reliability(said: Floats, accepted: Floats) -> dict[str, Any]:
    """Return what was said against what happened, in bins of a tenth, with the expected calibration error.

    ``ECE = Σ_b (n_b / n) |mean said_b - mean accepted_b|``.

    Examples
    --------
    >>> table = reliability(np.array([0.1, 0.1, 0.9, 0.9]), np.array([0.0, 0.0, 1.0, 1.0]))
    >>> round(table["ece"], 3), round(table["brier"], 3), [row["pairs"] for row in table["bins"].values()]
    (0.1, 0.01, [2, 2])
    """
    place = np.minimum((said * BINS).astype(np.int64), BINS - 1)
    rows: dict[str, dict[str, float]] = {}
    for number in np.unique(place):
        here = place == number
        rows[f"{number / BINS:.1f}-{(number + 1) / BINS:.1f}"] = {
            "pairs": int(here.sum()),
            "said": float(said[here].mean()),
            "accepted": float(accepted[here].mean()),
        }
    gaps = [row["pairs"] * abs(row["said"] - row["accepted"]) for row in rows.values()]
    return {"ece": sum(gaps) / len(said), "brier": float(((said - accepted) ** 2).mean()), "bins": rows}


def _platt(scores: Floats, accepted: Floats) -> Calibration:
    """Fit slope and intercept on Platt's smoothed targets; the slope does not fall below nought."""
    yes, no = float(accepted.sum()), float((1 - accepted).sum())
    target = np.where(accepted > 0, (yes + 1) / (yes + 2), 1 / (no + 2))
    centre = float(scores.mean())

    def objective(values: Floats) -> tuple[float, Floats]:
        at = values[0] * (scores - centre) + values[1]
        miss = expit(at) - target
        return float((np.logaddexp(0.0, at) - target * at).sum()), np.array([miss @ (scores - centre), miss.sum()])

    from scipy.optimize import minimize  # takes a third of a second to load

    found = minimize(objective, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=[(0.0, None), (None, None)])
    slope = float(found.x[0])
    return {"kind": "platt", "slope": slope, "intercept": float(found.x[1]) - slope * centre}


def _isotonic(scores: Floats, accepted: Floats) -> Calibration:
    from sklearn.isotonic import IsotonicRegression

    edge = 1.0 / (len(scores) + 2)
    model = IsotonicRegression(y_min=edge, y_max=1 - edge, out_of_bounds="clip").fit(scores, accepted)
    return {
        "kind": "isotonic",
        "score": model.X_thresholds_.astype(float).tolist(),
        "probability": model.y_thresholds_.astype(float).tolist(),
    }
