"""What is computed of the candidates that are told, of all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.match.pairs import Flow
from matcher.report.frame import Frame
from matcher.report.ranking.concentration import potential_shares
from matcher.report.ranking.layers import layer_shares
from matcher.report.ranking.listing import Listing

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Told:
    """Figures of some rows of a ranking; those of ``row`` stand at ``at[row]``.

    ``flow`` is what passes in each pair; ``expected_rub`` what it could sell a year, ``layers`` through which layers,
    shape (pairs, 3), and ``potential`` how much of the supplier's sales the buyer could be.
    """

    at: Mapping[int, int]
    flow: Flow
    expected_rub: Floats
    layers: Floats
    potential: Floats


def told_of(frame: Frame, listing: Listing, rows: Iterable[int]) -> Told:
    """Return the figures of some rows of a ranking."""
    ranking, columns = listing.ranking, frame.columns
    told = np.array(sorted(set(rows)), dtype=np.int64)
    firms = ranking.firms[told]
    flow = ranking.flow.of(told)
    candidates, asker = columns.output_rub[firms], np.full(len(told), listing.party.output_rub)
    if listing.side == "supplier":
        outputs, buyers = (candidates, asker), listing.party.shares[None, :]
    else:
        outputs, buyers = (asker, candidates), columns.shares[firms].toarray()
    return Told(
        at={row: number for number, row in enumerate(told.tolist())},
        flow=flow,
        expected_rub=ranking.scores.trade.of(told),
        layers=layer_shares(frame.economy, flow, buyers),
        potential=potential_shares(flow, *outputs),
    )
