"""Views of quality: figures suite by suite, and a diagram of how honest stated confidence is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matcher.cli.screen import Screen
from models.text import T, Text

Document = Mapping[str, Any]
#: Width of a bar that stands for certainty.
WIDTH = 40
#: Key of figures by method, which are printed side by side.
TABLE = "table"


def evaluate(screen: Screen, document: Document) -> None:
    """Print figures suite by suite."""
    for name, figures in document["suites"].items():
        screen.title(T("{what}", what=name))
        screen.table([T("what"), T("value")], _flat(figures))
        _tables(screen, figures)
        if "reliability" in figures:
            _diagram(screen, figures["reliability"])


def _flat(figures: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in figures.items():
        if isinstance(value, Mapping):
            rows += _flat(value, f"{prefix}{key}.") if key != TABLE else []
        elif not isinstance(value, list):
            rows.append((prefix + key, _figure(value)))
    return rows


def _figure(value: Any) -> str:
    if value is None:
        return "—"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _tables(screen: Screen, figures: Mapping[str, Any], prefix: str = "") -> None:
    """Print what lies under the key "table" anywhere below: a row a method, a column a figure."""
    for key, value in figures.items():
        if key == TABLE:
            columns = list(next(iter(value.values())))
            screen.title(Text(prefix))
            screen.table(
                [T("method"), *(Text(column) for column in columns)],
                [(name, *(_figure(row[column]) for column in columns)) for name, row in value.items()],
                right=range(1, len(columns) + 1),
            )
        elif isinstance(value, Mapping):
            _tables(screen, value, f"{prefix}.{key}" if prefix else key)


def _diagram(screen: Screen, bins: Sequence[Mapping[str, Any]]) -> None:
    """Print a row for answers of similar confidence: the bar says how often they are right, the mark how sure."""
    screen.title(T("how sure the answers are (│) and how often they are right (█)"))
    screen.table(
        [T("confidence"), T("answers"), T("mean"), T("right"), Text("0" + " " * (WIDTH - 1) + "1")],
        [
            (
                f"{screen.number(each['least'], 2)}–{screen.number(each['greatest'], 2)}",
                str(each["count"]),
                screen.number(each["confidence"], 2),
                screen.number(each["accuracy"], 2),
                bar(each["accuracy"], each["confidence"]),
            )
            for each in bins
        ],
        right=(1, 2, 3),
    )


def bar(right: float, sure: float, width: int = WIDTH) -> str:
    """Return a bar as long as ``right`` with a mark at ``sure``; both from 0 to 1.

    >>> bar(0.5, 0.75, 8), bar(0.5, 0.25, 8), bar(0, 0, 4), bar(1, 1, 4)
    ('████  │  ', '██│█     ', '│    ', '████│')
    """
    full = round(right * width)
    signs = list("█" * full + " " * (width + 1 - full))
    signs[round(sure * width)] = "│"
    return "".join(signs)
