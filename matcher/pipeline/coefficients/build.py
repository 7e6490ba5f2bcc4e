"""Assembling the matrix A from the bundled tables, and checking the stored one.

Nothing is written before everything is computed and has passed; files are replaced in one step each, so a bad input
leaves the matrix as it was.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.coefficient_parts import Pattern, Published
from graph.coefficients import Assembly, Matrices, assemble
from graph.concordance import without_source
from graph.fitting import aggregate
from graph.recipes import Recipe
from graph.us_pattern import negative_cells
from matcher.pipeline.coefficients.blocks import read_published
from matcher.pipeline.coefficients.files import stored_columns, write_result
from matcher.pipeline.coefficients.keys import read_typical
from matcher.pipeline.coefficients.tables import (
    priced,
    read_exchanges,
    read_overrides,
    read_pattern,
    read_prices,
    read_recipes,
    read_us,
    read_us_pattern,
    verify_tables,
)
from models.classifications import groups
from models.coefficients import LAYERS, SOURCES, load
from models.errors import GraphError
from models.resources import data_folder
from models.text import T

Floats = NDArray[np.float64]
Report = dict[str, Any]

#: Largest relative distance of a block from its published total that is accepted.
TOLERANCE = 1e-6


def build(out_folder: Path | None = None) -> Report:
    """Assemble the matrix and write it.

    Parameters
    ----------
    out_folder
        Where to write; by default the bundled ``data/reference``.

    Returns
    -------
    dict
        Counts and figures of the build, see :func:`report_of`.

    Raises
    ------
    SourceDrift
        If a table is not what its sidecar says, or a concordance loses a code.
    GraphError
        If the fit misses a published block.
    """
    started = time.perf_counter()
    verify_tables()
    published, pattern, assembly = assembled(read_recipes())
    report = report_of(published, pattern, assembly)
    _require_fit(report)
    write_result(assembly.matrices, out_folder or data_folder() / "reference")
    return report | {"seconds": round(time.perf_counter() - started, 1)}


def check() -> Report:
    """Build the matrix anew in memory and compare the stored one with it, cell by cell.

    Returns
    -------
    dict
        The report of the fresh build with ``same`` (the stored figures are those built now, to the digits stored) and
        ``largest_difference``.
    """
    verify_tables()
    published, pattern, assembly = assembled(read_recipes())
    fresh, stored = stored_columns(assembly.matrices), load()
    difference = max(
        float(np.abs(stored.layer(name).toarray() - getattr(assembly.matrices, name)).max()) for name in LAYERS
    )
    same = difference < 1e-7 and len(fresh["value"]) == stored.source_bits.nnz
    return report_of(published, pattern, assembly) | {"same": same, "largest_difference": difference}


def assembled(recipes: Sequence[Recipe]) -> tuple[Published, Pattern, Assembly]:
    """Read all tables and assemble the matrix with the given recipes."""
    us = read_us_pattern()
    published = read_published(us[1])
    pattern = read_pattern(us, priced(recipes, read_prices()), published, read_typical())
    return published, pattern, assemble(published, pattern, read_overrides(), read_exchanges())


def report_of(published: Published, pattern: Pattern, assembly: Assembly) -> Report:
    """Say what was built.

    Returns
    -------
    dict
        ``cells`` by layer; ``sources``, by source the current cells it shaped and the share of purchases in them;
        ``groups_without_source`` as sellers and as buyers; ``rounds`` and ``worst_block`` of the fit; ``detail_year``
        with the rounds of the fit to the finer table and the blocks it found without a pattern;
        ``us_cells_set_to_zero``, negative uses of the American table and their sum in million dollars;
        ``blocks_filled_evenly`` and ``blocks_left_out`` with their totals in million roubles;
        ``joined_blocks``; ``exempt_blocks`` that overrides fill though the tables have nothing there;
        ``investment_mln_rub`` published, allocated and left out.
    """
    matrices = assembly.matrices
    fit = assembly.current_fit
    return {
        "cells": {name: int(np.count_nonzero(getattr(matrices, name))) for name in ("current", "capital", "symbiosis")},
        "sources": _by_source(matrices),
        "groups_without_source": {
            "as_sellers": list(without_source(published.products, groups())),
            "as_buyers": list(without_source(published.industries, groups())),
        },
        "rounds": fit.rounds,
        "worst_block": _worst(published, assembly),
        "detail_year": {"rounds": pattern.detail_fit.rounds, "blocks_filled_evenly": len(pattern.detail_fit.even)},
        "us_cells_set_to_zero": negative_cells(read_us()),
        "blocks": int((published.purchases > 0).sum()),
        "blocks_filled_evenly": _named(published, fit.even),
        "blocks_left_out": _named(published, fit.empty),
        "joined_blocks": [*published.products.joined, *published.industries.joined],
        "exempt_blocks": _named(published, assembly.exempt),
        "purchases_mln_rub": float(published.purchases.sum()),
        "investment_mln_rub": {
            "published": float(published.investment.sum()),
            "allocated": float(assembly.capital_fit.flows.sum()),
            "left_out": [published.products.labels[b] for b, _ in assembly.capital_fit.empty],
        },
        "output_mln_rub": float(matrices.output.sum()),
    }


def _by_source(matrices: Matrices) -> Report:
    value = matrices.current * matrices.output
    shaped = {
        name: (matrices.sources >> position & 1).astype(bool) & (value > 0) for position, name in enumerate(SOURCES)
    }
    return {
        name: {"cells": int(cells.sum()), "share": float(value[cells].sum() / value.sum())}
        for name, cells in shaped.items()
    }


def _worst(published: Published, assembly: Assembly) -> float:
    """Largest relative distance of a block from its total, over blocks that are neither left out nor exempt."""
    flows = assembly.current_fit.flows + assembly.fixed
    now = aggregate(flows, published.products.shares, published.industries.shares)
    counted = published.purchases > 0
    for row, column in (*assembly.current_fit.empty, *assembly.exempt):
        counted[row, column] = False
    return float((np.abs(now - published.purchases)[counted] / published.purchases[counted]).max())


def _named(published: Published, pairs: Sequence[tuple[int, int]]) -> Report:
    total = sum(float(published.purchases[pair]) for pair in pairs)
    ordered = sorted(pairs, key=lambda pair: -float(published.purchases[pair]))
    rows, columns = published.products.labels, published.industries.labels
    named = [[rows[b], columns[j], float(published.purchases[b, j])] for b, j in ordered]
    return {"count": len(pairs), "mln_rub": total, "blocks": named}


def _require_fit(report: Report) -> None:
    if report["worst_block"] > TOLERANCE:
        raise GraphError(
            T("the coefficients miss a published block by {share}", share=f"{report['worst_block']:.2g}"),
            T("look for contradictory lines in reference/okved1_detail.csv and coefficient_overrides.csv"),
        )
