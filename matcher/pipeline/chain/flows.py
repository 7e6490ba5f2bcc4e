"""The firms behind one flow of a chain: which pairs carry it, and who stands at its ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.gaps.flows import LOOKED_AT, PairFlows, expected_flows, recorded_pairs
from matcher.pipeline.places import region_row
from matcher.pipeline.workspace import Workspace
from matcher.report.chain.flows import BEYOND, OTHERS, flows_document, groups_of
from matcher.report.figures import rub
from matcher.report.frame import Document, Frame
from models.errors import UsageError
from models.text import T

Ints = NDArray[np.int64]

#: Firms named at each end of a flow.
NAMED = 10


def flow(workspace: Workspace, cluster: str, region: str | None, source: str, target: str, top: int) -> Document:
    """Return one flow with the pairs of firms that carry most of it and the largest firms of both ends.

    Of what goes beyond or comes from there, only sales on record are told by pairs.

    Parameters
    ----------
    source, target
        Keys of ``nodes`` of the chain's flows, at least one of them a segment.
    top
        Pairs to list.

    Raises
    ------
    UsageError
        If there is no such flow in the cluster.
    """
    columns, where = workspace.columns, region_row(workspace, region)
    chosen = np.arange(len(columns)) if where is None else np.flatnonzero(columns.region == where)
    rows, group = groups_of(columns, cluster, chosen)
    keys = [*(row.slug for row in rows), OTHERS, BEYOND]
    _check(keys, source, target)
    sells, buys = (np.flatnonzero(group == keys.index(key)) for key in (source, target))
    pairs = _pairs(workspace, sells, buys, BEYOND in (source, target), top)
    ends = {"sellers": [] if source == BEYOND else _largest(workspace, sells)}
    ends["buyers"] = [] if target == BEYOND else _largest(workspace, buys)
    frame = workspace.frame({*pairs.supplier.tolist(), *pairs.buyer.tolist(), *ends["sellers"], *ends["buyers"]})
    whole = flows_document(frame, cluster, chosen, region)
    nodes = {node["key"]: node for node in whole["nodes"]}
    carried = {(link["source"], link["target"]): link for link in whole["links"]}
    return {
        "query": {"cluster": cluster, "region": region, "source": source, "target": target, "top": top},
        "source": nodes[source],
        "target": nodes[target],
        "flow": carried.get((source, target)),
        "pairs": _told(frame, pairs),
        "of_the_largest": LOOKED_AT if max(len(sells), len(buys)) > LOOKED_AT else None,
        **{end: [_firm(frame, firm) for firm in firms] for end, firms in ends.items()},
    }


def _check(keys: list[str], source: str, target: str) -> None:
    for key in (source, target):
        if key not in keys:
            raise UsageError(
                T("there is no group {key} in this chain", key=key), T("choose one of: {names}", names=", ".join(keys))
            )
    if {source, target} <= {OTHERS, BEYOND}:
        raise UsageError(
            T("sales outside the cluster are not told"), T("one end of a flow is a segment of the cluster")
        )


def _pairs(workspace: Workspace, sells: Ints, buys: Ints, beyond: bool, top: int) -> PairFlows:
    parts = [recorded_pairs(workspace.columns, workspace.economy, sells, buys)]
    if not beyond:
        parts.append(expected_flows(workspace.columns, workspace.economy, sells, buys))
    amount = np.concatenate([part.rub for part in parts])
    first = np.argsort(-amount, kind="stable")[:top]
    first = first[amount[first] >= 1.0]
    return PairFlows(
        np.concatenate([part.supplier for part in parts])[first],
        np.concatenate([part.buyer for part in parts])[first],
        amount[first],
        np.concatenate([part.recorded for part in parts])[first],
    )


def _told(frame: Frame, pairs: PairFlows) -> list[Document]:
    return [
        {
            "supplier": frame.firm(int(one)),
            "buyer": frame.firm(int(other)),
            "rub": rub(amount),
            "link": "observed" if recorded else "inferred",
        }
        for one, other, amount, recorded in zip(pairs.supplier, pairs.buyer, pairs.rub, pairs.recorded, strict=True)
    ]


def _largest(workspace: Workspace, firms: Ints) -> list[int]:
    by_output = firms[np.argsort(-workspace.columns.output_rub[firms], kind="stable")]
    return [int(firm) for firm in by_output[:NAMED]]


def _firm(frame: Frame, firm: int) -> Document:
    return {**frame.firm(firm), "output_rub": rub(frame.columns.output_rub[firm])}
