"""The value-chain table of a cluster as a document."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.index.columns import OUTPUT_OBSERVED, Columns
from matcher.report.figures import rub
from matcher.report.frame import Document, Frame
from models.clusters import Segment, clusters, membership, segments

#: A firm belongs to a cluster when at least this share of its output does.
MEMBER = 0.5


def segment_mass(columns: Columns, cluster: str) -> tuple[tuple[Segment, ...], NDArray[np.float64]]:
    """Return the segments of a cluster and the share of each firm's output in each, shape (n, segments).

    The deepest code known of a share decides: a mapping may claim a part of a group only.
    """
    rows = segments(cluster)
    number = {row.slug: column for column, row in enumerate(rows)}
    codes, entry = columns.details
    places = (membership(code, cluster) for code in codes)
    segment = np.array([number[place.segment] if place else -1 for place in places], dtype=np.int64)[entry]
    claimed = segment >= 0
    mass = np.zeros((len(columns), len(rows)))
    np.add.at(mass, (columns.share_firm[claimed], segment[claimed]), columns.share_value[claimed])
    return rows, mass


def chain_rows(frame: Frame, cluster: str, chosen: NDArray[np.int64]) -> list[Document]:
    """Return the value-chain table of a cluster over the chosen firms.

    A firm counts where most of its output belongs, if at least half of it belongs to the cluster; others add their
    shares to ``possible_companies``, the expected number of further members among firms known only by a wide class.
    """
    rows, mass = segment_mass(frame.columns, cluster)
    mass = mass[chosen]
    place = places(mass)
    return [
        _chain_row(frame, segment, chosen[place == number], float(mass[place < 0, number].sum()))
        for number, segment in enumerate(rows)
    ]


def places(mass: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the segment each firm counts in, by number, -1 for a firm that is no member, shape (n,).

    Parameters
    ----------
    mass
        Share of each firm's output in each segment, shape (n, segments).
    """
    return np.where(mass.sum(axis=1) >= MEMBER, mass.argmax(axis=1), -1)


def all_places(columns: Columns) -> NDArray[np.int64]:
    """Return the segment each firm counts in within every cluster, shape (clusters, n)."""
    return np.array([places(segment_mass(columns, cluster.key)[1]) for cluster in clusters()], dtype=np.int64)


def _chain_row(frame: Frame, segment: Segment, firms: NDArray[np.int64], possible: float) -> Document:
    workers = [frame.companies[inn].workers for inn in map(frame.inn, firms) if inn in frame.companies]
    known = [value for value in workers if value is not None]
    observed = firms[frame.columns.output_kind[firms] == OUTPUT_OBSERVED]
    years = frame.columns.output_year[observed]
    return {
        "stage": segment.stage,
        "side": segment.side or None,
        "segment": segment.slug,
        "segment_name": segment.name_ru if frame.lang == "ru" else segment.name_en,
        "companies": len(firms),
        "possible_companies": round(possible, 1),
        "workers": round(sum(known)) if known else None,
        "revenue_rub": rub(frame.columns.output_rub[observed].sum()) if len(observed) else None,
        "year": _main_year(years, frame.columns.output_rub[observed]),
        "years": {str(year): int((years == year).sum()) for year in np.unique(years)},
    }


def _main_year(years: NDArray[np.int64], amounts: NDArray[np.float64]) -> int | None:
    """Return the year that most of an amount is of; ``None`` without any."""
    if not len(years):
        return None
    distinct, number = np.unique(years, return_inverse=True)
    return int(distinct[np.bincount(number, weights=amounts).argmax()])
