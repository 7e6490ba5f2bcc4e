"""How a reconciliation looks on the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.cli.screen import Screen
from models.text import T

Document = Mapping[str, Any]


def view(screen: Screen, document: Document) -> None:
    """Print totals, impossible rows and the comparison with the register."""
    if document["totals"]:
        screen.title(T("Stated totals"))
        screen.table(
            [T("scope"), T("column"), T("sum of the rows"), T("stated"), T("agrees")],
            [
                (t["scope"], t["column"], _figure(screen, t["computed"]), _figure(screen, t["stated"]),
                 screen.say(T("yes") if t["agrees"] else T("no")))
                for t in document["totals"]
            ],
            right=(2, 3),
        )  # fmt: skip
    screen.title(T("Impossible rows"))
    for row in document["impossible"]:
        screen.plain(f"{row['line']}: {row['segment']} — {row['rule']}")
    if not document["impossible"]:
        screen.line(T("none"))
    screen.title(T("The published table and the register"))
    screen.table(
        [T("segment"), T("column"), T("published"), T("in the register")],
        [
            (r["segment"], r["column"], _figure(screen, r["published"]), _figure(screen, r["register"]))
            for r in document["register"]
        ],
        right=(2, 3),
    )


def _figure(screen: Screen, value: float | None) -> str:
    """Return a figure as it is, a dash where there is none."""
    if value is None:
        return "—"
    return screen.number(value, 0 if float(value).is_integer() else 3)
