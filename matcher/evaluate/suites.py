"""Quality on the bundled benchmarks, with baselines beside; suites by name."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.errors import DataError, UnreadableFile, UsageError
from models.text import T

#: Where the case tables of a checkout lie; they are tests, not part of an installation.
CASES = Path(__file__).resolve().parents[2] / "tests" / "cases"


def evaluate(workspace: Workspace, suites: tuple[str, ...], held: tuple[Path, ...] = ()) -> Document:
    """Return the figures of the suites asked for, of all by default.

    Parameters
    ----------
    held
        Tables of links from outside, which ``links`` judges in place of the bundled ones.

    Raises
    ------
    UsageError
        If tables are held for another suite.
    """
    if held and suites != ("links",):
        raise UsageError(T("only the suite links judges tables of links"), T("zveno evaluate links --held FILE"))
    if held:
        from matcher.evaluate.links import evaluate_held

        return {"suites": {"links": evaluate_held(workspace.progress, workspace.settings, held)}}
    return {"suites": {name: SUITES[name](workspace) for name in suites or tuple(SUITES)}}


def _inputs(_workspace: Workspace) -> Document:
    from matcher.evaluate.inputs import evaluate_inputs

    return evaluate_inputs(_cases("expert_inputs.csv"))


def _positions(_workspace: Workspace) -> Document:
    from matcher.pipeline.coefficients.positions import evaluate_positions

    return evaluate_positions(_cases("upstreamness_russia_2011.csv"))


def _texts(name: str) -> Callable[[Workspace], Document]:
    """Return the suite of a table of labelled texts."""

    def suite(workspace: Workspace) -> Document:
        from matcher.classify.evaluate import evaluate_texts

        return _by_half(name, lambda rows: evaluate_texts(rows, workspace.classifier.texts))

    return suite


def _products(workspace: Workspace) -> Document:
    from matcher.classify.evaluate import evaluate_products

    return evaluate_products(workspace.classifier.texts)


def _firms(workspace: Workspace) -> Document:
    from matcher.classify.evaluate import evaluate_names

    return _by_half("firm_names.csv", lambda rows: evaluate_names(rows, workspace.classifier))


def _names(workspace: Workspace) -> Document:
    from matcher.pipeline.register.resolve import evaluate_names

    return _by_half("name_pairs.csv", lambda rows: evaluate_names(workspace, rows))


def _decisions(workspace: Workspace) -> Document:
    from matcher.pipeline.learn import evaluate_decisions

    return evaluate_decisions(workspace)


def _rankings(workspace: Workspace) -> Document:
    from matcher.evaluate.rankings import evaluate_rankings

    return evaluate_rankings(_cases("rankings.csv"), workspace.economy)


def _buyers(workspace: Workspace) -> Document:
    from matcher.evaluate.buyers import evaluate_buyers
    from matcher.match.pairs import Party
    from matcher.pipeline.described import Described, described_party

    def say(text: str) -> Party | None:
        try:
            return described_party(workspace, Described(text=text))
        except DataError:
            return None

    return _by_half("product_buyers.csv", lambda rows: evaluate_buyers(rows, workspace.economy, say))


def _gaps(_workspace: Workspace) -> Document:
    from matcher.evaluate.gaps import evaluate_gaps

    return evaluate_gaps()


def _relatedness(workspace: Workspace) -> Document:
    from matcher.evaluate.relatedness import evaluate_relatedness

    return evaluate_relatedness(workspace)


def _links(workspace: Workspace) -> Document:
    from matcher.evaluate.links import evaluate_links

    return evaluate_links(workspace.progress, workspace.settings)


def _by_half(name: str, measure: Callable[[list[dict[str, str]]], Document]) -> Document:
    """Return the figures of the test half, with those of the half used for development beside them."""
    cases = _cases(name)
    halves = {half: [row for row in cases if row["half"] == half] for half in ("test", "development")}
    return {**measure(halves["test"]), "half": "test", "development": measure(halves["development"])}


SUITES: Mapping[str, Callable[[Workspace], Document]] = {
    "inputs": _inputs,
    "classify": _texts("product_texts.csv"),
    "economy": _texts("economy_texts.csv"),
    "spoken": _texts("spoken_texts.csv"),
    "unseen": _texts("unseen_texts.csv"),
    "products": _products,
    "firms": _firms,
    "names": _names,
    "decisions": _decisions,
    "rankings": _rankings,
    "buyers": _buyers,
    "relatedness": _relatedness,
    "gaps": _gaps,
    "links": _links,
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
