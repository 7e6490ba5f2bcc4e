"""Are small firms shown as often as they could supply? Exposure of SMEs among the first candidates.

References
----------
Singh, A., Joachims, T. (2018). Fairness of exposure in rankings. KDD: attention falls with the logarithm of the rank.
"""

from __future__ import annotations

import numpy as np

from matcher.index.columns import Columns
from matcher.index.sizes import IS_SME
from matcher.match.shortlist import Ranking
from matcher.report.figures import share
from matcher.report.frame import Document

#: Candidates looked at.
FIRST = 10


def exposure_of(columns: Columns, ranking: Ranking) -> Document | None:
    """Return the SMEs' part of the first ten beside their part of the supply of what the buyer needs.

    Supply is output times the share of it in needed codes, each code weighted by the buyer's need; it is counted over
    all admitted candidates. Where the register states no size category the output decides (``size_by_output`` such
    firms); firms of unknown size count as no SME.
    ``None`` without candidates.
    """
    firms = ranking.firms[ranking.order]
    if not len(firms):
        return None
    size, stated = columns.size_band[firms], columns.category[firms] > 0
    small = IS_SME[size]
    supply = ranking.scores.fit[ranking.order] * columns.output_rub[firms]
    first = small[:FIRST]
    attention = 1.0 / np.log2(np.arange(2, len(first) + 2))
    return {
        "first": len(first),
        "sme": int(first.sum()),
        "sme_share": share(first.mean()),
        "attention_share": share(attention @ first / attention.sum()),
        "supply_share": share(supply @ small / supply.sum()) if supply.sum() > 0 else None,
        "firms_share": share(small.mean()),
        "size_by_output": int((~stated & (size > 0)).sum()),
        "size_unknown": int((size == 0).sum()),
    }
