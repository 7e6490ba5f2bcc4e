"""The geometry of the pages' small charts: numbers in, places on a scale from 0 to 100 out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

#: Narrowest bar that can still be seen, hundredths of the scale.
THINNEST = 0.8


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a score: where its bar begins and how wide it is, hundredths of the scale.

    ``start`` and ``stop`` are the ends of its bar, where it is joined with those before and after it; ``total`` is the
    score so far.
    """

    part: str
    contribution: float
    text: str
    x: float
    width: float
    sign: str
    start: float
    stop: float
    total: float


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
        _step(reason, (start - low) * scale, (stop - low) * scale, stop)
        for reason, start, stop in zip(reasons, ends, ends[1:], strict=False)
    )
    return Waterfall(steps, round((0.0 - low) * scale, 2), round((ends[-1] - low) * scale, 2), ends[-1])


def _step(reason: Mapping[str, Any], start: float, stop: float, total: float) -> Step:
    value = float(reason["contribution"])
    seen = max(abs(stop - start), THINNEST) if value else 0.0
    sign = "plus" if value > 0 else "minus" if value < 0 else "none"
    x = round(min(start, stop, 100 - seen), 2)
    part, text = str(reason["part"]), str(reason["text"])
    return Step(part, value, text, x, round(seen, 2), sign, round(start, 2), round(stop, 2), total)


def bar(value: float | None, largest: float) -> float:
    """Return the length of a bar, hundredths of the scale; something can be seen of every value above 0.

    >>> bar(5, 10), bar(0, 10), bar(None, 10), bar(1, 100000)
    (50.0, 0.0, 0.0, 0.8)
    """
    if not value or value < 0 or largest <= 0:
        return 0.0
    return round(max(100 * value / largest, THINNEST), 2)


#: Size of a chart over years, units of its view box, and the room for the names of years below.
CHART_WIDTH, CHART_HEIGHT, CHART_FOOT = 320.0, 132.0, 20.0
#: Room above the highest point, and years that can be named side by side.
CHART_HEAD, MOST_NAMED = 14.0, 10


@dataclass(frozen=True, slots=True)
class Mark:
    """One year of a chart: its name, the middle of its place, and its bar or point; ``few`` when of too few firms."""

    year: int
    x: float
    left: float
    width: float
    y: float | None
    height: float
    few: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over years: its marks, the height of its base line, and the pieces of a line through known points."""

    marks: tuple[Mark, ...]
    base: float
    pieces: tuple[str, ...]


def chart(years: Sequence[int], values: Sequence[float | None], few: Sequence[bool], base: float = 0.0) -> Chart:
    """Lay yearly values out on one scale that holds ``base``; years without a value leave a gap in the line.

    Examples
    --------
    >>> drawn = chart([2016, 2017, 2018], [50.0, None, 100.0], [False] * 3)
    >>> [(mark.x, mark.y, mark.height) for mark in drawn.marks], drawn.base
    ([(53.33, 63.0, 49.0), (160.0, None, 0.0), (266.67, 14.0, 98.0)], 112.0)
    >>> chart([2016, 2017], [100.0, 120.0], [False] * 2, base=100.0).pieces
    ('80.0,112.0 240.0,14.0',)
    """
    known = [value for value in values if value is not None]
    low, high = min([base, *known]), max([base, *known])
    floor = CHART_HEIGHT - CHART_FOOT
    scale = (floor - CHART_HEAD) / (high - low) if high > low else 0.0
    zero, place, step = floor - (base - low) * scale, CHART_WIDTH / max(len(years), 1), -(-len(years) // MOST_NAMED)
    marks = []
    for number, (year, value, thin) in enumerate(zip(years, values, few, strict=True)):
        y = None if value is None else round(floor - (value - low) * scale, 2)
        height = 0.0 if y is None else round(abs(zero - y), 2)
        middle = round((number + 0.5) * place, 2)
        left = round((number + 0.15) * place, 2)
        marks.append(Mark(year, middle, left, round(0.7 * place, 2), y, height, thin, number % max(step, 1) == 0))
    return Chart(tuple(marks), round(zero, 2), tuple(_pieces(marks)))


def _pieces(marks: Sequence[Mark]) -> Iterator[str]:
    for known, run in groupby(marks, key=lambda mark: mark.y is not None):
        if known:
            yield " ".join(f"{mark.x},{mark.y}" for mark in run)


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
