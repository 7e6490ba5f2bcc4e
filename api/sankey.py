"""The geometry of a picture of sales: who sells on the left, who buys on the right, a band between them for each flow.

Heights are pixels and widths hundredths of the picture, so that the same picture fits a desk and a telephone. A band is
as high as it carries roubles, and never so thin that it cannot be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.report.chain.flows import BEYOND, OTHERS

Node = Mapping[str, Any]
Link = Mapping[str, Any]

#: Height that the bands of the busier side share, and the least of one part of a band.
HEIGHT, THINNEST = 420.0, 1.0
#: Room above a node for the lines of its name, one line, and room above the first node of a stage for the stage's.
GAP, LINE, STAGE_LINE = 8.0, 16.0, 26.0
#: Longest line of a name, letters.
LONGEST = 28
#: Bands drawn at most, the largest.
MOST_BANDS = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A group on one side: where its bar stands, its name in lines, and what it sells or buys in the picture.

    ``stage`` is that of a segment, else empty, and ``part`` the side of its stage where it has two; ``heading`` is the
    height of the part's name above its first group.
    """

    key: str
    lines: tuple[str, ...]
    stage: str
    part: str
    y: float
    height: float
    rub: float
    heading: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """A flow: the outlines of what is on record and of what is expected, either of which may be empty."""

    link: Link
    stage: str
    observed: str
    inferred: str


@dataclass(frozen=True, slots=True)
class Sankey:
    """A picture of sales; ``left_out`` flows, worth ``left_out_rub``, are not drawn."""

    sellers: tuple[Bar, ...]
    buyers: tuple[Bar, ...]
    bands: tuple[Band, ...]
    height: float
    left_out: int
    left_out_rub: float


def sankey(flows: Mapping[str, Any], inside: bool) -> Sankey | None:
    """Lay flows out; ``None`` when there is none.

    Parameters
    ----------
    flows
        ``nodes`` in the order in which they stand and ``links``, as of :mod:`matcher.report.chain.flows`.
    inside
        Whether only sales between segments are drawn.
    """
    outside = {OTHERS, BEYOND}
    wanted = [link for link in flows["links"] if not (inside and outside & {link["source"], link["target"]})]
    drawn = wanted[:MOST_BANDS]
    if not drawn:
        return None
    scale = HEIGHT / sum(map(rub, drawn))
    segments = [node for node in flows["nodes"] if node["key"] not in outside]
    around = [node for node in flows["nodes"] if node["key"] in outside]
    sellers = bars([*around, *segments], drawn, "source", scale)  # what comes in stands above, what leaves below
    buyers = bars([*segments, *around], drawn, "target", scale)
    rest = wanted[MOST_BANDS:]
    return Sankey(
        sellers,
        buyers,
        tuple(bands(drawn, sellers, buyers, scale)),
        max(bar.y + bar.height for bar in (*sellers, *buyers)) + GAP,
        len(rest),
        sum(map(rub, rest)),
    )


def rub(link: Link) -> float:
    """Return what a flow carries."""
    return float(link["observed_rub"] + link["inferred_rub"])


def thickness(link: Link, scale: float) -> tuple[float, float]:
    """Return the heights of both parts of a band; a part that is there can be seen.

    >>> thickness({"observed_rub": 50.0, "inferred_rub": 0.1}, 1.0)
    (50.0, 1.0)
    """
    observed, inferred = link["observed_rub"] * scale, link["inferred_rub"] * scale
    return max(observed, THINNEST) if observed else 0.0, max(inferred, THINNEST) if inferred else 0.0


def bars(nodes: Iterable[Node], links: Sequence[Link], end: str, scale: float) -> tuple[Bar, ...]:
    """Return the bars of one side, those without a flow left out, one below the other."""
    found: list[Bar] = []
    y, part = 0.0, None
    for node in nodes:
        own = [link for link in links if link[end] == node["key"]]
        if not own:
            continue
        lines, stage = broken(node["name"]), str(node.get("stage", ""))
        here, heading = str(node.get("side") or stage), None
        if here != part:
            heading, y, part = y + STAGE_LINE - GAP, y + STAGE_LINE, here
        y += GAP + LINE * len(lines)
        height = sum(sum(thickness(link, scale)) for link in own)
        found.append(Bar(node["key"], lines, stage, here, round(y, 1), round(height, 1), sum(map(rub, own)), heading))
        y += height
    return tuple(found)


def broken(name: str) -> tuple[str, ...]:
    """Return a name in lines of at most :data:`LONGEST` letters, words whole.

    >>> broken("Other inorganic chemicals and salts of acids")
    ('Other inorganic chemicals', 'and salts of acids')
    """
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= LONGEST:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines)


def bands(links: Sequence[Link], sellers: Sequence[Bar], buyers: Sequence[Bar], scale: float) -> Iterable[Band]:
    """Yield a band for each flow; at a bar they are stacked in the order of the bars on the other side."""
    left = {bar.key: bar for bar in sellers}
    starts = _stacked(links, "source", "target", left, [bar.key for bar in buyers], scale)
    ends = _stacked(links, "target", "source", {bar.key: bar for bar in buyers}, list(left), scale)
    for link, start, end in zip(links, starts, ends, strict=True):
        observed, inferred = thickness(link, scale)
        yield Band(
            link,
            left[link["source"]].stage,
            outline(start, end, observed),
            outline(start + observed, end + observed, inferred),
        )


def _stacked(
    links: Sequence[Link], end: str, other: str, bars: Mapping[str, Bar], order: list[str], scale: float
) -> list[float]:
    """Return where each band begins at the bars of one side."""
    next_y = {key: bar.y for key, bar in bars.items()}
    begins = [0.0] * len(links)
    for number in sorted(range(len(links)), key=lambda number: order.index(links[number][other])):
        key = links[number][end]
        begins[number] = next_y[key]
        next_y[key] += sum(thickness(links[number], scale))
    return begins


def outline(start: float, end: float, height: float) -> str:
    """Return the outline of a band from the left to the right of a picture 100 wide; empty without a height.

    >>> outline(0.0, 10.0, 2.0)
    'M0 0C50 0 50 10 100 10V12C50 12 50 2 0 2Z'
    """
    if not height:
        return ""
    top, bottom, right, below = (f"{round(y, 1):g}" for y in (start, start + height, end, end + height))
    return f"M0 {top}C50 {top} 50 {right} 100 {right}V{below}C50 {below} 50 {bottom} 0 {bottom}Z"
