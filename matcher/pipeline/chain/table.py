"""The value-chain table of a cluster, with who sells to whom along it."""

from __future__ import annotations

import numpy as np

from matcher.pipeline.places import region_row
from matcher.pipeline.workspace import Workspace
from matcher.report.chain.flows import flows_document
from matcher.report.chain.regions import chain_rows
from matcher.report.frame import Document


def chain(workspace: Workspace, cluster: str, region: str | None) -> Document:
    """Return the value-chain table of a cluster, and who sells to whom along it."""
    columns = workspace.columns
    where = region_row(workspace, region)
    chosen = np.arange(len(columns)) if where is None else np.flatnonzero(columns.region == where)
    frame = workspace.frame(chosen if len(chosen) < 50_000 else [])
    return {
        "query": {"cluster": cluster, "region": region},
        "rows": chain_rows(frame, cluster, chosen),
        "flows": flows_document(frame, cluster, chosen, region),
    }
