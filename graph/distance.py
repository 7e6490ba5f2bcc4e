"""Great-circle distances between places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088

Floats = NDArray[np.float64]


def haversine_km(lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Return great-circle distances in kilometres; arguments in degrees, broadcast against each other.

    References
    ----------
    Sinnott, R. W. (1984). Virtues of the haversine. *Sky and Telescope* 68, 159.

    Examples
    --------
    Moscow to Stavropol:

    >>> d = haversine_km(np.array(55.7558), np.array(37.6173), np.array(45.0433), np.array(41.9691))
    >>> bool(1225 < d < 1240)
    True
    """
    phi1, phi2 = np.radians(lat1), np.radians(lat2)
    half_phi = (phi2 - phi1) / 2
    half_lambda = np.radians(lon2 - lon1) / 2
    chord = np.sin(half_phi) ** 2 + np.cos(phi1) * np.cos(phi2) * np.sin(half_lambda) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0))))


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
    distance = haversine_km(lat[:, None], lon[:, None], lat[None, :], lon[None, :])
    same_region = (region[:, None] == region[None, :]) & (region[:, None] >= 0)
    wider = np.maximum(spread_km[:, None], spread_km[None, :])
    distance = np.where(same_region, np.maximum(distance, wider / 2), distance)
    np.fill_diagonal(distance, spread_km)
    return distance
