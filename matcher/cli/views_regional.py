"""Views of a region: its gaps and its joint projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matcher.cli.screen import Screen
from matcher.cli.views_shortlists import affiliates
from matcher.cli.words import GAINS, ROLES, STAGES, VERDICTS, label
from matcher.report.frame import whole
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


def projects(screen: Screen, document: Document) -> None:
    """Print joint-project candidates, and of a portfolio what it reaches."""
    screen.title(T("Joint-project candidates"))
    if "portfolio" in document:
        _portfolio(screen, document["portfolio"])
    if not document["items"]:
        screen.line(T("No candidates: the register holds too few firms that fit together."))
    for number, item in enumerate(document["items"], start=1):
        _project(screen, number, item)


def _portfolio(screen: Screen, chosen: Document) -> None:
    """Print what a portfolio is worth, beside simpler choices."""
    screen.line(
        T(
            "chosen of {candidates} candidates: they bring {benefit} a year (savings, value added of sales), "
            "{expected} weighed by how well founded; proven within {gap} of the best possible",
            candidates=chosen["candidates"],
            benefit=screen.money(chosen["benefit_rub"]),
            expected=screen.money(chosen["expected_rub"]),
            gap=screen.percent(chosen["optimality_gap"]),
        )
    )
    screen.line(
        T(
            "the most valuable first would reach {greedy}, chance {random}; cost of preparing: {cost}, small and "
            "medium firms: {smes}",
            greedy=screen.money(chosen["greedy_rub"]),
            random=screen.money(chosen["random_rub"]),
            smes=chosen["smes"],
            cost=screen.money(chosen["cost_rub"]),
        )
    )


def _project(screen: Screen, number: int, item: Document) -> None:
    screen.head(f"{number}. {item['title']} — {_value(screen, item)}")
    for participant in item["participants"]:
        role = screen.say(label(ROLES, participant["role"]))
        screen.plain(f"{participant['name']} ({role}{warned(participant)}){_gained(screen, participant)}", 5)
    for reason in [*item["reasons"], *item["assumptions"]]:
        screen.plain(reason, 5)
    if item["kpis"]:
        moved = "; ".join(
            f"{kpi['no']}. {kpi['name']}: +{whole(kpi['by'], screen.lang)} {kpi['unit']}" for kpi in item["kpis"]
        )
        screen.line(T("moves indicators of the programme: {moved}", moved=moved), 5)
    screen.line(T("directions: {names}", names=", ".join(d["direction"] for d in item["directions"])), 5)
    screen.line(T("first steps: {steps}", steps="; ".join(item["steps"])), 5)
    screen.line(T("number of the project: {id}", id=item["id"]), 5)
    affiliates(screen, item["affiliates"], 5)


def _value(screen: Screen, item: Document) -> str:
    if item["value_rub"] is None:
        return screen.say(T("value not stated"))
    ends = {"low": screen.money(item["value_low_rub"]), "high": screen.money(item["value_high_rub"])}
    return f"{screen.money(item['value_rub'])} ({screen.say(T('{low} to {high}', **ends))})"


def _gained(screen: Screen, participant: Document) -> str:
    if not (gain := participant["gain"]):
        return ""
    low, high = screen.money(gain["low_rub"]), screen.money(gain["high_rub"])
    what = screen.say(label(GAINS, gain["what"]))
    return f": {what} {screen.money(gain['rub'])} ({screen.say(T('{low} to {high}', low=low, high=high))})"


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


def decided(screen: Screen, document: Document) -> None:
    """Print the candidates that were decided on."""
    screen.title(T("Decisions on joint projects"))
    if not document["items"]:
        screen.line(T("nothing was decided yet"))
    for item in document["items"]:
        why = f": {item['reason']}" if item["reason"] else ""
        screen.plain(
            f"{item['at'][:10]} {screen.say(label(VERDICTS, item['decision']))}{why} — {item['title']} ({item['id']})"
        )
