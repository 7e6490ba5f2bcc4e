"""How well the matrix A names the inputs of an activity, with simpler tables beside it.

The judge is a table of inputs an expert would name; recipes and by-product exchanges hidden from the build are judged
in ``evaluate_evidence``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from graph.coefficient_parts import Override, Pattern, Published
from graph.coefficients import assemble
from graph.fitting import fit_blocks
from graph.typical import needed
from graph.us_pattern import carry, industry_technology, with_neighbours
from matcher.evaluate.evidence import evaluate_recipes, evaluate_symbiosis
from matcher.evaluate.input_ranking import Case, Result, expert_cases, score_expert
from matcher.pipeline.coefficients.blocks import read_published
from matcher.pipeline.coefficients.keys import read_typical, read_typical_of_kinds
from matcher.pipeline.coefficients.tables import (
    priced,
    read_exchanges,
    read_overrides,
    read_pattern,
    read_prices,
    read_recipes,
    read_us,
    read_us_pattern,
    us_shares,
)
from models.classifications import group_index, groups
from models.coefficients import load
from models.typical import own_inputs

Floats = NDArray[np.float64]

#: How many times a right answer is favoured for the ceiling, and the least coefficient every cell then begins with.
FAVOUR, SEEN = 100.0, 1e-5


def evaluate_inputs(cases: Iterable[Mapping[str, str]]) -> Result:
    """Judge the stored matrix by expert cases, and by recipes and exchanges held out.

    Parameters
    ----------
    cases
        Rows with ``okved_code`` (buyer), ``input_okved`` (an input of it) and ``half`` (``test`` or ``development``).

    Returns
    -------
    dict
        Of the test half: ``recall_at_10``, ``recall_at_20`` and ``ndcg_at_20`` of the matrix, means over buyers; ``n``
        buyers and ``pairs``, ``listed`` of which the buyers' own lists name; ``by_need``, the same when inputs are read
        by need; ``ceiling``, see :func:`expert_tables`; ``without``, the matrix built without overrides, without the
        lists of single groups and without any typical inputs; ``baselines`` (Rosstat's blocks spread evenly, the
        American table by equal splits, the inputs everybody buys). ``development`` holds all of this of the other half.
        ``recipes`` and ``symbiosis``: evidence hidden from the build.
    """
    rows = list(cases)
    halves = {half: [row for row in rows if row["half"] == half] for half in ("test", "development")}
    baselines = baseline_matrices()
    tables = expert_tables(expert_cases(rows))
    return {
        **_judged(tables, baselines, halves["test"]),
        "half": "test",
        "development": _judged(tables, baselines, halves["development"]),
        "recipes": evaluate_recipes(baselines),
        "symbiosis": evaluate_symbiosis(),
    }


def _judged(tables: Mapping[str, Floats], baselines: Mapping[str, Floats], rows: Sequence[Mapping[str, str]]) -> Result:
    figures = {name: score_expert(table, rows) for name, table in tables.items()}
    return {
        **figures.pop("matrix"),
        "listed": named_by_lists(expert_cases(rows)),
        "by_need": figures.pop("by_need"),
        "ceiling": figures.pop("ceiling"),
        "without": figures,
        "baselines": {name: score_expert(table, rows) for name, table in baselines.items()},
    }


def named_by_lists(cases: Sequence[Case]) -> int:
    """Return how many right answers are lines of the buyers' own lists, which another person wrote.

    >>> named_by_lists([("23.51", frozenset({"08.11", "01.45"}))])
    1
    """
    return sum(len(truth & own_inputs(buyer).keys()) for buyer, truth in cases)


def expert_tables(cases: Sequence[Case]) -> dict[str, Floats]:
    """Return the stored matrix and what stands beside it, each of shape (groups, groups).

    ``by_need`` is what inputs are sorted by when read by need; ``overrides``, ``group_inputs`` and ``typical_inputs``
    (the lists of kinds and of groups) are the matrix built without them; ``ceiling`` the matrix built by one who knows
    the right answers and favours them inside every block: no order by roubles that adds up to the published totals does
    much better.
    """
    matrix, typical, overrides = load().current.toarray(), read_typical(), read_overrides()
    us = read_us_pattern()
    published, from_recipes = read_published(us[1]), priced(read_recipes(), read_prices())
    pattern = read_pattern(us, from_recipes, published, typical)
    of_kinds = read_pattern(us, from_recipes, published, read_typical_of_kinds())
    bare = read_pattern(us, from_recipes, published, np.zeros_like(typical))
    return {
        "matrix": matrix,
        "by_need": needed(matrix, typical),
        "overrides": _built(published, pattern, ()),
        "group_inputs": _built(published, of_kinds, overrides),
        "typical_inputs": _built(published, bare, overrides),
        "ceiling": _built(published, _favouring(pattern, cases), ()),
    }


def _favouring(pattern: Pattern, cases: Sequence[Case]) -> Pattern:
    index = group_index()
    factor = np.ones_like(pattern.coefficients)
    for buyer, truth in cases:
        factor[[index[group] for group in truth], index[buyer]] = FAVOUR
    return replace(pattern, coefficients=np.maximum(pattern.coefficients, SEEN) * factor)


def _built(published: Published, pattern: Pattern, overrides: Sequence[Override]) -> Floats:
    return assemble(published, pattern, overrides, read_exchanges()).matrices.current


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
