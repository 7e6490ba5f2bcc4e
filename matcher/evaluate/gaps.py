"""Are planted gaps found, valued and ranked? The truth is that of :mod:`matcher.evaluate.planted`.

Several generated countries stand beside each other; figures are means over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.ranking import ndcg_at, recall_at
from matcher.evaluate.planted import FATES, REGION, Planted, planted
from matcher.gaps.regional import RegionGaps, region_gaps
from matcher.gaps.sides import Scope
from matcher.index.economy import Economy, economy

Floats = NDArray[np.float64]
Result = dict[str, Any]

SEEDS = (1, 2, 3, 4, 5)
#: Part of the firms that state no revenue in the second test.
SILENT = 0.3
#: Depth at which rankings are compared.
DEPTH = 20
#: Kinds that are planted.
KINDS = tuple(name for name in FATES if name != "enough")


def evaluate_gaps() -> Result:
    """Return how often each planted kind is found and falsely found, the error of values, and rankings beside.

    The same once more where :data:`SILENT` of the firms state no revenue: the first shows that nothing is lost on the
    way, the second how much a register with holes costs.
    """
    nation = economy()
    known = _mean([_one(nation, seed, 0.0) for seed in SEEDS])
    return {**known, "n": len(SEEDS), "with_silent_firms": _mean([_one(nation, seed, SILENT) for seed in SEEDS])}


def _one(nation: Economy, seed: int, silent: float) -> Result:
    country = planted(nation, seed, silent=silent)
    columns = country.columns
    scope = Scope(columns.region_number(REGION), np.ones(len(nation.codes), dtype=bool))
    found = region_gaps(columns, nation, scope)
    return {
        **kinds_found(country, found),
        "value_error": value_error(country, found),
        **ranked(country, found.value_rub),
        "baselines": {name: ranked(country, score) for name, score in simpler(nation, found, seed).items()},
    }


def kinds_found(country: Planted, found: RegionGaps) -> Result:
    """Return precision and recall of each planted kind among activities with a fate."""
    fated = country.fate != ""
    figures: Result = {}
    for kind in KINDS:
        told, true = getattr(found.gaps, kind)[fated], country.fate[fated] == kind
        both = int((told & true).sum())
        figures[kind] = {"precision": both / max(int(told.sum()), 1), "recall": both / int(true.sum())}
    return figures


def value_error(country: Planted, found: RegionGaps) -> float:
    """Return the median relative error of the value of closing a gap, among gaps worth something."""
    true, told = country.value_rub, found.worth["closing"].middle
    worth = true > 0
    return float(np.median(np.abs(told[worth] / true[worth] - 1.0)))


def ranked(country: Planted, score: Floats) -> Result:
    """Return how well a ranking of the codes puts those worth most first."""
    names = [str(code) for code in range(len(score))]
    order = [names[code] for code in np.argsort(-score, kind="stable")]
    best = {names[code] for code in np.argsort(-country.value_rub, kind="stable")[:DEPTH]}
    return {
        f"recall_at_{DEPTH}": recall_at(order, best, DEPTH),
        f"ndcg_at_{DEPTH}": ndcg_at(order, best, DEPTH),
        "value_share": float(country.value_rub[[int(code) for code in order[:DEPTH]]].sum())
        / float(np.sort(country.value_rub)[-DEPTH:].sum()),
    }


def simpler(nation: Economy, found: RegionGaps, seed: int) -> dict[str, Floats]:
    """Return scores by less than a value: demand, the bare gap, imports, chance."""
    demand = np.where(nation.channel, 0.0, found.gaps.demand)
    return {
        "by_demand": demand,
        "by_gap": found.gaps.gap,
        "by_imports": demand * nation.code_import_share,
        "random": np.random.default_rng(seed).random(len(demand)),
    }


def _mean(rounds: Sequence[Result]) -> Result:
    """Return the means of figures over rounds of the same shape."""
    first = rounds[0]
    return {
        key: _mean([r[key] for r in rounds]) if isinstance(value, dict) else float(np.mean([r[key] for r in rounds]))
        for key, value in first.items()
    }
