"""Views of the chain and of what codes need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.cli.screen import Screen
from matcher.cli.words import STAGES, label
from models.text import T

Document = Mapping[str, Any]


def chain(screen: Screen, document: Document) -> None:
    """Print the value-chain table."""
    screen.title(T("Value chain"))
    screen.table(
        [T("stage"), T("segment"), T("companies"), T("possible"), T("workers"), T("revenue"), T("year")],
        [
            (
                screen.say(label(STAGES, row["stage"])), row["segment_name"], str(row["companies"]),
                screen.number(row["possible_companies"], 1),
                screen.say(T("unknown")) if row["workers"] is None else str(row["workers"]),
                screen.money(row["revenue_rub"]), ", ".join(row["years"]) or "—",
            )
            for row in document["rows"]
        ],
        right=(2, 3, 4, 5),
    )  # fmt: skip
    screen.line(T("possible: expected number of further members among firms known only by a wide class"))
