"""Who holds the demand for a code, and who could meet it: makers elsewhere, local firms, wholesalers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graph.gravity import deterrence
from matcher.gaps.regional import RegionGaps
from matcher.gaps.scale import CERTAIN, confidence, processing
from matcher.index.columns import STATUS_CLOSED, Columns
from matcher.index.economy import Economy

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Divisions of electronics, machines and vehicles: raw material of one another alone.
MACHINES = ("26", "27", "28", "29", "30")
#: Below this relatedness a firm is no candidate for starting an activity.
RELATED = 0.2


def holders(found: RegionGaps, code: int, top: int | None = None) -> list[tuple[int, float]]:
    """Return the firms with the largest demand for a code, or all with any, and that demand in roubles."""
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
    entries = entries[columns.region[columns.share_firm[entries]] != found.scope.region]
    amount = columns.share_value[entries] * columns.share_confidence[entries]
    return _strongest(columns, economy, found, code, entries, amount)[:top]


def wholesalers(columns: Columns, economy: Economy, found: RegionGaps, code: int, top: int) -> list[tuple[int, float]]:
    """Return wholesalers of a code, local ones first, with the strongest pull and their distance in kilometres.

    They are the likeliest to bring it in today. Pull is what of the code a wholesaler's turnover is spent on, times the
    deterrence of the way.
    """
    handles = np.where(economy.through[:, code] > 0, economy.match[code], 0.0)
    entries = np.flatnonzero(handles[columns.share_code] > 0)
    amount = columns.share_value[entries] * handles[columns.share_code[entries]]
    strongest = _strongest(columns, economy, found, code, entries, amount)
    return sorted(strongest, key=lambda row: columns.region[row[0]] != found.scope.region)[:top]


def _strongest(
    columns: Columns, economy: Economy, found: RegionGaps, code: int, entries: Ints, per_rouble: Floats
) -> list[tuple[int, float]]:
    """Return living firms by pull towards the largest holder of the demand: what they sell, times the deterrence."""
    firms = columns.share_firm[entries]
    distance = columns.distance_km[columns.place[firms], _centre(columns, found, code)]
    pull = columns.output_rub[firms] * per_rouble * deterrence(distance, float(economy.haul_km[code]))
    pull[columns.status[firms] == STATUS_CLOSED] = 0.0
    best = np.argsort(-pull, kind="stable")
    nearest = dict[int, float]()
    for row in best[: np.count_nonzero(pull)]:
        nearest.setdefault(int(firms[row]), float(distance[row]))
    return list(nearest.items())


def raw_materials(economy: Economy, code: int) -> Flags:
    """Return which goods a step can be said to work up: a farm works up no tractor, though it buys them, shape (m,)."""
    machine = np.array([each.startswith(MACHINES) for each in economy.codes])
    return np.asarray(economy.goods & (~machine | machine[code]))


def chain_break(economy: Economy, found: RegionGaps, code: int) -> tuple[int, int, int] | None:
    """Return a break as a path: raw material that is made here, the step that is not, and what is made here of it.

    The raw material is the largest local input of the step; the product is the local activity that spends most on the
    step. ``None`` where the code is no such break.
    """
    if not found.gaps.broken_chain[code]:
        return None
    goods, made = economy.goods, found.gaps.supply
    raw = np.where(raw_materials(economy, code) & (made > 0), economy.recipe[:, code], 0.0)
    product = np.where(goods & (np.arange(len(made)) != code), economy.recipe[code] * made, 0.0)
    if not raw.any() or not product.any():
        return None
    return int(raw.argmax()), code, int(product.argmax())


def could_start(columns: Columns, economy: Economy, found: RegionGaps, code: int, top: int) -> list[tuple[int, float]]:
    """Return local makers whose own activity is closest to a code (or to what processes it), with the relatedness.

    For output that leaves unprocessed the activities looked for are those that process it; otherwise the code itself.
    """
    target = np.zeros(columns.groups)
    if found.gaps.gap[code] > 0:
        target[code] = 1.0
    else:
        users = processing(economy)[code]
        target = users / max(users.sum(), 1e-12)
    able = economy.goods if economy.goods[code] else ~economy.channel
    own = columns.shares[found.local] * able[None, :] * (confidence(columns)[found.local] >= CERTAIN)
    related = np.asarray(own @ (found.close.activities @ target)).ravel()
    already = own[:, [code]].toarray().ravel() > 0
    idle = columns.output_rub[found.local] <= 0
    related[already | idle] = 0.0
    best = np.argsort(-related, kind="stable")[:top]
    return [(int(found.local[row]), float(related[row])) for row in best if related[row] >= RELATED]


def _centre(columns: Columns, found: RegionGaps, code: int) -> int:
    """Return the place of the largest holder of a code's demand, or any place of the region."""
    largest = holders(found, code, 1)
    if largest:
        return int(columns.place[largest[0][0]])
    return int(np.flatnonzero(columns.place_region == found.scope.region)[0])
