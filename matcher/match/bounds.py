"""Upper bounds of the scores of every firm as a buyer of one supplier: so few have to be scored to place one among all.

Sizes are taken to fit perfectly; of the supplier's goods the farthest travelling one sets the distance, the scarcest in
the region the gap, and the one seen most in the place what is sold there. The rest is exact but for rounding and for
what a pair's own link adds. What depends on codes is computed once for all firms of one kind, what depends on a place
once for each place. The counterpart for suppliers of one buyer is :mod:`matcher.match.batch`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from graph.ceilings import buyers_again_ceiling, buyers_ceiling, sold_there_ceiling
from graph.gravity import nearness
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.match.evidence import needs_fit
from matcher.match.pairs import Party, firm_party
from matcher.match.scorer import base_log_odds, input_fit, standing

Floats = NDArray[np.float64]

#: What bounds may lack for rounding (some are computed in single precision), many times over.
ROUNDING = 1e-3


def buyers_bound(
    columns: Columns, economy: Economy, firm: int, feedback: Floats, weights: Mapping[str, float]
) -> tuple[Floats, Party]:
    """Return what no score of a firm as a buyer of one exceeds, −∞ where it buys nothing of it, and the supplier.

    The bounds have shape (n,); the paths to the supplier are counted.

    Parameters
    ----------
    feedback
        What decisions say about each code, shape (m,).
    weights
        None of them negative.
    """
    supplier = replace(firm_party(columns, firm), paths=(counted := columns.network.turned().paths_to(firm)))
    everyone, made = np.arange(len(columns)), np.flatnonzero(supplier.shares)
    if not len(made):
        return np.full(len(everyone), -np.inf), supplier
    bound = _fit_by_kind(columns, economy, supplier, weights["input_fit"])[columns.observed.kinds.of]
    network = buyers_ceiling(columns.observed, firm, supplier.shares)
    buyers, again = buyers_again_ceiling(columns.sold, firm)
    network[buyers] += again
    buyers, paths = counted
    network[buyers] += np.log1p(paths)
    bound += weights["network"] * network
    near = nearness(columns.distance_km[supplier.place], economy.haul_km[made].max())
    bound += weights["distance"] * near[columns.place]
    bound += weights["network"] * sold_there_ceiling(columns.sold, firm)[columns.place]
    unmet = (columns.unmet_share[:, made] + economy.code_import_share[made]).max(axis=1)
    bound += weights["gap"] * unmet[columns.region]
    bound += weights["standing"] * standing(columns, everyone)
    if supplier.offer is not None:
        bound += weights["text_fit"] * needs_fit(columns, supplier, everyone)
    bound += weights["base"] * base_log_odds(columns) + weights["feedback"] * float(feedback[made].max())
    bound += weights["standing"] * float(standing(columns, np.array([firm]))[0])
    return np.asarray(bound), supplier


def _fit_by_kind(columns: Columns, economy: Economy, supplier: Party, weight: float) -> Floats:
    """Return the part of the score that says how well a supplier's codes fit each kind of buyer, shape (kinds,)."""
    made = np.flatnonzero(supplier.shares)
    share, mean = supplier.shares[made], economy.mean_share[made]
    recipe = columns.observed.kinds.shares @ np.ascontiguousarray(economy.match[made].T)
    asked = (recipe > 0).astype(float)
    fit = recipe @ share
    found = weight * input_fit(fit, asked @ (share * mean), asked @ share)
    return np.where(fit > 0, found, -np.inf)
