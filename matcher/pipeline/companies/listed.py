"""Use case: the list of companies, filtered, counted by every filter, sorted, a page at a time, and by town."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.index.columns import Columns
from matcher.index.directory import Directory
from matcher.index.filters import Ints, Labelled, Sieve, Wanted, in_order, sort_values
from matcher.pipeline.places import region_row
from matcher.pipeline.workspace import Workspace
from matcher.report import paging
from matcher.report.frame import Document, Frame
from matcher.report.paging import Key
from models.clusters import Segment, segments
from models.identifiers import parse_okved
from models.records import Company

#: The usual order of a list read in parts: largest output first.
USUAL_ORDER = "-output_rub"
#: What such a list can be ordered by: a value of each firm that grows along the order.
ORDERS: Mapping[str, Callable[[Workspace], NDArray[Any]]] = {
    USUAL_ORDER: lambda workspace: -workspace.columns.output_rub,
    "output_rub": lambda workspace: workspace.columns.output_rub,
    "name": lambda workspace: workspace.directory.name_rank,
    "inn": lambda workspace: workspace.columns.inn.astype(np.str_),
}


def sieve(workspace: Workspace, wanted: Wanted, labelled: Labelled) -> Sieve:
    """Return the filters of a question over the present register."""
    return Sieve(workspace.columns, workspace.directory, wanted, labelled)


def ordered(workspace: Workspace, firms: Ints, sort: str) -> Ints:
    """Return firms in one of :data:`matcher.index.filters.SORTS`; all firms are sorted once for each state of them."""
    columns = workspace.columns

    def compute() -> Ints:
        return in_order(columns, workspace.directory, np.arange(len(columns)), sort)

    everyone: Ints = workspace.of_register.get(("order", sort), compute)
    chosen = np.zeros(len(columns), dtype=bool)
    chosen[firms] = True
    return everyone[chosen[everyone]]


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
    firms = ordered(workspace, found.firms(), sort)
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


def company_list_part(
    workspace: Workspace, wanted: Wanted, labelled: Labelled, sort: str, top: int, after: Key | None
) -> tuple[Document, Key | None]:
    """Return a part of a list like :func:`company_list`, and the key after which the next part begins."""
    found = sieve(workspace, wanted, labelled)
    firms = found.firms()
    values, names = sort_values(workspace.columns, workspace.directory, sort)[firms], workspace.columns.inn[firms]
    part = paging.part_of(paging.in_order(values, names), values, names, after, top)
    return {
        "total": len(firms),
        "items": company_items(workspace, firms[part.rows], wanted.cluster),
        "counts": dict(found.counts()),
        "towns": towns(workspace.directory, firms),
    }, part.next


def companies_part(
    workspace: Workspace,
    wanted: Wanted,
    top: int,
    order: str = USUAL_ORDER,
    after: Key | None = None,
    okved: str | None = None,
) -> tuple[Document, Key | None]:
    """Return a part of a list, and the key after which the next part begins.

    Parameters
    ----------
    workspace
        The register.
    wanted
        What the list holds; one value a filter at most.
    top
        How many companies at most.
    order
        One of :data:`ORDERS`.
    after
        Key of the last company of the part before.
    okved
        Activity code that the companies must do something under.

    Raises
    ------
    DataError
        If the register has no firm of the region.
    """
    columns = workspace.columns
    region_row(workspace, _only(wanted.region))
    firms = sieve(workspace, wanted, {}).firms()
    if okved:
        firms = firms[active_in(columns, workspace.economy.codes, parse_okved(okved))[firms]]
    values, names = ORDERS[order](workspace)[firms], columns.inn[firms]
    part = paging.part_of(paging.in_order(values, names), values, names, after, top)
    query = {
        "cluster": wanted.cluster, "stage": _only(wanted.stage), "segment": _only(wanted.segment),
        "region": _only(wanted.region), "text": wanted.text, "top": top,
    }  # fmt: skip
    items = company_items(workspace, firms[part.rows], wanted.cluster)
    return {"query": query, "total": len(firms), "items": items}, part.next


def _only(values: Sequence[str]) -> str | None:
    return values[0] if values else None


def active_in(columns: Columns, codes: Sequence[str], okved: str) -> NDArray[np.bool_]:
    """Return which firms do something under an activity code, shape (n,)."""
    under = np.array([code.startswith(okved) or okved.startswith(code) for code in codes])
    return np.isin(np.arange(len(columns)), columns.share_firm[under[columns.share_code]])


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
