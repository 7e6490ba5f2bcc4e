"""Candidates of a supplier shortlist by the input that carries them, so that the first are not all of one input.

Wholesalers are ranked apart: what is bought through them is no input of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from matcher.index.economy import Economy
from matcher.match.shortlist import MOSTLY_CHANNEL
from matcher.report.frame import Document, Frame, rub, share
from matcher.report.ranking.listing import Listing

#: Inputs shown as groups of a shortlist, and the fewest candidates named in each.
GROUPS, FEWEST = 10, 3


def group_size(top: int) -> int:
    """Return how many candidates each input names, so that all together are about as many as asked for.

    >>> group_size(20), group_size(100)
    (3, 10)
    """
    return max(FEWEST, -(-top // GROUPS))


def by_input(listing: Listing, economy: Economy, top: int) -> list[tuple[int, list[int]]]:
    """Return the inputs a buyer spends most on, largest spending first, each with the rows of its best candidates.

    A candidate belongs to the code that carries most of its pair; partners on record are no new candidates.
    """
    order, wanted = listing.ranking.new, listing.wanted(economy)
    lead = listing.ranking.flow.lead[order]
    makers = np.flatnonzero(~economy.channel[lead])
    by_code = makers[np.argsort(lead[makers].astype(np.uint16), kind="stable")]  # short numbers are sorted by counting
    of_one_code = np.split(by_code, np.flatnonzero(np.diff(lead[by_code])) + 1) if len(by_code) else []
    largest = sorted(of_one_code, key=lambda places: (-wanted[lead[places[0]]], places[0]))[:GROUPS]
    return [(int(lead[places[0]]), order[places[: group_size(top)]].tolist()) for places in largest]


def laid_out_by_input(document: Mapping[str, Any], flat: bool) -> bool:
    """Return whether a supplier shortlist is shown by input.

    It is unless one list was asked for, one need was named, or something was changed: moves are places of one list.

    Examples
    --------
    >>> laid_out_by_input({"groups": [{}]}, False), laid_out_by_input({"groups": [{}], "left": []}, False)
    (True, False)
    """
    return bool(document["groups"]) and not flat and "left" not in document


def channels(listing: Listing, top: int) -> list[int]:
    """Return the rows of the best wholesalers."""
    order = listing.ranking.new
    through = listing.ranking.scores.channel_share[order] >= MOSTLY_CHANNEL
    return [int(row) for row in order[through][: group_size(top)]]


def input_item(frame: Frame, listing: Listing, code: int) -> Document:
    """Return one input and what the buyer spends on it."""
    return {
        "okved_code": frame.code(code),
        "name": frame.code_name(code),
        "role": str(frame.economy.role[code]),
        "demand_rub": rub(listing.wanted(frame.economy)[code] * listing.party.output_rub),
        "import_share": share(frame.economy.code_import_share[code]),
    }
