"""The graph of firms as a document: who supplies whom, on record, expected and missing, in a readable extract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.paths import Way
from matcher.gaps.extract import way_rows
from matcher.gaps.network import Links
from matcher.report.figures import rub
from matcher.report.frame import Document, Frame
from models.clusters import Segment

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Kinds of links, as documents name them.
OBSERVED, EXPECTED, MISSING = "observed", "expected", "missing"


@dataclass(frozen=True)
class Places:
    """Where firms stand in the chain: the segment of members of the cluster, and how far each is from final use.

    Attributes
    ----------
    segments, segment
        The segments of the cluster and of every firm its number, -1 outside, shape (n,).
    distance
        Upstreamness of what each firm makes, shape (n,): 1 sells to final use.
    community
        Number of each firm's sub-cluster, from 1; empty where they are not told.
    """

    segments: Sequence[Segment]
    segment: Ints
    distance: Floats
    community: Mapping[int, int]

    def segment_of(self, firm: int) -> Segment | None:
        """Return the segment of a firm, ``None`` outside the cluster."""
        number = int(self.segment[firm])
        return self.segments[number] if number >= 0 else None


def graph_document(frame: Frame, links: Links, shown: Ints, places: Places, way: Way | None) -> Document:
    """Return an extract of a network: its firms, its links, the largest first, and what is left out.

    Parameters
    ----------
    links
        Of the whole network.
    shown
        Rows that are told.
    way
        Firms of a way to be told step by step.
    """
    steps = way_rows(links, way.firms) if way else []
    firms = np.unique(np.concatenate([links.supplier[shown], links.buyer[shown]]))
    rest = np.ones(len(links), dtype=bool)
    rest[shown] = False
    return {
        "firms": len(np.unique(np.concatenate([links.supplier, links.buyer]))),
        "links": len(links),
        OBSERVED: int(links.observed.sum()),
        EXPECTED: int((~links.observed & ~links.missing).sum()),
        MISSING: int(links.missing.sum()),
        "nodes": [_node(frame, int(firm), places) for firm in firms],
        "items": [_link(frame, links, int(row), row in steps) for row in shown],
        "left_out": {"links": int(rest.sum()), "rub": rub(links.rub[rest].sum())},
        "way": None if way is None else _way(frame, links, way, steps),
    }


def _node(frame: Frame, firm: int, places: Places) -> Document:
    segment = places.segment_of(firm)
    lead = int(frame.columns.share_row(firm).argmax())
    return {
        **frame.firm(firm),
        "stage": segment.stage if segment else None,
        "segment": segment.slug if segment else None,
        "okved_code": frame.code(lead),
        "activity": frame.code_name(lead),
        "output_rub": rub(frame.columns.output_rub[firm]),
        "distance_from_use": round(float(places.distance[firm]), 2),
        "community": places.community.get(firm),
    }


def _link(frame: Frame, links: Links, row: int, on_way: bool) -> Document:
    code = int(links.code[row])
    kind = OBSERVED if links.observed[row] else MISSING if links.missing[row] else EXPECTED
    return {
        "supplier": frame.firm(int(links.supplier[row])),
        "buyer": frame.firm(int(links.buyer[row])),
        "rub": rub(links.rub[row]),
        "kind": kind,
        "okved_code": None if code < 0 else frame.code(code),
        "activity": None if code < 0 else frame.code_name(code),
        "on_way": on_way,
    }


def _way(frame: Frame, links: Links, way: Way, steps: Sequence[int]) -> Document:
    return {
        "along": way.along,
        "firms": [frame.firm(firm) for firm in way.firms],
        "steps": [_link(frame, links, row, True) for row in steps],
        "weakest_rub": rub(links.rub[steps].min()) if steps else None,
    }
