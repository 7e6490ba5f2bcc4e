"""The supplier-buyer graph: companies and activity codes as nodes, observed and inferred edges kept apart.

Node kinds are ``company`` and ``activity``. Edge kinds are

- ``makes``      company → activity, with the share of output;
- ``input``      activity → activity, with the technical coefficient: the first is an input of the second;
- ``observed``   company → company, a sale on record, with amount and number of contracts;
- ``inferred``   company → company, an expected sale, with its value and score.

Observed and inferred edges of one pair are two parallel edges with different keys, so neither hides the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import networkx as nx

Attributes = Mapping[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge with its kind and attributes."""

    source: str
    target: str
    kind: str
    attributes: Attributes = field(default_factory=dict, hash=False)


def chain_graph(
    companies: Mapping[str, Attributes], activities: Mapping[str, Attributes], edges: Iterable[Edge]
) -> nx.MultiDiGraph[str]:
    """Return the supplier-buyer graph.

    Parameters
    ----------
    companies, activities
        Node attributes by INN and by activity code. Activity nodes are named ``okved:CODE``, so that no code is ever
        taken for an INN.
    edges
        With company ends as INN and activity ends as ``okved:CODE``.

    Raises
    ------
    ValueError
        If an edge names a node that is not there: a graph with nameless ends would mislead.

    Examples
    --------
    >>> g = chain_graph({"1": {}, "2": {}}, {}, [Edge("1", "2", "observed"), Edge("1", "2", "inferred")])
    >>> sorted(key for *_, key in g.edges(keys=True))
    ['inferred', 'observed']
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from((inn, {"kind": "company", **data}) for inn, data in companies.items())
    graph.add_nodes_from((activity_node(code), {"kind": "activity", **data}) for code, data in activities.items())
    for edge in edges:
        if edge.source not in graph or edge.target not in graph:
            raise ValueError(f"edge {edge.source} → {edge.target} names a node that is not in the graph")
        graph.add_edge(edge.source, edge.target, key=edge.kind, kind=edge.kind, **edge.attributes)
    return graph


def activity_node(code: str) -> str:
    """Return the node name of an activity code.

    >>> activity_node("20.15")
    'okved:20.15'
    """
    return f"okved:{code}"


def company_projection(graph: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    """Return companies alone, one edge a pair with what is observed and what is inferred side by side.

    Attributes ``observed_rub`` and ``expected_rub`` are 0 where there is no such edge; ``observed`` says which it is.
    """
    projection: nx.DiGraph[str] = nx.DiGraph()
    projection.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if data["kind"] == "company")
    for source, target, data in graph.edges(data=True):
        if data["kind"] not in {"observed", "inferred"}:
            continue
        if not projection.has_edge(source, target):
            projection.add_edge(source, target, observed=False, observed_rub=0.0, expected_rub=0.0)
        pair = projection.edges[source, target]
        if data["kind"] == "observed":
            pair["observed"] = True
            pair["observed_rub"] += float(data.get("amount_rub", 0.0))
        else:
            pair["expected_rub"] += float(data.get("expected_rub", 0.0))
    return projection


def missing_links(projection: nx.DiGraph[str]) -> list[tuple[str, str, float]]:
    """Return pairs with an expected sale and none observed, by expected roubles descending."""
    pairs = (
        (source, target, float(data["expected_rub"]))
        for source, target, data in projection.edges(data=True)
        if not data["observed"] and data["expected_rub"] > 0
    )
    return sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))
