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


def bars(
    columns: Columns, party: Party, firms: Ints | None, observed: Flags, declined: Sequence[int]
) -> dict[str, Flags]:
    """Return which of some firms each rule keeps from being offered to a party.

    Parameters
    ----------
    firms
        Their numbers, sorted; ``None`` for everyone.
    observed
        Which of them trade with the party on record: a partner on record is one even if it bears the same name.
    declined
        Firms the party, or who decides for it, does not want.
    """
    picked = slice(None) if firms is None else firms
    key = int(columns.name_key[party.firm]) if party.firm is not None else 0
    return {
        CLOSED: columns.status[picked] == STATUS_CLOSED,
        DECLINED: flagged(columns, firms, declined),
        AFFILIATE: flagged(columns, firms, list(columns.ties(party.firm))),
        SAME_NAME: (columns.name_key[picked] == key) & (key != 0) & ~observed,  # one owner, where founders are unknown
    }


def flagged(columns: Columns, firms: Ints | None, some: Sequence[int] | Ints) -> Flags:
    """Return which of some sorted firms, or of everyone, are among others, which are few."""
    if firms is not None:
        return are(firms, some)
    found = np.zeros(len(columns), dtype=bool)
    found[np.asarray(some, dtype=np.int64)] = True
    return found
