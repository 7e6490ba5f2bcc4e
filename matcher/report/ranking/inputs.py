"""Candidates of a supplier shortlist by the input that carries them, so that the first are not all of one input.

What the buyer says it needs leads. Wholesalers are ranked apart: what is bought through them is no input of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

import numpy as np

from matcher.index.economy import Economy
from matcher.report.figures import rub, share
from matcher.report.frame import Document, Frame
from matcher.report.ranking.listing import Listing
from matcher.report.ranking.stated import words_of

#: Inputs shown as groups of a shortlist, the fewest of those not stated, and the fewest candidates named in each.
GROUPS, FEWEST_UNSTATED, FEWEST = 10, 3, 3


def group_size(top: int) -> int:
    """Return how many candidates each input names, so that all together are about as many as asked for.

    >>> group_size(20), group_size(100)
    (3, 10)
    """
    return max(FEWEST, -(-top // GROUPS))


def by_input(listing: Listing, economy: Economy, top: int) -> list[tuple[int, list[int]]]:
    """Return the inputs of a buyer, each with the rows of its best candidates.

    First those it says it needs, then those it spends most on, each by falling spending: :data:`GROUPS` in all, or
    :data:`FEWEST_UNSTATED` of the others where it states many. A candidate belongs to the code that carries most of its
    pair; partners on record are no new candidates. A need of which no code carries anybody is told by its likeliest
    code, without candidates.
    """
    order, wanted = listing.ranking.new, listing.wanted(economy)
    lead = listing.ranking.flow.lead[order]
    makers = np.flatnonzero(~economy.channel[lead])
    by_code = makers[np.argsort(lead[makers].astype(np.uint16), kind="stable")]  # short numbers are sorted by counting
    codes = lead[by_code]
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    largest = np.lexsort((by_code[starts], -wanted[codes[starts]]))
    begins = dict(zip(codes[starts[largest]].tolist(), starts[largest].tolist(), strict=True))

    def best(code: int) -> list[int]:
        places = by_code[start : start + group_size(top)] if (start := begins.get(code)) is not None else by_code[:0]
        rows: list[int] = order[places[lead[places] == code]].tolist()
        return rows

    said = {code for need in listing.stated for code in need.codes if code in begins}
    alone = {need.codes[0] for need in listing.stated if need.codes and said.isdisjoint(need.codes)}
    first = sorted(said | alone, key=lambda code: (-wanted[code], code))
    then = islice((code for code in begins if code not in said), max(GROUPS - len(first), FEWEST_UNSTATED))
    return [(code, best(code)) for code in (*first, *then)]


def laid_out_apart(document: Mapping[str, Any], flat: bool) -> bool:
    """Return whether a buyer shortlist is shown as two: who uses the goods up, and who would sell them on.

    It is where there are both, unless one list was asked for or something was changed.

    Examples
    --------
    >>> laid_out_apart({"users": [{}], "channels": [{}]}, False), laid_out_apart({"users": [], "channels": [{}]}, False)
    (True, False)
    """
    return bool(document["users"] and document["channels"]) and not flat and "left" not in document


def laid_out_by_input(document: Mapping[str, Any], flat: bool) -> bool:
    """Return whether a supplier shortlist is shown by input.

    It is unless one list was asked for, one need was named, or something was changed: moves are places of one list.

    Examples
    --------
    >>> laid_out_by_input({"groups": [{}]}, False), laid_out_by_input({"groups": [{}], "left": []}, False)
    (True, False)
    """
    return bool(document["groups"]) and not flat and "left" not in document


def input_item(frame: Frame, listing: Listing, code: int) -> Document:
    """Return one input and what the buyer spends on it."""
    return {
        "okved_code": frame.code(code),
        "name": frame.code_name(code),
        "role": str(frame.economy.role[code]),
        "demand_rub": rub(listing.wanted(frame.economy)[code] * listing.party.output_rub),
        "import_share": share(frame.economy.code_import_share[code]),
        "stated": words_of(listing.stated, code),
    }
