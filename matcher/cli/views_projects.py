"""Views of joint projects: candidates, a portfolio of them, one with its decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.cli.screen import Screen
from matcher.cli.views_regional import warned
from matcher.cli.views_shortlists import affiliates
from matcher.cli.words import AMOUNTS, GAINS, ROLES, VERDICTS, label
from matcher.report.figures import growth, whole
from matcher.report.files.one_page import below, sections
from models.text import T, Text

Document = Mapping[str, Any]


def projects(screen: Screen, document: Document) -> None:
    """Print joint-project candidates, and of a portfolio what it reaches."""
    screen.title(T("Joint-project candidates"))
    if "portfolio" in document:
        _portfolio(screen, document["portfolio"])
    if not document["items"]:
        screen.line(T("No candidates: the register holds too few firms that fit together."))
    for number, item in enumerate(document["items"], start=1):
        _project(screen, f"{number}. ", item)


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
            greedy=_reached(screen, chosen["greedy_rub"]),
            random=_reached(screen, chosen["random_rub"]),
            smes=chosen["smes"],
            cost=screen.money(chosen["cost_rub"]),
        )
    )
    if chosen["rivals_left_out"]:
        count = whole(chosen["rivals_left_out"], screen.lang)
        screen.line(T("left out, since rivals would agree on prices in them: {count}", count=count))


def _reached(screen: Screen, amount: float | None) -> str:
    """Return what a simpler choice reaches: none keeps to the limits only where small firms are asked for."""
    return screen.say(T("too few small and medium firms")) if amount is None else screen.money(amount)


def _project(screen: Screen, number: str, item: Document) -> None:
    screen.head(f"{number}{item['title']} — {_value(screen, item)}")
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
    if decision := item.get("decision"):
        screen.plain(_decided(screen, decision), 5)
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


def decided(screen: Screen, document: Document) -> None:
    """Print the candidates that were decided on."""
    screen.title(T("Decisions on joint projects"))
    if not document["items"]:
        screen.line(T("nothing was decided yet"))
    for item in document["items"]:
        screen.plain(f"{_decided(screen, item)} — {item['title']} ({item['id']})")


def project(screen: Screen, document: Document) -> None:
    """Print one candidate: today's evidence, what has changed since the decision, every step."""
    screen.title(Text(document["title"]))
    if not document["item"]:
        screen.line(T("today’s data no longer give this candidate; below is what was known when it was decided on"))
    if item := document["item"] or document["evidence"]:
        _in_full(screen, item)
    if document["changes"]:
        _changes(screen, document["changes"], document["evidence"].get("as_of", ""))
    if document["steps"]:
        screen.head(screen.say(T("Every step")))
    for step in document["steps"]:
        screen.plain(_decided(screen, step), 5)


def _in_full(screen: Screen, item: Document) -> None:
    """Print all that the sheet of a project says: participants, reasons, indicators, steps, risks, assumptions."""
    screen.plain(below(item, screen.lang))
    for section in sections(item, {**ROLES, **GAINS}, screen.lang):
        screen.head(section.heading)
        for number, line in enumerate(section.lines, start=1):
            screen.plain(f"{number}. {line}" if section.numbered else line, 5)
        if section.table:
            screen.table([Text(heading) for heading in section.table[0]], section.table[1:])
    affiliates(screen, item["affiliates"], 5)


def _changes(screen: Screen, changes: Document, day: str) -> None:
    screen.table(
        [T("what was known"), T("on {date}", date=day), T("today"), T("change")],
        [
            (screen.say(label(AMOUNTS, each["name"])), _rub(screen, each["then"]), _rub(screen, each["now"]),
             "" if each["change"] is None else growth(each["change"], screen.lang))
            for each in changes["amounts"]
        ],
        right=(1, 2, 3),
    )  # fmt: skip
    for text, firms in ((T("joined since: {names}"), changes["joined"]), (T("left since: {names}"), changes["left"])):
        if firms:
            screen.line(Text(text.msgid, {"names": "; ".join(firm["name"] for firm in firms)}), 5)


def _rub(screen: Screen, value: float | None) -> str:
    return "—" if value is None else screen.money(value)


def _decided(screen: Screen, made: Document) -> str:
    """Return a decision in one line: day, verdict, why, by whom."""
    why = f": {made['text']}" if made["text"] else ""
    by = f" ({made['by']})" if made["by"] else ""
    return f"{made['at'][:10]} {screen.say(label(VERDICTS, made['decision']))}{why}{by}"
