"""Commands of the board: list it, put an entry on it, renew or withdraw one."""

from __future__ import annotations

from datetime import date

import click

from matcher.cli.main import Session, common, zveno
from matcher.cli.queries import REGION, ROW, TOP

NUMBER = click.argument("number", type=ROW)
KIND = click.option("--kind", metavar="K", help="product, service, vacancy, joint_project or contract_manufacturing.")
SIDE = click.option("--side", metavar="S", help="offer or request.")


@zveno.group(invoke_without_command=True)
@KIND
@SIDE
@REGION
@click.option("--text", metavar="T", help="What is looked for: words in any form, or their activity.")
@click.option("--source", metavar="S", help="board: entries of companies; card: what their cards say.")
@click.option("--order", metavar="O", help="best, new, ending or firm.")
@click.option("--all", "everything", is_flag=True, help="Every entry, also those that expired or were withdrawn.")
@click.option("--top", type=TOP, default=20, show_default=True, help="Entries to list.")
@common
@click.pass_context
def board(
    context: click.Context,
    session: Session,
    kind: str | None,
    side: str | None,
    region: str | None,
    text: str | None,
    source: str | None,
    order: str | None,
    everything: bool,
    top: int,
) -> None:
    """Offers and requests that stand on the board; ``zveno board add`` puts one on it."""
    from matcher.pipeline.exchange.board import own_entries
    from matcher.pipeline.exchange.board_list import Wanted, card_notices
    from matcher.pipeline.exchange.board_list import board as answer

    if context.invoked_subcommand is not None:
        return
    workspace, today = session.workspace, date.today()
    if everything:
        session.emit(own_entries(workspace, None, None, today), "board")
        return
    wanted = Wanted(kind, side, region, source, None, text, order, 0, top)
    session.emit(answer(workspace, wanted, card_notices(workspace), today), "board")


@board.command("add")
@click.option("--inn", required=True, metavar="INN", help="INN of the company whose entry it is.")
@click.option(
    "--kind", required=True, metavar="K", help="product, service, vacancy, joint_project or contract_manufacturing."
)
@click.option("--side", required=True, metavar="S", help="offer or request.")
@click.option("--title", required=True, metavar="T", help="What exactly, in a line.")
@click.option("--text", default="", metavar="T", help="At length; several things are separated by a semicolon.")
@click.option("--title-en", default="", metavar="T", help="The line in English.")
@click.option("--volume", default="", metavar="T", help="How much, how often.")
@click.option("--price", default="", metavar="T", help="For how much.")
@click.option("--terms", default="", metavar="T", help="Delivery, payment, certificates, place.")
@click.option(
    "--okved",
    default="",
    metavar="CODES",
    help="Activity codes separated by semicolons; else the words are understood.",
)
@click.option("--until", default="", metavar="DATE", help="Last day, for example 2026-12-31 (default: in 90 days).")
@common
def add(session: Session, **said: str) -> None:
    """Put an entry on the board."""
    from matcher.pipeline.exchange.board import post
    from models.errors import UsageError
    from models.text import T, Text

    done = post(session.workspace, said, None, "", date.today())
    if done.entry is None:
        name, why = done.refused[0]
        raise UsageError(T("{name}: {why}", name=f"--{name.replace('_', '-')}", why=why), Text(""))
    session.emit(done.entry, "board_entry")


@board.command("renew")
@NUMBER
@click.option(
    "--days", type=click.IntRange(1, 365), default=90, show_default=True, help="For how many days from today."
)
@common
def renew(session: Session, number: int, days: int) -> None:
    """Let an entry hold anew from today, also one that expired or was withdrawn."""
    from matcher.pipeline.exchange.board import renew as anew

    session.emit(anew(session.workspace, number, None, "", date.today(), days), "board_entry")


@board.command("withdraw")
@NUMBER
@common
def withdraw(session: Session, number: int) -> None:
    """Take an entry off the board."""
    from matcher.pipeline.exchange.board import withdraw as take

    session.emit(take(session.workspace, number, None, "", date.today()), "board_entry")
