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


#: Sales between groups that the command line lists.
LISTED = 12


def chain_and_flows(screen: Screen, document: Document) -> None:
    """Print the value-chain table and the largest sales along it."""
    chain(screen, document)
    names = {node["key"]: node["name"] for node in document["flows"]["nodes"]}
    links = document["flows"]["links"]
    screen.title(T("Who sells to whom"))
    screen.table(
        [T("who sells"), T("who buys"), T("on record"), T("expected")],
        [
            (
                names[link["source"]], names[link["target"]],
                screen.money(link["observed_rub"]) if link["records"] else "—", screen.money(link["inferred_rub"]),
            )
            for link in links[:LISTED]
        ],
        right=(2, 3),
    )  # fmt: skip
    if len(links) > LISTED:
        screen.line(T("{shown} of {total} shown, the largest first", shown=LISTED, total=len(links)))
    for note in document["flows"]["notes"]:
        screen.plain(note)
