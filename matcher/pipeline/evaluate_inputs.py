"""How well the matrix A names the inputs of an activity, with simpler tables beside it.

Two judges: a table of inputs an expert would name, and chemistry recipes held out of the build by fold. Ranked are the
groups that make or carry goods, energy, water, waste and building work (divisions 01 to 43); trade, transport and
business services, which every activity buys, are left out of the ranking and of the right answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.coefficient_parts import Pattern, Published
from graph.coefficients import assemble
from graph.fitting import fit_blocks
from graph.ranking import ndcg_at, recall_at, reciprocal_rank
from graph.recipes import Recipe
from graph.us_pattern import carry, industry_technology, with_neighbours
from matcher.pipeline.coefficient_blocks import read_published
from matcher.pipeline.coefficient_tables import (
    read_exchanges,
    read_pattern,
    read_recipes,
    read_us,
    read_us_pattern,
    us_shares,
)
from models.classifications import group_index, groups
from models.coefficients import load

Floats = NDArray[np.float64]
Result = dict[str, Any]
Case = tuple[str, frozenset[str]]
Metrics = Mapping[str, Callable[[Sequence[str], frozenset[str]], float]]

#: First division that is left out of the ranking.
NOT_RANKED = "45"
FOLDS = 3

EXPERT_METRICS: Metrics = {
    "recall_at_10": lambda ranked, truth: recall_at(ranked, truth, 10),
    "recall_at_20": lambda ranked, truth: recall_at(ranked, truth, 20),
    "ndcg_at_20": lambda ranked, truth: ndcg_at(ranked, truth, 20),
}
RECIPE_METRICS: Metrics = {"recall_at_10": EXPERT_METRICS["recall_at_10"], "mrr": reciprocal_rank}


def evaluate_inputs(cases: Iterable[Mapping[str, str]]) -> Result:
    """Judge the stored matrix by expert cases and by recipes held out.

    Parameters
    ----------
    cases
        Rows with ``okved_code`` (buyer), ``input_okved`` (an input of it) and ``half`` (name of the part of the table,
        for figures by part).

    Returns
    -------
    dict
        ``recall_at_10``, ``recall_at_20`` and ``ndcg_at_20`` of the matrix, means over buyers; ``n`` buyers and
        ``pairs``; the same by ``halves``; ``baselines`` (Rosstat's blocks spread evenly, the American table by equal
        splits, the inputs everybody buys); ``recipes`` with ``recall_at_10`` and ``mrr`` of the matrix built without
        them.
    """
    rows = list(cases)
    baselines = baseline_matrices()
    matrix = load().current.toarray()
    halves = sorted({row["half"] for row in rows})
    by_half = {half: _score_expert(matrix, [row for row in rows if row["half"] == half]) for half in halves}
    return _score_expert(matrix, rows) | {
        "halves": by_half,
        "baselines": {name: _score_expert(table, rows) for name, table in baselines.items()},
        "recipes": evaluate_recipes(baselines),
    }


def _score_expert(matrix: Floats, rows: Sequence[Mapping[str, str]]) -> Result:
    cases = expert_cases(rows)
    return score(matrix, cases, EXPERT_METRICS) | {"pairs": sum(len(truth) for _, truth in cases)}


def expert_cases(rows: Iterable[Mapping[str, str]]) -> list[Case]:
    """Return buyer and right inputs, four-digit groups that are ranked; others are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["okved_code"] in group_index() and row["input_okved"] in _ranked_groups():
            found[row["okved_code"]].add(row["input_okved"])
    return [(buyer, frozenset(inputs)) for buyer, inputs in sorted(found.items())]


def score(matrix: Floats, cases: Sequence[Case], metrics: Metrics) -> Result:
    """Return the mean of every metric over cases, and their number."""
    means = {
        name: float(np.mean([metric(ranking(matrix, buyer), truth) for buyer, truth in cases])) if cases else None
        for name, metric in metrics.items()
    }
    return means | {"n": len(cases)}


