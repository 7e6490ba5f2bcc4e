"""Statements of engineers about whom an anchor would rather buy from, at the level of firms equal in size and place."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from matcher.evaluate.rankings import evaluate_rankings, holds, ranks, statement_register
from matcher.index.economy import economy
from models.clusters import clusters

TABLE = Path(__file__).parents[1] / "cases" / "rankings.csv"
STATEMENTS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))

#: Statements that the ranking gets wrong, and why as far as it is known; nothing is tuned to hide them.
WRONG = {
    ("20.15", "06.20", "22.22"): "the matrix gives fertilisers 5.7% of gas, as feedstock costs several times that",
}


@pytest.fixture(scope="module")
def columns():
    return statement_register(STATEMENTS, economy())


@pytest.fixture(scope="module")
def places(columns):
    return {anchor: ranks(columns, economy(), anchor) for anchor in {row["anchor"] for row in STATEMENTS}}


def key(row):
    return row["anchor"], row["better"], row["worse"]


@pytest.mark.parametrize("row", STATEMENTS, ids="-".join(["{anchor}", "{better}", "{worse}"]).format_map)
def test_statement(row, places, request):
    if key(row) in WRONG:
        request.applymarker(pytest.mark.xfail(reason=WRONG[key(row)], strict=True))
    assert holds(row, places[row["anchor"]]), row["why"]


def test_every_cluster_has_statements_and_none_is_said_twice():
    assert len(STATEMENTS) >= 80
    assert {row["cluster"] for row in STATEMENTS} == {cluster.key for cluster in clusters()}
    assert len({key(row) for row in STATEMENTS}) == len(STATEMENTS)


def test_the_figures_are_the_share_that_holds_and_name_every_failure():
    figures = evaluate_rankings(STATEMENTS, economy())
    assert figures["statements"] == len(STATEMENTS)
    assert len(figures["failures"]) == len(WRONG)
    assert figures["share_that_holds"] == pytest.approx(1 - len(WRONG) / len(STATEMENTS), abs=1e-4)
