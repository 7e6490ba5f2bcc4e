"""Rankings of an activity's inputs by a matrix, and their figures against right answers.

Ranked are the groups that make or carry goods, energy, water, waste and building work (divisions 01 to 43); trade,
transport and business services, which every activity buys, are left out of the ranking and of the right answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.ranking import ndcg_at, recall_at, reciprocal_rank
from models.classifications import group_index, groups

Floats = NDArray[np.float64]
Result = dict[str, Any]
Case = tuple[str, frozenset[str]]
Metrics = Mapping[str, Callable[[Sequence[str], frozenset[str]], float]]

#: First division that is left out of the ranking.
NOT_RANKED = "45"

EXPERT_METRICS: Metrics = {
    "recall_at_10": lambda ranked, truth: recall_at(ranked, truth, 10),
    "recall_at_20": lambda ranked, truth: recall_at(ranked, truth, 20),
    "ndcg_at_20": lambda ranked, truth: ndcg_at(ranked, truth, 20),
}
EVIDENCE_METRICS: Metrics = {"recall_at_10": EXPERT_METRICS["recall_at_10"], "mrr": reciprocal_rank}


def score_expert(matrix: Floats, rows: Iterable[Mapping[str, str]]) -> Result:
    """Return the figures of a matrix on expert cases, with the number of buyers and of pairs."""
    cases = expert_cases(rows)
    return score(matrix, cases, EXPERT_METRICS) | {"pairs": sum(len(truth) for _, truth in cases)}


def expert_cases(rows: Iterable[Mapping[str, str]]) -> list[Case]:
    """Return buyer and right inputs, four-digit groups that are ranked; others are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["okved_code"] in group_index() and row["input_okved"] in ranked_groups():
            found[row["okved_code"]].add(row["input_okved"])
    return [(buyer, frozenset(inputs)) for buyer, inputs in sorted(found.items())]


def score(matrix: Floats, cases: Sequence[Case], metrics: Metrics) -> Result:
    """Return the mean of every metric over cases, and their number."""
    ranked = [(ranking(matrix[:, group_index()[code]]), truth) for code, truth in cases]
    return means(ranked, metrics)


def means(ranked: Sequence[tuple[Sequence[str], frozenset[str]]], metrics: Metrics) -> Result:
    """Return the mean of every metric over rankings with their right answers, and their number."""
    values = {name: [metric(order, truth) for order, truth in ranked] for name, metric in metrics.items()}
    return {name: float(np.mean(each)) if each else None for name, each in values.items()} | {"n": len(ranked)}


def ranking(values: Floats) -> list[str]:
    """Return the ranked groups whose value is not zero, the largest first, ties by code.

    Parameters
    ----------
    values
        Shape (groups,): a buyer's column.
    """
    ranked = ranked_groups()
    named = [group for group in groups() if group in ranked and values[group_index()[group]] > 0]
    return sorted(named, key=lambda group: (-values[group_index()[group]], group))


@cache
def ranked_groups() -> frozenset[str]:
    """Return the groups that take part in a ranking."""
    return frozenset(group for group in groups() if group < NOT_RANKED)
