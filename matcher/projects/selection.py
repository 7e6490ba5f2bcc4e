"""A portfolio of candidates under the limits of a cluster manager."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.portfolio import Candidates, Limits, Portfolio, best_portfolio, greedy, random_value
from matcher.index.columns import Columns
from matcher.projects.candidates import Candidate
from matcher.projects.impact import benefit
from models.project_kinds import project_kinds

#: Kinds that meet the demand for one code in different ways: only one of them can.
SAME_DEMAND = frozenset({"chain", "import_substitution", "joint_purchase", "shared_equipment", "research_training"})
#: Best candidates that are chosen from.
MOST = 500


@dataclass(frozen=True)
class Selection:
    """A portfolio, the candidates it was chosen from, and what simpler ways reach, ``None`` where they reach none.

    ``rivals`` is the number of candidates left out since rivals would have to agree on prices.
    """

    candidates: Sequence[Candidate]
    portfolio: Portfolio
    greedy_value: float | None
    random_value: float | None
    conflicts: int
    rivals: int

    @property
    def chosen(self) -> list[Candidate]:
        """The chosen candidates, best first."""
        return [self.candidates[row] for row in self.portfolio.chosen]


def select(
    candidates: Sequence[Candidate],
    columns: Columns,
    sme: NDArray[np.bool_],
    limits: Limits,
    with_rivals: bool = False,
) -> Selection | None:
    """Return the best portfolio of candidates with a benefit, ``None`` where none keeps to the limits.

    What is maximised is benefit times strength: a well-founded million counts more than a vague one. Firms of one group
    take part as one. Candidates whose participants are rivals that would agree on prices are left out unless asked for.
    """
    worth = [candidate for candidate in candidates if benefit(candidate) > 0]
    valued = [candidate for candidate in worth if with_rivals or not candidate.agreed_by_rivals]
    rivals = len(worth) - len(valued)
    valued = valued[:MOST]
    given = as_given(valued, columns, sme)
    best = best_portfolio(given, limits)
    if best is None:
        return None
    return Selection(valued, best, greedy(given, limits), random_value(given, limits), len(given.conflicts), rivals)


def as_given(candidates: Sequence[Candidate], columns: Columns, sme: NDArray[np.bool_]) -> Candidates:
    """Return candidates as arrays, the first given the first row."""
    group = groups_of(sorted({firm for candidate in candidates for firm in candidate.firms}), columns)
    heads = sorted(set(group.values()))
    column = {head: at for at, head in enumerate(heads)}
    cells = sorted({(row, column[group[firm]]) for row, one in enumerate(candidates) for firm in one.firms})
    rows, columns_of = (np.array(part, dtype=np.int64) for part in zip(*cells, strict=True)) if cells else ([], [])
    return Candidates(
        value=np.array([benefit(one) * one.strength for one in candidates]),
        cost=np.array([project_kinds()[one.kind].cost_rub for one in candidates]),
        takes_part=csr_array((np.ones(len(cells)), (rows, columns_of)), shape=(len(candidates), len(heads))),
        special=np.array([any(sme[firm] for firm, own in group.items() if own == head) for head in heads], dtype=bool),
        conflicts=conflicts(candidates),
    )


def groups_of(firms: Sequence[int], columns: Columns) -> dict[int, int]:
    """Return the first firm of each firm's group among the given ones; a firm without affiliates stands for itself."""
    known = set(firms)
    group: dict[int, int] = {}
    for firm in firms:
        kin = [group[other] for other in columns.ties(firm) if other in known and other in group]
        group[firm] = min([firm, *kin])
    return group


def conflicts(candidates: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Return pairs of candidates that would meet the same demand twice.

    What firms say themselves is of one machine or one question, not of all the demand for a code, so two such do not
    exclude each other.
    """
    by_code: dict[int, list[int]] = {}
    for row, one in enumerate(candidates):
        if one.kind in SAME_DEMAND:
            by_code.setdefault(one.code, []).append(row)
    return [
        (a, b)
        for rows in by_code.values()
        for a, b in combinations(rows, 2)
        if not (candidates[a].said and candidates[b].said)
    ]
