"""The product's own fit of its weights, on the lessons of a trial."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.learn.posterior import Examples, fit_weights
from matcher.match.scorer import default_weights
from matcher.trials.learners import Choices
from models.assumptions import assumption


def own_fit(lessons: Sequence[Choices], parts: Sequence[str]) -> dict[str, float]:
    """Return the weights of some parts that the product's own fit makes of right candidates among the others.

    The prior stands at the default weights, as in ``zveno learn``; here everyone admitted is set against the right one.

    Parameters
    ----------
    lessons
        The features are the raw parts, in their order; needs whose right candidate is not admitted teach nothing.
    """
    rows = [_one_need(choices, query) for choices in lessons for query in range(len(choices.right))]
    taught = [raw for raw in rows if len(raw)]
    none = np.zeros((0, len(parts)))
    raw = np.concatenate([none, *taught])
    examples = Examples(
        raw=none,
        speaks=none > 0,
        accepted=np.zeros(0),
        asker=np.zeros(0, dtype=np.int64),
        link_raw=raw,
        link_speaks=np.ones(raw.shape, dtype=bool),
        link_set=np.repeat(np.arange(len(taught)), [len(one) for one in taught]),
    )
    default = np.array([default_weights()[name] for name in parts])
    fit = fit_weights(examples, default, assumption("weight_prior_precision").value)
    return dict(zip(parts, fit.weights.tolist(), strict=True))


def _one_need(choices: Choices, query: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return the raw parts of the right candidate and then of the others, nothing where it is not admitted."""
    admitted, right = choices.admitted[query], int(choices.right[query])
    others = np.flatnonzero(admitted)
    rows = np.append(right, others[others != right]) if admitted[right] else np.zeros(0, dtype=np.int64)
    return np.asarray(choices.features[query, rows])
