"""Sales along a chain as a document: who pays whom, between segments, other firms of the place, and beyond."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.gaps.flows import Flows, chain_flows
from matcher.index.columns import OUTPUT_OBSERVED, Columns
from matcher.report.chain.regions import places, segment_mass
from matcher.report.figures import rub
from matcher.report.frame import Document, Frame
from models.clusters import Segment, segment_name
from models.text import T, Text

Ints = NDArray[np.int64]

#: Keys of the two groups that are no segments: other firms of the place, and everything beyond.
OTHERS, BEYOND = "others", "beyond"
#: Smallest sum of sales between two groups that is told, roubles a year.
LEAST_RUB = 1.0


def groups_of(columns: Columns, cluster: str, chosen: Ints) -> tuple[tuple[Segment, ...], Ints]:
    """Return the segments of a cluster and the group of every firm: its segment, then others chosen, then the rest."""
    rows, mass = segment_mass(columns, cluster)
    group = np.full(len(columns), len(rows) + 1)
    place = places(mass[chosen])
    group[chosen] = np.where(place >= 0, place, len(rows))
    return rows, group


def flows_document(frame: Frame, cluster: str, chosen: Ints, region: str | None) -> Document:
    """Return the sales between the segments of a cluster over the chosen firms, the largest first.

    For each segment, what ``links`` say it sells and what its firms make for themselves sum to its output, except where
    sales on record are larger than that; ``stated_rub`` is the part of the output that a source states.
    """
    rows, group = groups_of(frame.columns, cluster, chosen)
    flows = chain_flows(frame.columns, frame.economy, group, len(rows))
    return {
        "nodes": [
            *(_segment(frame, row, number, group, flows) for number, row in enumerate(rows)),
            *({"key": key, "name": frame.say(name)} for key, name in _outside(region)),
        ],
        "links": _links([*(row.slug for row in rows), OTHERS, BEYOND], flows),
        "notes": [frame.say(note) for note in NOTES],
    }


NOTES = (
    T("Sales are of a year. On record are those that were imported; the rest is expected by the gravity model."),
    T("Output counts estimates too, so it may be larger than the revenue in the table, which is stated."),
    T("A sale through a wholesaler counts twice, once when the wholesaler buys and once when it sells."),
    T("What a firm makes for itself is not drawn; purchases are those the recipes imply."),
    T("Beyond are households, export and import, and firms that are not listed here."),
)


def _outside(region: str | None) -> tuple[tuple[str, Text], ...]:
    if region is None:
        return (OTHERS, T("other firms of the register")), (BEYOND, T("beyond the register"))
    return (OTHERS, T("other firms of the region")), (BEYOND, T("beyond the region"))


def _segment(frame: Frame, segment: Segment, number: int, group: Ints, flows: Flows) -> Document:
    firms = np.flatnonzero(group == number)
    stated = firms[frame.columns.output_kind[firms] == OUTPUT_OBSERVED]
    return {
        "key": segment.slug,
        "name": segment_name(segment, frame.lang),
        "stage": segment.stage,
        "side": segment.side or None,
        "firms": len(firms),
        "output_rub": rub(flows.output[number]),
        "stated_rub": rub(frame.columns.output_rub[stated].sum()),
        "inputs_rub": rub(flows.inputs[number]),
        "own_use_rub": rub(flows.own[number]),
    }


def _links(keys: list[str], flows: Flows) -> list[Document]:
    total = flows.observed + flows.inferred
    order = np.argsort(-total, axis=None, kind="stable")
    pairs = zip(*np.unravel_index(order, total.shape), strict=True)
    return [
        {
            "source": keys[int(one)],
            "target": keys[int(other)],
            "observed_rub": rub(flows.observed[one, other]),
            "inferred_rub": rub(flows.inferred[one, other]),
            "records": int(flows.records[one, other]),
        }
        for one, other in pairs
        if total[one, other] >= LEAST_RUB
    ]
