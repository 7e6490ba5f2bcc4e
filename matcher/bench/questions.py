"""Speed and memory of the main queries, beside what a plain pass over the same data costs."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np

from matcher.match.pairs import firm_party
from matcher.match.shortlist import Filters, rank_buyers, rank_suppliers
from matcher.pipeline.demo import ANCHORS, CLUSTER, REGION
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document

REPEATS = 15
#: The command line without the web server: the questions that are timed.
_PROGRAM = """
import matcher.cli.partners, matcher.cli.projects, matcher.cli.queries
from matcher.cli.main import run, zveno
raise SystemExit(run(zveno))
"""


def bench(workspace: Workspace) -> Document:
    """Return median milliseconds of each query and the peak memory of this process.

    The peer of a shortlist is the least any exact ranking must do: one dense product of the share matrix with the
    buyer's recipe and one sort, without parts, reasons or expected trade.
    """
    columns, economy, decisions = workspace.columns, workspace.economy, workspace.decisions
    party = firm_party(columns, workspace.firm(ANCHORS[0]))
    dense = columns.shares.toarray()
    recipe = economy.spending(party.shares)
    figures = {
        "suppliers_ms": _median_ms(lambda: rank_suppliers(columns, economy, party, Filters(), decisions)),
        "buyers_ms": _median_ms(lambda: rank_buyers(columns, economy, party, Filters(), decisions)),
        "peer_dense_product_and_sort_ms": _median_ms(lambda: np.argsort(-(dense @ recipe), kind="stable")),
    }
    commands = {
        "suppliers_cold_s": ["suppliers", ANCHORS[0]],
        "gaps_cold_s": ["gaps", "--cluster", CLUSTER, "--region", REGION],
        "projects_cold_s": ["projects", "--cluster", CLUSTER, "--region", REGION],
    }
    for name, command in commands.items():
        figures[name] = _command_seconds(workspace, command)
    return {
        "firms": len(columns),
        "shares": len(columns.share_code),
        **figures,
        "peak_memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "peak_memory_of_commands_mib": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    }


def _median_ms(work: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return round(float(np.median(times)) * 1000, 2)


def _command_seconds(workspace: Workspace, command: list[str]) -> float:
    """Return the wall time of one command in a new process."""
    database = workspace.settings.database_url
    start = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own program with fixed arguments
        [
            sys.executable,
            "-c",
            _PROGRAM,
            *command,
            "--json",
            "--db",
            database,
        ],
        check=True,
        capture_output=True,
    )
    return round(time.perf_counter() - start, 2)
