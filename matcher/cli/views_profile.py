"""How a profile looks on the terminal: one line a segment, then the cluster or the one segment in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from matcher.cli.screen import Screen, bar, spark
from matcher.report.chain.profile_tables import (
    Cell,
    Grid,
    index_of,
    measure_grids,
    not_stated,
    overview,
    scope_name,
    shown,
    structure_grids,
    worded,
)
from models.text import T, Text

Document = Mapping[str, Any]

#: Characters of a full bar.
BAR_WIDTH = 6
#: Characters of a cell that stay on one line.
KEPT_WIDTH = 24
#: How a value of each unit reads.
UNITS: Mapping[str, Callable[[Screen, Any], str]] = MappingProxyType(
    {
        "rub": lambda screen, value: screen.money(value),
        "people": lambda screen, value: screen.number(value, 0 if float(value).is_integer() else 1),
        "count": lambda _, value: str(value),
        "year": lambda _, value: str(value),
        "share": lambda screen, value: screen.percent(value),
        "growth": lambda screen, value: screen.growth(value),
        "points": lambda screen, value: screen.share_points(value),
        "gain": lambda screen, value: f"{'+' if value > 0 else ''}{screen.money(value)}",
        "index": lambda screen, value: screen.number(value, 0),
        "ratio": lambda screen, value: screen.number(value, 2),
        "text": lambda screen, value: screen.say(value),
    }
)


def view(screen: Screen, document: Document) -> None:
    """Print the lines of all scopes, then one scope in full, then how to read it."""
    told = document["profile"]
    if told["year"] is None:
        screen.title(T("Dynamics"))
        screen.line(T("No firm of this cluster states a figure of these years."))
        return
    one = shown(told["scopes"])
    if len(told["scopes"]) > 1:
        grid(screen, overview(told["scopes"], told["year"]))
    screen.title(T("Dynamics: {name}", name=scope_name(one)))
    screen.line(
        T(
            "legal entities: {entities}, without any figure: {silent}; sole traders, apart: {traders}",
            entities=one["legal_entities"],
            silent=one["without_figures"],
            traders=one["sole_traders"],
        )
    )
    for table in measure_grids(one):
        grid(screen, table, sparks(one["measures"][table.key]))
    for table in structure_grids(one, told["year"]):
        grid(screen, table)
    missing = not_stated(one)
    if missing:
        screen.title(T("No firm states"))
        screen.plain(", ".join(map(screen.say, missing)))
    screen.title(T("How to read it"))
    sketches = screen.say(T("small lines beside a name: all firms, then the index of the same firms"))
    for note in [*told["notes"], sketches]:
        screen.plain(f"· {note}")


def sparks(trend: Document) -> str:
    """Return the small pictures beside a measure's name: all firms, and the index of the same firms."""
    years = [row for row in trend["years"] if row["firms"]]
    index = spark([index_of(trend, row["year"]) for row in years])
    return "   ".join(part for part in (spark([row["value"] for row in years]), index) if len(part) > 1)


def grid(screen: Screen, table: Grid, beside: str = "") -> None:
    """Print a table with bars in the columns that have them."""
    name = screen.say(table.title)
    screen.title(Text(f"{name[:1].upper()}{name[1:]}  {beside}".rstrip()))
    largest = {number: table.full(number) for number in table.bars}
    rows = [[_cell(screen, cell, largest.get(number)) for number, cell in enumerate(row)] for row in table.rows]
    right = [number for number, _ in enumerate(table.headings) if number and number not in table.bars]
    screen.table(table.headings, rows, right=right, keep=KEPT_WIDTH)
    if table.remark is not None:
        screen.line(worded(table.remark, lambda cell: shown_cell(screen, cell)))


def shown_cell(screen: Screen, cell: Cell) -> str:
    """Return a cell as text: a dash where nothing is known, a star where too few firms are behind it."""
    if cell.value is None:
        return "—"
    return UNITS[cell.unit](screen, cell.value) + ("*" if cell.few else "")


def _cell(screen: Screen, cell: Cell, largest: float | None) -> str:
    text = shown_cell(screen, cell)
    return text if largest is None else f"{text} {bar(cell.value, largest, BAR_WIDTH)}".rstrip()
