"""How near the words of both sides of a pair are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.classify.said import Said
from models.assumptions import assumption

Floats = NDArray[np.float64]


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
