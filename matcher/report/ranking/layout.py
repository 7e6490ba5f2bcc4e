"""Which candidates of a ranking a shortlist tells, and where: in one list, by input, or both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from graph.ownership import Tie
from matcher.index.economy import Economy
from matcher.report.ranking.inputs import by_input, channels
from matcher.report.ranking.listing import Listing

#: Everything, one list alone, or by input alone where there are inputs: a page shows one of the two.
Layout = Literal["whole", "flat", "by_input"]


@dataclass(frozen=True, slots=True)
class Laid:
    """The rows of a ranking that are told, best first.

    Attributes
    ----------
    items
        Candidates in one list; the first alone where they are told by input.
    groups
        Inputs of a buyer with their candidates, without any in one list.
    channels, partners, affiliates, blocked
        Wholesalers, partners on record, candidates of the asker's own group, and those that one rule keeps out.
    """

    items: Sequence[int]
    groups: Sequence[tuple[int, Sequence[int]]]
    channels: Sequence[int]
    partners: Sequence[int]
    affiliates: Sequence[tuple[int, Tie]]
    blocked: Sequence[tuple[int, str]]

    def named(self, listing: Listing) -> list[int]:
        """Return the firms that are named, so that their records can be fetched at once."""
        rows = [*self.items, *self.channels, *self.partners]
        rows += [row for _, group in self.groups for row in group]
        rows += [row for row, _ in (*self.affiliates, *self.blocked)]
        firms = {int(listing.ranking.firms[row]) for row in rows}
        return sorted(firms | ({listing.party.firm} if listing.party.firm is not None else set()))


def laid_out(listing: Listing, economy: Economy, top: int, layout: Layout = "whole") -> Laid:
    """Return what is told of a listing; of a later part candidates alone.

    One need is one input, and buyers all ask for what the one firm makes: only a buyer that asks for all it needs has
    candidates by input.
    """
    ranking, items = listing.ranking, listing.shown(top).tolist()
    if listing.start:
        return Laid(items, (), (), (), (), ())
    groups: Sequence[tuple[int, Sequence[int]]] = by_input(listing, economy, top) if listing.by_input else ()
    apart = channels(listing, top) if listing.by_input and layout != "flat" else ()
    if layout == "by_input" and groups:
        items = items[:1]
    elif layout == "flat":
        groups = [(code, ()) for code, _ in groups]
    partners = ranking.partners[:top].tolist()
    return Laid(items, groups, apart, partners, ranking.affiliates[:top], ranking.blocked)
