"""How far an activity stands from final use, and how high above primary inputs."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, diags_array, eye_array
from scipy.sparse.linalg import spsolve

Floats = NDArray[np.float64]


def upstreamness(
    flows: csc_array, output: Floats, net_exports: Floats | None = None, inventories: Floats | None = None
) -> Floats:
    r"""Return the average distance of each activity's output from final use.

    .. math::
        U = (I - \Delta)^{-1} \mathbf 1, \qquad \Delta_{pq} = \frac{z_{pq}}{x_p - e_p - n_p}

    1 means that everything is sold to final use, 2 that it is one step away. Without ``net_exports`` exports count as
    final use and no correction for trade is made; with them (exports less imports, and changes of inventories) the flow
    of a product is measured against what is available at home, as in the article, which assumes that traded goods are
    used like goods at home. An activity without output has distance 1.

    Parameters
    ----------
    flows
        Shape (n, n): sales of p to q, any unit.
    output
        Shape (n,), gross output, the same unit.
    net_exports, inventories
        Shape (n,), the same unit.

    Returns
    -------
    numpy.ndarray
        Shape (n,), at least 1.

    References
    ----------
    Antràs, P., Chor, D., Fally, T. and Hillberry, R. (2012). Measuring the upstreamness of production and trade flows.
    *American Economic Review* 102(3), 412–416, equations 3 and 5.

    Examples
    --------
    Ore is sold to steel, steel to cars, cars to households.

    >>> chain = csc_array(np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]))
    >>> upstreamness(chain, np.ones(3)).tolist()
    [3.0, 2.0, 1.0]
    """
    available = output - _or_zero(net_exports, output) - _or_zero(inventories, output)
    shares = diags_array(_inverse(available)) @ flows
    return _solve(eye_array(len(output)) - shares, np.ones(len(output)))


def trophic_levels(coefficients: csc_array, value_added: Floats) -> Floats:
    r"""Return the trophic level of each activity in the web of inputs.

    Value added is a node of its own at level 1 that supplies every activity, so that no activity is basal by an
    accident of the table and the levels always exist:

    .. math:: s_q = 1 + \sum_p g_{pq} s_p + g_{0q}, \qquad g_{pq} = \frac{a_{pq}}{\sum_r a_{rq} + v_q}

    Parameters
    ----------
    coefficients
        Shape (n, n): input of p per unit of output of q.
    value_added
        Shape (n,), per unit of output; a value not above 0 is taken as a thousandth of the inputs.

    Returns
    -------
    numpy.ndarray
        Shape (n,), at least 2 (level 1 is value added).

    References
    ----------
    Levine, S. (1980). Several measures of trophic structure applicable to complex food webs. *Journal of Theoretical
    Biology* 83, 195–207.

    Examples
    --------
    An activity that lives on value added alone, and one that buys half its costs from it.

    >>> trophic_levels(csc_array(np.array([[0.0, 0.5], [0.0, 0.0]])), np.array([1.0, 0.5])).tolist()
    [2.0, 2.5]
    """
    inputs = np.asarray(coefficients.sum(axis=0), dtype=np.float64)
    primary = np.where(value_added > 0, value_added, np.maximum(1e-3 * inputs, 1e-9))
    weights = 1.0 / (inputs + primary)
    shares = coefficients @ diags_array(weights)
    return _solve(eye_array(len(primary)) - shares.T, 1.0 + primary * weights)


def _or_zero(values: Floats | None, like: Floats) -> Floats:
    return np.zeros_like(like) if values is None else values


def _inverse(values: Floats) -> Floats:
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


def _solve(matrix: object, right: Floats) -> Floats:
    return np.asarray(spsolve(csc_array(cast(csc_array, matrix)), right), dtype=np.float64)
