"""What holds a network of firms together: natural sub-clusters, firms and links it would fall apart without, hubs.

Trade is taken without direction here: who belongs with whom, not who pays whom.

References
----------
Blondel, V. D., Guillaume, J.-L., Lambiotte, R., Lefebvre, E. (2008). Fast unfolding of communities in large networks.
*Journal of Statistical Mechanics* P10008.
Brandes, U., Pich, C. (2007). Centrality estimation in large networks. *International Journal of Bifurcation and Chaos*
17, 2303–2318.
Hopcroft, J., Tarjan, R. (1973). Efficient algorithms for graph manipulation. *Communications of the ACM* 16, 372–378.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Sources from which shortest paths are followed to estimate who lies between others.
PIVOTS = 200
SEED = 7


@dataclass(frozen=True, slots=True)
class Community:
    """Firms that trade more with each other than with others; ``inside`` is that part of their trade."""

    members: tuple[int, ...]
    inside: float


@dataclass(frozen=True, slots=True)
class Joint:
    """A firm whose loss would cut others off from the rest; ``cut_off`` are those, the largest remaining part kept."""

    firm: int
    cut_off: tuple[int, ...]


def trade_graph(source: Ints, target: Ints, weight: Floats) -> nx.Graph[int]:
    """Return the undirected graph of trade; amounts of both directions and of repeated pairs add up.

    >>> graph = trade_graph(np.array([0, 1, 1]), np.array([1, 0, 2]), np.array([2.0, 3.0, 1.0]))
    >>> sorted(graph.edges(data="weight"))
    [(0, 1, 5.0), (1, 2, 1.0)]
    """
    low, high = np.minimum(source, target), np.maximum(source, target)
    size = int(high.max(initial=0)) + 1
    pairs, number = np.unique(low * size + high, return_inverse=True)
    total = np.bincount(number, weights=weight, minlength=len(pairs))
    graph: nx.Graph[int] = nx.Graph()
    ends = zip((pairs // size).tolist(), (pairs % size).tolist(), total.tolist(), strict=True)
    graph.add_weighted_edges_from((a, b, w) for a, b, w in ends if a != b)
    return graph


def ties(graph: nx.Graph[int]) -> Iterator[tuple[int, int, float]]:
    """Yield both ends and the amount of every link."""
    for a, partners in graph.adjacency():
        for b, tie in partners.items():
            if a <= b:
                yield a, b, float(tie["weight"])


def communities(graph: nx.Graph[int]) -> list[Community]:
    """Return natural sub-clusters by modularity (Louvain), the one with most trade first; every firm is in one.

    >>> two = trade_graph(np.array([0, 1, 0, 3, 4, 3, 2]), np.array([1, 2, 2, 4, 5, 5, 3]), np.ones(7))
    >>> [c.members for c in communities(two)]
    [(0, 1, 2), (3, 4, 5)]
    """
    found = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    trade = dict.fromkeys(graph, 0.0)
    of = {node: number for number, members in enumerate(found) for node in members}
    inside = np.zeros(len(found))
    for a, b, amount in ties(graph):
        trade[a] += amount
        trade[b] += amount
        if of[a] == of[b]:
            inside[of[a]] += 2.0 * amount
    whole = np.array([sum(trade[node] for node in members) for members in found])
    order = sorted(range(len(found)), key=lambda number: (-whole[number], min(found[number])))
    return [
        Community(tuple(sorted(found[number])), float(inside[number] / whole[number]) if whole[number] else 0.0)
        for number in order
    ]


def joints(graph: nx.Graph[int]) -> list[Joint]:
    """Return the articulation firms, the one that cuts off most first.

    >>> star = trade_graph(np.array([0, 0, 0]), np.array([1, 2, 3]), np.ones(3))
    >>> [(j.firm, len(j.cut_off)) for j in joints(star)]
    [(0, 2)]
    """
    partners = {firm: list(near) for firm, near in graph.adjacency()}
    found = [Joint(firm, _cut_off(partners, firm)) for firm in nx.articulation_points(graph)]
    return sorted(found, key=lambda joint: (-len(joint.cut_off), joint.firm))


def _cut_off(partners: Mapping[int, Sequence[int]], firm: int) -> tuple[int, ...]:
    """Return the firms that without this one are not joined to the largest rest of its part of the network."""
    left, parts = set(partners[firm]), list[set[int]]()
    while left:
        part = _joined(partners, min(left), firm)
        parts.append(part)
        left -= part
    parts.sort(key=lambda part: (-len(part), min(part)))
    return tuple(sorted(node for part in parts[1:] for node in part))


def _joined(partners: Mapping[int, Sequence[int]], start: int, without: int) -> set[int]:
    """Return all that can be walked to from a firm without passing another."""
    seen, walk = {start, without}, [start]
    while walk:
        new = [near for near in partners[walk.pop()] if near not in seen]
        seen.update(new)
        walk += new
    return seen - {without}


def bridges(graph: nx.Graph[int]) -> list[tuple[int, int, float]]:
    """Return links without which the network falls apart, except to firms with no other link, by amount descending.

    >>> barbell = trade_graph(np.array([0, 1, 0, 2, 3, 4, 3]), np.array([1, 2, 2, 3, 4, 5, 5]), np.arange(1.0, 8.0))
    >>> bridges(barbell)
    [(2, 3, 4.0)]
    """
    apart = {frozenset(pair) for pair in cast(Iterable[tuple[int, int]], nx.bridges(graph))}
    found = [
        (min(a, b), max(a, b), amount)
        for a, b, amount in ties(graph)
        if frozenset((a, b)) in apart and len(graph[a]) > 1 and len(graph[b]) > 1
    ]
    return sorted(found, key=lambda bridge: (-bridge[2], bridge[0], bridge[1]))


def between(graph: nx.Graph[int]) -> dict[int, float]:
    """Return on what part of the shortest ways between others each firm lies, estimated where the network is large."""
    pivots = PIVOTS if len(graph) > PIVOTS else None
    found = nx.betweenness_centrality(graph, k=pivots, seed=SEED, normalized=True)
    return {int(node): float(part) for node, part in found.items()}


def reach(source: Ints, target: Ints) -> dict[int, int]:
    """Return how many firms each one supplies, directly or through others.

    Firms that supply one another in a circle are taken as one first; what they reach are sets of bits, joined from the
    end of the chain.

    >>> reach(np.array([0, 1, 2, 1]), np.array([1, 2, 1, 3]))
    {0: 3, 1: 2, 2: 2, 3: 0}
    """
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from(zip(source.tolist(), target.tolist(), strict=True))
    bit = {firm: 1 << number for number, firm in enumerate(graph)}
    circles = nx.condensation(graph)
    below: dict[int, int] = {}
    for circle in reversed(list(nx.topological_sort(circles))):
        members = circles.nodes[circle]["members"]
        bits = sum(bit[firm] for firm in members)
        for after in circles.successors(circle):
            bits |= below[after]
        below[circle] = bits
    of = {firm: circle for circle in circles for firm in circles.nodes[circle]["members"]}
    return {firm: (below[of[firm]] & ~bit[firm]).bit_count() for firm in sorted(graph)}
