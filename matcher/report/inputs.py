"""Candidates of a supplier shortlist by the input that carries them, so that the first are not all of one input."""

from __future__ import annotations

import numpy as np

from matcher.index.economy import Economy
from matcher.report.frame import Document, Frame, rub, share
from matcher.report.listing import Listing

#: Inputs shown as groups of a shortlist, and candidates named in each.
GROUPS, GROUP_SIZE = 10, 5


def by_input(listing: Listing, economy: Economy) -> list[tuple[int, list[int]]]:
    """Return the inputs a buyer spends most on, largest spending first, each with the rows of its best candidates.

    A candidate belongs to the code that carries most of its pair; what is bought through wholesalers is no input of its
    own.
    """
    ranking, wanted = listing.ranking, listing.wanted(economy)
    lead = ranking.flow.lead()[ranking.order]
    makers = np.flatnonzero(~economy.channel[lead])
    by_code = makers[np.argsort(lead[makers], kind="stable")]
    of_one_code = np.split(by_code, np.flatnonzero(np.diff(lead[by_code])) + 1) if len(by_code) else []
    largest = sorted(of_one_code, key=lambda places: (-wanted[lead[places[0]]], places[0]))[:GROUPS]
    return [(int(lead[places[0]]), ranking.order[places[:GROUP_SIZE]].tolist()) for places in largest]


def input_group(frame: Frame, listing: Listing, code: int, rows: list[int]) -> Document:
    """Return one input with what the buyer spends on it and its best candidates."""
    ranking, spent = listing.ranking, listing.wanted(frame.economy)[code] * listing.party.output_rub
    return {
        "okved_code": frame.code(code),
        "name": frame.code_name(code),
        "role": str(frame.economy.role[code]),
        "demand_rub": rub(spent),
        "import_share": share(frame.economy.code_import_share[code]),
        "items": [
            {
                **frame.firm(int(ranking.firms[row])),
                "score": round(float(ranking.scores.score[row]), 4),
                "expected_value_rub": rub(ranking.scores.trade.of(row)),
                "distance_km": round(float(ranking.scores.distance_km[row]), 1),
            }
            for row in rows
        ],
    }
