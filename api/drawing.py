"""The geometry of the pages' small charts: numbers in, places on a scale from 0 to 100 out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: Narrowest bar that can still be seen, hundredths of the scale.
THINNEST = 0.8


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a score: where its bar begins and how wide it is, hundredths of the scale."""

    part: str
    contribution: float
    text: str
    x: float
    width: float
    sign: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The parts of a score, each beginning where the one before it ended; ``zero`` and ``end`` mark the scale."""

    steps: tuple[Step, ...]
    zero: float
    end: float
    score: float


def waterfall(reasons: Sequence[Mapping[str, Any]]) -> Waterfall:
    """Lay the contributions of a score end to end on one scale.

    Examples
    --------
    >>> parts = [{"part": "base", "contribution": -3.0, "text": ""}, {"part": "gap", "contribution": 4.0, "text": ""}]
    >>> drawn = waterfall(parts)
    >>> [(step.x, step.width) for step in drawn.steps], drawn.zero, drawn.end
    ([(0.0, 75.0), (0.0, 100.0)], 75.0, 100.0)
    """
    ends = [0.0]
    for reason in reasons:
        ends.append(ends[-1] + float(reason["contribution"]))
    low, high = min(ends), max(ends)
    scale = 100 / (high - low) if high > low else 0.0
    steps = tuple(
        _step(reason, (min(start, stop) - low) * scale, abs(stop - start) * scale)
        for reason, start, stop in zip(reasons, ends, ends[1:], strict=False)
    )
    return Waterfall(steps, round((0.0 - low) * scale, 2), round((ends[-1] - low) * scale, 2), ends[-1])


def _step(reason: Mapping[str, Any], x: float, width: float) -> Step:
    value = float(reason["contribution"])
    seen = max(width, THINNEST) if value else 0.0
    sign = "plus" if value > 0 else "minus" if value < 0 else "none"
    return Step(str(reason["part"]), value, str(reason["text"]), round(min(x, 100 - seen), 2), round(seen, 2), sign)


def bar(value: float | None, largest: float) -> float:
    """Return the length of a bar, hundredths of the scale; something can be seen of every value above 0.

    >>> bar(5, 10), bar(0, 10), bar(None, 10), bar(1, 100000)
    (50.0, 0.0, 0.0, 0.8)
    """
    if not value or value < 0 or largest <= 0:
        return 0.0
    return round(max(100 * value / largest, THINNEST), 2)


def largest(rows: Sequence[Mapping[str, Any]], key: str) -> float:
    """Return the largest known value of a column, 0 if none is known.

    >>> largest([{"a": 3}, {"a": None}], "a")
    3.0
    """
    return max((float(row[key]) for row in rows if row.get(key) is not None), default=0.0)


def strongest(reasons: Sequence[Mapping[str, Any]], top: int = 3) -> list[Mapping[str, Any]]:
    """Return the parts that moved a score most, ``base`` and parts that said nothing left out.

    >>> strongest([{"part": "base", "contribution": -9}, {"part": "gap", "contribution": 0.4}], 2)
    [{'part': 'gap', 'contribution': 0.4}]
    """
    said = [reason for reason in reasons if reason["part"] != "base" and abs(reason["contribution"]) >= 0.005]
    return sorted(said, key=lambda reason: -abs(reason["contribution"]))[:top]
