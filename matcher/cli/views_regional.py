"""Views of a region: its gaps, and what holds its firms together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matcher.cli.screen import Screen
from matcher.cli.views_shortlists import affiliates
from matcher.cli.words import STAGES, label
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
        _named(
            screen,
            T("brought in by wholesalers: {names}"),
            [f"{w['name']} ({screen.kilometres(w['distance_km'])}{warned(w)})" for w in gap["wholesalers"]],
        )
        if source := gap["single_source"]:
            _named(
                screen,
                T("would lose most with {source}: {names}", source=source["name"]),
                [f"{h['name']} ({screen.money(h['loss_rub'])})" for h in source["hit"]],
            )
        affiliates(screen, gap["affiliates"], 5)
    _missing_links(screen, document)


def _missing_links(screen: Screen, document: Document) -> None:
    """Print pairs that are here and expected to trade, and from what is known whether they do."""
    if not document["missing_links"]:
        return
    screen.title(T("Links that are missing though both sides are here"))
    if not document["observed_links"]:
        screen.line(T("no sales are on record: some of these pairs may trade already"))
    screen.table(
        [T("supplier"), T("buyer"), T("what"), T("expected a year"), T("distance")],
        [
            (link["supplier"]["name"], link["buyer"]["name"], f"{link['okved_code']} {link['name']}",
             screen.money(link["expected_value_rub"]), screen.kilometres(link["distance_km"]))
            for link in document["missing_links"]
        ],
        right=(3, 4),
    )  # fmt: skip


def warned(firm: Document) -> str:
    """Return what is known against a firm as the end of a bracket."""
    return "".join(f"; ! {flag['text']}" for flag in firm["flags"])


def _named(screen: Screen, text: Text, names: Sequence[str]) -> None:
    if names:
        screen.line(Text(text.msgid, {**text.params, "names": "; ".join(names)}), 5)


def structure(screen: Screen, document: Document) -> None:
    """Print what holds the firms together."""
    screen.title(T("What holds the firms together"))
    screen.line(
        T(
            "{firms} firms, {observed} sales on record and {expected} expected ones (the three largest of each buyer)",
            firms=document["firms"],
            observed=document["observed"],
            expected=document["expected"],
        )
    )
    for number, each in enumerate(document["communities"], start=1):
        names = "; ".join(activity["name"] for activity in each["activities"])
        screen.head(f"{number}. {names}")
        screen.line(
            T(
                "{firms} firms, {inside} of their trade is among themselves",
                firms=each["firms"],
                inside=screen.percent(each["inside_share"]),
            ),
            5,
        )
        screen.plain("; ".join(firm["name"] for firm in each["members"]), 5)
    _told(screen, T("Hubs"), document["hubs"])
    _told(screen, T("Widest reach down the chain"), document["reach"])
    _told(screen, T("Firms the network falls apart without"), document["joints"])
    if document["bridges"]:
        screen.title(T("Links the network falls apart without"))
    for bridge in document["bridges"]:
        screen.plain(f"{bridge['first']['name']} — {bridge['second']['name']}: {screen.money(bridge['rub'])}")


def _told(screen: Screen, heading: Text, firms: Sequence[Document]) -> None:
    if firms:
        screen.title(heading)
    for firm in firms:
        screen.plain(f"{firm['name']}: {firm['text']}")
