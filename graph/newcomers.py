"""How often a purchase goes to a firm that never sold the like: what a list of known sellers cannot foresee.

Sales of a code are drawn one by one: after n sales by K sellers the next goes to a newcomer with the chance

    π = (θ + d K) / (θ + n),     0 ≤ d < 1, θ > 0,

and to a seller of c sales with (c − d) / (θ + n) (Pitman and Yor 1997). d and θ are those under which the sales on
record of all codes are likeliest. Codes bought of many sellers, each of few sales, so stay open; where one seller has
most sales, hardly anyone is new.

References
----------
Pitman, J. (1995). Exchangeable and partially exchangeable random partitions. *Probability Theory and Related Fields*
102: the chance of a partition.
Pitman, J. and Yor, M. (1997). The two-parameter Poisson–Dirichlet distribution. *Annals of Probability* 25.
Good, I. J. (1953). The population frequencies of species. *Biometrika* 40: for d near 1 and small θ, π is the share of
those seen once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, gammaln

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Bounds of log(d / (1 − d)) and of log θ; each is drawn to 0 by a deviation of one until much is seen.
BOUNDS = ((-6.0, 6.0), (-6.0, 9.0))


@dataclass(frozen=True, slots=True)
class Newcomers:
    """How open purchases are to sellers never seen: d and θ of the module."""

    discount: float
    strength: float

    def chance(self, sales: Floats, sellers: Floats) -> Floats:
        """Return π after so many sales of a code by so many sellers; a code never sold counts as one sold once.

        >>> Newcomers(0.5, 1.0).chance(np.array([0.0, 1.0, 9.0, 9.0]), np.array([0.0, 1.0, 1.0, 9.0])).tolist()
        [0.75, 0.75, 0.15, 0.55]
        """
        most = np.maximum(sellers, 1.0)
        return np.asarray((self.strength + self.discount * most) / (self.strength + np.maximum(sales, 1.0)))


@dataclass(frozen=True)
class Partitions:
    """Sales of each code parted among its sellers, as numbers that the chance of all of them depends on.

    Attributes
    ----------
    sales
        Sales of each code sold, shape (codes,).
    later
        Of how many codes there is a second, third… seller, shape (most sellers − 1,).
    size, often
        The distinct numbers of sales of one seller of one code, and how often each occurs.
    """

    sales: Floats
    later: Floats
    size: Floats
    often: Floats

    def log_chance(self, model: Newcomers) -> float:
        """Return the logarithm of the chance of these partitions.

        The chances of all partitions of one number of sales sum to 1; of 3 there are five: one of a single seller,
        three of two, one of three.

        >>> model = Newcomers(0.3, 2.0)
        >>> shapes = [[3], [2, 1], [1, 1, 1]]
        >>> seen = [partitions(np.zeros(len(shape), dtype=int), np.array(shape)) for shape in shapes]
        >>> one, two, three = (np.exp(each.log_chance(model)) for each in seen)
        >>> float(round(one + 3 * two + three, 9))
        1.0
        """
        discount, strength = model.discount, model.strength
        seats = np.log(strength + discount * np.arange(1, len(self.later) + 1))
        bought = (gammaln(strength + self.sales) - gammaln(strength + 1.0)).sum()
        again = gammaln(self.size - discount) - gammaln(1.0 - discount)
        return float(self.later @ seats - bought + self.often @ again)


def partitions(code: Ints, sales: Ints) -> Partitions:
    """Return the sales of sellers, one entry a code and seller, as partitions; entries are at least 1."""
    sellers = np.bincount(code)
    total = np.bincount(code, sales)[sellers > 0].astype(float)
    size, often = np.unique(sales, return_counts=True)
    later = (len(total) - np.cumsum(np.bincount(sellers[sellers > 0])))[1:-1]
    return Partitions(total, later.astype(float), size.astype(float), often.astype(float))


def learn_newcomers(code: Ints, sales: Ints) -> Newcomers | None:
    """Return the model under which the sales on record are likeliest, ``None`` where there are none.

    Parameters
    ----------
    code, sales
        Code of each entry and its sales by one seller, at least 1, shape (entries,).
    """
    if not len(sales):
        return None
    seen = partitions(code, sales)

    def surprise(at: Floats) -> float:
        return float(0.5 * at @ at - seen.log_chance(_model(at)))

    from scipy.optimize import minimize  # takes a third of a second to load

    return _model(minimize(surprise, np.zeros(2), method="L-BFGS-B", bounds=BOUNDS).x)


def _model(at: Floats) -> Newcomers:
    return Newcomers(float(expit(at[0])), float(np.exp(at[1])))