def ranking(matrix: Floats, buyer: str) -> list[str]:
    """Return the ranked groups of a buyer's column that are not zero, the largest first, ties by code."""
    column = matrix[:, group_index()[buyer]]
    ranked = _ranked_groups()
    named = [group for group in groups() if group in ranked and column[group_index()[group]] > 0]
    return sorted(named, key=lambda group: (-column[group_index()[group]], group))


def _ranked_groups() -> frozenset[str]:
    return frozenset(group for group in groups() if group < NOT_RANKED)


def baseline_matrices() -> dict[str, Floats]:
    """Return the simpler tables, each of shape (groups, groups).

    ``rosstat_even``: every published block spread over its cells by size alone. ``us_alone``: the American table by
    equal splits of the published correspondences. ``popularity``: every buyer gets the mean column.
    """
    table = read_us()
    coefficients, output = carry(industry_technology(table), table.commodity_output, us_shares(table.commodities, {}))
    published = read_published(read_us_pattern()[1])
    return {
        "rosstat_even": rosstat_even(published),
        "us_alone": with_neighbours(coefficients, output, groups()),
        "popularity": np.repeat(load().current.toarray().mean(axis=1)[:, None], len(groups()), axis=1),
    }


def rosstat_even(published: Published) -> Floats:
    """Spread every block over its cells in proportion to the buyers' output and evenly over the inputs."""
    output = published.industries.output
    even = np.ones((len(output), 1)) * output
    rows, columns = published.products.shares, published.industries.shares
    fit = fit_blocks(even, published.purchases, rows, columns, even, even > 0, rounds=100)
    return np.divide(fit.flows, output, out=np.zeros_like(fit.flows), where=output > 0)


def evaluate_recipes(baselines: Mapping[str, Floats]) -> Result:
    """Hide a third of the recipes' products at a time and ask the matrix built without them for their inputs.

    Overrides, too, are left out of these builds: they were written by people who know chemistry.
    """
    recipes = read_recipes()
    us = read_us_pattern()
    published = read_published(us[1])
    scores, tables = [], {name: recipe_cases(recipes) for name in baselines}
    for fold in range(FOLDS):
        kept, hidden = split_by_product(recipes, fold)
        matrix = _without(us, kept, published)
        scores.append((score(matrix, recipe_cases(hidden), RECIPE_METRICS), len(recipe_cases(hidden))))
    total = sum(count for _, count in scores)
    means = {name: sum(result[name] * count for result, count in scores) / total for name in RECIPE_METRICS}
    beside = {name: score(baselines[name], cases, RECIPE_METRICS) for name, cases in tables.items()}
    return means | {"n": total, "folds": FOLDS, "baselines": beside}


def _without(us: tuple[Floats, Floats, Floats], kept: Sequence[Recipe], published: Published) -> Floats:
    pattern: Pattern = read_pattern(us, kept, published)
    bare = replace(pattern, marks={})
    return assemble(published, bare, (), np.zeros_like(read_exchanges())).matrices.current


def split_by_product(recipes: Sequence[Recipe], fold: int) -> tuple[list[Recipe], list[Recipe]]:
    """Return the recipes kept and those hidden in a fold; all lines of a product go together."""
    products = sorted({recipe.product for recipe in recipes})
    hidden = set(products[fold::FOLDS])
    return [r for r in recipes if r.product not in hidden], [r for r in recipes if r.product in hidden]


def recipe_cases(recipes: Iterable[Recipe]) -> list[Case]:
    """Return, for every product with a group, its group and the groups of its inputs."""
    inputs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for recipe in recipes:
        if recipe.product_okved and recipe.input_okved in _ranked_groups():
            inputs[recipe.product_okved, recipe.product].add(recipe.input_okved)
    return [(buyer, frozenset(found)) for (buyer, _), found in sorted(inputs.items())]
