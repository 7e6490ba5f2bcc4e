"""What the page of a chain shows of its profile: tables laid out by the report, and a chart or two for each measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.drawing import Chart, chart
from matcher.report.chain.dynamics import BASE
from matcher.report.chain.profile_tables import (
    Grid,
    index_of,
    measure_grids,
    not_stated,
    overview,
    scope_name,
    shown,
    structure_grids,
)
from models.text import Text

Part = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A measure: its table, the bars of all firms, and the line of the same firms where there is an index."""

    grid: Grid
    bars: Chart
    line: Chart | None
    last_index: float | None


@dataclass(frozen=True, slots=True)
class Dynamics:
    """All a page shows of a profile; ``overview`` is none when one segment is looked at."""

    name: Text
    scope: Part
    scopes: Sequence[Part]
    overview: Grid | None
    measures: tuple[Drawn, ...]
    structure: tuple[Grid, ...]
    missing: tuple[Text, ...]
    notes: Sequence[str]


def drawn(told: Part) -> Dynamics | None:
    """Return what is shown of a profile, ``None`` when no firm states a figure of its years."""
    year, scopes = told["year"], told["scopes"]
    if year is None:
        return None
    scope = shown(scopes)
    return Dynamics(
        scope_name(scope),
        scope,
        scopes,
        overview(scopes, year) if len(scopes) > 1 else None,
        tuple(_measures(scope)),
        tuple(structure_grids(scope, year)),
        tuple(not_stated(scope)),
        told["notes"],
    )


def _measures(scope: Part) -> Iterator[Drawn]:
    for grid in measure_grids(scope):
        trend = scope["measures"][grid.key]
        years = [row["year"] for row in trend["years"]]
        bars = chart(years, [row["value"] for row in trend["years"]], [row["few"] for row in trend["years"]])
        index = [index_of(trend, year) for year in years]
        known = [value for value in index if value is not None]
        line = chart(years, index, [False] * len(years), BASE) if len(known) > 1 else None
        yield Drawn(grid, bars, line, known[-1] if known else None)
