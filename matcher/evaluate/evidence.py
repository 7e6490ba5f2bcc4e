"""How well the matrix A answers for evidence that was hidden from it: chemistry recipes and by-product exchanges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from graph.coefficient_parts import Published
from graph.coefficients import assemble
from graph.recipes import Price, Recipe
from graph.symbiosis import Exchange, receiver_scores
from matcher.evaluate.input_ranking import EVIDENCE_METRICS, Case, Result, means, ranked_groups, ranking, score
from matcher.pipeline.coefficients.blocks import read_published
from matcher.pipeline.coefficients.keys import read_typical
from matcher.pipeline.coefficients.tables import (
    priced,
    read_exchanges,
    read_pattern,
    read_price_ranges,
    read_prices,
    read_recipes,
    read_us_pattern,
)
from models.classifications import group_index, groups
from models.coefficients import load
from models.materials import material_family
from models.resources import read_table

Floats = NDArray[np.float64]

FOLDS = 3
#: Draws of prices from their ranges.
DRAWS = 2


def evaluate_recipes(baselines: Mapping[str, Floats]) -> Result:
    """Hide a third of the recipes' products at a time and ask the matrix built without them for their inputs.

    Overrides and the lists of inputs of the recipes' groups, too, are left out of these builds: they were written by
    people who know chemistry. A product's own group is no right answer, so it is left out of every ranking.
    """
    recipes = read_recipes()
    us = read_us_pattern()
    published = read_published(us[1])
    figures = []
    for fold in range(FOLDS):
        kept, hidden = split_by_product(recipes, fold)
        matrix = _without(us, kept, published)
        figures.append(score(_without_own(matrix), recipe_cases(hidden), EVIDENCE_METRICS))
    total = sum(figure["n"] for figure in figures)
    mean = {name: sum(figure[name] * figure["n"] for figure in figures) / total for name in EVIDENCE_METRICS}
    cases = recipe_cases(recipes)
    beside = {name: score(_without_own(table), cases, EVIDENCE_METRICS) for name, table in baselines.items()}
    moved = {"price_effect": price_effect(us, published, recipes)}
    return mean | {"n": total, "folds": FOLDS, "baselines": beside} | moved


def _without(us: tuple[Floats, Floats, Floats], kept: Sequence[Recipe], published: Published) -> Floats:
    return _assembled(us, priced(kept, read_prices()), published)


def _assembled(us: tuple[Floats, Floats, Floats], from_recipes: Floats, published: Published) -> Floats:
    bare = replace(read_pattern(us, from_recipes, published, _typical_of_others()), marks={})
    return assemble(published, bare, (), np.zeros_like(read_exchanges())).matrices.current


def _typical_of_others() -> Floats:
    """Return the weights of listed inputs without those of the groups that recipes speak of."""
    told = [group_index()[buyer] for buyer, _ in recipe_cases(read_recipes())]
    weights = read_typical()
    weights[:, told] = 0.0
    return weights


def _without_own(matrix: Floats) -> Floats:
    return np.asarray(np.where(np.eye(len(matrix), dtype=bool), 0.0, matrix))


def price_effect(us: tuple[Floats, Floats, Floats], published: Published, recipes: Sequence[Recipe]) -> Result:
    """Return how far cells of recipes move when every assumed price is drawn anew from its plausible range.

    Figures are relative changes, median and ninth decile over the cells, mean of :data:`DRAWS` draws.
    """
    named = priced(recipes, read_prices()) > 0
    before = _without(us, recipes, published)[named]
    changes = []
    for seed in range(DRAWS):
        after = _assembled(us, priced(recipes, drawn_prices(seed)), published)[named]
        changes.append((np.abs(after - before) / np.maximum(before, 1e-9))[before > 0])
    return {
        "cells": int((before > 0).sum()),
        "median": float(np.mean([np.median(each) for each in changes])),
        "ninth_decile": float(np.mean([np.quantile(each, 0.9) for each in changes])),
    }


def drawn_prices(seed: int) -> dict[str, Price]:
    """Return the price assumptions with every price drawn uniformly from its range."""
    random, ranges = np.random.default_rng(seed), read_price_ranges()
    return {
        product: replace(price, value=float(random.uniform(*ranges[product])))
        for product, price in read_prices().items()
    }


def split_by_product(recipes: Sequence[Recipe], fold: int) -> tuple[list[Recipe], list[Recipe]]:
    """Return the recipes kept and those hidden in a fold; all lines of a product go together."""
    products = sorted({recipe.product for recipe in recipes})
    hidden = set(products[fold::FOLDS])
    return [r for r in recipes if r.product not in hidden], [r for r in recipes if r.product in hidden]


def recipe_cases(recipes: Iterable[Recipe]) -> list[Case]:
    """Return, for every product, its group and the groups of its inputs, other groups than its own."""
    inputs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for recipe in recipes:
        apart = recipe.product_okved != recipe.input_okved
        if recipe.product_okved and apart and recipe.input_okved in ranked_groups():
            inputs[recipe.product_okved, recipe.product].add(recipe.input_okved)
    return [(buyer, frozenset(found)) for (buyer, _), found in sorted(inputs.items())]


def evaluate_symbiosis() -> Result:
    """Hide one family of material at a time and ask who receives what the donors of that family give.

    Exchanges of other materials and the matrix of current inputs answer; beside them the matrix alone and the receivers
    that are most frequent among the exchanges kept.
    """
    exchanges = read_known_exchanges()
    uses = load().current.toarray()
    found: dict[str, list[tuple[list[str], frozenset[str]]]] = defaultdict(list)
    for family in sorted({exchange.material for exchange in exchanges}):
        kept = [exchange for exchange in exchanges if exchange.material != family]
        usual = np.bincount([exchange.receiver for exchange in kept], minlength=len(groups())).astype(np.float64)
        for donor, truth in _receivers(exchanges, family):
            row = group_index()[donor]
            answers = {"exchanges": receiver_scores(kept, row, uses[row], groups()), "uses": uses[row], "usual": usual}
            for name, values in answers.items():
                found[name].append((ranking(values), truth))
    figures = {name: means(ranked, EVIDENCE_METRICS) for name, ranked in found.items()}
    return figures.pop("exchanges") | {"baselines": {"matrix_alone": figures["uses"], "usual": figures["usual"]}}


def read_known_exchanges() -> list[Exchange]:
    """Read the by-product exchanges between different groups, with the family of what is exchanged."""
    index = group_index()
    rows = [row for row in read_table("reference/symbiosis_pairs.csv") if row["donor_okved"] != row["receiver_okved"]]
    return [
        Exchange(index[row["donor_okved"]], index[row["receiver_okved"]], material_family(row["resource"]))
        for row in rows
    ]


def _receivers(exchanges: Sequence[Exchange], family: str) -> list[Case]:
    """Return donor and receivers of a family of material; receivers that are not ranked are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for exchange in exchanges:
        if exchange.material == family and groups()[exchange.receiver] in ranked_groups():
            found[groups()[exchange.donor]].add(groups()[exchange.receiver])
    return [(donor, frozenset(receivers)) for donor, receivers in sorted(found.items())]
