"""Commands that measure Zveno itself: how often it is right, how fast it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from matcher.cli.main import Session, common, zveno
from models.errors import UsageError
from models.text import T

SIZE = click.IntRange(min=1)


@zveno.command()
@click.argument("suites", metavar="[SUITE]", nargs=-1)
@click.option(
    "--held",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="Judge these tables of links, or those in a folder, in place of the bundled ones (suite links).",
)
@common
def evaluate(session: Session, suites: tuple[str, ...], held: tuple[Path, ...]) -> None:
    """Quality beside baselines, by suite.

    Suites: buyers, classify, decisions, economy, firms, gaps, inputs,
    links, names, positions, products, rankings, relatedness, spoken, unseen.
    """
    from matcher.evaluate.suites import SUITES
    from matcher.evaluate.suites import evaluate as answer

    for suite in suites:
        if suite not in SUITES:
            raise UsageError(T("there is no suite {suite}", suite=suite), T("suites: {names}", names=", ".join(SUITES)))
    session.emit(answer(session.workspace, suites, held), "evaluate")


@zveno.command()
@click.argument(
    "name",
    metavar="[NAME]",
    type=click.Choice(["queries", "import", "classify", "resolve", "shortlist", "gaps", "web"]),
    default="queries",
)
@click.option(
    "--documents", default=200_000, type=SIZE, metavar="N", help="Size of the register generated for `bench import`."
)
@click.option(
    "--rows", default=1_000_000, type=SIZE, metavar="N", help="Size of the table generated for `bench import`."
)
@click.option("--texts", default=400, type=SIZE, metavar="N", help="Descriptions generated for `bench classify`.")
@click.option(
    "--names", default=6_500_000, type=SIZE, metavar="N", help="Names among which `bench resolve` looks (8 GB)."
)
@click.option(
    "--firms",
    default=50_000,
    type=SIZE,
    metavar="N",
    help="Size of the register generated for shortlist, gaps and web.",
)
@click.option(
    "--edges", default=1_000_000, type=SIZE, metavar="N", help="Links of the network generated for `bench gaps`."
)
@click.option("--users", default=20, type=click.IntRange(1, 200), metavar="N", help="People at work in `bench web`.")
@common
def bench(
    session: Session, name: str, documents: int, rows: int, texts: int, names: int, firms: int, edges: int, users: int
) -> None:
    """Speed and memory: queries, imports, shortlists and gaps of generated registers, texts, names, pages."""
    measures: dict[str, Callable[[], Any]] = {
        "queries": lambda: _bench_queries(session),
        "import": lambda: _bench_import(documents, rows),
        "classify": lambda: _bench_classify(session, texts),
        "resolve": lambda: _bench_resolve(session, names),
        "shortlist": lambda: _bench_shortlist(firms),
        "gaps": lambda: _bench_gaps(firms, edges),
        "web": lambda: _bench_web(firms, users),
    }
    session.emit({"bench": name, **measures[name]()}, "facts")


def _bench_queries(session: Session) -> Any:
    from matcher.bench.questions import bench as measure

    return measure(session.workspace)


def _bench_import(documents: int, rows: int) -> Any:
    from matcher.bench.imports import bench_import

    return bench_import(documents, rows)


def _bench_classify(session: Session, texts: int) -> Any:
    from matcher.bench.classify import bench_classify

    return bench_classify(texts, session.settings.model_name)


def _bench_resolve(session: Session, names: int) -> Any:
    from matcher.bench.resolve import bench_resolve

    return bench_resolve(session.workspace, names)


def _bench_shortlist(firms: int) -> Any:
    from matcher.bench.shortlist import bench_shortlist

    return bench_shortlist(firms)


def _bench_gaps(firms: int, edges: int) -> Any:
    from matcher.bench.gaps import bench_gaps

    return bench_gaps(firms, edges)


def _bench_web(firms: int, users: int) -> Any:
    from matcher.bench.web import bench_web

    return bench_web(firms, users)
