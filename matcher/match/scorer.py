"""The score of a pair: nine parts in log-odds that add up to it exactly.

Each part is a function of arrays over pairs. With x_p = S[i,p] Σ_q a[p,q] S[j,q], the flow of code p, a quantity that
belongs to codes enters a pair as its mean weighted by x_p, so the codes that carry a pair decide its parts.

References
----------
Good, I. J. (1950). *Probability and the Weighing of Evidence*. Griffin: evidence adds in log-odds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.gravity import deterrence, nearness
from graph.seen import Seen
from graph.sold import Record
from matcher.index.columns import STATUS_BANKRUPT, Columns
from matcher.index.economy import Economy
from matcher.match.pairs import Flow
from models.assumptions import assumption
from models.resources import read_table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Real = TypeVar("Real", np.float64, np.float32)

PARTS = ("base", "input_fit", "text_fit", "size_fit", "distance", "network", "gap", "standing", "feedback")

#: Log-odds taken off a firm in bankruptcy and off one that reports no output.
BANKRUPT_PENALTY, NO_OUTPUT_PENALTY = 2.0, 1.5
#: From this share of its sales on a supplier lives by one buyer.
DEPENDENT = 0.5
#: An order is small below this share of the supplier's sales, and costs at most the log of this factor: large makers do
#: serve small buyers, and have the most customers.
SMALL_ORDER, SMALL_ORDER_FACTOR = 1e-4, 3.0


@dataclass(frozen=True, slots=True)
class Side:
    """Which end of a pair each array belongs to: one of the two is the fixed party, broadcast over the pairs."""

    output_rub: Floats
    place: Ints

    def of(self, pairs: Ints) -> Side:
        """Return this end of some pairs."""
        return Side(self.output_rub[pairs], self.place[pairs])


@dataclass(frozen=True)
class Scores:
    """Parts and figures of many pairs; every array has shape (count,) or (count, 9).

    Attributes
    ----------
    parts
        Weighted contributions in the order of :data:`PARTS`.
    score
        Their sum.
    trade
        The pairs as the gravity model sees them.
    need_rub, capacity_rub
        What the buyer spends on, and the supplier makes of, the codes that carry the pair.
    distance_km
        Between the two places.
    seen, record
        What observed links, and sales on record code by code, say of the pairs.
    """

    parts: Floats
    score: Floats
    fit: Floats
    trade: Trade
    need_rub: Floats
    capacity_rub: Floats
    distance_km: Floats
    seen: Seen
    record: Record

    @property
    def expected_rub(self) -> Floats:
        """Roubles a year the supplier could sell to the buyer by the gravity model, shape (count,)."""
        return self.trade.expected_rub

    @cached_property
    def channel_share(self) -> Floats:
        """Share of the flow that goes through channel codes, shape (count,)."""
        flow = self.trade.flow
        return _mean_over(flow, flow.product, flow.fit)(self.trade.economy.channel[flow.code].astype(float))


@dataclass(frozen=True)
class Trade:
    """What the gravity model needs to know of the pairs of a flow; the figures are computed when they are asked for."""

    flow: Flow
    supplier: Side
    buyer: Side
    columns: Columns
    economy: Economy

    def of(self, rows: Ints) -> Floats:
        """Return the roubles of some pairs."""
        supplier, buyer = self.supplier.of(rows), self.buyer.of(rows)
        return Trade(self.flow.of(rows), supplier, buyer, self.columns, self.economy).expected_rub

    @cached_property
    def expected_rub(self) -> Floats:
        """``Σ_p a_p[i] S[i,p] Y[i] · b_p[j] r[j,p] Y[j] · f_p(d)`` for each pair, shape (count,)."""
        flow, columns = self.flow, self.columns
        distance = _distance(columns, self.supplier.place, self.buyer.place)[flow.pair]
        traded = flow.product * deterrence(distance, self.economy.haul_km[flow.code])
        traded *= _factor(columns.factor_sell, flow.code, self.supplier.place[flow.pair])
        traded *= _factor(columns.factor_buy, flow.code, self.buyer.place[flow.pair])
        return flow.total(traded) * self.supplier.output_rub * self.buyer.output_rub


@cache
def default_weights() -> Mapping[str, float]:
    """Return the readable table of weights, part by part."""
    return {row["part"]: float(row["weight"]) for row in read_table("reference/score_weights.csv")}


def score_pairs(
    flow: Flow,
    supplier: Side,
    buyer: Side,
    columns: Columns,
    economy: Economy,
    evidence: Evidence,
    weights: Mapping[str, float] | None = None,
) -> Scores:
    """Score the pairs of a flow.

    Parameters
    ----------
    flow
        Non-zero products of supply and recipe.
    supplier, buyer
        Output and place at both ends, shape (count,).
    evidence
        What is known of the pairs beside their codes.
    weights
        Weight of each part; the bundled table by default.
    """
    product = flow.product
    fit = flow.fit
    mean = _mean_over(flow, product, fit)
    distance = _distance(columns, supplier.place, buyer.place)
    haul = economy.haul_km[flow.code]
    need = mean(flow.recipe) * buyer.output_rub
    capacity = mean(flow.supply * economy.price_of(flow.code)) * supplier.output_rub
    raw: dict[str, Floats | float] = {
        "base": base_log_odds(columns),
        "input_fit": input_fit(fit, flow.total(flow.supply * economy.mean_share[flow.code]), flow.total(flow.supply)),
        "text_fit": evidence.text,
        "size_fit": size_fit(need, capacity),
        "distance": mean(nearness(distance[flow.pair], haul)),
        "network": evidence.seen.log_odds + evidence.record.log_odds,
        "gap": mean(scarcity(flow, columns, economy, evidence.buyer_region)),
        "standing": evidence.standing,
        "feedback": mean(evidence.feedback[flow.code]) if evidence.feedback.any() else 0.0,
    }
    table = default_weights() if weights is None else weights
    parts = np.empty((len(PARTS), flow.count))
    for row, part in zip(parts, PARTS, strict=True):
        np.multiply(raw[part], table[part], out=row)
    score = parts[0].copy()
    for row in parts[1:]:  # part by part, so that the sum of one pair is rounded as that of many
        score += row
    return Scores(
        parts=parts.T,
        score=score,
        fit=fit,
        trade=Trade(flow, supplier, buyer, columns, economy),
        need_rub=need,
        capacity_rub=capacity,
        distance_km=distance,
        seen=evidence.seen,
        record=evidence.record,
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the pairs beside their codes, size and place.

    ``text`` and ``standing`` have shape (count,); ``seen`` and ``record`` are what observed links say; ``buyer_region``
    is the region row of each buyer, or of the only one; ``feedback`` has shape (m,): what users decided about pairs
    carried by each code.
    """

    text: Floats
    seen: Seen
    record: Record
    standing: Floats
    buyer_region: Ints | int
    feedback: Floats


