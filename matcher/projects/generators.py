"""One generator a kind: from the gaps of a region to sets of firms.

Every generator takes the same :class:`Ground` and yields candidates; the value model of each is in its docstring and
its numbers are assumptions of the bundled table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.gaps.regional import CERTAIN, RegionGaps, could_start, holders
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.match.pairs import firm_party
from matcher.match.shortlist import Decisions, Filters, rank_buyers
from matcher.projects.candidates import Candidate, ranked
from models.assumptions import assumption

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: An input is bought abroad when at least this share of it is imported.
IMPORTED = 0.2
#: A local raw material makes a chain when it is at least this share of the missing step's turnover.
CHAIN_INPUT = 0.1
#: Fewest firms that make a joint purchase or shared equipment worth arranging.
FEWEST_FIRMS = 3
#: Firms named in one candidate.
MOST_NAMED = 5


@dataclass(frozen=True)
class Ground:
    """What generators work on.

    ``cluster_of`` gives the cluster keys of each activity group; ``exchanges`` are evidenced (donor group, receiver
    group, resource) triples of industrial symbiosis; ``decisions`` keep declined pairs away.
    """

    columns: Columns
    economy: Economy
    gaps: RegionGaps
    cluster_of: Sequence[frozenset[str]]
    exchanges: Sequence[tuple[int, int, str]]
    decisions: Decisions

    def makers(self, code: int, top: int = MOST_NAMED) -> list[int]:
        """Return local firms certain to make a code, largest output of it first."""
        entries = np.flatnonzero((self.columns.share_code == code) & (self.columns.share_confidence >= CERTAIN))
        firms = self.columns.share_firm[entries]
        local = np.isin(firms, self.gaps.local)
        firms, share = firms[local], self.columns.share_value[entries][local]
        amount = self.columns.output_rub[firms] * share
        return [int(firms[row]) for row in np.argsort(-amount, kind="stable")[:top] if amount[row] > 0]


def chain(ground: Ground) -> Iterator[Candidate]:
    """A missing step between local raw material and local demand: supplier, who could take the step, anchor.

    Value: that of the gap the step closes.
    """
    for code in _codes(ground, ground.gaps.gaps.broken_chain):
        recipe = np.where(ground.economy.channel, 0.0, ground.economy.recipe[:, code])
        recipe[ground.gaps.gaps.supply <= 0] = 0.0
        source = int(recipe.argmax())
        if recipe[source] < CHAIN_INPUT:
            continue
        suppliers = ground.makers(source, 2)
        starters, anchors = _starters(ground, code), holders(ground.gaps, code, 2)
        participants = _distinct(
            [(firm, "supplier") for firm in suppliers[:1]]
            + [(firm, "buyer") for firm, _ in anchors]
            + [(firm, "processor") for firm, _ in starters]
        )
        if len({role for _, role in participants}) == len(("supplier", "buyer", "processor")):
            yield Candidate(
                kind="chain",
                code=code,
                other=source,
                participants=participants,
                value_rub=float(ground.gaps.value_rub[code]),
                strength=starters[0][1],
                figures=(("relatedness", starters[0][1]), ("input_share", float(recipe[source]))),
            )


def import_substitution(ground: Ground) -> Iterator[Candidate]:
    """An imported input that a local firm could start making for local buyers.

    Value: that of the gap times the share imported today.
    """
    economy, gaps = ground.economy, ground.gaps
    for code in _codes(ground, (gaps.gaps.gap > 0) & (economy.code_import_share >= IMPORTED)):
        starters, buyers = _starters(ground, code), holders(gaps, code, 3)
        if starters and buyers:
            imported = float(economy.code_import_share[code])
            yield Candidate(
                kind="import_substitution",
                code=code,
                participants=_distinct(
                    [(firm, "producer") for firm, _ in starters] + [(firm, "buyer") for firm, _ in buyers]
                ),
                value_rub=float(gaps.value_rub[code]) * imported,
                strength=starters[0][1],
                figures=(("import_share", imported), ("relatedness", starters[0][1])),
            )


def deep_processing(ground: Ground) -> Iterator[Candidate]:
    """Local output that leaves the region almost unprocessed: its maker and local firms closest to processing it.

    Value: what one typical processor buys of it, at most what leaves.
    """
    leaves = ground.gaps.gaps.unprocessed_output & (ground.gaps.gaps.gap <= 0) & ground.gaps.scope.activities
    for code in _codes(ground, leaves):
        makers, starters = ground.makers(code, 2), _starters(ground, code)
        if makers and starters:
            yield Candidate(
                kind="deep_processing",
                code=code,
                participants=_distinct(
                    [(firm, "supplier") for firm in makers] + [(firm, "processor") for firm, _ in starters]
                ),
                value_rub=float(ground.gaps.value_rub[code]),
                strength=starters[0][1],
                figures=(("output_rub", float(ground.gaps.gaps.supply[code])), ("relatedness", starters[0][1])),
            )


def joint_purchase(ground: Ground) -> Iterator[Candidate]:
    """Firms that buy the same input from outside: one order instead of several.

    Value: the saving, volume of the named firms times the assumed discount.
    """
    discount = assumption("joint_purchase_discount").value
    for code in _codes(ground, ground.gaps.gaps.gap > 0):
        buyers = holders(ground.gaps, code, MOST_NAMED)
        volume = sum(amount for _, amount in buyers)
        shared = [amount for _, amount in buyers if amount >= 0.05 * volume]
        if len(shared) >= FEWEST_FIRMS:
            yield Candidate(
                kind="joint_purchase",
                code=code,
                participants=tuple((firm, "buyer") for firm, _ in buyers[: len(shared)]),
                value_rub=discount * sum(shared),
                strength=1.0 - max(shared) / sum(shared),
                figures=(("volume_rub", sum(shared)), ("discount", discount)),
            )


def shared_equipment(ground: Ground) -> Iterator[Candidate]:
    """Firms that each need the same equipment, none enough to keep it busy: one centre for all.

    Value: the yearly capital need of the firms but the largest, which the centre spares them.
    """
    capital = ground.economy.layer > 0
    wanted = (ground.gaps.gaps.gap > 0) & ground.economy.goods & (capital & (ground.economy.recipe > 0)).any(axis=1)
    for code in _codes(ground, wanted):
        if not (capital[code] * ground.economy.recipe[code]).sum() > 0.5 * ground.economy.recipe[code].sum():
            continue
        buyers = [(firm, amount) for firm, amount in holders(ground.gaps, code, MOST_NAMED) if amount > 0]
        total = sum(amount for _, amount in buyers)
        if len(buyers) >= FEWEST_FIRMS and buyers[0][1] < 0.5 * total:
            yield Candidate(
                kind="shared_equipment",
                code=code,
                participants=tuple((firm, "user") for firm, _ in buyers),
                value_rub=total - buyers[0][1],
                strength=1.0 - buyers[0][1] / total,
                figures=(("volume_rub", total),),
            )


def symbiosis(ground: Ground) -> Iterator[Candidate]:
    """Waste or by-product of one local firm that firms of another trade are known to use.

    Value: none; exchanges elsewhere are evidence that it works, not an amount.
    """
    asked = ground.gaps.scope.activities
    for donor, receiver, resource in ground.exchanges:
        if donor == receiver or not (asked[donor] or asked[receiver]):
            continue
        donors, receivers = ground.makers(donor, 2), ground.makers(receiver, 2)
        if donors and receivers and not set(donors) & set(receivers):
            yield Candidate(
                kind="symbiosis",
                code=donor,
                other=receiver,
                participants=_distinct([(f, "donor") for f in donors] + [(f, "receiver") for f in receivers]),
                value_rub=None,
                strength=0.5,
                resource=resource,
            )


def cross_cluster(ground: Ground) -> Iterator[Candidate]:
    """A local maker of one cluster and local buyers of another that do not trade yet as far as is known.

    Value: the sales the gravity model expects between them.
    """
    columns, economy = ground.columns, ground.economy
    filters = Filters(region=ground.gaps.scope.region, makers_only=True, new_only=True)
    for firm in _largest_makers(ground, 30):
        party = firm_party(columns, firm)
        code = int(party.shares.argmax())
        ranking = rank_buyers(columns, economy, party, filters, ground.decisions)
        buyers = [int(row) for row in ranking.order if _other_cluster(ground, code, int(ranking.firms[row]))]
        buyers = sorted(buyers, key=lambda row: -ranking.scores.expected_rub[row])[:2]
        value = float(sum(ranking.scores.expected_rub[row] for row in buyers))
        if buyers and value > 0:
            yield Candidate(
                kind="cross_cluster",
                code=code,
                other=int(columns.share_row(int(ranking.firms[buyers[0]])).argmax()),
                participants=((firm, "supplier"), *((int(ranking.firms[row]), "buyer") for row in buyers)),
                value_rub=value,
                strength=float(
                    columns.share_confidence[columns.share_indptr[firm] : columns.share_indptr[firm + 1]].max()
                ),
            )


def research_training(ground: Ground) -> Iterator[Candidate]:
    """A research institute or college of the region and the makers whose trade it serves.

    Value: what the makers spend on it by their recipes, at most what the institute does in a year.
    """
    codes = ground.economy.codes
    for code in [row for row, name in enumerate(codes) if name[:2] == "72" or name[:4] in {"85.2", "85.3"}]:
        providers = ground.makers(code, 1)
        customers = [f for f, _ in holders(ground.gaps, code, 4) if f not in providers]
        amount = sum(a for f, a in holders(ground.gaps, code, 4) if f in customers)
        if providers and customers and amount > 0:
            yield Candidate(
                kind="research_training",
                code=code,
                participants=_distinct([(f, "provider") for f in providers] + [(f, "customer") for f in customers]),
                value_rub=min(amount, float(ground.gaps.gaps.supply_high[code])),
                strength=0.3,
            )


GENERATORS: Mapping[str, Callable[[Ground], Iterator[Candidate]]] = {
    "chain": chain,
    "joint_purchase": joint_purchase,
    "shared_equipment": shared_equipment,
    "import_substitution": import_substitution,
    "symbiosis": symbiosis,
    "cross_cluster": cross_cluster,
    "deep_processing": deep_processing,
    "research_training": research_training,
}


def find_projects(ground: Ground, kinds: Sequence[str]) -> list[Candidate]:
    """Return the candidates of the given kinds, best first."""
    return ranked([candidate for kind in kinds for candidate in GENERATORS[kind](ground)])


def _codes(ground: Ground, wanted: NDArray[np.bool_]) -> Ints:
    """Return the wanted codes with a value, most valuable first."""
    order = ground.gaps.order()
    return order[wanted[order]]


def _starters(ground: Ground, code: int) -> list[tuple[int, float]]:
    return could_start(ground.columns, ground.economy, ground.gaps, code, 3)


def _distinct(participants: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """Keep the first role of each firm."""
    seen: dict[int, str] = {}
    for firm, role in participants:
        seen.setdefault(firm, role)
    return tuple(seen.items())


def _largest_makers(ground: Ground, top: int) -> list[int]:
    """Return the largest local makers whose main activity is certain and takes part in the asked chain."""
    columns, found = ground.columns, []
    by_size = ground.gaps.local[np.argsort(-columns.output_rub[ground.gaps.local], kind="stable")]
    for firm in by_size:
        part = slice(columns.share_indptr[firm], columns.share_indptr[firm + 1])
        if not len(columns.share_code[part]):
            continue
        best = int(columns.share_value[part].argmax())
        code = int(columns.share_code[part][best])
        if columns.share_confidence[part][best] >= CERTAIN and ground.gaps.scope.activities[code]:
            found.append(int(firm))
    return found[:top]


def _other_cluster(ground: Ground, code: int, firm: int) -> bool:
    """Return whether a firm belongs to a cluster that the code does not."""
    row = ground.columns.share_row(firm)
    theirs = ground.cluster_of[int(row.argmax())] if row.any() else frozenset()
    return bool(theirs) and not theirs & ground.cluster_of[code]
