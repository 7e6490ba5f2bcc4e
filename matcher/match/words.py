"""What the words of both sides say of a pair: how near they are, and who takes the very thing that is offered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from matcher.classify.said import Said
from matcher.classify.taken import Taken
from models.assumptions import assumption

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def text_fit(one: Said, other: Said) -> Floats:
    """Return how well each thing of one side fits each of the other by their words, shape (k, l).

    Words that are alike count as far as both are of the same class: polypropylene is no polypropylene sack, however
    near the words. Words that are unlike count against a pair whatever their class.
    """
    fit = alike(one.near(other))
    return np.where(fit > 0, fit * one.same_class(other), fit)


def alike(cosine: NDArray[np.floating]) -> Floats:
    """Return how similar texts are, in units of the spread of random sentences.

    Cosines of unrelated texts lie where the model puts them: what counts is by how many standard deviations a text is
    nearer than an unrelated one. Mean and deviation over unrelated texts are stated in the assumptions; the result is
    kept within ±4 so that no wording outweighs the recipe.
    """
    centre, spread = assumption("text_cosine_mean").value, assumption("text_cosine_spread").value
    return np.asarray(np.clip((cosine.astype(float) - centre) / spread, -4.0, 4.0))


@dataclass(frozen=True, slots=True)
class Uses:
    """Which activities take the very thing that is offered.

    Attributes
    ----------
    log_odds
        How much likelier each activity is to take it than the activities that take something of its group of goods, in
        logs; 0 where it is not known what of the group an activity takes. Shape (m,).
    thing
        Number of the good each takes that is nearest to it (:func:`models.taken.goods`), -1 where none is known.
        Shape (m,).
    """

    log_odds: Floats
    thing: Ints


def uses_of(taken: Taken, offer: Said, shares: Floats) -> Uses:
    """Return which activities take what is offered, given the groups that make it as shares, shape (m,).

    With the chance c that an activity takes the thing, by how near to it is the nearest of what the activity takes of
    the group, this is ``log((c + ε) / (mean of c + ε))`` over the activities whose goods of the group are known; of
    several groups the mean weighted by shares.
    """
    size = len(shares)
    log_odds, weight, nearest = np.zeros(size), np.zeros(size), np.full(size, -np.inf)
    thing = np.full(size, -1)
    doubt = assumption("taken_doubt").value
    for group in np.flatnonzero(shares):
        lines = np.flatnonzero(taken.group[taken.thing] == group)
        cosine = (taken.vectors[taken.thing[lines]] @ offer.vectors.T).max(axis=1, initial=-1.0).astype(float)
        best = np.full(size, -np.inf)
        np.maximum.at(best, taken.buyer[lines], cosine)
        known = np.flatnonzero(best > -np.inf)
        if not len(known):
            continue
        chance = expit((best[known] - assumption("taken_cosine").value) / assumption("taken_spread").value)
        log_odds[known] += shares[group] * np.log((chance + doubt) / (chance.mean() + doubt))
        weight[known] += shares[group]
        nearer = lines[np.argsort(cosine, kind="stable")]  # of an activity's goods the nearest is written last
        of_group = np.full(size, -1)
        of_group[taken.buyer[nearer]] = taken.thing[nearer]
        closer = known[best[known] > nearest[known]]
        nearest[closer], thing[closer] = best[closer], of_group[closer]
    return Uses(np.divide(log_odds, weight, out=np.zeros(size), where=weight > 0), thing)
