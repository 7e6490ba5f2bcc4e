"""Joint-project candidates of a region or cluster."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.pipeline.answers import find_gaps
from matcher.pipeline.workspace import Workspace
from matcher.projects.candidates import varied
from matcher.projects.generators import GENERATORS, find_projects
from matcher.projects.ground import Ground
from matcher.report.frame import Document
from matcher.report.projects import project_item
from models.clusters import memberships
from models.errors import UsageError
from models.resources import read_table
from models.text import T

#: The region whose export by line is bundled.
PILOT = "26"
#: What firms that make for others say of it.
CONTRACT_WORDS = ("контрактн", "под вашей маркой", "private label", "contract manufactur", "давальческ")


def projects(workspace: Workspace, kind: str | None, cluster: str | None, region: str | None, top: int) -> Document:
    """Return the candidates of one kind, or a varied choice of all kinds, best first."""
    if kind is not None and kind not in GENERATORS:
        raise UsageError(
            T("there is no kind of project {kind}", kind=kind), T("kinds: {names}", names=", ".join(sorted(GENERATORS)))
        )
    kinds = [kind] if kind else list(GENERATORS)
    ground = project_ground(workspace, cluster, region)
    candidates = find_projects(ground, kinds)
    chosen = candidates[:top] if kind else varied(candidates, top)
    frame = workspace.frame({firm for candidate in chosen for firm in candidate.named})
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
        contractors=contractors(workspace),
        export_lines=export_lines(codes) if region == PILOT else [],
    )


def contractors(workspace: Workspace) -> frozenset[int]:
    """Return the firms whose own words offer to make for others."""
    firms = [int(firm) for firm in workspace.columns.offer_firm]
    told = workspace.companies([workspace.columns.inn_of(firm) for firm in firms])
    return frozenset(
        firm
        for firm in firms
        if any(word in told[workspace.columns.inn_of(firm)].offers.lower() for word in CONTRACT_WORDS)
    )


def export_lines(codes: Sequence[str]) -> list[tuple[str, NDArray[np.bool_], float]]:
    """Return the exported product lines of the pilot region: name, which codes make it, millions of dollars."""
    return [
        (
            line["product_en"],
            np.array([code.startswith(tuple(line["okved_prefixes"].split(";"))) for code in codes]),
            float(line["export_2018_musd"]),
        )
        for line in read_table("reference/export_lines_2018.csv")
    ]
