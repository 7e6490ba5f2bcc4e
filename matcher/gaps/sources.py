"""Single sources: which maker a region hangs on, and what stops with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from graph.systemic import LocalChain, essential_inputs, levels_without
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from models.assumptions import assumption

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Activities that make or carry things, whose missing stops a plant: divisions 01 to 39.
LAST_PHYSICAL = "40"


@dataclass(frozen=True, slots=True)
class SourceStop:
    """What a single source carries.

    Attributes
    ----------
    firm
        Number of the maker.
    share
        Its part of local supply.
    loss_low_rub, loss_high_rub
        Output that the asked activities of other local firms lose a year while it stands: low, when the rest of the
        country replaces all but the maker's part of the country's supply; high, when nobody replaces anything.
    lost
        Part of the output of every asked activity that is lost in the high case, shape (m,).
    """

    firm: int
    share: float
    loss_low_rub: float
    loss_high_rub: float
    lost: Floats

    def expected_rub(self) -> tuple[float, float, float]:
        """Return what a second source saves a year, the loss times how long a source stands: low, middle and high.

        The middle is of the low loss: of most goods the country replaces what is missing.
        """
        risk = assumption("source_stop_share")
        return risk.low * self.loss_low_rub, risk.value * self.loss_low_rub, risk.value * self.loss_high_rub

    def hit(self, columns: Columns, local: Ints, top: int) -> list[tuple[int, float]]:
        """Return the local firms that lose most output in the high case and how much they lose."""
        lost = columns.output_rub[local] * (columns.shares[local] @ self.lost)
        lost[local == self.firm] = 0.0
        best = np.argsort(-lost, kind="stable")[:top]
        return [(int(local[row]), float(lost[row])) for row in best if lost[row] >= 1.0]


def source_stops(
    columns: Columns, economy: Economy, local: Ints, made: csc_array, codes: Ints, activities: Flags
) -> Mapping[int, SourceStop]:
    """Return what hangs on the largest local maker of each of the codes.

    Parameters
    ----------
    local
        Numbers of the local firms.
    made
        What each of them makes of every code, roubles a year, shape (local, m).
    codes
        The codes carried by a single source.
    activities
        Whose losses are asked about, shape (m,).
    """
    if not len(codes):
        return {}
    shares = columns.shares[local]
    output = np.asarray(columns.output_rub[local])
    by_activity = np.asarray(shares.T @ output)
    chain = LocalChain(
        recipe=economy.recipe,
        essential=essential_inputs(economy.recipe, np.array([code < LAST_PHYSICAL for code in economy.codes])),
        made_by=(made.T @ shares).toarray(),
        supply=np.asarray(made.sum(axis=0), dtype=float).ravel(),
        demand=economy.recipe @ by_activity,
    )
    rows = np.array([int(made[:, [code]].toarray().argmax()) for code in codes])
    supply, mix = made.tocsr()[rows].toarray(), shares[rows].toarray()
    others = (by_activity[None, :] - mix * output[rows][:, None]) * activities
    country = economy.turnover_rub + economy.imports_rub
    replaced = levels_without(chain, supply, mix, country)
    alone = levels_without(chain, supply, mix, np.zeros_like(country))
    low, high = ((others * (1.0 - levels)).sum(axis=1) for levels in (replaced, alone))
    return {
        int(code): SourceStop(
            firm=int(local[rows[at]]),
            share=float(supply[at, code] / chain.supply[code]),
            loss_low_rub=float(low[at]),
            loss_high_rub=float(high[at]),
            lost=(1.0 - alone[at]) * activities,
        )
        for at, code in enumerate(codes)
    }
