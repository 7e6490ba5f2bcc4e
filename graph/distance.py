"""Distances between places that have an extent of their own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.geography import great_circle_km

Floats = NDArray[np.float64]


def distance_matrix_km(lat: Floats, lon: Floats, spread_km: Floats, region: NDArray[np.int64]) -> Floats:
    """Return the (k, k) distances between places whose own extent is not zero.

    A place may be a town or a whole region known by its centroid. Two firms of one place are ``spread_km`` apart; a
    town and its own region's centroid are at least half the region's spread apart, since the firm behind the centroid
    may be anywhere in it.

    Parameters
    ----------
    lat, lon
        Degrees, shape (k,).
    spread_km
        Typical distance between two firms of the place, shape (k,).
    region
        Region number of each place, shape (k,); negative means unknown.
    """
    distance = great_circle_km(lat[:, None], lon[:, None], lat[None, :], lon[None, :])
    same_region = (region[:, None] == region[None, :]) & (region[:, None] >= 0)
    wider = np.maximum(spread_km[:, None], spread_km[None, :])
    distance = np.where(same_region, np.maximum(distance, wider / 2), distance)
    np.fill_diagonal(distance, spread_km)
    return distance
