"""Use case: the list of companies, filtered, counted by every filter, sorted, a page at a time, and by town."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.index.directory import Directory
from matcher.index.filters import Ints, Labelled, Sieve, Wanted, in_order
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document, Frame
from models.clusters import Segment, segments
from models.records import Company


def sieve(workspace: Workspace, wanted: Wanted, labelled: Labelled) -> Sieve:
    """Return the filters of a question over the present register."""
    return Sieve(workspace.columns, workspace.directory, wanted, labelled)


def company_list(
    workspace: Workspace, wanted: Wanted, labelled: Labelled, sort: str, page: int, per_page: int
) -> Document:
    """Return one page of a list with the counts of its filters and its towns.

    Parameters
    ----------
    workspace
        The register.
    wanted
        What the list holds.
    labelled
        INNs of the firms of each label.
    sort
        One of :data:`matcher.index.filters.SORTS`.
    page, per_page
        Which page, from 1, and how many companies it holds; one past the end is the last.
    """
    found = sieve(workspace, wanted, labelled)
    firms = in_order(workspace.columns, workspace.directory, found.firms(), sort)
    pages = max(1, -(-len(firms) // per_page))
    page = min(page, pages)
    return {
        "total": len(firms),
        "page": page,
        "pages": pages,
        "items": company_items(workspace, firms[(page - 1) * per_page : page * per_page], wanted.cluster),
        "counts": dict(found.counts()),
        "towns": towns(workspace.directory, firms),
    }


def company_items(workspace: Workspace, firms: Ints, cluster: str) -> list[Document]:
    """Return the lines of firms in a list, in their order, with their places in the chain of a cluster."""
    frame, rows = workspace.frame(firms), segments(cluster)
    place = workspace.directory.segment_in(cluster)
    return [company_item(frame, int(firm), _row(rows, int(place[firm]))) for firm in firms]


def _row(rows: Sequence[Segment], number: int) -> Segment | None:
    return rows[number] if number >= 0 else None


def company_item(frame: Frame, firm: int, segment: Segment | None = None) -> Document:
    """Return a company's line in a list, with its place in the chain where a segment is given."""
    company = frame.companies.get(frame.inn(firm)) or Company(inn=frame.inn(firm))
    return {
        **frame.firm(firm),
        "okved_main": company.okved_main,
        "okved1_main": company.okved1_main,
        "stage": segment.stage if segment else None,
        "side": (segment.side or None) if segment else None,
        "segment": segment.slug if segment else None,
        "region_code": str(frame.columns.region_code[frame.columns.region[firm]]),
        "city": company.city,
        "revenue_rub": company.revenue_rub,
        "revenue_year": company.revenue_year,
        "workers": company.workers,
        "category": company.category,
    }


def towns(directory: Directory, firms: Ints) -> list[Document]:
    """Return the towns of firms with their number, the largest first; the name is empty where only a region is known.

    Firms of which not even a region is known stand nowhere, so they are left out.
    """
    count = np.bincount(directory.town[firms], minlength=len(directory.town_name))
    count[np.isnan(directory.town_lat)] = 0
    rows = np.argsort(-count, kind="stable")[: int((count > 0).sum())]
    return [
        {
            "name": str(directory.town_name[row]),
            "region_code": str(directory.town_region[row]),
            "lat": float(directory.town_lat[row]),
            "lon": float(directory.town_lon[row]),
            "companies": int(count[row]),
        }
        for row in rows
    ]
