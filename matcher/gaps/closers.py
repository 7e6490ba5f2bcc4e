"""Who holds a gap and who could close it; the buyers' own group apart, since its firms are no news to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.ownership import Tie
from matcher.gaps.regional import RegionGaps
from matcher.gaps.who import could_start, holders, outside_makers, wholesalers
from matcher.index.columns import Columns
from matcher.index.economy import Economy

#: Firms named in each list of a gap.
NAMED = 5


@dataclass(frozen=True, slots=True)
class GapFirms:
    """The firms named beside a gap.

    Attributes
    ----------
    buyers
        Firm numbers with their demand in roubles.
    outside
        Makers elsewhere with their distance in kilometres.
    able
        Local firms that could start with the relatedness.
    channels
        Wholesalers of it with their distance in kilometres.
    kin
        Makers and starters of one group with the buyers: firm, buyer and how they belong together.
    source
        The single source, if there is one.
    hit
        Firms that lose most if the single source stops, with the output they lose.
    """

    buyers: Sequence[tuple[int, float]]
    outside: Sequence[tuple[int, float]]
    able: Sequence[tuple[int, float]]
    kin: Sequence[tuple[int, int, Tie]]
    channels: Sequence[tuple[int, float]] = ()
    hit: Sequence[tuple[int, float]] = ()
    source: int | None = None

    @property
    def firms(self) -> frozenset[int]:
        """Numbers of all of them."""
        rows = (*self.buyers, *self.outside, *self.able, *self.channels, *self.hit)
        source = () if self.source is None else (self.source,)
        return frozenset([*(firm for firm, _ in rows), *(firm for firm, _, _ in self.kin), *source])


def gap_firms(columns: Columns, economy: Economy, found: RegionGaps, code: int) -> GapFirms:
    """Return who holds a gap and who could close it."""
    buyers, stop = holders(found, code, NAMED), found.stops.get(code)
    kin = own_group(columns, buyers)
    most = NAMED + len(kin)
    outside = outside_makers(columns, economy, found, code, most)
    able = could_start(columns, economy, found, code, most)
    closers = dict.fromkeys(firm for firm, _ in (*outside, *able))
    return GapFirms(
        buyers,
        [row for row in outside if row[0] not in kin][:NAMED],
        [row for row in able if row[0] not in kin][:NAMED],
        [(firm, *kin[firm]) for firm in closers if firm in kin][:NAMED],
        [row for row in wholesalers(columns, economy, found, code, most) if row[0] not in kin][:NAMED],
        stop.hit(columns, found.local, NAMED) if stop else (),
        stop.firm if stop else None,
    )


def own_group(columns: Columns, buyers: Sequence[tuple[int, float]]) -> dict[int, tuple[int, Tie]]:
    """Return the affiliates of the buyers that carry a gap: firm -> the largest such buyer and the tie.

    A firm is of their group when its affiliates among the buyers hold at least half of what these need; otherwise it
    would be new to most.
    """
    held: dict[int, float] = {}
    of: dict[int, tuple[int, Tie]] = {}
    for buyer, amount in buyers:
        for firm, tie in columns.ties(buyer).items():
            held[firm] = held.get(firm, 0.0) + amount
            of.setdefault(firm, (buyer, tie))
    half = sum(amount for _, amount in buyers) / 2
    return {firm: of[firm] for firm, amount in held.items() if amount >= half}