def base_log_odds(columns: Columns) -> float:
    """Return the log-odds that a random admissible pair trades.

    Mean partners over possible partners; the mean is counted from the links once they cover every fifth firm, and
    taken from the assumptions until then.
    """
    others = max(len(columns) - 1, 1)
    covered = columns.linked_buyers
    counted = len(columns.link_buyer) / covered if covered >= len(columns) / 5 and covered else None
    partners = min(counted or assumption("mean_partners").value, others / 2)
    share = partners / others
    return float(np.log(share / (1 - share)))


def input_fit(fit: NDArray[Real], reference: NDArray[Real], made: NDArray[Real]) -> NDArray[Real]:
    """Return how much more the buyer asks for what the supplier makes than the economy does, in logs.

    ``log((Σ_p S[i,p] r[j,p] / s + ε) / (Σ_p S[i,p] r̄[p] / s + ε)) + log s`` with r the buyer's recipe, r̄ the economy's
    mean, both zero for codes the buyer does not need, and ``s = Σ_p S[i,p]`` over the codes it does: how much more
    those codes are needed here, and how much of what the supplier makes they are. ε keeps an input of a negligible
    share from proving anything.

    Parameters
    ----------
    fit, reference
        ``Σ_p S[i,p] r[j,p]`` and ``Σ_p S[i,p] r̄[p]``, shape (count,).
    made
        ``s``, shape (count,).

    Examples
    --------
    A firm that makes the input for a tenth of its output is behind one that makes nothing else by log 10.

    >>> half, tenth = input_fit(np.array([0.2, 0.02]), np.array([0.1, 0.01]), np.array([1.0, 0.1]))
    >>> round(float(np.exp(half - tenth)), 6)
    10.0
    """
    return fit_of_made(fit, reference, np.where(made > 0, made, made.dtype.type(1.0)))


def fit_of_made(fit: NDArray[Real], reference: NDArray[Real], made: NDArray[Real]) -> NDArray[Real]:
    """Return :func:`input_fit` of suppliers that make something of what is needed."""
    floor = made.dtype.type(assumption("input_floor").value) * made
    asked = fit + floor
    floor += reference
    asked /= floor
    asked *= made
    return np.log(asked, out=asked)


