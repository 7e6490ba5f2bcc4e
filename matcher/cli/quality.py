"""Commands that measure Zveno itself: how often it is right, how fast it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from matcher.cli.main import Session, common, zveno
from models.errors import UsageError
from models.text import T

SIZE = click.IntRange(min=1)


@zveno.command()
@click.argument("suites", metavar="[SUITE]", nargs=-1)
@common
def evaluate(session: Session, suites: tuple[str, ...]) -> None:
    """Quality on the bundled benchmarks, with baselines: inputs, classify, firms, names; decisions, positions."""
    from matcher.pipeline.evaluate import SUITES
    from matcher.pipeline.evaluate import evaluate as answer

    for suite in suites:
        if suite not in SUITES:
            raise UsageError(T("there is no suite {suite}", suite=suite), T("suites: {names}", names=", ".join(SUITES)))
    session.emit(answer(session.workspace, suites), "evaluate")


@zveno.command()
@click.argument(
    "name", metavar="[NAME]", type=click.Choice(["queries", "import", "classify", "resolve"]), default="queries"
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
@common
def bench(session: Session, name: str, documents: int, rows: int, texts: int, names: int) -> None:
    """Speed and memory: main queries, the import of a generated register, new and known texts, names among millions."""
    measures: dict[str, Callable[[], Any]] = {
        "queries": lambda: _bench_queries(session),
        "import": lambda: _bench_import(documents, rows),
        "classify": lambda: _bench_classify(session, texts),
        "resolve": lambda: _bench_resolve(session, names),
    }
    session.emit({"bench": name, **measures[name]()}, "facts")


def _bench_queries(session: Session) -> Any:
    from matcher.pipeline.bench import bench as measure

    return measure(session.workspace)


def _bench_import(documents: int, rows: int) -> Any:
    from matcher.pipeline.bench_import import bench_import

    return bench_import(documents, rows)


def _bench_classify(session: Session, texts: int) -> Any:
    from matcher.pipeline.bench_classify import bench_classify

    return bench_classify(texts, session.settings.model_name)


def _bench_resolve(session: Session, names: int) -> Any:
    from matcher.pipeline.bench_resolve import bench_resolve

    return bench_resolve(session.workspace, names)
