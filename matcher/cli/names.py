"""The command that finds a company named in free text, and how its answer looks on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import click

from matcher.cli.main import Session, common, requests_of, zveno
from matcher.cli.screen import Screen
from models.errors import UsageError
from models.text import T, Text

DECISIONS: Mapping[str, Text] = MappingProxyType(
    {
        "match": T("one company fits"),
        "ambiguous": T("several companies fit; a person has to choose"),
        "none": T("no company of the register fits well enough"),
    }
)


@zveno.command()
@click.option("--name", metavar="T", help="A company in free text: any spelling, legal form, town.")
@click.option("--file", metavar="FILE", help="Read names from a file, one a line.")
@click.option("--top", type=click.IntRange(1, 60), default=10, show_default=True, help="Candidates to list.")
@common
def resolve(session: Session, name: str | None, file: str | None, top: int) -> None:
    """Which company of the register a free text names."""
    from matcher.pipeline.register.resolve import resolve as answers

    if (name is None) == (file is None):
        raise UsageError(T("say which company, one way"), T("give --name or --file"))
    requests = requests_of([name] if name is not None else [], file)
    session.emit_each(requests, answers(session.workspace, top), "resolve")


def view(screen: Screen, document: Mapping[str, Any]) -> None:
    """Print a decision and its candidates with reasons."""
    screen.title(T("“{text}”: {decision}", text=document["text"], decision=DECISIONS[document["decision"]]))
    for one in document["candidates"]:
        screen.head(T("{name} (INN {inn}), {score}", name=one["name"], inn=one["inn"],
                      score=screen.number(one["score"], 2)).render(screen.lang))  # fmt: skip
        for reason in one["reasons"]:
            screen.plain(reason, indent=4)
