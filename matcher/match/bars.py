"""What keeps a firm from being offered as a new partner, whatever is asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph.sparse_rows import are
from matcher.index.columns import STATUS_CLOSED, Columns
from matcher.match.pairs import Party

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Why a firm that scores well is not offered as a new partner.
DECLINED, CLOSED, AFFILIATE, SAME_NAME = "declined", "closed", "affiliate", "possible_affiliate"


def bars(columns: Columns, party: Party, firms: Ints, observed: Flags, declined: Sequence[int]) -> dict[str, Flags]:
    """Return which of some firms each rule keeps from being offered to a party.

    Parameters
    ----------
    firms
        Their numbers, sorted.
    observed
        Which of them trade with the party on record: a partner on record is one even if it bears the same name.
    declined
        Firms the party, or who decides for it, does not want.
    """
    return {
        CLOSED: columns.status[firms] == STATUS_CLOSED,
        DECLINED: are(firms, declined),
        AFFILIATE: are(firms, list(columns.ties(party.firm))),
        SAME_NAME: _same_name(columns, party, firms) & ~observed,
    }


def _same_name(columns: Columns, party: Party, firms: Ints) -> Flags:
    """Return which candidates bear the party's own name: likely one owner, where founders are unknown."""
    key = int(columns.name_key[party.firm]) if party.firm is not None else 0
    return np.asarray((columns.name_key[firms] == key) & (key != 0))
