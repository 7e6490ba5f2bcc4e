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
    agreement = one.same_class(other)
    fit = alike(one.near(other), agreement)
    return np.where(fit > 0, fit * agreement, fit)


def alike(cosine: NDArray[np.floating], same_class: NDArray[np.floating] | float = 0.0) -> Floats:
    """Return how similar texts are, in units of the spread of random sentences.

    Cosines of unrelated texts lie where the model puts them: what counts is by how many standard deviations a text is
    nearer than an unrelated one, of the same class as far as both are: gelatine and detergents, both chemicals, are
    nearer than gelatine and haulage and have no more to do with each other. Mean and deviation over unrelated texts and
    what a class has in common are stated in the assumptions; the result is kept within ±4 so that no wording outweighs
    the recipe.
    """
    centre = assumption("text_cosine_mean").value + assumption("text_class_lift").value * same_class
    return np.asarray(np.clip((cosine.astype(float) - centre) / assumption("text_cosine_spread").value, -4.0, 4.0))
