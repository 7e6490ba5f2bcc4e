"""A layered drawing of a directed graph: Sugiyama's four steps.

1. Links that go against the given height are turned round, so that no circle is left.
2. Every node stands one layer to the right of the last of those that lead to it; one that nothing leads to stands next
   to the first it leads to.
3. Links over several layers get a bend in each; the order within layers is swept forth and back by the mean place of
   neighbours (barycentre), and the order with the fewest crossings is kept.
4. Places are those nearest to the neighbours' mean that keep the order and the room between (isotonic regression).

References
----------
Sugiyama, K., Tagawa, S., Toda, M. (1981). Methods for visual understanding of hierarchical system structures. *IEEE
Transactions on Systems, Man, and Cybernetics* 11, 109–125.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

import networkx as nx
import numpy as np
from scipy.optimize import isotonic_regression

#: A node, or a bend: the number of its link and its layer.
Point = int | tuple[int, int]
Pair = tuple[int, int]
Order = list[list[Point]]

#: Sweeps over all layers, and rounds of placing.
SWEEPS, ROUNDS = 8, 12
#: Room a bend takes, of the room of a node.
BEND_ROOM = 0.4


@dataclass(frozen=True, slots=True)
class Layout:
    """Where nodes stand: their layer from 0 and their place within it, in units of a node's room.

    ``routes`` has for each link its bends as (layer, place), from its first end to its second.
    """

    layer: Mapping[int, int]
    place: Mapping[int, float]
    routes: Sequence[Sequence[tuple[int, float]]]

    @property
    def layers(self) -> int:
        """Number of layers."""
        return max(self.layer.values(), default=-1) + 1

    @property
    def height(self) -> float:
        """Room the fullest layer takes."""
        return max(self.place.values(), default=-1.0) + 1.0


def layout(links: Sequence[Pair], height: Mapping[int, float]) -> Layout:
    """Lay a graph out in layers.

    Parameters
    ----------
    links
        Pairs of nodes, no node with itself.
    height
        Of every node: links are meant to lead from high to low.

    Examples
    --------
    >>> drawn = layout([(0, 1), (1, 2)], {0: 3.0, 1: 2.0, 2: 1.0})
    >>> [drawn.layer[node] for node in (0, 1, 2)], drawn.layers
    ([0, 1, 2], 3)
    """
    layer = layers(links, height)
    bends = [_bends(number, link, layer) for number, link in enumerate(links)]
    at: dict[Point, int] = dict(layer.items())
    steps: list[tuple[Point, Point]] = []
    for link, between in zip(links, bends, strict=True):
        at.update((bend, bend[1]) for bend in between)
        points: list[Point] = [link[0], *between, link[1]]
        steps += [(one, other) if at[one] < at[other] else (other, one) for one, other in pairwise(points)]
    place = _places(_ordered(at, steps, height), steps)
    routes = [[(bend[1], place[bend]) for bend in between] for between in bends]
    return Layout(layer, {node: place[node] for node in layer}, routes)


def layers(links: Iterable[Pair], height: Mapping[int, float]) -> dict[int, int]:
    """Return the layer of every node: those that lead down in ``height`` always lead to a later layer.

    >>> layers([(0, 1), (1, 2), (2, 0), (3, 2)], {0: 3.0, 1: 2.0, 2: 1.0, 3: 2.5})
    {0: 0, 1: 1, 2: 2, 3: 1}
    """
    rank = {node: place for place, node in enumerate(sorted(height, key=lambda node: (-height[node], node)))}
    falling: nx.DiGraph[int] = nx.DiGraph()
    falling.add_nodes_from(sorted(height))
    falling.add_edges_from((one, other) if rank[one] < rank[other] else (other, one) for one, other in links)
    found: dict[int, int] = {}
    for number, nodes in enumerate(nx.topological_generations(falling)):
        found.update(dict.fromkeys(nodes, number))
    for node in sorted(found, key=lambda node: -found[node]):
        if not falling.in_degree(node) and falling.out_degree(node):
            found[node] = min(found[after] for after in falling.successors(node)) - 1
    return dict(sorted(found.items()))


def _bends(number: int, link: Pair, layer: Mapping[int, int]) -> list[tuple[int, int]]:
    first, last = layer[link[0]], layer[link[1]]
    step = 1 if first < last else -1
    return [(number, between) for between in range(first + step, last, step)]


def crossings(order: Order, steps: Iterable[tuple[Point, Point]]) -> int:
    """Return how often links between neighbouring layers cross.

    >>> crossings([[0, 1], [2, 3]], [(0, 3), (1, 2)]), crossings([[0, 1], [3, 2]], [(0, 3), (1, 2)])
    (1, 0)
    """
    at = {point: (number, place) for number, row in enumerate(order) for place, point in enumerate(row)}
    between: dict[int, list[tuple[int, int]]] = {}
    for one, other in steps:
        between.setdefault(at[one][0], []).append((at[one][1], at[other][1]))
    return sum(_inversions(np.array(sorted(ends))) for ends in between.values())


def _inversions(ends: np.ndarray) -> int:
    """Return how many pairs of links, sorted by their first end, cross."""
    left, right = ends[:, 0], ends[:, 1]
    return int(np.sum((left[:, None] < left[None, :]) & (right[:, None] > right[None, :])))


def _ordered(at: Mapping[Point, int], steps: Sequence[tuple[Point, Point]], height: Mapping[int, float]) -> Order:
    """Return the points of each layer in an order with few crossings."""
    order: Order = [[] for _ in range(max(at.values(), default=-1) + 1)]
    for point in at:
        order[at[point]].append(point)
    before, after = _neighbours(steps)
    best, fewest = order, crossings(order, steps)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        order = _swept(order, before if forth else after, forth)
        found = crossings(order, steps)
        if found < fewest:
            best, fewest = order, found
    return best


def _neighbours(steps: Iterable[tuple[Point, Point]]) -> tuple[dict[Point, list[Point]], dict[Point, list[Point]]]:
    before: dict[Point, list[Point]] = {}
    after: dict[Point, list[Point]] = {}
    for one, other in steps:
        after.setdefault(one, []).append(other)
        before.setdefault(other, []).append(one)
    return before, after


def _swept(order: Order, beside: Mapping[Point, list[Point]], forth: bool) -> Order:
    """Return the order with each layer sorted by the mean place of its points' neighbours in the layer before."""
    found = list(order)
    place: dict[Point, float] = {point: number for row in order for number, point in enumerate(row)}
    for number in range(len(found)) if forth else reversed(range(len(found))):
        row = found[number]
        mean = {point: fmean(place[near] for near in beside.get(point, [point])) for point in row}
        found[number] = sorted(row, key=lambda point: mean[point])
        place.update({point: float(at) for at, point in enumerate(found[number])})
    return found


def _places(order: Order, steps: Sequence[tuple[Point, Point]]) -> dict[Point, float]:
    """Return the place of every point: near its neighbours, in order, with room for each."""
    before, after = _neighbours(steps)
    place: dict[Point, float] = {}
    for row in order:
        place.update(zip(row, _apart(row), strict=True))
    for turn in range(ROUNDS):
        rows = order if turn % 2 == 0 else order[::-1]
        for row in rows:
            beside = [[*before.get(point, []), *after.get(point, [])] for point in row]
            wanted = [
                fmean(place[near] for near in near_it) if near_it else place[point]
                for point, near_it in zip(row, beside, strict=True)
            ]
            room = _apart(row)
            settled = isotonic_regression(np.array(wanted) - room).x + room
            place.update(zip(row, settled.tolist(), strict=True))
    least = min(place.values(), default=0.0)
    return {point: at - least for point, at in place.items()}


def _apart(row: Sequence[Point]) -> np.ndarray:
    """Return the places of a row's points with no room wasted."""
    rooms = [BEND_ROOM if isinstance(point, tuple) else 1.0 for point in row]
    return np.cumsum([0.0, *((one + other) / 2 for one, other in pairwise(rooms))])[: len(row)]
