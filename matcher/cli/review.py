"""Commands by which a person says which firm a row without INN means, and how its questions look on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.main import Session, common, zveno
from matcher.cli.names import DECISIONS
from matcher.cli.queries import ROW
from matcher.cli.screen import Screen
from matcher.cli.words import FIELDS, label
from models.errors import UsageError, ZvenoError
from models.text import T, Text

if TYPE_CHECKING:
    from matcher.pipeline.workspace import Workspace

Document = Mapping[str, Any]
ITEM = click.argument("item", type=ROW)
#: Questions listed on a terminal; JSON and the sheet have all.
LISTED = 20

VERDICTS: Mapping[str, Text] = MappingProxyType(
    {
        "same": T("it is {inns}"),
        "different": T("it is not {inns}"),
        "none": T("the register has no such firm yet"),
        "dropped": T("left out"),
        "open": T("the answer is taken back; it waits again"),
    }
)


@zveno.group(invoke_without_command=True)
@click.option("--out", metavar="FILE", help="Write a workbook (XLSX) to fill in and import.")
@click.option("--ask", is_flag=True, help="Go through the questions one by one.")
@common
@click.pass_context
def review(context: click.Context, session: Session, out: str | None, ask: bool) -> None:
    """Rows that name a firm and give no INN: say who it is."""
    from matcher.pipeline.register import review as cases

    if context.invoked_subcommand is not None:
        return
    if ask and (out or session.as_json):
        raise UsageError(T("--ask is a dialogue of its own"), T("leave out --out and --json"))
    if ask:
        session.emit(dialogue(session), "facts")
    elif out:
        session.emit(cases.review_sheet(session.workspace, out), "facts")
    else:
        session.emit(cases.review(session.workspace), "review")


@review.command("confirm")
@ITEM
@click.argument("inn")
@common
def confirm(session: Session, item: int, inn: str) -> None:
    """Say that the firm is the one with this INN, now and in every file to come."""
    from matcher.pipeline.register import review as cases

    session.emit(cases.confirm(session.workspace, item, inn), "answered")


@review.command("reject")
@ITEM
@click.argument("inn", required=False)
@common
def reject(session: Session, item: int, inn: str | None) -> None:
    """Say that the firm is not the one with this INN, or without INN none of those proposed."""
    from matcher.pipeline.register import review as cases

    session.emit(cases.reject(session.workspace, item, inn), "answered")


@review.command("drop")
@ITEM
@common
def drop(session: Session, item: int) -> None:
    """Leave the rows of this name and place out."""
    from matcher.pipeline.register import review as cases

    session.emit(cases.drop(session.workspace, item), "answered")


@review.command("reopen")
@ITEM
@common
def reopen(session: Session, item: int) -> None:
    """Take back what was last said."""
    from matcher.pipeline.register import review as cases

    session.emit(cases.reopen(session.workspace, item), "answered")


def dialogue(session: Session) -> dict[str, int]:
    """Ask one question after another and return how many were answered in which way."""
    from matcher.pipeline.register import review as cases

    workspace, counts = session.workspace, Counter[str]()
    document = cases.review(workspace)
    say: Callable[[Text], str] = lambda text: text.render(session.settings.lang)  # noqa: E731
    for number, asked in enumerate(document["items"], 1):
        session.emit({"number": number, "total": document["total"], "asked": asked}, "question")
        try:
            verdict = ask(workspace, asked, say)
        except click.Abort:
            break
        if verdict == "stop":
            break
        counts[verdict] += 1
    answers = ("same", "different", "dropped")
    done = sum(counts[each] for each in answers)
    return {**{each: counts[each] for each in answers}, "waiting": document["total"] - done}


def ask(workspace: Workspace, asked: Document, say: Callable[[Text], str]) -> str:
    """Ask until an answer can be taken, and return which kind it was; an empty one leaves the question for later."""
    prompt = say(T("number of a firm, its INN, n none of these, d leave out, q stop, Enter later"))
    while True:
        text = str(click.prompt(prompt, default="", show_default=False)).strip()
        try:
            return take(workspace, asked, text)
        except ZvenoError as error:
            click.echo(f"{say(error.message)} {say(error.hint) if error.hint else ''}", err=True)


def take(workspace: Workspace, asked: Document, text: str) -> str:
    """Do what an answer says and return its kind."""
    from matcher.pipeline.register import review as cases

    item, proposed = asked["item"], [one["inn"] for one in asked["candidates"]]
    match text.casefold():
        case "":
            return "later"
        case "q" | "в":
            return "stop"
        case "n" | "no" | "н" | "нет":
            cases.reject(workspace, item, None)
            return "different"
        case "d" | "п":
            cases.drop(workspace, item)
            return "dropped"
    if text.isdecimal() and 0 < int(text) <= len(proposed):
        text = proposed[int(text) - 1]
    cases.confirm(workspace, item, text)
    return "same"


def view(screen: Screen, document: Document) -> None:
    """Print questions with the firms that may be meant."""
    screen.title(T("{total} firms without INN, {rows} rows", total=document["total"], rows=document["rows"]))
    for asked in document["items"][:LISTED]:
        _asked(screen, asked)
    left = document["total"] - LISTED
    if left > 0:
        screen.line(T("and {more} more; --json lists all", more=left))
    if document["items"]:
        screen.line(T("to answer one: zveno review confirm ITEM INN, reject ITEM [INN], drop ITEM"))
        screen.line(T("to answer all: zveno review --ask, or --out FILE.xlsx and import the file filled in"))


def question(screen: Screen, document: Document) -> None:
    """Print one question of a dialogue."""
    screen.title(T("question {number} of {total}", number=document["number"], total=document["total"]))
    _asked(screen, document["asked"])


def _asked(screen: Screen, asked: Document) -> None:
    place = f", {asked['place']}" if asked["place"] else ""
    screen.head(f"[{asked['item']}] {asked['name']}{place}")
    first = asked["rows"][0]
    where = T("{file}, line {line}", file=first["file"], line=first["line"])
    more = T("{where}, and {count} more rows", where=where, count=len(asked["rows"]) - 1)
    screen.line(where if len(asked["rows"]) == 1 else more, 6)
    for name, value in asked["told"].items():
        screen.plain(told_words(screen, name, value), 6)
    screen.line(DECISIONS[asked["decision"]], 6)
    for number, one in enumerate(asked["candidates"], 1):
        place = f", {one['place']}" if one["place"] else ""
        screen.plain(f"{number}. {one['name']} ({one['inn']}{place}) {screen.number(one['score'], 2)}", 6)
        for reason in one["reasons"]:
            screen.plain(reason, 9)


def told_words(screen: Screen, name: str, value: Any) -> str:
    """Return a cell of a row in words: its column, the year of a figure, and roubles as such."""
    field, _, year = name.partition(" ")
    title = " ".join(filter(None, (screen.say(label(FIELDS, field)), year)))
    if field.endswith("_rub"):
        return f"{title}: {screen.money(value)}"
    return f"{title}: {value:g}" if isinstance(value, float) else f"{title}: {value}"


def answered(screen: Screen, document: Document) -> None:
    """Print what an answer did."""
    inns, verdict = ", ".join(document["inns"]), VERDICTS[document["verdict"]]
    verdict = Text(verdict.msgid, {"inns": inns}) if inns else verdict
    screen.line(T("row {item}: {verdict}", item=document["item"], verdict=verdict))
    if "added" not in document:
        screen.line(T("{rows} rows of this name and place", rows=document["rows"]))
        return
    screen.line(T("{rows} rows; {added} companies or sales added, {changed} changed", rows=document["rows"],
                  added=document["added"], changed=document["changed"]))  # fmt: skip
