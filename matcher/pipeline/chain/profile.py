"""Dynamics and structure of a cluster, its stages and its segments, from the figures of the register."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.pipeline.chain.table import chain
from matcher.pipeline.places import region_row
from matcher.pipeline.workspace import Workspace
from matcher.report.chain.dynamics import counts, dynamics
from matcher.report.chain.history import STATED, History, history
from matcher.report.chain.profile_tables import notes
from matcher.report.chain.regions import places, segment_mass
from matcher.report.chain.structure import structure
from matcher.report.files.profile_book import book
from matcher.report.files.sheets import write_workbook
from matcher.report.files.whole import written_whole
from matcher.report.frame import Document
from models.clusters import CORE_STAGES, STAGES, Segment, segment_name, segments
from models.errors import UsageError
from models.text import Lang, T

#: First and last year asked for.
Span = tuple[int, int]


def profile(
    workspace: Workspace, cluster: str, region: str | None, segment: str | None = None, years: str | None = None
) -> Document:
    """Return the value-chain table with ``profile``: dynamics and structure by cluster, stage and segment.

    Parameters
    ----------
    workspace
        The register.
    cluster, region
        Whose chain; all regions when ``region`` is ``None``.
    segment
        Only this segment; otherwise the cluster, its core, its stages and all its segments.
    years
        For example ``2016-2024``; otherwise all years with figures.

    Raises
    ------
    UsageError
        If the cluster has no such segment, or ``years`` is no span of years.
    """
    span = None if years is None else span_of(years)
    checked_segment(cluster, segment)
    answer = chain(workspace, cluster, region)
    answer["query"] |= {"segment": segment, "years": years}
    rows, place, whole = gather(workspace, cluster, region, span)
    lang = workspace.settings.lang
    scopes = [(scope, whole.of(chosen)) for scope, chosen in scopes_of(rows, place, segment, lang)]
    answer["profile"] = {
        "years": list(whole.years),
        "year": main_year(whole),
        "prices": "nominal",
        "scopes": [{**scope, **described(group)} for scope, group in scopes],
        "notes": [text.render(lang) for text in notes()],
    }
    return answer


def only_with_profile(names: Sequence[str]) -> None:
    """Refuse what only a profile can answer when none is asked for.

    Raises
    ------
    UsageError
        If any such parameter was given.
    """
    if names:
        raise UsageError(
            T("only a profile takes these: {names}", names=", ".join(names)),
            T("add --profile; in an address, profile=1"),
        )


def span_of(years: str) -> Span:
    """Return the first and last year that a text names.

    >>> span_of("2016-2024"), span_of("2018")
    ((2016, 2024), (2018, 2018))
    """
    found = re.fullmatch(r"\s*(\d{4})\s*(?:[-–—:]\s*(\d{4})\s*)?", years, re.ASCII)
    span = (int(found[1]), int(found[2] or found[1])) if found else None
    if span is None or span[0] > span[1]:
        raise UsageError(T("{years} is no span of years", years=years[:40]), T("write for example 2016-2024"))
    return span


def checked_segment(cluster: str, slug: str | None) -> None:
    """Raise :class:`models.errors.UsageError` unless the cluster has the segment."""
    known = [each.slug for each in segments(cluster)]
    if slug is not None and slug not in known:
        raise UsageError(
            T("cluster {cluster} has no segment {slug}", cluster=cluster, slug=slug),
            T("known segments: {slugs}", slugs=", ".join(known)),
        )


def gather(
    workspace: Workspace, cluster: str, region: str | None, span: Span | None
) -> tuple[tuple[Segment, ...], NDArray[np.int64], History]:
    """Return the segments of a cluster, the number of each member's segment, and the members' history."""
    columns, where = workspace.columns, region_row(workspace, region)
    rows, mass = segment_mass(columns, cluster)
    place = places(mass)
    member = place >= 0 if where is None else (place >= 0) & (columns.region == where)
    firms = np.flatnonzero(member)
    inns = [columns.inn_of(int(firm)) for firm in firms]
    first, last = span or (0, 9999)
    with workspace.store.read() as reader:
        # read twice, so that only matrices of the years found are held
        years = sorted({figure.year for _, figure in reader.figures_of(inns, STATED) if first <= figure.year <= last})
        category, founded = np.asarray(columns.category[firms]), reader.founded(inns)
        whole = history(inns, years, reader.figures_of(inns, STATED), category, founded)
    return rows, place[firms], whole


def scopes_of(
    rows: tuple[Segment, ...], place: NDArray[np.int64], only: str | None, lang: Lang
) -> Iterator[tuple[Document, NDArray[np.bool_]]]:
    """Yield each group of firms that is described, and which firms it has; ``only`` one segment where named."""
    stage = np.array([row.stage for row in rows])[place] if len(place) else np.array([], dtype=str)
    if only is None:
        yield _scope("cluster"), np.ones(len(place), dtype=bool)
        yield _scope("core"), np.isin(stage, CORE_STAGES)
        for name in (name for name in STAGES if any(row.stage == name for row in rows)):
            yield _scope("stage") | {"stage": name}, stage == name
    for number, row in enumerate(rows):
        if only in (None, row.slug):
            named = {"stage": row.stage, "side": row.side, "segment": row.slug, "segment_name": segment_name(row, lang)}
            yield _scope("segment") | named, place == number


def _scope(kind: str) -> Document:
    return {"scope": kind, "stage": None, "side": None, "segment": None, "segment_name": None}


def described(group: History) -> Document:
    """Return all that is told of one group."""
    return {
        **counts(group),
        "measures": dynamics(group.legal_entities()),
        "structure": [structure(group, column) for column in range(len(group.years))],
    }


def main_year(whole: History) -> int | None:
    """Return the last year that at least half as many firms state revenue for as for the fullest year.

    So a year of which only the first reports are in does not stand for the cluster; ``None`` without figures.
    """
    known = (~np.isnan(whole.figures["revenue_rub"])).sum(axis=0)
    full = [year for year, firms in zip(whole.years, known, strict=True) if 2 * firms >= known.max()]
    return full[-1] if full else None


def write_profile(document: Document, out: str, lang: Lang) -> Document:
    """Write the tables of a profile to a workbook, a sheet each; return its name and the number of sheets."""
    sheets = book(document["profile"], lang)
    with written_whole(Path(out)) as draft:
        write_workbook(draft, sheets)
    return {"file": out, "sheets": len(sheets)}
