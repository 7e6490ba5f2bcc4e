"""Needs after a cut: what was known of every candidate, and which candidates are like the right one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.trials.contracts import Contracts, prefixes
from matcher.trials.evidence import FEATURES, History, features
from matcher.trials.learners import Choices

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SEED = 20260103
#: Most needs a window learns from and most that are tested, drawn with a fixed seed.
MOST_NEEDS = 400
HARD = 20
REPEAT, NEW_PAIR, UNSEEN = "repeat", "new_pair", "unseen"


@dataclass(frozen=True)
class Asked:
    """Needs after a cut whose supplier is known, with what was known of them.

    ``history`` and ``needs`` are the contracts before and those asked for; ``total`` counts all needs, those of
    suppliers never seen included; ``buyer`` and ``stage`` have shape (queries,); ``hard`` marks candidates like the
    right one, shape (queries, candidates). ``unseen`` are the needs of suppliers never seen.
    """

    history: History
    needs: Contracts
    choices: Choices
    buyer: Ints
    stage: NDArray[np.str_]
    hard: Flags
    total: int
    unseen: Contracts


def ask(contracts: Contracts, before: Ints, after: Ints, cut: int, half_life: float, unique_pairs: bool) -> Asked:
    """Return the needs of some rows with the evidence of the rows before them.

    Parameters
    ----------
    unique_pairs
        Whether a pair occurs once in the table, so that a buyer's known suppliers are no candidates.
    """
    history = History(contracts.rows(before), cut, half_life)
    drawn = _draw(after, MOST_NEEDS)
    known = history.known
    seen = np.isin(contracts.supplier[drawn], known)
    rows = drawn[seen]
    asked = contracts.rows(rows)
    right = np.searchsorted(known, asked.supplier)
    pairs = {(int(b), int(s)) for b, s in zip(history.past.buyer, history.past.supplier, strict=True)}
    repeat = np.array([(int(b), int(s)) in pairs for b, s in zip(asked.buyer, asked.supplier, strict=True)], dtype=bool)
    admitted = _without_fellows(contracts, after, asked, known)
    if unique_pairs:
        admitted &= ~_partners(pairs, asked, known)
    admitted[np.arange(len(right)), right] = True
    table = features(history, asked)
    return Asked(
        history=history,
        needs=asked,
        choices=Choices(table, admitted, right),
        buyer=asked.buyer,
        stage=np.where(repeat, REPEAT, NEW_PAIR),
        hard=hard_negatives(history, asked, known, table, admitted, right),
        total=len(drawn),
        unseen=contracts.rows(drawn[~seen]),
    )


def _draw(rows: Ints, most: int) -> Ints:
    if len(rows) <= most:
        return rows
    return np.sort(np.random.default_rng(SEED).choice(rows, most, replace=False))


def _without_fellows(contracts: Contracts, after: Ints, asked: Contracts, known: Ints) -> Flags:
    """Leave out the other suppliers of the same auction: they are right as well."""
    admitted = np.ones((len(asked), len(known)), dtype=bool)
    fellows: dict[str, list[int]] = {}
    for row in after:
        fellows.setdefault(contracts.tenders[row], []).append(int(contracts.supplier[row]))
    for query, tender in enumerate(asked.tenders):
        if tender:
            admitted[query] = ~np.isin(known, fellows[tender])
    return admitted


def _partners(pairs: set[tuple[int, int]], asked: Contracts, known: Ints) -> Flags:
    return np.array([[(int(buyer), int(supplier)) in pairs for supplier in known] for buyer in asked.buyer], dtype=bool)


def hard_negatives(
    history: History, asked: Contracts, known: Ints, table: Floats, admitted: Flags, right: Ints
) -> Flags:
    """Mark up to twenty candidates of the same division, third of size and nearness as the right one.

    Where the table has no codes any division passes. A need with no such candidate gets those of the same division.
    """
    sold = _divisions(history, known)
    total = np.bincount(history.past.supplier, weights=history.past.amount, minlength=len(history.past.suppliers))
    band = np.searchsorted(np.quantile(total[known], [1 / 3, 2 / 3]), total[known])
    near = table[:, :, FEATURES.index("locality")]
    drawn = np.random.default_rng(SEED)
    marked = np.zeros_like(admitted)
    for query, (code, own) in enumerate(zip(asked.codes, right, strict=True)):
        division = np.array([not code or prefixes(code)[0] in kinds for kinds in sold]) & admitted[query]
        alike = division & (band == band[own]) & (near[query] == near[query, own])
        for pool in (alike, division, admitted[query]):
            others = np.flatnonzero(pool)
            others = others[others != own]
            if len(others):
                marked[query, drawn.choice(others, min(HARD, len(others)), replace=False)] = True
                break
        marked[query, own] = True
    return marked


def _divisions(history: History, known: Ints) -> list[set[str]]:
    found: dict[int, set[str]] = {}
    for supplier, code in zip(history.past.supplier, history.past.codes, strict=True):
        found.setdefault(int(supplier), set()).update(prefixes(code)[:1])
    return [found[int(supplier)] for supplier in known]
