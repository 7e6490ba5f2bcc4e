"""The network of firms and the members of a cluster as files for other programs: GraphML and GeoJSON."""

from __future__ import annotations

from io import BytesIO

import networkx as nx
import numpy as np

from graph.chain import Edge, chain_graph
from matcher.gaps.network import Links
from matcher.pipeline.chain.firm_graph import places_of
from matcher.pipeline.chain.profile import checked_segment
from matcher.pipeline.places import region_row
from matcher.pipeline.workspace import Workspace
from matcher.report.chain.firm_graph import Places
from matcher.report.chain.flows import groups_of
from matcher.report.chain.geojson import collection, firm_feature, link_features
from matcher.report.frame import Document, Frame


def graphml(workspace: Workspace, cluster: str | None, links: Links) -> bytes:
    """Return a whole network as GraphML: firms as nodes, sales on record and expected ones as edges of their kind."""
    frame, firms = _firms(workspace, links)
    places = places_of(workspace, cluster, {})
    graph = chain_graph(
        companies={
            frame.inn(firm): {"name": frame.name(firm), **_told(frame, firm, places)}
            | {"output_rub": float(frame.columns.output_rub[firm])}
            for firm in firms
        },
        activities={},
        edges=[_edge(frame, links, row) for row in range(len(links))],
    )
    file = BytesIO()
    nx.write_graphml(graph, file, named_key_ids=True)
    return file.getvalue()


def geojson(workspace: Workspace, cluster: str | None, links: Links) -> Document:
    """Return a whole network on the map: firms as points, links as lines."""
    frame, firms = _firms(workspace, links)
    places = places_of(workspace, cluster, {})
    return collection(
        [*(firm_feature(frame, firm, _told(frame, firm, places)) for firm in firms), *link_features(frame, links)]
    )


def members(workspace: Workspace, cluster: str, region: str | None, segment: str | None) -> Document:
    """Return the members of a cluster, or of one of its segments, on the map."""
    checked_segment(cluster, segment)
    columns, where = workspace.columns, region_row(workspace, region)
    chosen = np.arange(len(columns)) if where is None else np.flatnonzero(columns.region == where)
    rows, group = groups_of(columns, cluster, chosen)
    wanted = [number for number, row in enumerate(rows) if segment in (None, row.slug)]
    firms = [int(firm) for firm in np.flatnonzero(np.isin(group, wanted))]
    frame = workspace.frame(firms)
    return collection(
        firm_feature(frame, firm, {"stage": rows[group[firm]].stage, "segment": rows[group[firm]].slug})
        for firm in firms
    )


def _firms(workspace: Workspace, links: Links) -> tuple[Frame, list[int]]:
    firms = sorted({*links.supplier.tolist(), *links.buyer.tolist()})
    return workspace.frame(firms), firms


def _told(frame: Frame, firm: int, places: Places) -> dict[str, str | float]:
    segment = places.segment_of(firm)
    return {
        "stage": segment.stage if segment else "",
        "segment": segment.slug if segment else "",
        "region": str(frame.columns.region_code[frame.columns.region[firm]]),
        "distance_from_use": round(float(places.distance[firm]), 2),
    }


def _edge(frame: Frame, links: Links, row: int) -> Edge:
    ends = frame.inn(int(links.supplier[row])), frame.inn(int(links.buyer[row]))
    if links.observed[row]:
        return Edge(*ends, "observed", {"amount_rub": float(links.rub[row])})
    return Edge(*ends, "inferred", {"expected_rub": float(links.rub[row]), "missing": bool(links.missing[row])})
