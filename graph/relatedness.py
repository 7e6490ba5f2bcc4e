"""How close two activities are: a firm that does one could start the other.

With codes of one firm each, co-occurrence within firms says nothing yet, so the proximity used is that of recipes:
activities that buy alike have machines, skills and suppliers alike.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

Floats = NDArray[np.float64]


def recipe_proximity(coefficients: csc_array, common: Floats) -> Floats:
    """Return the cosine between every two recipes, shape (m, m), values in [0, 1].

    Parameters
    ----------
    coefficients
        Technical coefficients a[p, q], shape (m, m), p inputs.
    common
        The economy's mean share of each input, shape (m,). Inputs are weighed by ``1 / sqrt(common)`` so that what
        everyone buys (electricity, freight) does not make all activities look alike.

    References
    ----------
    Hidalgo, C. A. et al. (2007). The product space conditions the development of nations. *Science* 317.
    Farjoun, M. (1994). Beyond industry boundaries. *Organization Science* 5 (input-based relatedness).
    """
    weight = np.divide(1.0, np.sqrt(common), out=np.zeros_like(common), where=common > 0)
    scaled = coefficients.toarray() * weight[:, None]
    norm = np.linalg.norm(scaled, axis=0)
    unit = np.divide(scaled, norm, out=np.zeros_like(scaled), where=norm > 0)
    cosine: Floats = np.clip(unit.T @ unit, 0.0, 1.0)
    return cosine
