"""Use case: what surrounds a company, at a glance: its best partners, the producers it fits, the gaps it sits in."""

from __future__ import annotations

import numpy as np

from matcher.gaps.regional import RegionGaps
from matcher.pipeline.chain.gaps import find_gaps
from matcher.pipeline.mutual import anchors_of
from matcher.pipeline.shortlists import Options, buyers, suppliers
from matcher.pipeline.workspace import Workspace
from matcher.report.figures import rub
from matcher.report.frame import Document

#: Partners of each side, and gaps of each kind.
PARTNERS, GAPS = 5, 6


def company_glance(workspace: Workspace, inn: str) -> Document:
    """Return the partners, the anchors and the gaps of one company."""
    firm = workspace.firm(inn)
    region = str(workspace.columns.region_code[workspace.columns.region[firm]])
    asked = Options(top=PARTNERS, layout="flat")
    sold, bought = suppliers(workspace, inn, asked), buyers(workspace, inn, asked)
    return {
        "inn": inn,
        "name": sold["query"]["name"],
        "region_code": region,
        "suppliers": partners_shown(sold),
        "buyers": partners_shown(bought),
        "anchors": anchors_of(workspace, firm),
        "gaps": gaps_around(workspace, find_gaps(workspace, None, region, None), firm)
        if region
        else {"needs": [], "makes": []},
    }


def partners_shown(document: Document) -> Document:
    """Return the first candidates of a shortlist, and the partners it has already."""
    return {"total": document["total"], "items": document["items"], "partners": document["partners"][:PARTNERS]}


def gaps_around(workspace: Workspace, found: RegionGaps, firm: int) -> Document:
    """Return what a company needs that its region lacks, and what it makes that is lacking or hangs on one source.

    What it needs is told by its own spending, what it makes by the gap it could help to close.
    """
    columns, economy = workspace.columns, workspace.economy
    gaps, frame = found.gaps, workspace.frame([])
    shares = columns.share_row(firm)
    spending = economy.spending(shares) * float(columns.output_rub[firm])
    lacking = np.where(gaps.gap > 0, spending, 0.0)
    makes = np.where((shares > 0) & ((gaps.gap > 0) | gaps.single_source), np.maximum(gaps.gap, 1.0), 0.0)

    def item(code: int, **more: object) -> Document:
        return {
            "okved_code": frame.code(code),
            "name": frame.code_name(code),
            "gap_rub": rub(gaps.gap[code]),
            "single_source": bool(gaps.single_source[code]),
            **more,
        }

    return {
        "needs": [item(code, own_rub=rub(spending[code])) for code in _largest(lacking)],
        "makes": [item(code, share=float(shares[code])) for code in _largest(makes)],
    }


def _largest(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[int]:
    order = np.argsort(-values, kind="stable")[:GAPS]
    return [int(code) for code in order if values[code] > 0]
