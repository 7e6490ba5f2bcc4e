"""Ranked lists: who could supply a buyer, who could buy from a supplier.

A shortlist scores every firm with a flow to or from the fixed party, leaves out what may not appear as new, and ranks
the rest by score, ties by INN.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from graph.ownership import Tie
from graph.sold import Sold
from graph.sparse_rows import are
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.index.sizes import sme_flags
from matcher.match.bars import AFFILIATE, bars
from matcher.match.evidence import of_buyers, of_suppliers
from matcher.match.pairs import Flow, Party, flow_from_supplier, flow_to_buyer, resale_share
from matcher.match.scorer import Scores, Side, feedback_by_code, score_pairs

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Why a firm that could be offered is not wanted by this query.
OTHER_REGION, NOT_SMALL, NO_MAKER, NOT_NEW, TOO_FAR = "region", "sme", "makers_only", "new_only", "radius"
#: What ``makers_only`` leaves out of buyers: who would sell the goods on.
RESELLS = "resells"
#: Its products leave the register of products made in the country too soon; it never had any there, which is no miss.
LAPSES, NEVER_CERTIFIED = "certified", "never_certified"
#: From this share of a pair's flow on that goes through channels, the candidate is a channel.
MOSTLY_CHANNEL = 0.5
#: More rules than there are: what stands for them all where a pair has no flow or is of one firm.
NO_CANDIDATE = 100
#: Near misses kept for each rule.
NEAR_MISSES = 3
#: Decided pairs whose codes are looked up at once: a block of so many by all codes.
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Filters:
    """Which candidates are wanted; ``None`` and false mean all.

    ``makers_only`` leaves out channels: suppliers that make nothing of it, buyers that would sell it on. ``radius_km``
    keeps out those farther than that; firms of unknown place are as far as can be. ``certified_until`` is the ordinal
    of the day until which products must be in the register of products made in the country.
    """

    region: int | None = None
    sme: bool = False
    makers_only: bool = False
    new_only: bool = False
    radius_km: float | None = None
    certified_until: int | None = None


@dataclass(frozen=True)
class Ranking:
    """A ranked list over one query.

    Attributes
    ----------
    firms
        Firm numbers of all candidates with a flow, sorted by number; rows of ``flow`` and ``scores``.
    order
        Rows of the admitted candidates, best first.
    blocked
        Rows of candidates that one rule alone keeps out, best first, with the rule: the best few of each rule.
    affiliates
        Rows of candidates of the party's own group, best first, with how they belong to it.
    observed
        Whether a link between the two is on record, one flag a row.
    handed_on
        Counts for which share of each pair's flow the candidate is a channel.
    filters
        Which candidates were wanted.
    sold
        Of suppliers: the sales on record, which tell how often somebody else is taken.
    """

    firms: Ints
    flow: Flow
    scores: Scores
    order: Ints
    blocked: tuple[tuple[int, str], ...]
    affiliates: tuple[tuple[int, Tie], ...]
    observed: Flags
    handed_on: Callable[[], Floats]
    filters: Filters
    sold: Sold | None = None

    @cached_property
    def choice(self) -> Floats:
        """Return the chance that each of the admitted candidates is the next one taken, 0 for the others.

        Conditional logit (McFadden 1974): what all candidates of a question share, such as how well its needs are
        known, cancels. So the chances of two questions can be compared where their scores cannot. All of a list share
        what :attr:`newcomer_chance` leaves.
        """
        return self._among_listed * (1.0 - (self.newcomer_chance or 0.0))

    @cached_property
    def newcomer_chance(self) -> float | None:
        """Return the chance that the next one taken never sold what is needed, the mean over what carries the list.

        ``None`` for buyers, without sales on record and for an empty list.
        """
        by_code = None if self.sold is None else self.sold.newcomer_chance
        if by_code is None or not len(self.order):
            return None
        flow = self.flow
        by_pair = flow.total(flow.product * by_code[flow.code]) / np.where(flow.fit > 0, flow.fit, 1.0)
        return float(self._among_listed @ by_pair)

    @cached_property
    def _among_listed(self) -> Floats:
        """The chance of each if one of the list is taken."""
        result = np.zeros(len(self.firms))
        result[self.order] = softmax(self.scores.score[self.order]) if len(self.order) else 0.0
        return result

    @property
    def new(self) -> Ints:
        """Rows of the admitted candidates that are no partner on record, best first."""
        return self.order[~self.observed[self.order]]

    @cached_property
    def channel_share(self) -> Floats:
        """Share of each pair's flow for which the candidate is a channel, shape (rows,).

        A supplier that makes nothing of it, or a buyer that would sell it on.
        """
        return self.handed_on()

    @property
    def channels(self) -> Flags:
        """Which candidates are channels, one flag a row."""
        return self.channel_share >= MOSTLY_CHANNEL

    @property
    def partners(self) -> Ints:
        """Rows of the admitted candidates that trade with the party already, best first."""
        return self.order[self.observed[self.order]]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What users decided, by firm numbers (supplier, buyer).

    ``by_code`` is what they say about each code, shape (m,), where it was counted before many questions.
    """

    by_pair: Mapping[tuple[int, int], str] = field(default_factory=dict)
    by_code: Floats | None = None

    def counted(self, columns: Columns, economy: Economy) -> Decisions:
        """Return the decisions with what they say about each code counted once for all questions."""
        return replace(self, by_code=self.feedback(columns, economy))

    def declined_by(self, buyer: int | None) -> list[int]:
        """Return the suppliers that were declined for a buyer."""
        return [i for (i, j), decision in self.by_pair.items() if j == buyer and decision == "decline"]

    def declined_for(self, supplier: int | None) -> list[int]:
        """Return the buyers a supplier was declined for."""
        return [j for (i, j), decision in self.by_pair.items() if i == supplier and decision == "decline"]

    def feedback(self, columns: Columns, economy: Economy) -> Floats:
        """Return what decisions say about pairs carried by each code, shape (m,)."""
        if self.by_code is not None:
            return self.by_code
        accepted, declined = (
            Counter(_carrying(columns, economy, [pair for pair, made in self.by_pair.items() if made == decision]))
            for decision in ("accept", "decline")
        )
        return feedback_by_code(accepted, declined, columns.groups)


