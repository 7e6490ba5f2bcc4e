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


def _classify(workspace: Workspace) -> Document:
    from matcher.classify.evaluate import evaluate_texts

    return evaluate_texts(workspace.classifier.texts, _cases("product_texts.csv"))


def _firms(workspace: Workspace) -> Document:
    from matcher.classify.evaluate import evaluate_names

    return evaluate_names(workspace.classifier, _cases("firm_names.csv"))


SUITES: Mapping[str, Callable[[Workspace], Document]] = {"inputs": _inputs, "classify": _classify, "firms": _firms}


def _cases(name: str) -> list[dict[str, str]]:
    path = CASES / name
    if not path.exists():
        raise UnreadableFile(
            T("{path}: the benchmark's cases are not here", path=path), T("run it in a checkout of the repository")
        )
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