def size_fit(need_rub: NDArray[Real], capacity_rub: NDArray[Real]) -> NDArray[Real]:
    """Return the cost of a mismatch of sizes in logs, never above 0: dependence on the buyer, and orders too small.

    With r = need / capacity the cost is ``log(1 + r / k) + min(log(1 + t / r), log F)``, where k is the share of sales
    from which on the supplier lives by the buyer, t the share below which an order is small, and F bounds what that
    costs. A buyer of a hundredth of the sales costs next to nothing, one of half of them log 2; where the need is
    beyond the capacity the cost grows as the log of what stays uncovered. Unknown sizes (0) cost nothing.

    >>> size_fit(np.array([1.0, 50.0, 200.0, 0.0]), np.array([100.0, 100.0, 100.0, 0.0])).round(2).tolist()
    [-0.03, -0.69, -1.61, 0.0]
    """
    unknown = np.flatnonzero((need_rub <= 0) | (capacity_rub <= 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = need_rub / capacity_rub
        factor = SMALL_ORDER / ratio
    factor += 1.0
    np.minimum(factor, SMALL_ORDER_FACTOR, out=factor)
    ratio /= DEPENDENT
    ratio += 1.0
    factor *= ratio  # one logarithm of the product: logarithms are what takes time
    factor[unknown] = 1.0
    np.reciprocal(factor, out=factor)
    return np.asarray(np.log(factor, out=factor))


def scarcity(flow: Flow, columns: Columns, economy: Economy, buyer_region: Ints | int) -> Floats:
    """Return for each entry how scarce its code is around the buyer: unmet share plus import share, from 0 to 2.

    Around a buyer of unknown region (-1) nothing is known to be unmet.
    """
    region = buyer_region if isinstance(buyer_region, int) else buyer_region[flow.pair]
    unmet = _cells(columns.unmet_share, region, flow.code)
    if np.min(region, initial=0) < 0:
        unmet[np.broadcast_to(region, unmet.shape) < 0] = 0.0
    unmet += economy.code_import_share[flow.code]
    return unmet


def standing(columns: Columns, firms: Ints | slice) -> Floats:
    """Return what each firm's state costs it as a partner; a pair adds up both sides."""
    idle = columns.output_rub[firms] <= 0
    cost = np.zeros(len(idle))
    cost[columns.status[firms] == STATUS_BANKRUPT] -= BANKRUPT_PENALTY
    cost[idle] -= NO_OUTPUT_PENALTY
    return cost


def feedback_by_code(accepted: Mapping[int, int], declined: Mapping[int, int], size: int) -> Floats:
    """Return ``log((accepted + κ) / (declined + κ))`` for every code, shape (m,), κ the prior of decisions."""
    prior = assumption("feedback_prior").value
    result = np.zeros(size)
    for code in {*accepted, *declined}:
        result[code] = np.log((accepted.get(code, 0) + prior) / (declined.get(code, 0) + prior))
    return result


def _mean_over(flow: Flow, product: Floats, fit: Floats) -> Callable[[Floats], Floats]:
    """Return a function that averages values of entries over each pair's codes, weighted by the flow."""
    safe = np.where(fit > 0, fit, 1.0)

    def mean(values: Floats) -> Floats:
        total = flow.total(product * values)
        total /= safe
        return total

    return mean


def _distance(columns: Columns, supplier_place: Ints, buyer_place: Ints) -> Floats:
    """Return distances; a party of unknown place is as far as the median of all pairs of places."""
    distance = _cells(columns.distance_km, supplier_place, buyer_place)
    if min(supplier_place.min(initial=0), buyer_place.min(initial=0)) < 0:
        distance[(supplier_place < 0) | (buyer_place < 0)] = np.median(columns.distance_km)
    return distance


def _factor(factors: Floats, code: Ints, place: Ints) -> Floats:
    """Return balancing factors; a party of unknown place gets the mean over places."""
    known = _cells(factors, code, place)
    return np.where(place < 0, factors.mean(axis=1)[code], known) if (place < 0).any() else known


def _cells(matrix: Floats, row: Ints | int, column: Ints) -> Floats:
    """Return the values of a matrix at rows and columns; at -1 they mean nothing."""
    return np.asarray(matrix.ravel().take(row * matrix.shape[1] + column, mode="wrap"))
