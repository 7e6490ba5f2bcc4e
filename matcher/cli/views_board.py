"""How the board looks on the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.cli.screen import Screen
from matcher.cli.words import label
from matcher.report.board import KIND_NAMES, SIDE_NAMES, STATE_NAMES
from models.text import T, Text

Document = Mapping[str, Any]


def board(screen: Screen, document: Document) -> None:
    """Print the entries of the board, or all that were ever on it."""
    screen.title(T("Board of offers and requests"))
    if not document["items"]:
        screen.line(T("Nothing on the board fits."))
    for item in document["items"]:
        entry(screen, item)
    if "total" in document:
        screen.line(T("{shown} of {total} shown", shown=len(document["items"]), total=document["total"]))


def entry(screen: Screen, item: Document) -> None:
    """Print one entry."""
    number = f"№ {item['ref']} " if item["source"] == "board" else ""
    screen.head(f"{number}{item['title']}")
    side, kind = screen.say(label(SIDE_NAMES, item["side"])), screen.say(label(KIND_NAMES, item["kind"]))
    state = f" · {screen.say(label(STATE_NAMES, item['state']))}" if "state" in item else ""
    firm = ", ".join(
        part for part in (item["name"], f"{screen.say(T('INN'))} {item['inn']}", item["city"] or "") if part
    )
    screen.plain(f"{side}, {kind}{state} · {firm} · {_holds(screen, item)}", 5)
    if item["text"] and item["source"] == "board":
        screen.plain(item["text"], 5)
    for name, key in ((T("Volume"), "volume"), (T("Price"), "price"), (T("Terms"), "terms")):
        if item[key]:
            screen.plain(f"{screen.say(name)}: {item[key]}", 5)
    if item["okved"]:
        screen.plain("; ".join(f"{code['code']} {code['name']}" for code in item["okved"]), 5)
    if item.get("why"):
        screen.plain(item["why"], 5)


def _holds(screen: Screen, item: Document) -> str:
    text: Text = T("holds until {date}", date=item["until"]) if item["until"] else T("as long as the card says so")
    return screen.say(text)
