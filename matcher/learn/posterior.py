"""Weights of the parts of a score given decisions and observed links: the maximum of a posterior.

A decision is a Bernoulli trial with log-odds ``c + u_b + Σ_p w_p x_p``; ``c`` absorbs how willing people are on the
whole and ``u_b``, with a prior of its own, how willing those are who decide for buyer b: that one buyer is choosier
than another says nothing of the parts. An observed link is a choice among its matched negatives: conditional logit,
in which everything the set shares cancels.

Every weight has a Gaussian prior at its default and stays at or above nought. A part that an example does not speak
of enters it with its default weight, so the example cannot move it.

References
----------
McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior. In *Frontiers in Econometrics*.
Prentice, R. L., Pyke, R. (1979). Logistic disease incidence models and case-control studies. *Biometrika* 66: slopes
may be learned from chosen examples, the starting point may not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Prior precision of the starting point of decisions: it is all but free.
LOOSE = 0.01
#: Prior precision of how much more or less willing one buyer is than others, in log-odds.
BUYERS = 1.0


@dataclass(frozen=True)
class Examples:
    """What is learned from.

    Attributes
    ----------
    raw
        Unweighted parts of decided pairs, shape (d, parts).
    speaks
        Which parts a decision speaks of, shape (d, parts).
    accepted
        1 for accepted, 0 for declined, shape (d,).
    asker
        Number of the buyer a decision concerns, shape (d,).
    link_raw, link_speaks
        The same of observed links and their negatives, shape (l, parts).
    link_set
        Number of the set each belongs to, sorted, shape (l,); the first row of a set is the observed link.
    """

    raw: Floats
    speaks: Flags
    accepted: Floats
    asker: Ints
    link_raw: Floats
    link_speaks: Flags
    link_set: Ints

    def only(self, decisions: Flags) -> Examples:
        """Return the examples with some of the decisions."""
        return Examples(
            self.raw[decisions],
            self.speaks[decisions],
            self.accepted[decisions],
            self.asker[decisions],
            self.link_raw,
            self.link_speaks,
            self.link_set,
        )


@dataclass(frozen=True)
class Fit:
    """Weights, and the pull of every example on every one of them.

    At the maximum a weight that is not held at nought has moved by exactly the sum of the pulls on it.

    Attributes
    ----------
    weights
        Shape (parts,).
    intercept
        Starting point of decisions.
    pulls, link_pull
        Shape (d, parts), and of all links together (parts,).
    """

    weights: Floats
    intercept: float
    pulls: Floats
    link_pull: Floats


def fit_weights(examples: Examples, default: Floats, precision: float) -> Fit:
    """Return the weights that maximise the posterior.

    Parameters
    ----------
    default
        Centre of the prior, shape (parts,).
    precision
        Of the prior, one over its variance. A weight moves by at most ``Σ |x| / precision``, whatever was decided.

    Examples
    --------
    One accepted pair draws a weight up by its pull, and no further.

    >>> none = np.zeros((0, 1))
    >>> said = (np.ones((1, 1)), np.ones((1, 1), bool), np.ones(1), np.zeros(1, int))
    >>> one = Examples(*said, none, none > 0, np.zeros(0, int))
    >>> fit = fit_weights(one, np.ones(1), 100.0)
    >>> bool(0 < fit.weights[0] - 1 < 0.01), bool(np.isclose(fit.weights[0] - 1, fit.pulls.sum()))
    (True, True)
    """
    size = len(default)
    free, link_free = examples.raw * examples.speaks, examples.link_raw * examples.link_speaks
    fixed, link_fixed = (examples.raw - free) @ default, (examples.link_raw - link_free) @ default
    starts = np.flatnonzero(np.diff(examples.link_set, prepend=-1))

    willing = int(examples.asker.max()) + 1 if len(examples.asker) else 0
    prior = np.concatenate([np.full(size, precision), [LOOSE], np.full(willing, BUYERS)])
    centre = np.concatenate([default, np.zeros(1 + willing)])

    def surprise(values: Floats) -> tuple[Floats, Floats, float]:
        """Return residuals of decisions and of links, and minus the log likelihood."""
        weights = values[:size]
        at = fixed + free @ weights + values[size] + values[size + 1 :][examples.asker]
        residual = examples.accepted - expit(at)
        loss = float(np.logaddexp(0.0, at).sum() - (examples.accepted * at).sum())
        score = link_fixed + link_free @ weights
        if not len(starts):
            return residual, score, loss
        top = np.maximum.reduceat(score, starts)[examples.link_set]
        odds = np.exp(score - top)
        whole = np.add.reduceat(odds, starts)
        link_residual = -odds / whole[examples.link_set]
        link_residual[starts] += 1.0
        return residual, link_residual, loss + float((np.log(whole) + top[starts] - score[starts]).sum())

    def objective(values: Floats) -> tuple[float, Floats]:
        residual, link_residual, loss = surprise(values)
        away = values - centre
        by_asker = np.bincount(examples.asker, residual, minlength=willing)
        pulls = free.T @ residual + link_free.T @ link_residual
        gradient = np.concatenate([pulls, [residual.sum()], by_asker])
        return loss + float(0.5 * prior @ away**2), prior * away - gradient

    from scipy.optimize import minimize  # takes a third of a second to load

    found = minimize(
        objective,
        centre,
        jac=True,
        method="L-BFGS-B",
        bounds=[(0.0, None)] * size + [(None, None)] * (1 + willing),
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 2000},
    )
    weights, intercept = np.asarray(found.x[:size], dtype=float), float(found.x[size])
    residual, link_residual, _ = surprise(found.x)
    return Fit(
        weights, intercept, free * residual[:, None] / precision, np.asarray(link_free.T @ link_residual) / precision
    )
