"""The way from one firm to another over their trade: many roubles make a short step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

#: Supplier, buyer and roubles a year.
Sale = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Way:
    """Firms on the way, both ends included; ``along`` tells whether every step goes from a supplier to its buyer."""

    firms: tuple[int, ...]
    along: bool


def way(sales: Iterable[Sale], start: int, end: int) -> Way | None:
    """Return the shortest way from one firm to another, ``None`` when their trade does not join them.

    The length of a step is one over its roubles, so the sum is smallest where trade is strongest throughout: a way of
    two strong steps is shorter than one weak step. Ways along sales are looked for first, those against them only when
    there is none.

    Examples
    --------
    >>> way([(0, 1, 5.0), (1, 2, 5.0), (0, 2, 1.0)], 0, 2)
    Way(firms=(0, 1, 2), along=True)
    >>> way([(0, 1, 5.0), (2, 1, 5.0)], 0, 2)
    Way(firms=(0, 1, 2), along=False)
    """
    graph: nx.DiGraph[int] = nx.DiGraph()
    for supplier, buyer, rub in sales:
        if rub > 0:
            graph.add_edge(supplier, buyer, length=1.0 / rub)
    if start not in graph or end not in graph:
        return None
    for net, along in ((graph, True), (_either_way(graph), False)):
        try:
            return Way(tuple(nx.dijkstra_path(net, start, end, weight="length")), along)
        except nx.NetworkXNoPath:
            continue
    return None


def _either_way(graph: nx.DiGraph[int]) -> nx.Graph[int]:
    """Return the graph without direction; of sales both ways the larger one counts."""
    found: nx.Graph[int] = nx.Graph()
    for one, other, step in graph.edges(data=True):
        known = found.get_edge_data(one, other, step)
        found.add_edge(one, other, length=min(step["length"], known["length"]))
    return found
