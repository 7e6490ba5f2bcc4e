"""Candidates that close a gap or cut the cost of one; the value model of each kind is in its docstring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from matcher.gaps.who import holders, raw_materials
from matcher.index.sizes import sme_flags
from matcher.projects.candidates import Candidate, Kin
from matcher.projects.ground import FEWEST_FIRMS, MOST_NAMED, Ground, apart, distinct, starters, valued_codes
from matcher.projects.joint_order import consolidation, savings
from models.assumptions import Assumption, assumption

#: An input is bought abroad when at least this share of it is imported.
IMPORTED = 0.2
#: Testing and analysis, which a shared centre offers beside machines.
TESTS = "71.20"
#: A local raw material makes a chain when it is at least this share of the missing step's turnover.
CHAIN_INPUT = 0.1
#: A firm joins an order when it buys at least this part of it.
LEAST_PART = 0.05


def chain(ground: Ground) -> Iterator[Candidate]:
    """A missing step between local raw material and local demand: supplier, who could take the step, anchor.

    Value: that of closing the gap of the step, without what the processors need themselves.
    """
    for code in valued_codes(ground, ground.gaps.gaps.broken_chain):
        recipe = np.where(raw_materials(ground.economy, code), ground.economy.recipe[:, code], 0.0)
        recipe[ground.gaps.gaps.supply <= 0] = 0.0
        source = int(recipe.argmax())
        if recipe[source] < CHAIN_INPUT:
            continue
        suppliers = ground.makers(source, 1)
        able, anchors = starters(ground, code), dict(holders(ground.gaps, code, 2))
        worth = ground.worth("closing", code).times(others_part(ground, code, able))
        participants = distinct(
            [(firm, "supplier") for firm in suppliers]
            + [(firm, "buyer") for firm in anchors]
            + [(firm, "processor") for firm, _ in able]
        )
        processors = [firm for firm, role in participants if role == "processor"]
        if len({role for _, role in participants}) == len(("supplier", "buyer", "processor")):
            yield Candidate(
                kind="chain",
                code=code,
                other=source,
                participants=participants,
                value_rub=worth.middle,
                range_rub=worth.range,
                strength=able[0][1],
                figures=(("relatedness", able[0][1]), ("input_share", float(recipe[source]))),
                amounts={
                    **dict.fromkeys(suppliers, worth.middle * float(recipe[source])),
                    **bought_here(ground, code, anchors, worth.middle),
                    **dict.fromkeys(processors, worth.middle / max(len(processors), 1)),
                },
            )


def import_substitution(ground: Ground) -> Iterator[Candidate]:
    """An imported input that a local firm could start making for local buyers.

    Value: that of closing the gap, times the share imported today; what a producer needs itself is no joint project.
    """
    economy, gaps = ground.economy, ground.gaps
    for code in valued_codes(ground, (gaps.gaps.gap > 0) & (economy.code_import_share >= IMPORTED)):
        able, buyers = starters(ground, code), dict(holders(gaps, code, 3))
        imported = float(economy.code_import_share[code])
        worth = ground.worth("closing", code).times(imported * others_part(ground, code, able))
        if able and buyers and worth.middle > 0:
            yield Candidate(
                kind="import_substitution",
                code=code,
                participants=distinct([(firm, "producer") for firm, _ in able] + [(firm, "buyer") for firm in buyers]),
                value_rub=worth.middle,
                range_rub=worth.range,
                strength=able[0][1],
                figures=(("import_share", imported), ("relatedness", able[0][1])),
                amounts={
                    **bought_here(ground, code, buyers, worth.middle),
                    **{firm: worth.middle / len(able) for firm, _ in able},
                },
            )


def deep_processing(ground: Ground) -> Iterator[Candidate]:
    """Local output that leaves the region almost unprocessed: its maker and local firms closest to processing it.

    Value: what one typical processor buys of it, at most what leaves.
    """
    leaves = ground.gaps.gaps.unprocessed_output & (ground.gaps.gaps.gap <= 0) & ground.gaps.scope.activities
    for code in valued_codes(ground, leaves):
        makers, able, worth = ground.makers(code, 2), starters(ground, code), ground.worth("processing", code)
        if makers and able and worth.middle > 0:
            yield Candidate(
                kind="deep_processing",
                code=code,
                participants=distinct(
                    [(firm, "supplier") for firm in makers] + [(firm, "processor") for firm, _ in able]
                ),
                value_rub=worth.middle,
                range_rub=worth.range,
                strength=able[0][1],
                figures=(("output_rub", float(ground.gaps.gaps.supply[code])), ("relatedness", able[0][1])),
                amounts={
                    **{firm: worth.middle / len(able) for firm, _ in able},
                    **{firm: worth.middle / len(makers) for firm in makers},
                },
            )


def joint_purchase(ground: Ground) -> Iterator[Candidate]:
    """Firms that buy the same input from outside: one order instead of several.

    Value: the saving; each doubling of a buyer's order is assumed to lower its price (:mod:`joint_order`).
    """
    for code in valued_codes(ground, ground.gaps.gaps.gap > 0):
        buyers, kin = users(ground, code, "buyer")
        volume = sum(amount for _, amount in buyers)
        shared = {firm: amount for firm, amount in buyers if amount >= LEAST_PART * volume}
        if len(shared) >= FEWEST_FIRMS:
            saved, ends = savings(shared)
            value, together = sum(saved.values()), sum(shared.values())
            yield Candidate(
                kind="joint_purchase",
                code=code,
                participants=tuple((firm, "buyer") for firm in shared),
                value_rub=value,
                range_rub=ends,
                strength=1.0 - max(shared.values()) / together,
                figures=(
                    ("volume_rub", together),
                    ("discount", value / together),
                    *consolidation(ground.columns, list(shared)),
                ),
                affiliates=kin,
                amounts=saved,
            )


def shared_equipment(ground: Ground) -> Iterator[Candidate]:
    """Small and medium firms that each need the same equipment or tests, none enough alone: one centre for all.

    Value: the part of their yearly spending on it that a shared centre is assumed to spare them. Large plants keep
    machines of their own busy and are left out.
    """
    spared, recipe = assumption("shared_equipment_saving"), ground.economy.recipe
    machines = np.where(ground.economy.layer > 0, recipe, 0.0).sum(axis=1)
    capital = ground.economy.goods & (machines > 0.5 * recipe.sum(axis=1)) & (machines > 0)
    tests = np.array([code.startswith(TESTS) for code in ground.economy.codes])
    for code in valued_codes(ground, (ground.gaps.gaps.gap > 0) & (capital | tests)):
        buyers, kin = small_users(ground, code)
        total = sum(amount for _, amount in buyers)
        if len(buyers) >= FEWEST_FIRMS and buyers[0][1] < 0.5 * total:
            yield Candidate(
                kind="shared_equipment",
                code=code,
                participants=tuple((firm, "user") for firm, _ in buyers),
                value_rub=spared.value * total,
                range_rub=(spared.low * total, spared.high * total),
                strength=1.0 - buyers[0][1] / total,
                figures=(("volume_rub", total),),
                affiliates=kin,
                amounts=dict(buyers),
            )


def small_users(ground: Ground, code: int) -> tuple[list[tuple[int, float]], tuple[Kin, ...]]:
    """Return the largest small and medium users of a code in roubles, one of each group, and affiliates left out."""
    sme = sme_flags(ground.columns)
    return _apart(ground, {firm: amount for firm, amount in holders(ground.gaps, code) if sme[firm]}, "user")


def others_part(ground: Ground, code: int, able: Sequence[tuple[int, float]]) -> float:
    """Return what part of the demand for a code is not of those who could make it."""
    gaps, makers = ground.gaps, [firm for firm, _ in able]
    needed = gaps.demand_by_firm[:, [code]].toarray().ravel()
    own, demand = float(needed[np.isin(gaps.demanding, makers)].sum()), float(gaps.gaps.demand[code])
    return 1.0 - own / demand if demand > 0 else 0.0


def bought_here(ground: Ground, code: int, buyers: Mapping[int, float], value: float) -> dict[int, float]:
    """Return what of a value each buyer would take, by its part of all demand."""
    return {firm: value * amount / float(ground.gaps.gaps.demand[code]) for firm, amount in buyers.items()}


def users(ground: Ground, code: int, role: str) -> tuple[list[tuple[int, float]], tuple[Kin, ...]]:
    """Return the largest users of a code in roubles, one of each group, and the affiliates left out."""
    return _apart(ground, dict(holders(ground.gaps, code, MOST_NAMED)), role)


def _apart(ground: Ground, amounts: dict[int, float], role: str) -> tuple[list[tuple[int, float]], tuple[Kin, ...]]:
    largest = list(amounts)[:MOST_NAMED]
    kept, kin = apart(ground.columns, tuple((firm, role) for firm in largest))
    return [(firm, amounts[firm]) for firm, _ in kept], kin


def symbiosis(ground: Ground) -> Iterator[Candidate]:
    """Waste or by-product of one local firm that firms of another trade are known to use.

    Value: what the takers spend on goods that the material replaces, times the part assumed to be replaced; at most
    the assumed value of what the givers have to give. None where the material replaces no good that the takers buy.
    """
    asked, replaced, given = (
        ground.gaps.scope.activities, assumption("symbiosis_replaced_share"), assumption("byproduct_share"),
    )  # fmt: skip
    for donor, receiver, resource in ground.exchanges:
        if donor == receiver or not (asked[donor] or asked[receiver]):
            continue
        donors, receivers = ground.makers(donor, 2), ground.makers(receiver, 2)
        if donors and receivers and not set(donors) & set(receivers):
            spent = {firm: ground.spending(firm, ground.replaces(resource)) for firm in receivers}
            total = sum(spent.values())
            there = sum(ground.makes(firm, donor) for firm in donors)
            low, value, high = (
                min(total * part, there * most) for part, most in zip(_ends(replaced), _ends(given), strict=True)
            )
            yield Candidate(
                kind="symbiosis",
                code=donor,
                other=receiver,
                participants=distinct([(f, "donor") for f in donors] + [(f, "receiver") for f in receivers]),
                value_rub=value if total > 0 else None,
                range_rub=(low, high) if total > 0 else None,
                strength=0.5,
                figures=(("replaced_rub", total),) if total > 0 else (),
                resource=resource,
                amounts={firm: amount / total * value for firm, amount in spent.items()} if total > 0 else {},
            )


def _ends(each: Assumption) -> tuple[float, float, float]:
    return each.low, each.value, each.high
