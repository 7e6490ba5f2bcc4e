"""Backward and forward linkages: what a rouble sets in motion among suppliers and among buyers."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, diags_array, eye_array
from scipy.sparse.linalg import spsolve

Floats = NDArray[np.float64]


def backward(coefficients: csc_array) -> Floats:
    r"""Return the output all activities must give for one more unit of final demand for each.

    .. math:: b = \mathbf 1^\top L, \qquad L = (I - A)^{-1}

    Parameters
    ----------
    coefficients
        Shape (n, n), A: input of p per unit of output of q, with spectral radius below 1.

    Returns
    -------
    numpy.ndarray
        Shape (n,), column sums of the Leontief inverse.

    References
    ----------
    Rasmussen, P. N. (1956). *Studies in Inter-sectoral Relations*. North-Holland.
    Miller, R. E. and Blair, P. D. (2009). *Input–Output Analysis*, 2nd ed., section 12.2.

    Examples
    --------
    The two-sector economy of Miller and Blair (section 2.3): A = [[0.15, 0.25], [0.20, 0.05]].

    >>> backward(csc_array(np.array([[0.15, 0.25], [0.20, 0.05]]))).round(4).tolist()
    [1.5182, 1.4521]
    """
    return _solve(eye_array(coefficients.shape[0]) - coefficients.T, coefficients.shape[0])


def forward(flows: csc_array, output: Floats) -> Floats:
    r"""Return the output that one more unit of primary inputs in each activity makes possible downstream.

    .. math:: f = G \mathbf 1, \qquad G = (I - B)^{-1}, \qquad B = \hat x^{-1} Z

    Parameters
    ----------
    flows
        Shape (n, n), Z: sales of p to q.
    output
        Shape (n,), x, the same unit; an activity without output sells nothing.

    Returns
    -------
    numpy.ndarray
        Shape (n,), row sums of the Ghosh inverse.

    References
    ----------
    Ghosh, A. (1958). Input–output approach in an allocation system. *Economica* 25, 58–64.
    Jones, L. P. (1976). The measurement of Hirschmanian linkages. *Quarterly Journal of Economics* 90, 323–333.

    Examples
    --------
    >>> forward(csc_array(np.array([[0.0, 1.0], [0.0, 0.0]])), np.array([2.0, 4.0])).tolist()
    [1.5, 1.0]
    """
    inverse = np.divide(1.0, output, out=np.zeros_like(output), where=output > 0)
    return _solve(eye_array(len(output)) - diags_array(inverse) @ flows, len(output))


def _solve(matrix: object, size: int) -> Floats:
    return np.asarray(spsolve(csc_array(cast(csc_array, matrix)), np.ones(size)), dtype=np.float64)
