"""The network of a scope's firms: sales on record and, of each buyer, the largest that are expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.sparse_rows import within_rows
from graph.structure import Community, Joint, between, bridges, communities, joints, reach, trade_graph
from matcher.gaps.flows import recorded_pairs
from matcher.gaps.links import expected_pairs
from matcher.gaps.sides import Sides
from matcher.index.columns import Columns
from matcher.index.economy import Economy

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Expected suppliers kept of each buyer (with all of them everyone trades with everyone), and the smallest sale a year.
KEPT, LEAST_RUB = 3, 1e5
#: Expected links called missing, the largest, as many as a list of gaps names.
MISSING = 20


@dataclass(frozen=True, slots=True)
class Links:
    """Who sells to whom, a row a pair, the largest first; roubles a year, each (n,).

    ``code`` carries most of an expected sale, -1 where the sale is on record (``observed``); ``missing`` are the
    largest expected ones, those within one group left out.
    """

    supplier: Ints
    buyer: Ints
    rub: Floats
    code: Ints
    observed: Flags
    missing: Flags

    def __len__(self) -> int:
        return len(self.rub)

    def of(self, rows: Ints | Flags) -> Links:
        """Return some of the links."""
        return Links(
            self.supplier[rows],
            self.buyer[rows],
            self.rub[rows],
            self.code[rows],
            self.observed[rows],
            self.missing[rows],
        )


@dataclass(frozen=True)
class Network:
    """What holds the firms together.

    ``between`` gives each firm's part of the shortest ways between others, ``reach`` how many firms it supplies, be it
    through others.
    """

    links: Links
    graph: nx.Graph[int]
    communities: Sequence[Community]
    joints: Sequence[Joint]
    bridges: Sequence[tuple[int, int, float]]
    between: Mapping[int, float]
    reach: Mapping[int, int]

    @property
    def observed(self) -> int:
        """Number of sales on record."""
        return int(self.links.observed.sum())

    @property
    def expected(self) -> int:
        """Number of expected sales."""
        return len(self.links) - self.observed


def local_links(columns: Columns, economy: Economy, sides: Sides) -> Links:
    """Return the links among the local firms of a scope.

    A pair with a sale on record counts with that alone; without an amount as what is expected of the pair, or as the
    median sale where nothing is.
    """
    known = recorded_pairs(columns, economy, sides.local, sides.local)
    sold = np.where(known.rub > 0, known.rub, np.median(known.rub[known.rub > 0]) if known.rub.any() else 1.0)
    pairs = expected_pairs(columns, economy, sides)
    new = ~np.isin(pairs.supplier * len(columns) + pairs.buyer, known.supplier * len(columns) + known.buyer)
    kept = np.flatnonzero(new & (pairs.rub >= LEAST_RUB))
    kept = kept[_first_of_each(pairs.buyer[kept], KEPT)]
    found = Links(
        supplier=np.concatenate([known.supplier, pairs.supplier[kept]]).astype(np.int64),
        buyer=np.concatenate([known.buyer, pairs.buyer[kept]]).astype(np.int64),
        rub=np.concatenate([sold, pairs.rub[kept]]),
        code=np.concatenate([np.full(len(sold), -1), pairs.code[kept]]),
        observed=np.concatenate([np.ones(len(sold), dtype=bool), np.zeros(len(kept), dtype=bool)]),
        missing=np.concatenate([np.zeros(len(sold), dtype=bool), _missing(columns, pairs.supplier, pairs.buyer, kept)]),
    )
    return found.of(np.argsort(-found.rub, kind="stable"))


def local_network(columns: Columns, economy: Economy, sides: Sides) -> Network:
    """Return the network of the local firms and its structure."""
    return network_of(local_links(columns, economy, sides))


def network_of(links: Links) -> Network:
    """Return the structure of the network of some links."""
    graph = trade_graph(links.supplier, links.buyer, links.rub)
    if not len(graph):
        return Network(links, graph, [], [], [], {}, {})
    return Network(
        links,
        graph,
        communities(graph),
        joints(graph),
        bridges(graph),
        between(graph),
        reach(links.supplier, links.buyer),
    )


def _missing(columns: Columns, supplier: Ints, buyer: Ints, kept: Ints) -> Flags:
    """Return which of the rows kept, the largest first, are links that are missing."""
    flags = np.zeros(len(kept), dtype=bool)
    for place, row in enumerate(kept):
        if flags.sum() == MISSING:
            break
        flags[place] = int(buyer[row]) not in columns.ties(int(supplier[row]))
    return flags


def _first_of_each(keys: Ints, most: int) -> Flags:
    """Return which entries are among the first so many of their key, in the order given.

    >>> _first_of_each(np.array([5, 5, 7, 5]), 2).tolist()
    [True, True, True, False]
    """
    order = np.argsort(keys, kind="stable")
    first = np.zeros(len(keys), dtype=bool)
    first[order] = within_rows(keys[order]) < most
    return first
