"""Numbers that no table here gives, in one place, each with a range, a source and a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from models.resources import read_table


@dataclass(frozen=True, slots=True)
class Assumption:
    """A stated number and the range within which it may lie."""

    key: str
    value: float
    low: float
    high: float
    source: str
    reason: str


@cache
def assumptions() -> Mapping[str, Assumption]:
    """Return every assumption by key."""
    return {
        row["key"]: Assumption(
            row["key"], float(row["value"]), float(row["low"]), float(row["high"]), row["source"], row["reason"]
        )
        for row in read_table("reference/assumptions.csv")
    }


def assumption(key: str) -> Assumption:
    """Return one assumption.

    >>> 0 < assumption("trade_margin").value < 1
    True
    """
    return assumptions()[key]
