"""Weights of the score learned from decisions: kept as versions of a cluster, the latest not undone in force."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from models import codec, tables


@dataclass(frozen=True, slots=True)
class LearnedWeights:
    """One version: the weight of each part, how scores become probabilities (if they can), and what moved and why."""

    id: int
    cluster: str
    weights: Mapping[str, float]
    calibration: Mapping[str, Any] | None
    report: Mapping[str, Any]
    by: str
    at: datetime
    undone_at: datetime | None = None


def learned_row(
    cluster: str,
    weights: Mapping[str, float],
    calibration: Mapping[str, Any] | None,
    report: Mapping[str, Any],
    by: str,
) -> dict[str, Any]:
    """Return a version as a row of its table, without a number."""
    return {
        "cluster": cluster,
        "weights": codec.compact_json(dict(weights)),
        "calibration": codec.compact_json(calibration),
        "report": codec.compact_json(dict(report)),
        "by": by,
        "at": codec.now(),
    }


def learned_of(row: sa.RowMapping) -> LearnedWeights:
    """Return a row as a version."""
    texts = {name: json.loads(row[name]) for name in ("weights", "calibration", "report")}
    return LearnedWeights(**{**row, **texts})


def in_force(versions: Iterable[LearnedWeights]) -> dict[str, LearnedWeights]:
    """Return the latest version of each cluster that was not undone; versions come oldest first."""
    return {version.cluster: version for version in versions if version.undone_at is None}


def versions_query() -> sa.Select[Any]:
    """Return the query of all versions, oldest first."""
    return sa.select(tables.learned_weights).order_by(tables.learned_weights.c.id)
