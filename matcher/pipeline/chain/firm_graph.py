"""The network of a cluster's or a region's firms: around a firm, between two, and what holds it together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from graph.paths import Way, way
from matcher.gaps.extract import extract
from matcher.gaps.network import Links, Network, local_links, network_of
from matcher.gaps.sides import sides_of
from matcher.index.filters import Wanted
from matcher.pipeline.chain.gaps import scope_of
from matcher.pipeline.coefficients.positions import distance_from_use
from matcher.pipeline.companies.listed import sieve
from matcher.pipeline.lookups import CHEMICAL
from matcher.pipeline.workspace import Workspace
from matcher.report.chain.firm_graph import Places, graph_document
from matcher.report.chain.network import named_in, network_document
from matcher.report.chain.regions import places, segment_mass
from matcher.report.frame import Document
from models.coefficients import load

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Firms listed when words fit several.
CHOICES = 10


def links_of(workspace: Workspace, cluster: str | None, region: str | None) -> Links:
    """Return the links among the firms of a region or of the country, for what a cluster or all activities buy."""

    def compute() -> Links:
        columns, economy = workspace.columns, workspace.economy
        return local_links(columns, economy, sides_of(columns, economy, scope_of(workspace, cluster, region)))

    found: Links = workspace.of_register.get(("links", cluster, region), compute)
    return found


def network_in(workspace: Workspace, cluster: str | None, region: str | None) -> Network:
    """Return the network of the links of :func:`links_of`."""
    return network_of(links_of(workspace, cluster, region))


def graph(workspace: Workspace, links: Links, query: Document, network: Network | None = None) -> Document:
    """Return an extract of the graph of firms.

    Parameters
    ----------
    links
        Of the whole network, as of :func:`links_of`.
    query
        ``cluster`` and ``region`` of the links, ``firm`` to look around and ``to`` a second one (names or INNs, or
        ``None``), and ``top`` links to tell.
    network
        Its structure, where firms are to be told by sub-cluster.
    """
    found = {end: _found(workspace, links, query[end]) for end in ("firm", "to")}
    one, other = (firms[0] if firms is not None and len(firms) == 1 else None for firms in found.values())
    between = _way(links, one, other)
    middle = one if query["firm"] else other
    shown = extract(links, query["top"], middle if between is None else None, between)
    told = {*links.supplier[shown].tolist(), *links.buyer[shown].tolist()}
    listed = {firm for firms in found.values() for firm in (firms or [])[:CHOICES]}
    frame = workspace.frame(told | listed)
    community = {} if network is None else _communities(network)
    document = graph_document(frame, links, shown, places_of(workspace, query["cluster"], community), between)
    return {
        "query": query,
        **document,
        "found": {
            end: None if firms is None else [frame.firm(firm) for firm in firms[:CHOICES]]
            for end, firms in found.items()
        },
    }


def structure(
    workspace: Workspace, cluster: str | None, region: str | None, top: int, network: Network | None = None
) -> Document:
    """Return sub-clusters, firms and links that hold the network of a cluster or a region together, and its hubs."""
    network = network or network_of(links_of(workspace, cluster, region))
    frame = workspace.frame(named_in(network, top))
    query = {"cluster": cluster, "region": region, "top": top}
    return {"query": query, **network_document(frame, network, top)}


def _found(workspace: Workspace, links: Links, words: str | None) -> list[int] | None:
    """Return the firms of the graph that words fit, the largest first; ``None`` when nothing was asked."""
    if not words:
        return None
    ends = set(links.supplier.tolist()) | set(links.buyer.tolist())
    said = sieve(workspace, Wanted(CHEMICAL, text=words), {}).firms().tolist()
    fit = [firm for firm in said if firm in ends]
    return sorted(fit, key=lambda firm: (-float(workspace.columns.output_rub[firm]), firm))


def _way(links: Links, one: int | None, other: int | None) -> Way | None:
    if one is None or other is None or one == other:
        return None
    return way(zip(links.supplier.tolist(), links.buyer.tolist(), links.rub.tolist(), strict=True), one, other)


def _communities(network: Network) -> Mapping[int, int]:
    return {firm: number for number, each in enumerate(network.communities, 1) for firm in each.members}


def places_of(workspace: Workspace, cluster: str | None, community: Mapping[int, int]) -> Places:
    """Return where firms stand in the chain of a cluster, by default the chemical one."""
    rows, mass = segment_mass(workspace.columns, cluster or CHEMICAL)
    return Places(rows, places(mass), np.asarray(workspace.columns.shares @ _distance()), community)


@cache
def _distance() -> Floats:
    """Return the upstreamness of each group; of those nobody buys as input, trade among them, that of final goods."""
    return np.asarray(np.nan_to_num(distance_from_use(load()), nan=1.0))
