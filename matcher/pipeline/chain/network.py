"""The supplier-buyer graph of a cluster's firms, built from the index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import numpy as np

from graph.chain import Edge, activity_node, chain_graph, company_projection, missing_links
from matcher.match.pairs import firm_party
from matcher.match.shortlist import Filters, rank_suppliers
from matcher.pipeline.places import region_row
from matcher.pipeline.workspace import Workspace
from matcher.report.chain.regions import MEMBER, segment_mass
from matcher.report.files.whole import written_whole
from matcher.report.frame import Document, Frame

#: Expected suppliers drawn for each buyer, and the smallest recipe cell worth a line.
INFERRED_PER_BUYER = 5
SMALLEST_INPUT = 0.01


def cluster_graph(workspace: Workspace, cluster: str, region: str | None) -> nx.MultiDiGraph[str]:
    """Return the graph of a cluster's firms in a region: what they make, need, are known to buy and could buy."""
    columns, economy = workspace.columns, workspace.economy
    rows, mass = segment_mass(columns, cluster)
    wanted = mass.sum(axis=1) >= MEMBER
    where = region_row(workspace, region)
    if where is not None:
        wanted &= columns.region == where
    firms = np.flatnonzero(wanted)
    frame = workspace.frame(firms)
    made = [int(code) for code in np.unique(columns.share_code[np.isin(columns.share_firm, firms)])]
    return chain_graph(
        companies={
            frame.inn(int(firm)): _company(frame, int(firm), rows[int(mass[firm].argmax())].stage) for firm in firms
        },
        activities={economy.codes[code]: {"name": frame.code_name(int(code))} for code in made},
        edges=[
            *_made(frame, firms),
            *_inputs(frame, made),
            *_observed(frame, firms),
            *_inferred(workspace, frame, firms),
        ],
    )


def write_graphml(workspace: Workspace, cluster: str, region: str | None, file: str) -> Document:
    """Write the graph as GraphML, whole or not at all, and return its counts."""
    path = Path(file)
    with written_whole(path) as draft:  # opened first: who may not write there need not wait for the graph
        graph = cluster_graph(workspace, cluster, region)
        nx.write_graphml(graph, draft, named_key_ids=True)
    projection = company_projection(graph)
    kinds = nx.get_edge_attributes(graph, "kind").values()
    return {
        "file": str(path),
        "nodes": graph.number_of_nodes(),
        "edges": graph.number_of_edges(),
        "companies": projection.number_of_nodes(),
        "observed": sum(kind == "observed" for kind in kinds),
        "inferred": sum(kind == "inferred" for kind in kinds),
        "missing_links": [
            {"supplier_inn": supplier, "buyer_inn": buyer, "expected_value_rub": round(value)}
            for supplier, buyer, value in missing_links(projection)[:20]
        ],
    }


def _company(frame: Frame, firm: int, stage: str) -> dict[str, str | float]:
    return {
        "name": frame.name(firm),
        "stage": stage,
        "region": str(frame.columns.region_code[frame.columns.region[firm]]),
        "output_rub": float(frame.columns.output_rub[firm]),
    }


def _made(frame: Frame, firms: np.ndarray) -> Iterator[Edge]:
    columns = frame.columns
    for entry in np.flatnonzero(np.isin(columns.share_firm, firms)):
        firm, code = int(columns.share_firm[entry]), int(columns.share_code[entry])
        attributes = {"share": float(columns.share_value[entry]), "confidence": float(columns.share_confidence[entry])}
        yield Edge(frame.inn(firm), activity_node(frame.code(code)), "makes", attributes)


def _inputs(frame: Frame, codes: list[int]) -> Iterator[Edge]:
    recipe = frame.economy.recipe
    for p in codes:
        for q in codes:
            if p != q and recipe[p, q] >= SMALLEST_INPUT:
                yield Edge(
                    activity_node(frame.code(p)),
                    activity_node(frame.code(q)),
                    "input",
                    {"coefficient": float(recipe[p, q])},
                )


def _observed(frame: Frame, firms: np.ndarray) -> Iterator[Edge]:
    columns = frame.columns
    inside = np.isin(columns.link_supplier, firms) & np.isin(columns.link_buyer, firms)
    for row in np.flatnonzero(inside):
        yield Edge(
            frame.inn(int(columns.link_supplier[row])),
            frame.inn(int(columns.link_buyer[row])),
            "observed",
            {"amount_rub": float(columns.link_amount_rub[row]), "contracts": int(columns.link_count[row])},
        )


def _inferred(workspace: Workspace, frame: Frame, firms: np.ndarray) -> Iterator[Edge]:
    """Yield the best expected suppliers of every firm among the firms of the graph."""
    for buyer in firms:
        party = firm_party(frame.columns, int(buyer))
        ranking = rank_suppliers(frame.columns, frame.economy, party, Filters(new_only=True), workspace.decisions)
        inside = [row for row in ranking.order if ranking.firms[row] in firms][:INFERRED_PER_BUYER]
        expected = ranking.scores.trade.of(np.array(inside, dtype=np.int64))
        for row, value in zip(inside, expected, strict=True):
            yield Edge(
                frame.inn(int(ranking.firms[row])),
                frame.inn(int(buyer)),
                "inferred",
                {
                    "expected_rub": float(value),
                    "score": float(ranking.scores.score[row]),
                },
            )
