"""Which candidates of a ranking a shortlist tells, and where: in one list, by input or use, or both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from graph.ownership import Tie
from matcher.index.economy import Economy
from matcher.report.ranking.inputs import by_input, group_size
from matcher.report.ranking.listing import Listing

#: Everything, one list alone, or by input (of buyers: by use) alone where there is that: a page shows one of the two.
Layout = Literal["whole", "flat", "by_input"]


@dataclass(frozen=True, slots=True)
class Laid:
    """The rows of a ranking that are told, best first.

    Attributes
    ----------
    items
        Candidates in one list; the first alone where they are told by input or use.
    groups
        Inputs of a buyer with their candidates, without any in one list.
    users
        Buyers that use the goods up, where others would sell them on.
    channels, partners, affiliates, blocked
        Wholesalers, or buyers that would sell the goods on; partners on record, candidates of the asker's own group,
        and those that one rule keeps out.
    """

    items: Sequence[int]
    groups: Sequence[tuple[int, Sequence[int]]] = ()
    users: Sequence[int] = ()
    channels: Sequence[int] = ()
    partners: Sequence[int] = ()
    affiliates: Sequence[tuple[int, Tie]] = ()
    blocked: Sequence[tuple[int, str]] = ()

    @property
    def candidates(self) -> list[int]:
        """The rows of the candidates told with their reasons, some of them in several lists."""
        return [*self.items, *self.users, *self.channels, *(row for _, group in self.groups for row in group)]

    def named(self, listing: Listing) -> list[int]:
        """Return the firms that are named, so that their records can be fetched at once."""
        rows = [*self.candidates, *self.partners, *(row for row, _ in (*self.affiliates, *self.blocked))]
        firms = {int(listing.ranking.firms[row]) for row in rows}
        return sorted(firms | ({listing.party.firm} if listing.party.firm is not None else set()))


def laid_out(listing: Listing, economy: Economy, top: int, layout: Layout = "whole") -> Laid:
    """Return what is told of a listing; of a later part candidates alone.

    One need is one input, and buyers all ask for what the one firm makes: only a buyer that asks for all it needs has
    candidates by input. Buyers are told by what they would do with it: use it up, or sell it on.
    """
    ranking, items = listing.ranking, listing.shown(top).tolist()
    if listing.start:
        return Laid(items)
    groups: Sequence[tuple[int, Sequence[int]]] = by_input(listing, economy, top) if listing.by_input else ()
    users: Sequence[int] = ()
    channels: Sequence[int] = ()
    if layout == "flat":
        groups = [(code, ()) for code, _ in groups]
    elif listing.side == "buyer":
        users, channels = by_use(listing, top)
    elif listing.by_input:
        channels = apart(listing, top, group_size(top))[1]
    if layout == "by_input" and (groups or (users and channels)):
        items = items[:1]
    partners = ranking.partners[:top].tolist()
    return Laid(items, groups, users, channels, partners, ranking.affiliates[:top], ranking.blocked)


def by_use(listing: Listing, top: int) -> tuple[list[int], list[int]]:
    """Return the rows of the best buyers that use the goods up, and, half as many, of the best that would sell them on.

    Where nobody would sell them on, all use them up and stand in the one list: both are empty.
    """
    users, channels = apart(listing, top, -(-top // 2))
    return (users if channels else []), channels


def apart(listing: Listing, others: int, channels: int) -> tuple[list[int], list[int]]:
    """Return the rows of the best new candidates that are no channels, and of the best that are, so many of each."""
    new = listing.ranking.new
    through = listing.ranking.channels[new]
    return new[~through][:others].tolist(), new[through][:channels].tolist()
