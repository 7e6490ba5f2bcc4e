"""What one order instead of several saves: the curve of discounts, and how far apart its places are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.index.columns import Columns
from models.assumptions import assumption


def discount(own: float, together: float, each_doubling: float, most: float) -> float:
    """Return the part of its spending a buyer saves when its order grows to the joint one.

    Each doubling of an order lowers its price by the same part, up to a bound.

    >>> discount(25.0, 100.0, 0.03, 0.1), discount(100.0, 100.0, 0.03, 0.1), round(discount(1.0, 1000.0, 0.03, 0.1), 2)
    (0.06, 0.0, 0.1)
    """
    return float(min(each_doubling * np.log2(together / own), most))


def savings(spending: Mapping[int, float]) -> tuple[dict[int, float], tuple[float, float]]:
    """Return what each buyer of a joint order saves a year, and the range of the sum."""
    step, most, together = (
        assumption("joint_purchase_discount"),
        assumption("joint_purchase_most"),
        sum(spending.values()),
    )

    def saved(each_doubling: float, bound: float) -> dict[int, float]:
        return {firm: own * discount(own, together, each_doubling, bound) for firm, own in spending.items()}

    low, high = saved(step.low, most.low), saved(step.high, most.high)
    return saved(step.value, most.value), (sum(low.values()), sum(high.values()))


def consolidation(columns: Columns, firms: list[int]) -> tuple[tuple[str, float], ...]:
    """Return to how many places a joint order goes and how far they are from the first buyer's, as named numbers."""
    place = columns.place[np.array(firms)]
    farthest = float(columns.distance_km[place[0], place].max()) if len(set(place.tolist())) > 1 else 0.0
    return (("places", float(len(set(place.tolist())))), *((("spread_km", farthest),) if farthest else ()))
