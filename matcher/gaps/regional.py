"""Gaps over the index: demand of the chosen firms against what local makers supply."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from graph.gaps import GapColumns, find_gaps, plant_share
from graph.gravity import deterrence
from graph.relatedness import recipe_proximity
from matcher.index.columns import STATUS_CLOSED, Columns
from matcher.index.economy import Economy

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: A firm is certain to make a code when its confidence in it is at least this.
CERTAIN = 0.5
#: An activity processes a code when the code is at least this share of its turnover.
MAIN_INPUT = 0.05
#: Below this relatedness a firm is no candidate for starting an activity.
RELATED = 0.2


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose demand is asked about, and where supply counts as local.

    ``region`` is a row of the region table (``None``: the country); ``activities`` flags the buying activities that
    belong to the chain, shape (m,); ``anchor`` narrows demand to one firm.
    """

    region: int | None
    activities: Flags
    anchor: int | None = None


@dataclass(frozen=True)
class RegionGaps:
    """Gaps of a scope with all that is needed to tell who holds them and who could close them.

    ``value_rub`` and the columns of ``gaps`` have shape (m,); ``demand_by_firm`` is (firms, m) over ``demanding``.
    """

    scope: Scope
    gaps: GapColumns
    value_rub: Floats
    local: Ints
    demanding: Ints
    demand_by_firm: csc_array
    proximity: Floats

    def order(self) -> Ints:
        """Return the codes with something to gain, by value descending."""
        by_value = np.argsort(-self.value_rub, kind="stable")
        return by_value[self.value_rub[by_value] > 0]


def region_gaps(columns: Columns, economy: Economy, scope: Scope) -> RegionGaps:
    """Compute the gaps of a scope.

    Notes
    -----
    The value of a gap is ``gap × realistic share × share of real makers the gap could feed``: gas cannot be localised
    without a field, and a plant needs a market of its size. The value of output that leaves unprocessed is what one
    typical processor of it buys, at most what leaves.
    """
    local = _local_firms(columns, scope)
    demanding = np.array([scope.anchor]) if scope.anchor is not None else local
    bought = columns.shares[demanding] * scope.activities[None, :]
    need = csc_array(economy.recipe * ~economy.channel[:, None])
    demand_by_firm = csc_array((bought * columns.output_rub[demanding][:, None]) @ need.T)
    demand = np.asarray(demand_by_firm.sum(axis=0), dtype=float).ravel()
    made = csc_array(columns.shares[local] * (columns.output_rub[local][:, None] * ~economy.channel[None, :]))
    certain = csc_array(made * (_confidence(columns)[local] >= CERTAIN))
    used = economy.recipe @ (columns.shares[local].T @ columns.output_rub[local])
    local_use = np.where(economy.goods, used, np.inf)  # only goods can be shipped out unprocessed
    gaps = find_gaps(
        demand=demand,
        supply=np.asarray(certain.sum(axis=0), dtype=float).ravel(),
        supply_high=np.asarray(made.sum(axis=0), dtype=float).ravel(),
        largest_supplier=made.max(axis=0).toarray().ravel() if len(local) else np.zeros(columns.groups),
        local_use=local_use,
        coefficients=need,
    )
    value = gaps.gap * economy.realistic_share * plant_share(gaps.gap, makers_output(columns))
    leaving = np.where(gaps.unprocessed_output, gaps.supply - used, 0.0)
    value = np.maximum(value, np.minimum(leaving, typical_processor(columns, economy)))
    proximity = recipe_proximity(need, np.where(economy.goods, economy.mean_share, 0.0))
    return RegionGaps(scope, gaps, value, local, demanding, demand_by_firm, proximity)


def makers_output(columns: Columns) -> list[Floats]:
    """Return the sorted yearly outputs of the makers of each code, firms certain to make it first of all.

    Where no firm is certain to make a code, those that might are taken, so that a size is known at all.
    """
    output = columns.output_rub[columns.share_firm] * columns.share_value
    certain = columns.share_confidence >= CERTAIN
    sizes: list[Floats] = []
    for code in range(columns.groups):
        of_code = (columns.share_code == code) & (output > 0)
        chosen = of_code & certain
        sizes.append(np.sort(output[chosen if chosen.any() else of_code]))
    return sizes


