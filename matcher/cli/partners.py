"""Commands about partners: shortlists, one pair, decisions on pairs and what is learned from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.main import Document, Session, common, requests_of, zveno
from matcher.cli.queries import CLUSTER, FILE, REGION, TOP
from models.errors import UsageError
from models.text import T, Text

if TYPE_CHECKING:
    from matcher.match.whatif import Changes
    from matcher.report.ranking.layout import Layout


def _layout(session: Session, flat: bool, out: str | None) -> Layout:
    """Return what of a list is made: documents and files hold the whole of it."""
    return "flat" if flat and not (session.as_json or out) else "whole"


def what_if(command: Callable[..., None]) -> Callable[..., None]:
    """Give a shortlist the options that change the question; they arrive as one ``changes``."""

    @click.option("--radius", type=click.FloatRange(min=0, min_open=True), metavar="KM", help="Farthest candidate.")
    @click.option("--weights", multiple=True, metavar="PART=X", help="What if a part weighed X times as much.")
    @click.option(
        "--without",
        multiple=True,
        metavar="PART",
        help="Leave out a part of the score, or of the recipe: current, capital, channel.",
    )
    @click.option("--price", multiple=True, metavar="CODE=X", help="What if goods of a code cost X times as much.")
    @wraps(command)
    def wrapper(
        *args: Any,
        radius: float | None,
        weights: tuple[str, ...],
        without: tuple[str, ...],
        price: tuple[str, ...],
        **kwargs: Any,
    ) -> None:
        from matcher.pipeline.whatif import changes_of

        command(*args, changes=changes_of(weights, without, price, radius), **kwargs)

    return wrapper


OUT = click.option("--out", metavar="FILE", help="Write the list, with reasons, to FILE.xlsx, FILE.docx or FILE.pdf.")


def only_request(requests: Sequence[str]) -> str:
    """Return the one request whose list is written to a file.

    Raises
    ------
    UsageError
        If there are several.
    """
    if len(requests) != 1:
        raise UsageError(T("a file holds the list of one company"), T("give one INN with --out"))
    return requests[0]


def write_list(session: Session, out: str, answer: Callable[[], Document], title: Callable[[Document], Text]) -> None:
    """Write a shortlist to a file; what kind it is must be clear before anything is computed."""
    from pathlib import Path

    from matcher.report.files.shortlist_files import form_of, write_shortlist

    path = Path(out)
    form_of(path)
    document = answer()
    session.emit(write_shortlist(path, document, title(document), session.settings.lang), "facts")


@zveno.command()
@click.argument("inns", metavar="INN", nargs=-1)
@FILE
@REGION
@click.option("--top", type=TOP, default=20, show_default=True, help="Candidates to list.")
@click.option("--sme", is_flag=True, help="Small and medium companies only.")
@click.option("--need", metavar="TEXT", help="What is needed, in words.")
@click.option("--instead-of", metavar="TEXT", help="What if --need took the place of this need, or of all inputs: all.")
@click.option("--new-only", is_flag=True, help="Leave out present partners.")
@click.option("--makers-only", is_flag=True, help="Leave out wholesalers.")
@click.option(
    "--certified",
    type=click.IntRange(0, 120),
    metavar="MONTHS",
    help="Only makers whose products stay in the register of Russian products so long.",
)
@click.option("--mutual", is_flag=True, help="Show also the asker's place on each candidate's own list.")
@click.option("--flat", is_flag=True, help="One list with all reasons, not by input.")
@OUT
@what_if
@common
def suppliers(
    session: Session,
    inns: tuple[str, ...],
    file: str | None,
    region: str | None,
    top: int,
    sme: bool,
    need: str | None,
    instead_of: str | None,
    new_only: bool,
    makers_only: bool,
    certified: int | None,
    mutual: bool,
    flat: bool,
    out: str | None,
    changes: Changes,
) -> None:
    """Who could supply a company: by input, stated needs and large spending first, or with --flat as one list."""
    from matcher.pipeline.shortlists import Options
    from matcher.pipeline.shortlists import suppliers as answer

    requests, workspace = requests_of(inns, file), session.workspace
    changes = replace(changes, instead_of=instead_of)
    options = Options(
        top, region, sme, new_only, makers_only, need, changes, mutual, certified, layout=_layout(session, flat, out)
    )
    if out:
        from matcher.report.files.shortlist_files import supplier_title

        inn = only_request(requests)
        write_list(session, out, lambda: answer(workspace, inn, options), supplier_title)
        return
    session.emit_each(requests, lambda inn: answer(workspace, inn, options), "suppliers_flat" if flat else "suppliers")


@zveno.command()
@click.argument("inns", metavar="INN", nargs=-1)
@FILE
@click.option("--text", metavar="T", help="What is made, in own words.")
@click.option("--okved", metavar="CODE", multiple=True, help="Activity code; may be repeated.")
@REGION
@click.option("--city", metavar="C", help="Town of the supplier, with --text or --okved.")
@click.option("--home", metavar="NN", help="Region of the supplier, with --text or --okved.")
@click.option("--revenue-rub", type=click.FloatRange(min=0, min_open=True), help="Yearly revenue of the supplier.")
@click.option("--top", type=TOP, default=20, show_default=True, help="Candidates to list.")
@click.option("--sme", is_flag=True, help="Small and medium companies only.")
@click.option("--new-only", is_flag=True, help="Leave out present partners.")
@click.option("--makers-only", is_flag=True, help="Leave out those who would sell it on.")
@click.option("--mutual", is_flag=True, help="Show also the asker's place on each candidate's own list.")
@click.option("--flat", is_flag=True, help="One list, also of those who would sell it on.")
@OUT
@what_if
@common
def buyers(
    session: Session,
    inns: tuple[str, ...],
    file: str | None,
    text: str | None,
    okved: tuple[str, ...],
    region: str | None,
    city: str | None,
    home: str | None,
    revenue_rub: float | None,
    top: int,
    sme: bool,
    new_only: bool,
    makers_only: bool,
    mutual: bool,
    flat: bool,
    out: str | None,
    changes: Changes,
) -> None:
    """Who could buy what a company makes; also for a firm that is in no register."""
    from matcher.pipeline.described import Described
    from matcher.pipeline.shortlists import Options, buyers_for
    from matcher.pipeline.shortlists import buyers as answer

    workspace = session.workspace
    options = Options(
        top, region, sme, new_only, makers_only, None, changes, mutual, layout=_layout(session, flat, out)
    )
    if text is None and not okved:
        if out:
            from matcher.report.files.shortlist_files import buyer_title

            inn = only_request(requests_of(inns, file))
            write_list(session, out, lambda: answer(workspace, inn, options), buyer_title)
            return
        session.emit_each(requests_of(inns, file), lambda inn: answer(workspace, inn, options), "buyers")
        return
    if inns or file:
        raise UsageError(T("an INN and a description were both given"), T("give an INN, or --text, or --okved"))
    who = Described(text, okved, home or region, city, revenue_rub)
    if out:
        from matcher.report.files.shortlist_files import buyer_title

        write_list(session, out, lambda: buyers_for(workspace, who, options), buyer_title)
        return
    session.emit(buyers_for(workspace, who, options), "buyers")


@zveno.command()
@click.argument("supplier_inn")
@click.argument("buyer_inn")
@common
def explain(session: Session, supplier_inn: str, buyer_inn: str) -> None:
    """The score of one pair, part by part, with evidence."""
    from matcher.pipeline.shortlists import explain as answer

    session.emit(answer(session.workspace, supplier_inn, buyer_inn), "explain")


@zveno.command()
@click.argument("supplier_inn")
@click.argument("buyer_inn")
@click.argument("verdict", type=click.Choice(["accept", "decline", "later", "reopen"]))
@click.option("--reason-code", default="", metavar="CODE", help="Why, as a code: price, quality, distance and others.")
@click.option("--reason", default="", metavar="T", help="Why.")
@common
def decide(session: Session, supplier_inn: str, buyer_inn: str, verdict: str, reason_code: str, reason: str) -> None:
    """Remember a decision about a pair, or with reopen take back the one in force."""
    from matcher.pipeline.register.imports import decide as answer

    session.emit(answer(session.workspace, supplier_inn, buyer_inn, verdict, reason, "", reason_code), "decision")


@zveno.command()
@CLUSTER
@click.option("--list", "listed", is_flag=True, help="List the versions of learned weights.")
@click.option("--undo", is_flag=True, help="Take back the latest version in force.")
@common
def learn(session: Session, cluster: str | None, listed: bool, undo: bool) -> None:
    """Fit the weights of the score to decisions and observed links, and say what moved and why."""
    from matcher.pipeline import learn as weights

    if listed and undo:
        raise UsageError(T("--list and --undo were both given"), T("give one of them"))
    workspace = session.workspace
    if listed:
        session.emit(weights.history(workspace), "versions")
    elif undo:
        session.emit(weights.undo(workspace, cluster), "weights_undone")
    else:
        session.emit(weights.learn(workspace, cluster), "learned")
