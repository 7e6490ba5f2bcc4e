"""Candidates that start from firms and what they are: other clusters, contractors, exporters, institutes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from matcher.gaps.scale import CERTAIN
from matcher.gaps.who import holders
from matcher.match.pairs import firm_party
from matcher.match.shortlist import Filters, rank_buyers
from matcher.projects.candidates import Candidate
from matcher.projects.ground import BOTH_SAY, FEWEST_FIRMS, MOST_NAMED, Ground, apart, distinct
from matcher.projects.own_words import quotes
from models.assumptions import assumption
from models.own_words import CAPACITY, GOODS

#: A firm is a trader when at least this share of its activity is trade.
MOSTLY = 0.5
#: How alike a topic and a question must be, in standard deviations: topics share words with goods that nobody studies.
TOPIC_ALIKE = 3.0


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
        largest = ranking.order[np.argsort(-ranking.scores.expected_rub[ranking.order], kind="stable")]
        others = (int(row) for row in largest if _other_cluster(ground, code, int(ranking.firms[row])))
        buyers = list(islice(others, 2))
        sales = {int(ranking.firms[row]): float(ranking.scores.expected_rub[row]) for row in buyers}
        value = sum(sales.values())
        if buyers and value > 0:
            yield Candidate(
                kind="cross_cluster",
                code=code,
                other=int(columns.share_row(int(ranking.firms[buyers[0]])).argmax()),
                participants=((firm, "supplier"), *((int(ranking.firms[row]), "buyer") for row in buyers)),
                value_rub=value,
                range_rub=gravity_range(value),
                strength=float(
                    columns.share_confidence[columns.share_indptr[firm] : columns.share_indptr[firm + 1]].max()
                ),
                amounts={firm: value, **sales},
            )


def research_training(ground: Ground) -> Iterator[Candidate]:
    """A research institute or college of the region, makers that ask for what it says it can do, and its largest users.

    Value: what the makers spend on it by their recipes, at most what the institute does in a year.
    """
    codes = ground.economy.codes
    for code in [row for row, name in enumerate(codes) if name[:2] == "72" or name[:4] in {"85.2", "85.3"}]:
        providers = ground.makers(code, 1)
        needed = dict(holders(ground.gaps, code))
        offers = [said for firm in providers for said in ground.words.of(GOODS, firm)]
        said = ground.words.answered(offers, TOPIC_ALIKE)
        spending = {f: needed.get(f, 0.0) for f in [*dict.fromkeys([*said, *needed])][: max(4, len(said))]}
        served = [(f, "provider") for f in providers] + [(f, "customer") for f in spending]
        participants, kin = apart(ground.columns, distinct(served))
        customers = [f for f, role in participants if role == "customer"]
        amount = sum(spending[f] for f in customers)
        if providers and customers and amount > 0:
            value, spread = min(amount, float(ground.gaps.gaps.supply_high[code])), ground.gaps.demand_spread[code]
            yield Candidate(
                kind="research_training",
                code=code,
                participants=participants,
                value_rub=value,
                range_rub=(value / spread, value * spread),
                strength=BOTH_SAY if said else 0.3,
                affiliates=kin,
                amounts={providers[0]: value, **{f: spending[f] for f in customers}},
                said=quotes(each for pair in said.values() for each in pair),
            )


def contract_manufacturing(ground: Ground) -> Iterator[Candidate]:
    """A firm that offers to make for others, who asks for such in its own words, and traders for their own brand.

    Value: the sales the gravity model expects to them.
    """
    columns, economy = ground.columns, ground.economy
    filters = Filters(region=ground.gaps.scope.region, new_only=True)
    for firm in sorted(ground.contractors & set(ground.gaps.local.tolist())):
        party = firm_party(columns, firm)
        code = int(party.shares.argmax())
        if not (party.shares.any() and ground.gaps.scope.activities[code]):
            continue
        ranking = rank_buyers(columns, economy, party, filters, ground.decisions)
        offers = [said for purpose in (CAPACITY, GOODS) for said in ground.words.of(purpose, firm)]
        said = ground.words.answered(offers)
        expected = dict(zip(ranking.firms.tolist(), ranking.scores.expected_rub.tolist(), strict=True))
        traders = (int(ranking.firms[row]) for row in ranking.order if _is_trader(ground, int(ranking.firms[row])))
        best = list(dict.fromkeys([*said, *sorted(traders, key=lambda other: -expected[other])]))[: max(3, len(said))]
        if best:
            sales = {other: float(expected[other]) for other in best if expected.get(other, 0.0) > 0}
            value = sum(sales.values())
            yield Candidate(
                kind="contract_manufacturing",
                code=code,
                participants=((firm, "contractor"), *((other, "customer") for other in best[:MOST_NAMED])),
                value_rub=value if value > 0 else None,
                range_rub=gravity_range(value) if value > 0 else None,
                strength=BOTH_SAY if said else 0.5,
                amounts={firm: value, **sales},
                said=quotes(each for pair in said.values() for each in pair),
            )


def joint_export(ground: Ground) -> Iterator[Candidate]:
    """Local makers of different exported lines, who could share a stand, a warehouse and an agent in one market.

    Value: the growth assumed of the export of these lines in the year the programme gives; a line counts for its
    largest maker, at most with that maker's output of it, since exports by firm or market are not given.
    """
    found: list[tuple[float, int, int]] = []
    rate, uplift = assumption("usd_rub_2018").value, assumption("export_uplift")
    for _, makes, dollars in ground.export_lines:
        codes = np.flatnonzero(makes)
        best = int(codes[ground.gaps.gaps.supply[codes].argmax()])
        found += [(dollars, firm, best) for firm in ground.makers(best, 1)]
    firms = dict.fromkeys(firm for _, firm, _ in sorted(found, reverse=True))
    if len(firms) >= FEWEST_FIRMS:
        sold = dict.fromkeys(list(firms)[:MOST_NAMED], 0.0)
        for dollars, firm, code in found:
            if firm in sold:
                sold[firm] += min(dollars * 1e6 * rate, ground.makes(firm, code))
        total = sum(sold.values())
        yield Candidate(
            kind="joint_export",
            code=max(found)[2],
            participants=tuple((firm, "exporter") for firm in list(firms)[:MOST_NAMED]),
            value_rub=uplift.value * total,
            range_rub=(uplift.low * total, uplift.high * total),
            strength=0.4,
            amounts=sold,
            figures=(("export_musd", sum(dollars for dollars, _, _ in found)), ("lines", float(len(found)))),
        )


def gravity_range(value: float) -> tuple[float, float]:
    """Return the range of two thirds of cases around sales expected by the gravity model."""
    factor = float(np.exp(assumption("value_sigma").value))
    return value / factor, value * factor


def _is_trader(ground: Ground, firm: int) -> bool:
    """Return whether most of a firm's activity is trade."""
    return bool((ground.columns.share_row(firm) * ground.economy.channel).sum() >= MOSTLY)


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
