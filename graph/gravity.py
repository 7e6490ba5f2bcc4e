"""Expected trade: a doubly constrained gravity model per input code, fitted by iterative proportional fitting.

For one code p, firms sell ``Y_i`` and buy ``D_j`` roubles. The model is

    T_ij = a_i Y_i · b_j D_j · f(d_ij),     Σ_j T_ij = Y_i,   Σ_i T_ij = D_j,

with deterrence ``f(d) = (1 + d / h_p)^−2`` and ``h_p`` the mean haul of the commodity: flat nearby, falling with the
square of the distance beyond. Firms of one place have the same
distances, so they have the same factors: fitting on places is exact for firms, and one pair costs O(1).

An outside supplier (imports, firms not listed) and an outside buyer (exports, households, firms not listed) make the
totals agree, so that local supply is not credited with all demand. What a firm makes for itself stays inside the
totals; it is never shown as a pair.

References
----------
Wilson, A. G. (1971). A family of spatial interaction models. *Environment and Planning* 3, 1-32.
Ialongo, L. N. et al. (2022). Reconstructing firm-level interactions. *Scientific Reports* 12, 11847.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Real = TypeVar("Real", np.float64, np.float32)


@dataclass(frozen=True, slots=True)
class Balance:
    """Totals of one code in roubles a year: what the outside partners must carry.

    ``outside_supply`` and ``outside_demand`` are at least 0 and make both sides of the table sum to the same.
    """

    outside_supply: float
    outside_demand: float


def balance(supply: float, demand: float, output: float, imports: float, intermediate: float, final: float) -> Balance:
    """Return the outside partners of one code.

    Parameters
    ----------
    supply, demand
        Listed firms' supply and demand.
    output, imports, intermediate, final
        The country's output, imports, intermediate and final use (exports included) of the code.

    Notes
    -----
    Unlisted supply is the country's output beyond the listed, never negative; likewise demand. Where the sides still
    differ (years differ, firms are spread over codes), the smaller side's outside partner takes the difference.

    Examples
    --------
    >>> balance(supply=30, demand=50, output=80, imports=20, intermediate=70, final=30)
    Balance(outside_supply=70.0, outside_demand=50.0)
    """
    outside_supply = max(output - supply, 0.0) + imports
    outside_demand = max(intermediate - demand, 0.0) + final
    difference = (supply + outside_supply) - (demand + outside_demand)
    return Balance(
        outside_supply=float(outside_supply + max(-difference, 0.0)),
        outside_demand=float(outside_demand + max(difference, 0.0)),
    )


@dataclass(frozen=True, slots=True)
class Factors:
    """Balancing factors of one code: ``a`` by selling place, ``b`` by buying place, each (k,); outside ones apart."""

    a: Floats
    b: Floats
    a_outside: float
    b_outside: float
    iterations: int
    error: float


def deterrence(distance_km: Floats, mean_haul_km: float | Floats) -> Floats:
    """Return ``(1 + d / h)^−2``, the share of the trade's propensity that survives the distance.

    A power of the distance keeps rare long hauls possible, as observed between firms; an exponential of the mean haul
    would rule them out.

    >>> float(deterrence(np.array(500.0), 500.0))
    0.25
    """
    return np.asarray(1.0 / np.square(1.0 + distance_km / mean_haul_km))


def nearness(distance_km: NDArray[Real], mean_haul_km: NDArray[Real]) -> NDArray[Real]:
    """Return ``log(f(d) / f(h))``, how much likelier trade is at a distance than at one mean haul, in logs.

    >>> nearness(np.array([0.0, 500.0]), np.array(500.0)).round(3).tolist()
    [1.386, 0.0]
    """
    return np.asarray(2.0 * np.log(2.0 / (1.0 + distance_km / mean_haul_km)))


#: Deterrence to an outside partner: it is one mean haul away.
OUTSIDE_DETERRENCE = 0.25


def fit_factors(
    supply: Floats,
    demand: Floats,
    outside: Balance,
    decay: Floats,
    tolerance: float = 1e-6,
    max_iterations: int = 500,
) -> Factors:
    """Fit the balancing factors of one code on places by iterative proportional fitting (Sinkhorn).

    Parameters
    ----------
    supply, demand
        Roubles sold and bought at each place, shape (k,).
    outside
        The outside partners; their deterrence to every place is :data:`OUTSIDE_DETERRENCE`.
    decay
        Deterrence between places, shape (k, k).

    Returns
    -------
    Factors
        With ``error`` the largest relative miss of a row total when fitting stopped.

    Raises
    ------
    ValueError
        If totals of both sides do not agree.
    """
    rows = np.append(supply, outside.outside_supply)
    columns = np.append(demand, outside.outside_demand)
    if not np.isclose(rows.sum(), columns.sum(), rtol=1e-9, atol=1e-6):
        raise ValueError("supply and demand, outside partners included, must sum to the same")
    size = len(rows)
    full = np.full((size, size), OUTSIDE_DETERRENCE)
    full[:-1, :-1] = decay
    a, b = np.ones(size), np.ones(size)
    error, iteration = np.inf, 0
    while error >= tolerance and iteration < max_iterations:
        iteration += 1
        a = _reciprocal(full @ (b * columns))
        b = _reciprocal(full.T @ (a * rows))
        sold = a * rows * (full @ (b * columns))
        error = float(np.max(np.abs(sold - rows) / np.maximum(rows, 1.0)))
    return Factors(a[:-1], b[:-1], float(a[-1]), float(b[-1]), iteration, error)


def _reciprocal(values: Floats) -> Floats:
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)
