"""How much of the first ten stays when the matrix is noisy, and when firms are known by less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.match.pairs import firm_party
from matcher.match.shortlist import Decisions, Filters, rank_suppliers
from matcher.trials.registers import Question, Register, recipe_of

SEED = 20260105
NOISE = 0.1
TEN = 10


def stability(known: Register, asked: Sequence[Question]) -> dict[str, float]:
    """Return the share of the first ten that stays when A is noisy, and when firms keep only their largest code.

    Noise is log-normal with a deviation of 10% on every coefficient.
    """
    noise = np.exp(NOISE * np.random.default_rng(SEED).normal(size=known.economy.match.shape))
    noisy = replace(known.economy, match=known.economy.match * noise)
    single = only_main_code(known.columns)
    before = [_first_ten(known.columns, known.economy, question) for question in asked]
    shaken = [_first_ten(known.columns, noisy, question) for question in asked]
    bare = [_first_ten(single, known.economy, question) for question in asked]
    return {"noise_in_a": _kept(before, shaken), "main_code_only": _kept(before, bare)}


def only_main_code(columns: Columns) -> Columns:
    """Return the index with each firm's largest share alone, at the same size."""
    rows = np.flatnonzero(np.diff(columns.share_indptr) > 0)
    best = np.array(
        [
            a + int(np.argmax(columns.share_value[a:b]))
            for a, b in zip(columns.share_indptr[rows], columns.share_indptr[rows + 1], strict=True)
        ]
    )
    indptr = np.concatenate([[0], np.cumsum(np.diff(columns.share_indptr) > 0)])
    return replace(
        columns,
        share_indptr=indptr,
        share_code=columns.share_code[best],
        share_value=columns.share_value[best],
        share_confidence=columns.share_confidence[best],
        share_detail=columns.share_detail[best],
    )


def _first_ten(columns: Columns, economy: Economy, question: Question) -> frozenset[int]:
    recipe = recipe_of(columns, economy, question)
    party = firm_party(columns, question.buyer)
    ranking = rank_suppliers(columns, economy, party, Filters(new_only=True), Decisions(), recipe)
    return frozenset(int(firm) for firm in ranking.firms[ranking.order[:TEN]])


def _kept(before: Sequence[frozenset[int]], after: Sequence[frozenset[int]]) -> float:
    shares = [len(a & b) / len(a) for a, b in zip(before, after, strict=True) if a]
    return float(np.mean(shares)) if shares else 0.0
