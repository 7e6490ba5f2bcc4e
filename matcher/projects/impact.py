"""What a candidate gives: to each participant, and to the indicators of the cluster's programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.projects.candidates import Candidate
from models.assumptions import Assumption, assumption
from models.project_kinds import NO_GAIN, SALES, project_kinds, role_gains

#: Kinds whose value is an amount times an assumption: its range must not count twice.
VALUED_BY: Mapping[str, str] = {
    "shared_equipment": "shared_equipment_saving",
    "joint_export": "export_uplift",
}
#: An assumption that changes nothing.
ALL = Assumption("", 1.0, 1.0, 1.0, "", "")


@dataclass(frozen=True, slots=True)
class Gain:
    """What a participant gains, roubles a year: ``what`` is sales (turnover) or saving (a cost spared)."""

    firm: int
    what: str
    rub: float
    low_rub: float
    high_rub: float


@dataclass(frozen=True, slots=True)
class Move:
    """By how much a project could move an indicator of the programme, in the indicator's unit."""

    kpi: int
    by: float
    low: float
    high: float


def gains(candidate: Candidate) -> list[Gain]:
    """Return what each participant gains, in the order of participants; those whose gain is not known are left out.

    The amount with which a firm takes part, times the assumption of its role. The range is that of the value and of
    the assumption together.
    """
    return [gain for firm, role in candidate.participants if (gain := _gain(candidate, firm, role)) is not None]


def _gain(candidate: Candidate, firm: int, role: str) -> Gain | None:
    model = role_gains().get((candidate.kind, role))
    amount = candidate.amounts.get(firm, 0.0)
    if model is None or model.gain == NO_GAIN or amount <= 0 or not candidate.value_rub:
        return None
    factor = assumption(model.assumption) if model.assumption else ALL
    low, high = _spread(candidate)
    if model.assumption and model.assumption == VALUED_BY.get(candidate.kind):
        low = high = 1.0  # the range of the value is that of this very assumption
    return Gain(firm, model.gain, amount * factor.value, amount * factor.low * low, amount * factor.high * high)


def _spread(candidate: Candidate) -> tuple[float, float]:
    """Return the ends of the value's range as parts of the value."""
    if candidate.range_rub is None or not candidate.value_rub:
        return 1.0, 1.0
    return candidate.range_rub[0] / candidate.value_rub, candidate.range_rub[1] / candidate.value_rub


def moves(candidate: Candidate, sme: NDArray[np.bool_]) -> list[Move]:
    """Return how the project moves the indicators its kind can move; those it does not move are left out.

    Members, support and services count firms and projects. Sales are what small and medium participants gain in
    turnover, jobs these sales over sales a job. A good counts as certified where a small or medium firm makes it.
    """
    return [move for kpi in project_kinds()[candidate.kind].kpis for move in _moved(candidate, kpi, sme) if move.by > 0]


def _moved(candidate: Candidate, kpi: int, sme: NDArray[np.bool_]) -> Iterator[Move]:
    small = [firm for firm, _ in candidate.participants if sme[firm]]
    sales = [gain for gain in gains(candidate) if gain.what == SALES and sme[gain.firm]]
    total = _total(sales)
    job = assumption("sales_per_job_rub")
    match kpi:
        case 1 | 2:
            yield Move(kpi, len(small), 0, len(small))
        case 3:
            yield Move(kpi, 1, 1, 1)
        case 4:
            yield Move(kpi, round(total[0] / job.value), round(total[1] / job.high), round(total[2] / job.low))
        case 5:
            yield Move(kpi, *(amount / 1e3 for amount in total))
        case 6:
            yield Move(kpi, bool(sales), 0, bool(sales))
        case 7:
            yield Move(kpi, bool(small), 0, bool(small))


def benefit(candidate: Candidate) -> float:
    """Return what a candidate brings its participants in comparable roubles: savings, and the value added of sales."""
    added = assumption("value_added_share").value
    return sum(gain.rub * (added if gain.what == SALES else 1.0) for gain in gains(candidate))


def _total(several: Sequence[Gain]) -> tuple[float, float, float]:
    return (
        sum(gain.rub for gain in several),
        sum(gain.low_rub for gain in several),
        sum(gain.high_rub for gain in several),
    )
