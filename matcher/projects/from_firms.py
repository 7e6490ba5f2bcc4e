"""Candidates that start from firms and what they are: other clusters, contractors, exporters, institutes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.gaps.links import networks
from matcher.gaps.scale import CERTAIN
from matcher.gaps.who import holders
from matcher.index.columns import Columns
from matcher.match.pairs import firm_party
from matcher.match.shortlist import MOSTLY_CHANNEL, Filters, rank_buyers
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

    Both directions: makers of the asked cluster and firms of each other one, then makers of the others and firms of
    the asked. What comes through networks is left out, its links are no news. Value: the sales the gravity model
    expects between them.
    """
    columns, asked, main = ground.columns, ground.gaps.scope.activities, _main_codes(ground.columns)
    filters = Filters(new_only=True)
    through_networks = networks(ground.economy)
    keys = sorted(frozenset().union(*ground.cluster_of))
    member = {key: np.array([*(key in own for own in ground.cluster_of), False]) for key in keys}
    for firm, code in [*_largest_makers(ground, asked, 30), *_largest_makers(ground, ~asked, 30)]:
        own = ground.cluster_of[code]
        if not own or through_networks[code]:
            continue
        party = firm_party(columns, firm)
        ranking = rank_buyers(columns, ground.economy, party, filters, ground.decisions, among=ground.firms_here)
        rows = ranking.order[ranking.scores.channel_share[ranking.order] < MOSTLY_CHANNEL]
        rows = rows[np.argsort(-ranking.scores.expected_rub[rows], kind="stable")]
        theirs = main[ranking.firms[rows]]
        open_to = ~np.logical_or.reduce([member[key][theirs] for key in own])
        if not asked[code]:
            open_to &= np.append(asked, False)[theirs]
        for target in (key for key in keys if key not in own):
            found = rows[open_to & member[target][theirs]][:MOST_NAMED]
            carried = {int(row): _carries(ground, firm, int(ranking.firms[row])) for row in found}
            across = [row for row, good in carried.items() if _apart(ground, good, main[ranking.firms[row]])][:2]
            sales = {int(ranking.firms[row]): float(ranking.scores.expected_rub[row]) for row in across}
            if sum(sales.values()) > 0:
                yield _across(ground, firm, carried[across[0]], sales, own)


def _carries(ground: Ground, firm: int, buyer: int) -> int:
    """Return the activity that carries most of what a firm could sell to a buyer, by its mix and the buyer's recipe."""
    needed = ground.economy.recipe @ ground.columns.share_row(buyer)
    return int((ground.columns.share_row(firm) * needed).argmax())


def _apart(ground: Ground, good: int, buyer: int) -> bool:
    """Return whether what is sold and who buys it are of different clusters."""
    return not ground.cluster_of[good] & ground.cluster_of[buyer]


def _across(ground: Ground, firm: int, code: int, sales: dict[int, float], own: frozenset[str]) -> Candidate:
    columns, value = ground.columns, sum(sales.values())
    other = int(columns.share_row(next(iter(sales))).argmax())
    sure = columns.share_confidence[columns.share_indptr[firm] : columns.share_indptr[firm + 1]].max()
    return Candidate(
        kind="cross_cluster",
        code=code,
        other=other,
        participants=((firm, "supplier"), *((buyer, "buyer") for buyer in sales)),
        value_rub=value,
        range_rub=gravity_range(value),
        strength=float(sure),
        amounts={firm: value, **sales},
        clusters=(tuple(sorted(own)), tuple(sorted(ground.cluster_of[other] - own))),
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
                said=quotes(each for asker, pair in said.items() if asker in customers for each in pair),
            )


def contract_manufacturing(ground: Ground) -> Iterator[Candidate]:
    """A firm that offers to make for others, who asks for such in its own words, and traders for their own brand.

    Value: the sales the gravity model expects to them.
    """
    columns, economy = ground.columns, ground.economy
    filters = Filters(new_only=True)
    for firm in sorted(ground.contractors & set(ground.gaps.local.tolist())):
        party = firm_party(columns, firm)
        code = int(party.shares.argmax())
        if not (party.shares.any() and ground.gaps.scope.activities[code]):
            continue
        ranking = rank_buyers(columns, economy, party, filters, ground.decisions, among=ground.firms_here)
        said = ground.words.answered(ground.words.of(CAPACITY, firm))
        expected = dict(zip(ranking.firms.tolist(), ranking.scores.expected_rub.tolist(), strict=True))
        traders = (int(ranking.firms[row]) for row in ranking.order if _is_trader(ground, int(ranking.firms[row])))
        most = max(FEWEST_FIRMS, min(len(said), MOST_NAMED))
        best = list(dict.fromkeys([*said, *sorted(traders, key=lambda other: -expected[other])]))[:most]
        if best:
            sales = {other: float(expected[other]) for other in best if expected.get(other, 0.0) > 0}
            value = sum(sales.values())
            yield Candidate(
                kind="contract_manufacturing",
                code=code,
                participants=((firm, "contractor"), *((other, "customer") for other in best)),
                value_rub=value if value > 0 else None,
                range_rub=gravity_range(value) if value > 0 else None,
                strength=BOTH_SAY if said else 0.5,
                amounts={firm: value, **sales},
                said=quotes(each for asker, pair in said.items() if asker in best for each in pair),
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


def _largest_makers(ground: Ground, activities: NDArray[np.bool_], top: int) -> list[tuple[int, int]]:
    """Return the largest local firms certain of a main activity among these, with that activity."""
    columns, found = ground.columns, list[tuple[int, int]]()
    for firm in ground.gaps.local[np.argsort(-columns.output_rub[ground.gaps.local], kind="stable")]:
        if len(found) == top:
            break
        part = slice(columns.share_indptr[firm], columns.share_indptr[firm + 1])
        if not len(columns.share_code[part]):
            continue
        best = int(columns.share_value[part].argmax())
        code = int(columns.share_code[part][best])
        if columns.share_confidence[part][best] >= CERTAIN and activities[code]:
            found.append((int(firm), code))
    return found


def _main_codes(columns: Columns) -> NDArray[np.int64]:
    """Return the main activity of every firm, -1 for one of no known activity, shape (n,)."""
    by_share = np.lexsort((columns.share_value, columns.share_firm))
    last = np.cumsum(np.diff(columns.share_indptr)) - 1
    known = np.diff(columns.share_indptr) > 0
    main = np.full(len(columns), -1, dtype=np.int64)
    main[known] = columns.share_code[by_share][last[known]]
    return main
