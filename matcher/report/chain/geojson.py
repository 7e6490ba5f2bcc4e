"""Firms and their links on the map, as GeoJSON (RFC 7946): longitude before latitude, WGS 84."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.gaps.network import Links
from matcher.index.columns import Columns
from matcher.report.figures import rub
from matcher.report.frame import Document, Frame


def point(columns: Columns, place: int) -> Document | None:
    """Return where a place is, ``None`` for the one of firms that are nobody knows where."""
    lat, lon = float(columns.place_lat[place]), float(columns.place_lon[place])
    if not lat and not lon:
        return None
    return {"lat": round(lat, 4), "lon": round(lon, 4), "exact": bool(columns.place_exact[place])}


def collection(features: Iterable[Document | None]) -> Document:
    """Return a collection of features; ``without_place`` counts those left out since nobody knows where they are."""
    several = list(features)
    placed = [each for each in several if each is not None]
    return {"type": "FeatureCollection", "features": placed, "without_place": len(several) - len(placed)}


def firm_feature(frame: Frame, firm: int, properties: Document) -> Document | None:
    """Return a firm as a point; ``exact`` is false in the middle of a region whose town is not known."""
    at = point(frame.columns, int(frame.columns.place[firm]))
    if at is None:
        return None
    told = {**frame.firm(firm), **properties, "output_rub": rub(frame.columns.output_rub[firm]), "exact": at["exact"]}
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": _position(at)}, "properties": told}


def link_features(frame: Frame, links: Links) -> Iterable[Document | None]:
    """Yield every link as a line from the supplier to the buyer."""
    places = frame.columns.place
    for row in range(len(links)):
        one, other = int(links.supplier[row]), int(links.buyer[row])
        ends = [point(frame.columns, int(places[firm])) for firm in (one, other)]
        placed = [_position(at) for at in ends if at is not None]
        if len(placed) < len(ends):
            yield None
            continue
        yield {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": placed},
            "properties": {
                "supplier": frame.firm(one),
                "buyer": frame.firm(other),
                "rub": rub(links.rub[row]),
                "link": "observed" if links.observed[row] else "inferred",
            },
        }


def _position(at: Document) -> list[float]:
    return [at["lon"], at["lat"]]