def _carrying(columns: Columns, economy: Economy, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Return the code that carries most of each pair of supplier and buyer."""
    codes: list[int] = []
    for start in range(0, len(pairs), AT_ONCE):
        supplier, buyer = np.array(pairs[start : start + AT_ONCE]).T
        recipe = columns.shares[buyer] @ economy.match.T
        codes += (columns.shares[supplier].toarray() * recipe).argmax(axis=1).tolist()
    return codes


def rank_suppliers(
    columns: Columns,
    economy: Economy,
    buyer: Party,
    filters: Filters,
    decisions: Decisions,
    recipe: Floats | None = None,
    weights: Mapping[str, float] | None = None,
    among: Ints | None = None,
) -> Ranking:
    """Rank every possible supplier of a buyer.

    Parameters
    ----------
    recipe
        Spending on each code per rouble of the buyer's output, shape (m,); by default what its activities need.
    weights
        Weight of each part; the bundled table by default.
    among
        Firms to consider, sorted; everyone by default.
    """
    wanted = economy.spending(buyer.shares) if recipe is None else recipe
    flow = flow_to_buyer(columns, wanted, among)
    firms, flow = flow.of_candidates()
    links = columns.observed.buyer(buyer.firm, buyer.shares, buyer.place)
    carried, feedback = flow.carried(), decisions.feedback(columns, economy)
    evidence = of_suppliers(columns, links, [buyer], (firms, None), carried, feedback)
    scores = score_pairs(flow, _open(columns, firms), _fixed(buyer, len(firms)), columns, economy, evidence, weights)
    observed = are(firms, () if buyer.firm is None else columns.network.suppliers_of(buyer.firm))
    handed_on = NO_MAKER, lambda: scores.channel_share
    declined = decisions.declined_by(buyer.firm)
    ranking = _ranked(columns, buyer, filters, firms, flow, scores, observed, handed_on, declined)
    return replace(ranking, sold=columns.sold)


def rank_buyers(
    columns: Columns,
    economy: Economy,
    supplier: Party,
    filters: Filters,
    decisions: Decisions,
    weights: Mapping[str, float] | None = None,
    among: Ints | None = None,
) -> Ranking:
    """Rank every possible buyer of what a supplier makes; parameters as in :func:`rank_suppliers`."""
    flow = flow_from_supplier(columns, supplier, economy, among)
    firms, flow = flow.of_candidates()
    evidence = of_buyers(columns, supplier, firms, flow.carried(), decisions.feedback(columns, economy))
    scores = score_pairs(flow, _fixed(supplier, len(firms)), _open(columns, firms), columns, economy, evidence, weights)
    observed = are(firms, () if supplier.firm is None else columns.network.buyers_of(supplier.firm))
    handed_on = RESELLS, lambda: resale_share(columns, economy, firms, flow)
    declined = decisions.declined_for(supplier.firm)
    return _ranked(columns, supplier, filters, firms, flow, scores, observed, handed_on, declined)


def _ranked(
    columns: Columns,
    party: Party,
    filters: Filters,
    firms: Ints,
    flow: Flow,
    scores: Scores,
    observed: Flags,
    handed_on: tuple[str, Callable[[], Floats]],
    declined: Sequence[int],
) -> Ranking:
    """Sort the candidates and set apart those that a rule keeps out.

    ``handed_on`` is the rule by which channels are left out, and how far each candidate is one.

    Bars hold whatever is asked for and count as one, the first that applies; a candidate that also breaks what was
    asked for, or breaks two such rules, is no near miss.
    """
    barring = bars(columns, party, firms, observed, declined)
    unwanted = _unwanted(columns, filters, firms, scores, observed, handed_on)
    barred = np.logical_or.reduce(list(barring.values()))
    broken = sum(unwanted.values(), start=barred.astype(np.int8))
    broken[np.flatnonzero(scores.fit <= 0)] = NO_CANDIDATE
    if party.firm is not None:
        broken[are(firms, [party.firm])] = NO_CANDIDATE
    by_score = best_first(scores.score)
    rules = broken[by_score]
    order, missed = by_score[np.flatnonzero(rules == 0)], by_score[np.flatnonzero(rules == 1)]
    near: list[tuple[int, str]] = []
    left = np.ones(len(firms), dtype=bool)
    affiliates: tuple[tuple[int, Tie], ...] = ()
    for rule, hit in {**barring, **unwanted}.items():
        rows = missed[(hit & left)[missed]]
        left &= ~hit
        if rule == AFFILIATE and len(rows):
            ties = columns.ties(party.firm)
            affiliates = tuple((int(row), ties[int(firms[row])]) for row in rows)
        elif rule != AFFILIATE:
            near += [(int(row), rule) for row in rows[:NEAR_MISSES]]
    blocked = tuple(sorted(near, key=lambda each: -scores.score[each[0]]))
    return Ranking(firms, flow, scores, order, blocked, affiliates, observed, handed_on[1], filters)


def best_first(score: Floats) -> Ints:
    """Return the rows by falling score, equal ones by row; as a stable sort gives it, only faster.

    >>> best_first(np.array([1.0, 3.0, 1.0, 2.0])).tolist()
    [1, 3, 0, 2]
    """
    order = np.argsort(-score)
    sorted_score = score[order]
    equal = sorted_score[1:] == sorted_score[:-1]
    if equal.any():
        tied = np.flatnonzero(np.append(equal, False) | np.append(False, equal))
        rows = order[tied]
        order[tied] = rows[np.lexsort((rows, -score[rows]))]
    return order


def _unwanted(
    columns: Columns,
    filters: Filters,
    firms: Ints,
    scores: Scores,
    observed: Flags,
    handed_on: tuple[str, Callable[[], Floats]],
) -> dict[str, Flags]:
    """Return which candidates break each rule of what was asked for."""
    rules: dict[str, Flags] = {}
    if filters.region is not None:
        rules[OTHER_REGION] = columns.region[firms] != filters.region
    if filters.sme:
        rules[NOT_SMALL] = ~sme_flags(columns)[firms]
    if filters.makers_only:
        rule, channel_share = handed_on
        rules[rule] = channel_share() >= MOSTLY_CHANNEL
    if filters.new_only:
        rules[NOT_NEW] = observed
    if filters.radius_km is not None:
        rules[TOO_FAR] = scores.distance_km > filters.radius_km
    if filters.certified_until is not None:
        until = columns.certified_until[firms]
        rules[LAPSES], rules[NEVER_CERTIFIED] = until < filters.certified_until, until == 0
    return rules


def _open(columns: Columns, firms: Ints) -> Side:
    return Side(np.asarray(columns.output_rub[firms]), np.asarray(columns.place[firms]))


def _fixed(party: Party, count: int) -> Side:
    return Side(np.full(count, party.output_rub), np.full(count, party.place))
