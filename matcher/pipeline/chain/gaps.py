"""Gaps of a cluster, of a region or around one firm: found, valued, and who could close them."""

from __future__ import annotations

import numpy as np

from matcher.gaps.closers import gap_firms
from matcher.gaps.links import missing_links
from matcher.gaps.regional import RegionGaps, region_gaps
from matcher.gaps.sides import Scope
from matcher.pipeline.places import region_row
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document, Part
from matcher.report.gaps import gap_item, link_item
from matcher.report.paging import Key, in_order, part_of
from matcher.report.ranking.ordering import GAP_ORDERS, GAPS_BY_VALUE
from models.clusters import cluster_groups


def scope_of(workspace: Workspace, cluster: str | None, region: str | None, anchor: str | None = None) -> Scope:
    """Return whose demand is asked about: of a cluster, a region or one firm."""
    economy, columns = workspace.economy, workspace.columns
    activities = np.ones(len(economy.codes), dtype=bool)
    if cluster is not None:
        core = {code for code, m in cluster_groups(cluster).items() if m.side != "sales_support"}
        activities = np.array([code in core for code in economy.codes])
    firm = workspace.firm(anchor) if anchor else None
    where = region_row(workspace, region)
    if firm is not None and region is None:
        where = int(columns.region[firm])
    return Scope(where, activities, firm)


def find_gaps(workspace: Workspace, cluster: str | None, region: str | None, anchor: str | None) -> RegionGaps:
    """Return the gaps of a cluster, a region or around one firm; those that are of no single firm are computed once."""

    def compute() -> RegionGaps:
        return region_gaps(workspace.columns, workspace.economy, scope_of(workspace, cluster, region, anchor))

    if anchor is not None:
        return compute()
    found: RegionGaps = workspace.of_register.get(("gaps", cluster, region), compute)
    return found


def gaps(workspace: Workspace, cluster: str | None, region: str | None, anchor: str | None, top: int) -> Document:
    """Return gaps with their value, who holds them and who could close them."""
    return gaps_part(workspace, cluster, region, anchor, top)[0]


def gaps_part(
    workspace: Workspace,
    cluster: str | None,
    region: str | None,
    anchor: str | None,
    top: int,
    order: str = GAPS_BY_VALUE,
    after: Key | None = None,
) -> Part:
    """Return a part of the gaps in one of :data:`GAP_ORDERS`; pairs that could trade come with the first one."""
    found = find_gaps(workspace, cluster, region, anchor)
    names, values, codes = np.array(workspace.economy.codes), GAP_ORDERS[order](found), found.order()
    part = part_of(codes[in_order(values[codes], names[codes])], values, names, after, top)
    named = {int(code): gap_firms(workspace.columns, workspace.economy, found, int(code)) for code in part.rows}
    links = [] if after else missing_links(workspace.columns, workspace.economy, found, top)
    ends = {firm for link in links for firm in (link.supplier, link.buyer)}
    frame = workspace.frame(ends.union(*(each.firms for each in named.values())))
    document = {
        "query": {"cluster": cluster, "region": region, "anchor": anchor, "top": top},
        "total": len(codes),
        "items": [gap_item(frame, found, code, each) for code, each in named.items()],
        "missing_links": [link_item(frame, link) for link in links],
        "observed_links": len(workspace.columns.link_supplier),
    }
    return document, part.next
