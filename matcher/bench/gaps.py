"""Speed and memory of gaps and projects over a generated region, and of the structure of a generated network."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.portfolio import Limits
from graph.structure import communities, trade_graph
from matcher.evaluate.planted import REGION, planted
from matcher.gaps.closers import gap_firms
from matcher.gaps.links import missing_links
from matcher.gaps.network import local_network
from matcher.gaps.regional import region_gaps
from matcher.gaps.sides import Scope
from matcher.index.columns import Columns
from matcher.index.economy import Economy, economy
from matcher.index.sizes import sme_flags
from matcher.match.shortlist import Decisions
from matcher.pipeline.projects.candidates import clusters_of, exchanges
from matcher.projects.generators import GENERATORS, find_projects
from matcher.projects.ground import Ground
from matcher.projects.selection import select

Done = TypeVar("Done")
Ints = NDArray[np.int64]

#: Gaps whose firms are named, and links listed, as a page does.
LISTED = 20
#: Groups of the generated network, and the part of the links that stays inside one.
GROUPS, INSIDE = 200, 0.8


def bench_gaps(firms: int, edges: int) -> dict[str, Any]:
    """Return seconds of each step, processor seconds of all, and the peak memory of the process.

    Beside gaps stands the plain way to demand and supply: the dense matrix of every firm's shares times the recipes.
    """
    nation = economy()
    columns = planted(nation, seed=1, users=firms).columns
    began = time.process_time()
    scope = Scope(columns.region_number(REGION), np.ones(columns.groups, dtype=bool))
    gaps_s, found = _timed(lambda: region_gaps(columns, nation, scope))
    named_s, _ = _timed(lambda: [gap_firms(columns, nation, found, int(code)) for code in found.order()[:LISTED]])
    links_s, _ = _timed(lambda: missing_links(columns, nation, found, LISTED))
    structure_s, network = _timed(lambda: local_network(columns, nation, found))
    ground = Ground(
        columns, nation, found, clusters_of(nation.codes), exchanges(nation.codes), Decisions({}), frozenset()
    )
    projects_s, candidates = _timed(lambda: find_projects(ground, list(GENERATORS)))
    portfolio_s, _ = _timed(lambda: select(candidates, columns, sme_flags(columns), Limits(10)))
    all_cpu_s = time.process_time() - began
    region_mib = _peak_mib()
    peer_s, _ = _timed(lambda: _dense(columns, nation))
    graph_s, graph = _timed(lambda: trade_graph(*network_of(edges)))
    communities_s, groups = _timed(lambda: communities(graph))
    return {
        "firms": len(columns),
        "firms_in_region": len(found.local),
        "gaps_s": gaps_s,
        "peer_dense_s": peer_s,
        "firms_of_gaps_s": named_s,
        "missing_links_s": links_s,
        "structure_s": structure_s,
        "structure_links": network.graph.number_of_edges(),
        "projects_s": projects_s,
        "candidates": len(candidates),
        "portfolio_s": portfolio_s,
        "all_s": round(gaps_s + named_s + links_s + structure_s + projects_s + portfolio_s, 2),
        "all_processor_s": round(all_cpu_s, 2),
        "peak_memory_mib": region_mib,
        "graph_edges": graph.number_of_edges(),
        "graph_s": graph_s,
        "communities_s": communities_s,
        "communities": len(groups),
        "graph_peak_memory_mib": _peak_mib(),
    }


def network_of(edges: int, seed: int = 1) -> tuple[Ints, Ints, NDArray[np.float64]]:
    """Return suppliers, buyers and amounts of a network with planted groups, a tenth as many firms as links."""
    rng = np.random.default_rng(seed)
    size = max(edges // 10, GROUPS)
    supplier, other = rng.integers(0, size, (2, edges))
    same_group = other - other % GROUPS + supplier % GROUPS
    buyer = np.where(rng.random(edges) < INSIDE, np.minimum(same_group, size - 1), other)
    return supplier, buyer, rng.lognormal(0.0, 1.0, edges)


def _dense(columns: Columns, nation: Economy) -> NDArray[np.float64]:
    made = columns.shares.toarray() * columns.output_rub[:, None]
    return np.asarray(made @ nation.recipe.T)


def _timed(work: Callable[[], Done]) -> tuple[float, Done]:
    start = time.perf_counter()
    done = work()
    return round(time.perf_counter() - start, 2), done


def _peak_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
