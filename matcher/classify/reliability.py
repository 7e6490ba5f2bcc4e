r"""Whether stated confidence is honest: bins of a reliability diagram and the expected calibration error.

Answers are sorted by confidence and cut into bins of equal size; in each, mean confidence should equal accuracy.

References
----------
Guo et al. 2017, On Calibration of Modern Neural Networks, ICML; Nguyen and O'Connor 2015, Posterior Calibration and
Exploratory Analysis for NLP Models, EMNLP (bins of equal size).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

#: Bins of the diagram.
BINS = 5


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of similar confidence: the least and greatest of it, its mean, and the share that was right."""

    least: float
    greatest: float
    confidence: float
    accuracy: float
    count: int


def reliability(confidence: Sequence[float], right: Sequence[bool], bins: int = BINS) -> tuple[Bin, ...]:
    """Return the bins of a reliability diagram, the least sure first; fewer where there are fewer answers.

    Parameters
    ----------
    confidence
        Stated probability of each answer.
    right
        Whether it was right.
    bins
        How many bins of equal size.

    Examples
    --------
    >>> [(b.count, b.confidence, b.accuracy) for b in reliability([0.2, 0.4, 0.9, 0.9], [False, True, True, True], 2)]
    [(2, 0.3, 0.5), (2, 0.9, 1.0)]
    """
    stated, told = np.asarray(confidence, dtype=float), np.asarray(right, dtype=float)
    parts = np.array_split(np.argsort(stated, kind="stable"), min(bins, max(len(stated), 1)))
    return tuple(
        Bin(
            round(float(stated[part].min()), 4), round(float(stated[part].max()), 4),
            round(float(stated[part].mean()), 4), round(float(told[part].mean()), 4), len(part),
        )
        for part in parts
        if len(part)
    )  # fmt: skip


def calibration_error(bins: Sequence[Bin]) -> float:
    r"""Return the expected calibration error, :math:`\sum_b n_b\,|\text{acc}_b - \text{conf}_b| / n`.

    >>> calibration_error(reliability([0.2, 0.4, 0.9, 0.9], [False, True, True, True], 2))
    0.15
    """
    total = sum(each.count for each in bins)
    gaps = sum(each.count * abs(each.accuracy - each.confidence) for each in bins)
    return round(gaps / total, 4) if total else 0.0
