"""The geometry of the graph of firms: boxes in layers from raw material to final use, and curves between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from graph.layers import layout

Node = Mapping[str, Any]
Link = Mapping[str, Any]
At = tuple[float, float]

#: Size of a box, from the left of one to the left of the next, from one to the one below, and free space around all.
BOX_WIDTH, BOX_HEIGHT, PITCH, ROW, BORDER = 172, 38, 236, 50, 10
#: Room of a line of a name, lines of a box, and the room a small and a capital letter take.
ROOM, LINES = 146.0, 2
SMALL, CAPITAL = 7.3, 8.7
#: Strokes of the smallest and the largest link, and how long an arrow's head is.
THIN, THICK, HEAD = 1.0, 7.0, 7.0


@dataclass(frozen=True, slots=True)
class Box:
    """A firm: its node, its name in lines, and its left upper corner."""

    node: Node
    lines: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A link: its line, the head of its arrow, and its stroke."""

    link: Link
    line: str
    head: str
    stroke: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A graph in layers, in pixels: its boxes, all of one size, and its curves."""

    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
    width: float
    height: float
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


def drawing(document: Mapping[str, Any]) -> Drawing | None:
    """Lay out an extract of the graph of firms (:mod:`matcher.report.chain.firm_graph`); ``None`` without links."""
    nodes, links = document["nodes"], document["items"]
    if not links:
        return None
    number = {node["inn"]: place for place, node in enumerate(nodes)}
    ends = [(number[link["supplier"]["inn"]], number[link["buyer"]["inn"]]) for link in links]
    laid = layout(ends, {place: node["distance_from_use"] for place, node in enumerate(nodes)})
    largest = max(float(link["rub"] or 0) for link in links) or 1.0
    at = [(_left(laid.layer[place]), _middle(laid.place[place])) for place in range(len(nodes))]
    return Drawing(
        tuple(Box(node, lines(node["name"]), x, y - BOX_HEIGHT / 2) for node, (x, y) in zip(nodes, at, strict=True)),
        tuple(
            curve(link, at[one], at[other], [(_left(layer), _middle(place)) for layer, place in route], largest)
            for link, (one, other), route in zip(links, ends, laid.routes, strict=True)
        ),
        _left(laid.layers - 1) + BOX_WIDTH + BORDER,
        _middle(laid.height - 1) + BOX_HEIGHT / 2 + BORDER,
    )


def _left(layer: int) -> float:
    return BORDER + layer * PITCH


def _middle(place: float) -> float:
    return round(BORDER + BOX_HEIGHT / 2 + place * ROW, 1)


def curve(link: Link, start: At, end: At, bends: Sequence[At], largest: float) -> Curve:
    """Return the curve of a link between two boxes, past the boxes of the layers between.

    Parameters
    ----------
    start, end, bends
        Left edge and middle of the supplier's box, of the buyer's, and of the room kept on the way.
    largest
        Roubles of the thickest link.
    """
    onward = start[0] <= end[0]
    out, into = (BOX_WIDTH, 0.0) if onward else (0.0, BOX_WIDTH)
    sign = 1 if onward else -1
    points = [(start[0] + out, start[1])]
    for x, y in bends:
        points += [(x + into, y), (x + out, y)]
    tip = (end[0] + into, end[1])
    points.append((tip[0] - sign * HEAD, tip[1]))
    stroke = THIN + (THICK - THIN) * (float(link["rub"] or 0) / largest) ** 0.5
    wide = max(3.5, stroke / 2 + 2)
    back = tip[0] - sign * (HEAD + 2)
    head = f"M{tip[0]:g} {tip[1]:g}L{back:g} {tip[1] - wide:g}V{tip[1] + wide:g}Z"
    return Curve(link, smooth(points), head, round(stroke, 1))


def smooth(points: Sequence[At]) -> str:
    """Return a line through points that leaves and enters each of them level.

    >>> smooth([(0.0, 0.0), (10.0, 5.0)])
    'M0 0C5 0 5 5 10 5'
    """
    parts = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        half = (x + to_x) / 2
        parts.append(f"C{half:g} {y:g} {half:g} {to_y:g} {to_x:g} {to_y:g}")
    return "".join(parts)


def lines(name: str) -> tuple[str, ...]:
    """Return a name in the lines of a box, what does not fit cut off with dots.

    >>> lines("Сен-Гобен Кавминстекло"), lines("НИЖНЕКАМСКНЕФТЕХИМ")
    (('Сен-Гобен', 'Кавминстекло'), ('НИЖНЕКАМСКНЕФТЕ…',))
    >>> lines("Производственная фирма Атлантис-Пак и сыновья")
    ('Производственная', 'фирма Атлантис-Пак…')
    """
    found = [""]
    for word in name.split():
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and room(longer) > ROOM and len(found) < LINES:
            found.append(word)
        else:
            found[-1] = longer
    return tuple(_cut(line) for line in found)


def room(text: str) -> float:
    """Return about how much room a text takes in a line.

    >>> room("Аб") == CAPITAL + SMALL
    True
    """
    return sum(CAPITAL if letter.isupper() else SMALL for letter in text)


def _cut(text: str) -> str:
    if room(text) <= ROOM:
        return text
    while room(text) > ROOM - SMALL:
        text = text[:-1]
    return text.rstrip() + "…"
