"""Quality on the bundled benchmarks, with baselines beside; suites by name."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.errors import UnreadableFile
from models.text import T

#: Where the case tables of a checkout lie; they are tests, not part of an installation.
CASES = Path(__file__).resolve().parents[2] / "tests" / "cases"


def evaluate(workspace: Workspace, suites: tuple[str, ...]) -> Document:
    """Return the figures of the suites asked for, of all by default."""
    return {"suites": {name: SUITES[name](workspace) for name in suites or tuple(SUITES)}}


def _inputs(_workspace: Workspace) -> Document:
    from matcher.pipeline.evaluate_inputs import evaluate_inputs

    return evaluate_inputs(_cases("expert_inputs.csv"))


def _positions(_workspace: Workspace) -> Document:
    from matcher.pipeline.positions import evaluate_positions

    return evaluate_positions(_cases("upstreamness_russia_2011.csv"))


def _classify(workspace: Workspace) -> Document:
    from matcher.classify.evaluate import evaluate_texts

    return _by_half("product_texts.csv", lambda rows: evaluate_texts(rows, workspace.classifier.texts))


def _firms(workspace: Workspace) -> Document:
    from matcher.classify.evaluate import evaluate_names

    return _by_half("firm_names.csv", lambda rows: evaluate_names(rows, workspace.classifier))


def _names(workspace: Workspace) -> Document:
    from matcher.pipeline.resolve import evaluate_names

    return _by_half("name_pairs.csv", lambda rows: evaluate_names(workspace, rows))


def _decisions(workspace: Workspace) -> Document:
    from matcher.pipeline.learn import evaluate_decisions

    return evaluate_decisions(workspace)


def _by_half(name: str, measure: Callable[[list[dict[str, str]]], Document]) -> Document:
    """Return the figures of the test half, with those of the half used for development beside them."""
    cases = _cases(name)
    halves = {half: [row for row in cases if row["half"] == half] for half in ("test", "development")}
    return {**measure(halves["test"]), "half": "test", "development": measure(halves["development"])}


SUITES: Mapping[str, Callable[[Workspace], Document]] = {
    "inputs": _inputs,
    "classify": _classify,
    "firms": _firms,
    "names": _names,
    "decisions": _decisions,
    "positions": _positions,
}


def _cases(name: str) -> list[dict[str, str]]:
    path = CASES / name
    if not path.exists():
        raise UnreadableFile(
            T("{path}: the benchmark's cases are not here", path=path), T("run it in a checkout of the repository")
        )
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
