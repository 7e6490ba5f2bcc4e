"""Orders of shortlists and of gaps beside their own, and parts of a shortlist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from matcher.gaps.regional import RegionGaps
from matcher.index.columns import Columns
from matcher.match.shortlist import Ranking
from matcher.report.paging import Key, in_order, part_of
from matcher.report.ranking.listing import Floats, Listing

USUAL_ORDER = "-score"
#: What candidates can be ordered by: a value of each row of a ranking that grows along the order.
ORDERS: Mapping[str, Callable[[Ranking], Floats]] = {
    USUAL_ORDER: lambda ranking: -ranking.scores.score,
    "-expected_value_rub": lambda ranking: -ranking.scores.trade.expected_rub,
    "distance_km": lambda ranking: np.nan_to_num(ranking.scores.distance_km),
}

#: What gaps can be ordered by: a value of each code that grows along the order.
GAPS_BY_VALUE = "-value_rub"
GAP_ORDERS: Mapping[str, Callable[[RegionGaps], Floats]] = {
    GAPS_BY_VALUE: lambda found: -found.value_rub,
    "-gap_rub": lambda found: -found.gaps.gap,
    "-demand_rub": lambda found: -found.gaps.demand,
    "okved_code": lambda found: np.zeros(len(found.value_rub)),
}


def part_of_listing(
    listing: Listing, columns: Columns, order: str, after: Key | None, top: int
) -> tuple[Listing, Key | None]:
    """Return a listing in an order, beginning after a key, and the key after which the next part begins."""
    ranking = listing.ranking
    values, names = ORDERS[order](ranking), columns.inn[ranking.firms]
    if order != USUAL_ORDER:
        rows = ranking.order
        ranking = replace(ranking, order=rows[in_order(values[rows], names[rows])])
    part = part_of(ranking.order, values, names, after, top)
    return replace(listing, ranking=ranking, start=part.start), part.next