def typical_processor(columns: Columns, economy: Economy) -> Floats:
    """Return what the median firm that certainly lives on each code buys of it, shape (m,); 0 where nobody does."""
    makers = np.where(economy.channel[None, :] | economy.channel[:, None], 0.0, economy.recipe)
    main = csc_array(np.where(makers >= MAIN_INPUT, makers, 0.0))
    certain = columns.shares * (_confidence(columns) >= CERTAIN)
    bought = csc_array((certain * columns.output_rub[:, None]) @ main.T)
    medians = np.zeros(columns.groups)
    for code in range(columns.groups):
        amounts = bought.data[bought.indptr[code] : bought.indptr[code + 1]]
        amounts = amounts[amounts > 0]
        medians[code] = float(np.median(amounts)) if len(amounts) else 0.0
    return medians


def holders(found: RegionGaps, code: int, top: int) -> list[tuple[int, float]]:
    """Return the firms with the largest demand for a code and that demand in roubles."""
    column = found.demand_by_firm[:, [code]].toarray().ravel()
    best = np.argsort(-column, kind="stable")[:top]
    return [(int(found.demanding[row]), float(column[row])) for row in best if column[row] > 0]


def outside_makers(
    columns: Columns, economy: Economy, found: RegionGaps, code: int, top: int
) -> list[tuple[int, float]]:
    """Return makers elsewhere with the strongest pull towards the region, with their distance in kilometres.

    Pull is output of the code times the deterrence of the way to the largest holder of the demand.
    """
    if found.scope.region is None:
        return []
    entries = np.flatnonzero(columns.share_code == code)
    firms = columns.share_firm[entries]
    outside = (columns.region[firms] != found.scope.region) & (columns.status[firms] != STATUS_CLOSED)
    entries, firms = entries[outside], firms[outside]
    place = _centre(columns, found, code)
    distance = columns.distance_km[columns.place[firms], place]
    amount = columns.output_rub[firms] * columns.share_value[entries] * columns.share_confidence[entries]
    pull = amount * deterrence(distance, float(economy.haul_km[code]))
    best = np.argsort(-pull, kind="stable")[:top]
    return [(int(firms[row]), float(distance[row])) for row in best if pull[row] > 0]


def could_start(columns: Columns, economy: Economy, found: RegionGaps, code: int, top: int) -> list[tuple[int, float]]:
    """Return local makers whose own activity is closest to a code (or to what processes it), with the relatedness.

    For output that leaves unprocessed the activities looked for are those that live on it; otherwise the code itself.
    """
    target = np.zeros(columns.groups)
    if found.gaps.gap[code] > 0:
        target[code] = 1.0
    else:
        users = np.where(economy.channel, 0.0, economy.recipe[code])
        target = np.where(users >= MAIN_INPUT, users, 0.0)
        target /= max(target.sum(), 1e-12)
    able = economy.goods if economy.goods[code] else ~economy.channel
    own = columns.shares[found.local] * able[None, :] * (_confidence(columns)[found.local] >= CERTAIN)
    related = np.asarray(own @ (found.proximity @ target)).ravel()
    already = own[:, [code]].toarray().ravel() > 0
    idle = columns.output_rub[found.local] <= 0
    related[already | idle] = 0.0
    best = np.argsort(-related, kind="stable")[:top]
    return [(int(found.local[row]), float(related[row])) for row in best if related[row] >= RELATED]


def _local_firms(columns: Columns, scope: Scope) -> Ints:
    alive = columns.status != STATUS_CLOSED
    return np.flatnonzero(alive & (columns.region == scope.region) if scope.region is not None else alive)


def _confidence(columns: Columns) -> csr_array:
    """Return the confidence of each share as a matrix of the same shape as S."""
    return csr_array((columns.share_confidence, columns.share_code, columns.share_indptr), shape=columns.shares.shape)


def _centre(columns: Columns, found: RegionGaps, code: int) -> int:
    """Return the place of the largest holder of a code's demand, or any place of the region."""
    largest = holders(found, code, 1)
    if largest:
        return int(columns.place[largest[0][0]])
    return int(np.flatnonzero(columns.place_region == found.scope.region)[0])
