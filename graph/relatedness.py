"""How close two activities are, and how near a place is to one it does not have: what it could start next.

Two kinds of closeness. *Recipes*: activities that buy alike have machines, skills and suppliers alike. *Places*:
activities that keep turning up in the same regions share something, whatever it is. A place is near an activity when it
has much of what is close to it, and when it has a little of the activity itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from graph.ratio import ratio

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Neighbours of an activity that count: farther ones add noise.
NEAREST = 20


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
    Farjoun, M. (1994). Beyond industry boundaries. *Organization Science* 5 (input-based relatedness).
    """
    weight = ratio(np.ones_like(common), np.sqrt(common))
    scaled = coefficients.toarray() * weight[:, None]
    norm = np.linalg.norm(scaled, axis=0)
    unit = ratio(scaled, norm)
    cosine: Floats = np.clip(unit.T @ unit, 0.0, 1.0)
    return cosine


def location_quotient(amounts: Floats) -> Floats:
    r"""Return how much of each activity a place has against all places together, shape (places, m).

    .. math:: LQ_{cp} = \frac{x_{cp} / \sum_q x_{cq}}{\sum_c x_{cp} / \sum_{cq} x_{cq}}

    Also known as revealed comparative advantage (Balassa 1965); 1 is as much as everywhere.

    >>> location_quotient(np.array([[3.0, 1.0], [1.0, 3.0]])).tolist()
    [[1.5, 0.5], [0.5, 1.5]]
    """
    part = ratio(amounts, amounts.sum(axis=1, keepdims=True))
    return ratio(part, amounts.sum(axis=0) / max(float(amounts.sum()), 1e-300))


def co_specialisation(present: Flags) -> Floats:
    r"""Return the proximity of activities by the places that have both, shape (m, m), a diagonal of 1.

    .. math:: \varphi_{pq} = \frac{\sum_c M_{cp} M_{cq}}{\max(\sum_c M_{cp}, \sum_c M_{cq})}

    Parameters
    ----------
    present
        M, which place has which activity, shape (places, m).

    References
    ----------
    Hidalgo, C. A., Klinger, B., Barabási, A.-L., Hausmann, R. (2007). The product space conditions the development of
    nations. *Science* 317, 482–487.

    Examples
    --------
    >>> co_specialisation(np.array([[True, True], [True, False]])).tolist()
    [[1.0, 0.5], [0.5, 1.0]]
    """
    matrix = present.astype(float)
    places = matrix.sum(axis=0)
    both = ratio(matrix.T @ matrix, np.maximum.outer(places, places))
    np.fill_diagonal(both, 1.0)
    return both


def density(present: Flags, proximity: Floats, nearest: int = NEAREST) -> Floats:
    r"""Return what part of the close neighbours of each activity a place has, shape (places, m).

    .. math:: \omega_{cp} = \frac{\sum_{q \in N_p} \varphi_{pq} M_{cq}}{\sum_{q \in N_p} \varphi_{pq}}

    with :math:`N_p` the ``nearest`` activities to p, itself left out; all others for a large number.

    >>> close = np.array([[1.0, 0.8, 0.2], [0.8, 1.0, 0.0], [0.2, 0.0, 1.0]])
    >>> density(np.array([[False, True, False]]), close).round(2).tolist()
    [[0.8, 0.0, 0.0]]
    """
    others = proximity - np.diag(np.diag(proximity))
    if nearest < len(others):
        least = np.partition(others, -nearest, axis=0)[-nearest]
        others = np.where(others >= least, others, 0.0)
    return np.asarray(ratio(present.astype(float) @ others, others.sum(axis=0)))


def entry_score(quotient: Floats, *densities: Floats) -> Floats:
    """Return how near each place is to specialising in each activity it does not yet specialise in, same shape.

    What it has of the activity already, as a location quotient of at most 1, plus each density in units of its mean:
    persistence and relatedness add up, since each says what the other cannot. Without places there is nothing to say.

    >>> entry_score(np.zeros((0, 2)), np.zeros((0, 2))).shape
    (0, 2)
    """
    related = sum((ratio(each, each.mean()) for each in densities if each.size), np.zeros_like(quotient))
    return np.asarray(np.minimum(quotient, 1.0) + WEIGHT * related)


#: Weight of a density of average size beside a location quotient of 1.
WEIGHT = 0.05
