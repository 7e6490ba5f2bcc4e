"""Which projects to take on: the most valuable set that keeps within limits, by integer programming.

Beside the optimum stand what a greedy choice and random choices reach, so that it can be seen what the solver is worth.

References
----------
Huangfu, Q., Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. *Mathematical Programming
Computation* 10, 119–142 (the solver HiGHS).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, vstack

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Limits:
    """What a portfolio must keep to.

    Attributes
    ----------
    projects
        Most projects.
    each
        Most projects a participant takes part in.
    special
        Fewest distinct participants that are special (small and medium firms) over the whole portfolio.
    budget
        Most that the projects may cost together; infinite by default.
    """

    projects: int
    each: int = 2
    special: int = 0
    budget: float = float("inf")


@dataclass(frozen=True)
class Candidates:
    """What there is to choose from.

    Attributes
    ----------
    value, cost
        Of each candidate, shape (c,).
    takes_part
        Who takes part in what, shape (c, participants).
    special
        Which participants are special, shape (participants,).
    conflicts
        Pairs of candidates of which at most one can be taken.
    """

    value: Floats
    cost: Floats
    takes_part: csr_array
    special: Flags
    conflicts: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True)
class Portfolio:
    """A choice; ``bound`` is what no choice can be above, ``value`` what this one reaches."""

    chosen: tuple[int, ...]
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """How far the choice may be from the optimum, as a part of the bound; 0 when it is proven."""
        return max(0.0, (self.bound - self.value) / self.bound) if self.bound > 0 else 0.0


def best_portfolio(given: Candidates, limits: Limits, seconds: float = 20.0) -> Portfolio | None:
    r"""Return the most valuable choice, ``None`` where no choice keeps to the limits.

    Notes
    -----
    .. math::
        \max \sum_c v_c x_c \quad \text{s. t.} \quad \sum_c x_c \le K, \quad \sum_c k_c x_c \le B, \quad
        \sum_c P_{cf} x_c \le e \; \forall f, \quad x_a + x_b \le 1 \; \forall (a, b), \\
        y_f \le \sum_c P_{cf} x_c, \quad \sum_{f \text{ special}} y_f \ge s, \quad x, y \in \{0, 1\}.

    Examples
    --------
    Two large projects share a participant that may take part in one; the two smaller ones together are worth less.

    >>> part = csr_array(np.array([[1, 1, 0], [0, 1, 1], [0, 0, 1]]))
    >>> given = Candidates(np.array([5.0, 4.0, 2.0]), np.ones(3), part, np.zeros(3, dtype=bool))
    >>> best_portfolio(given, Limits(projects=2, each=1)).chosen
    (0, 2)
    """
    count, people = given.takes_part.shape
    if not count:
        return Portfolio((), 0.0, 0.0) if limits.special <= 0 else None
    constraints = _constraints(given, limits)
    solution = milp(
        c=-np.append(given.value, np.zeros(people)),
        constraints=constraints,
        bounds=Bounds(0, 1),
        integrality=np.append(np.ones(count), np.zeros(people)),
        options={"time_limit": seconds},
    )
    if solution.x is None:
        return None
    chosen = tuple(int(row) for row in np.flatnonzero(solution.x[:count] > 0.5))
    value = float(given.value[list(chosen)].sum())
    return Portfolio(chosen, value, max(value, -float(solution.mip_dual_bound)))


def _constraints(given: Candidates, limits: Limits) -> list[LinearConstraint]:
    count, people = given.takes_part.shape
    nobody = csr_array((1, people))
    part = given.takes_part.T.tocsr()
    rows = [hstack([csr_array(np.ones((1, count))), nobody]), hstack([part, csr_array((people, people))])]
    upper = [np.array([float(limits.projects)]), np.full(people, float(limits.each))]
    if np.isfinite(limits.budget):
        rows.append(hstack([csr_array(given.cost[None, :]), nobody]))
        upper.append(np.array([limits.budget]))
    if given.conflicts:
        first, second = np.array(given.conflicts).T
        pair = np.arange(len(first))
        ones = np.ones(2 * len(first))
        both = csr_array((ones, (np.tile(pair, 2), np.concatenate([first, second]))), shape=(len(first), count))
        rows.append(hstack([both, csr_array((len(first), people))]))
        upper.append(np.ones(len(first)))
    if limits.special > 0:
        takes_part = hstack([-part, csr_array(np.eye(people))])
        enough = hstack([csr_array((1, count)), csr_array(-given.special.astype(float)[None, :])])
        rows += [takes_part, enough]
        upper += [np.zeros(people), np.array([-float(limits.special)])]
    return [LinearConstraint(vstack(rows).tocsr(), -np.inf, np.concatenate(upper))]


def keeps(given: Candidates, limits: Limits, chosen: Sequence[int]) -> bool:
    """Return whether a choice keeps to all limits but the fewest special participants."""
    rows = list(chosen)
    taken = set(rows)
    return bool(
        len(rows) <= limits.projects
        and given.cost[rows].sum() <= limits.budget
        and (not rows or given.takes_part[rows].sum(axis=0).max(initial=0) <= limits.each)
        and not any(a in taken and b in taken for a, b in given.conflicts)
    )


def enough_special(given: Candidates, limits: Limits, chosen: Sequence[int]) -> bool:
    """Return whether so many special participants take part in a choice."""
    if limits.special <= 0:
        return True
    taking_part = given.takes_part[list(chosen)].sum(axis=0) > 0 if chosen else np.zeros(0, dtype=bool)
    return bool((taking_part & given.special).sum() >= limits.special) if len(taking_part) else False


def in_order(given: Candidates, limits: Limits, order: Sequence[int]) -> float | None:
    """Return the value of taking candidates in an order as long as the limits allow.

    ``None`` where that leaves too few special participants: such a choice is none.
    """
    chosen: list[int] = []
    for candidate in order:
        if keeps(given, limits, [*chosen, candidate]):
            chosen.append(int(candidate))
    return float(given.value[chosen].sum()) if enough_special(given, limits, chosen) else None


def greedy(given: Candidates, limits: Limits) -> float | None:
    """Return the value of taking the most valuable candidate first, ``None`` where that is no choice."""
    return in_order(given, limits, np.argsort(-given.value, kind="stable").tolist())


def random_value(given: Candidates, limits: Limits, rounds: int = 200, seed: int = 0) -> float | None:
    """Return the mean value of taking candidates in random order, ``None`` where that never is a choice."""
    rng = np.random.default_rng(seed)
    count = len(given.value)
    reached = [in_order(given, limits, rng.permutation(count).tolist()) for _ in range(rounds)]
    choices = [value for value in reached if value is not None]
    return float(np.mean(choices)) if choices else None
