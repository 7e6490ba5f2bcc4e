"""The list of companies: which are wanted, in which order, and a part of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.index.columns import CATEGORIES, Columns
from matcher.pipeline.answers import region_row
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document, Frame
from matcher.report.paging import Key, in_order, part_of
from matcher.report.regions import MEMBER, segment_mass
from models.clusters import STAGES
from models.errors import UsageError
from models.identifiers import parse_okved
from models.names import name_core
from models.records import Company
from models.text import T, Text

Array = NDArray[Any]
#: The usual order: largest output first.
USUAL_ORDER = "-output_rub"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which companies are wanted: a place in a cluster's chain, a region, words, an activity, a size."""

    cluster: str
    stage: str | None = None
    segment: str | None = None
    region: str | None = None
    text: str | None = None
    okved: str | None = None
    category: str | None = None


def companies_part(
    workspace: Workspace, wanted: Wanted, top: int, order: str = USUAL_ORDER, after: Key | None = None
) -> tuple[Document, Key | None]:
    """List companies with their place in a cluster's chain; return also where the next part begins.

    Parameters
    ----------
    workspace
        The register.
    wanted
        Which companies.
    top
        How many at most.
    order
        One of :data:`ORDERS`.
    after
        Key of the last company of the part before.
    """
    columns = workspace.columns
    rows, mass = segment_mass(columns, wanted.cluster)
    check_choice(T("stage"), wanted.stage, STAGES)
    check_choice(T("segment"), wanted.segment, [row.slug for row in rows])
    member, best = mass.sum(axis=1) >= MEMBER, mass.argmax(axis=1)
    chosen = _admitted(workspace, wanted)
    if wanted.stage:
        chosen &= member & np.isin(best, [n for n, row in enumerate(rows) if row.stage == wanted.stage])
    if wanted.segment:
        chosen &= member & np.isin(best, [n for n, row in enumerate(rows) if row.slug == wanted.segment])
    firms = np.flatnonzero(chosen)
    values, names = ORDERS[order](workspace)[firms], columns.inn[firms]
    part = part_of(in_order(values, names), values, names, after, top)
    shown = firms[part.rows]
    frame = workspace.frame(shown)
    query = {
        "cluster": wanted.cluster, "stage": wanted.stage, "segment": wanted.segment, "region": wanted.region,
        "text": wanted.text, "top": top,
    }  # fmt: skip
    items = [company_item(frame, int(firm), rows[best[firm]] if member[firm] else None) for firm in shown]
    return {"query": query, "total": len(firms), "items": items}, part.next


def _admitted(workspace: Workspace, wanted: Wanted) -> NDArray[np.bool_]:
    """Return which firms are of the region, the words, the activity and the size that are wanted."""
    columns = workspace.columns
    chosen = np.ones(len(columns), dtype=bool)
    where = region_row(workspace, wanted.region)
    if where is not None:
        chosen &= columns.region == where
    if wanted.text:
        found = [columns.firm(inn) for inn in named(workspace, wanted.text)]
        chosen &= np.isin(np.arange(len(columns)), [firm for firm in found if firm is not None])
    if wanted.category:
        chosen &= columns.category == CATEGORIES.index(wanted.category)
    if wanted.okved:
        chosen &= active_in(columns, workspace.economy.codes, parse_okved(wanted.okved))
    return chosen


def active_in(columns: Columns, codes: Sequence[str], okved: str) -> NDArray[np.bool_]:
    """Return which firms do something under an activity code."""
    under = np.array([code.startswith(okved) or okved.startswith(code) for code in codes])
    firm_of = np.repeat(np.arange(len(columns)), np.diff(columns.share_indptr))
    return np.isin(np.arange(len(columns)), firm_of[under[columns.share_code]])


def _names(workspace: Workspace) -> Array:
    called = {inn: name.casefold() for inn, name, _ in workspace.store.names()}
    return np.array([called.get(inn.decode(), "") for inn in workspace.columns.inn], dtype=np.str_)


#: What companies can be ordered by: a value of each firm that grows along the order.
ORDERS: Mapping[str, Callable[[Workspace], Array]] = {
    USUAL_ORDER: lambda workspace: -workspace.columns.output_rub,
    "output_rub": lambda workspace: workspace.columns.output_rub,
    "name": _names,
    "inn": lambda workspace: workspace.columns.inn.astype(np.str_),
}


def check_choice(what: Text, chosen: str | None, known: Sequence[str]) -> None:
    """Refuse what is none of the known.

    Raises
    ------
    UsageError
        With what would do.
    """
    if chosen is not None and chosen not in known:
        raise UsageError(
            T("there is no {what} {name}", what=what, name=chosen), T("choose one of: {names}", names=", ".join(known))
        )


def named(workspace: Workspace, query: str) -> list[str]:
    """Return the INNs of companies whose INN, name or town holds every word of the query, whatever the case."""
    words = name_core(query).split() or [query.strip().lower()]
    return [
        inn
        for inn, name, city in workspace.store.names()
        if all(word in f"{inn} {name_core(name)} {(city or '').lower()}" for word in words)
    ]


def company_item(frame: Frame, firm: int, segment: object = None) -> Document:
    """Return a company's line in a list, with its place in the chain where a segment is given."""
    company = frame.companies.get(frame.inn(firm)) or Company(inn=frame.inn(firm))
    return {
        **frame.firm(firm),
        "okved_main": company.okved_main,
        "okved1_main": company.okved1_main,
        "stage": getattr(segment, "stage", None),
        "side": getattr(segment, "side", None) or None,
        "segment": getattr(segment, "slug", None),
        "region_code": str(frame.columns.region_code[frame.columns.region[firm]]),
        "city": company.city,
        "revenue_rub": company.revenue_rub,
        "revenue_year": company.revenue_year,
        "workers": company.workers,
        "category": company.category,
    }
