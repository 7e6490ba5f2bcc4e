"""Joint-project candidates of a region or cluster."""

from __future__ import annotations

from matcher.pipeline.answers import find_gaps
from matcher.pipeline.workspace import Workspace
from matcher.projects.candidates import varied
from matcher.projects.generators import GENERATORS, Ground, find_projects
from matcher.report.frame import Document
from matcher.report.regions import project_item
from models.clusters import memberships
from models.resources import read_table


def projects(workspace: Workspace, kind: str | None, cluster: str | None, region: str | None, top: int) -> Document:
    """Return the candidates of one kind, or a varied choice of all kinds, best first."""
    kinds = [kind] if kind else list(GENERATORS)
    ground = project_ground(workspace, cluster, region)
    candidates = find_projects(ground, kinds)
    chosen = candidates[:top] if kind else varied(candidates, top)
    frame = workspace.frame({firm for candidate in chosen for firm in candidate.firms})
    return {
        "query": {"kind": kind, "cluster": cluster, "region": region, "top": top},
        "total": len(candidates),
        "items": [project_item(frame, ground.gaps, candidate) for candidate in chosen],
    }


def project_ground(workspace: Workspace, cluster: str | None, region: str | None) -> Ground:
    """Return what the generators work on."""
    codes = workspace.economy.codes
    row = {code: number for number, code in enumerate(codes)}
    return Ground(
        columns=workspace.columns,
        economy=workspace.economy,
        gaps=find_gaps(workspace, cluster, region, None),
        cluster_of=[frozenset(m.cluster for m in memberships(code) if m.side != "sales_support") for code in codes],
        exchanges=[
            (row[pair["donor_okved"]], row[pair["receiver_okved"]], pair["resource"])
            for pair in read_table("reference/symbiosis_pairs.csv")
            if pair["donor_okved"] in row and pair["receiver_okved"] in row
        ],
        decisions=workspace.decisions,
    )
