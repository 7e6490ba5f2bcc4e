"""Which weights a query is answered with: the defaults, or those learned for the cluster of who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from matcher.index.economy import Economy
from matcher.learn.calibration import Calibration, probability
from models.clusters import cluster_groups
from models.learned import LearnedWeights

Floats = NDArray[np.float64]

#: Share of a firm's output from which on it is of a cluster.
MEMBER = 0.5


@dataclass(frozen=True)
class Weighing:
    """The weights in use (``None``: the defaults), where they come from, and how scores become probabilities."""

    weights: Mapping[str, float] | None = None
    cluster: str | None = None
    version: int | None = None
    calibration: Calibration | None = None

    def probability(self, score: float) -> float:
        """Return the probability of a score: calibrated if it can be, else the sigmoid."""
        if self.calibration is None:
            return float(expit(score))
        return float(probability(self.calibration, np.array([score]))[0])

    def document(self) -> dict[str, Any]:
        """Return what a result says of its weights."""
        return {
            "source": "default" if self.weights is None else "learned",
            "cluster": self.cluster,
            "version": self.version,
            "calibrated": self.calibration is not None,
        }


#: The weights of the bundled table.
DEFAULT = Weighing()


def weighing_of(versions: Mapping[str, LearnedWeights], economy: Economy, shares: Floats) -> Weighing:
    """Return the weights for a firm with these shares: of its cluster, if some were learned for it.

    Of several clusters it belongs to, that with the largest share of its output decides, then the first by key.
    """
    mass = {key: float(shares @ members(economy, key)) for key in sorted(versions)}
    own = max(mass, key=lambda key: mass[key], default="")
    if not own or mass[own] < MEMBER:
        return DEFAULT
    version = versions[own]
    return Weighing(version.weights, own, version.id, version.calibration)


def members(economy: Economy, cluster: str) -> Floats:
    """Return 1 for the activity groups of a cluster's chain and 0 for others, shape (m,); sales support is outside."""
    inside = {code for code, place in cluster_groups(cluster).items() if place.side != "sales_support"}
    return np.array([float(code in inside) for code in economy.codes])
