"""The network of a scope's firms: sales on record and, of each buyer, the largest that are expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from graph.structure import Community, Joint, between, bridges, communities, joints, trade_graph
from matcher.gaps.links import expected_pairs
from matcher.gaps.regional import RegionGaps
from matcher.index.columns import Columns
from matcher.index.economy import Economy

#: Expected suppliers kept of each buyer (with all of them everyone trades with everyone), and the smallest sale a year.
KEPT, LEAST_RUB = 3, 1e5


@dataclass(frozen=True)
class Network:
    """What holds the firms together; ``between`` gives each firm's part of the shortest ways between others."""

    graph: nx.Graph[int]
    observed: int
    expected: int
    communities: Sequence[Community]
    joints: Sequence[Joint]
    bridges: Sequence[tuple[int, int, float]]
    between: Mapping[int, float]


def local_network(columns: Columns, economy: Economy, found: RegionGaps) -> Network:
    """Return the network of the local firms and its structure.

    A sale on record without an amount counts as what is expected of the pair, or as the median sale.
    """
    local = np.zeros(len(columns), dtype=bool)
    local[found.local] = True
    inside = local[columns.link_supplier] & local[columns.link_buyer]
    sold = np.asarray(columns.link_amount_rub[inside], dtype=float)
    known = sold[sold > 0]
    sold = np.where(sold > 0, sold, np.median(known) if len(known) else 1.0)
    pairs = expected_pairs(columns, economy, found)
    first = _first_of_each(pairs.buyer, KEPT) & (pairs.rub >= LEAST_RUB)
    source = np.concatenate([columns.link_supplier[inside], pairs.supplier[first]]).astype(np.int64)
    target = np.concatenate([columns.link_buyer[inside], pairs.buyer[first]]).astype(np.int64)
    graph = trade_graph(source, target, np.concatenate([sold, pairs.rub[first]]))
    if not len(graph):
        return Network(graph, 0, 0, [], [], [], {})
    return Network(
        graph, int(inside.sum()), int(first.sum()), communities(graph), joints(graph), bridges(graph), between(graph)
    )


def _first_of_each(keys: np.ndarray, most: int) -> np.ndarray:
    """Return which entries are among the first so many of their key, in the order given.

    >>> _first_of_each(np.array([5, 5, 7, 5]), 2).tolist()
    [True, True, True, False]
    """
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    place = np.arange(len(keys)) - np.repeat(starts, np.diff(np.append(starts, len(keys))))
    first = np.zeros(len(keys), dtype=bool)
    first[order] = place < most
    return first
