"""Views of answers about a region: gaps, projects, the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matcher.cli.screen import Screen
from matcher.cli.views_shortlists import affiliates
from matcher.cli.words import ROLES, STAGES, label
from models.text import T, Text

Document = Mapping[str, Any]


def gaps(screen: Screen, document: Document) -> None:
    """Print gaps with who needs, makes and could make."""
    screen.title(T("Gaps in the chain"))
    if not document["items"]:
        screen.line(T("No gaps: local makers cover what local firms need, as far as the register shows."))
    for number, gap in enumerate(document["items"], start=1):
        screen.head(f"{number}. {gap['okved_code']} {gap['name']} — {screen.money(gap['value_rub'])}")
        screen.plain(", ".join(screen.say(label(STAGES, kind)) for kind in gap["kinds"]), 5)
        for reason in gap["reasons"]:
            screen.plain(reason, 5)
        _named(
            screen, T("needed by: {names}"), [f"{b['name']} ({screen.money(b['demand_rub'])})" for b in gap["buyers"]]
        )
        _named(
            screen,
            T("made elsewhere by: {names}"),
            [f"{o['name']} ({screen.kilometres(o['distance_km'])}{warned(o)})" for o in gap["outside_suppliers"]],
        )
        _named(
            screen,
            T("could start here: {names}"),
            [f"{c['name']} ({screen.percent(c['relatedness'])}{warned(c)})" for c in gap["could_start"]],
        )
        affiliates(screen, gap["affiliates"], 5)


def warned(firm: Document) -> str:
    """Return what is known against a firm as the end of a bracket."""
    return "".join(f"; ! {flag['text']}" for flag in firm["flags"])


def _named(screen: Screen, text: Text, names: Sequence[str]) -> None:
    if names:
        screen.line(Text(text.msgid, {"names": "; ".join(names)}), 5)


def projects(screen: Screen, document: Document) -> None:
    """Print joint-project candidates."""
    screen.title(T("Joint-project candidates"))
    if not document["items"]:
        screen.line(T("No candidates: the register holds too few firms that fit together."))
    for number, item in enumerate(document["items"], start=1):
        value = screen.money(item["value_rub"]) if item["value_rub"] is not None else screen.say(T("value not stated"))
        screen.head(f"{number}. {item['title']} — {value}")
        screen.plain(
            "; ".join(f"{p['name']} ({screen.say(label(ROLES, p['role']))}{warned(p)})" for p in item["participants"]),
            5,
        )
        for reason in [*item["reasons"], *item["assumptions"]]:
            screen.plain(reason, 5)
        affiliates(screen, item["affiliates"], 5)


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
