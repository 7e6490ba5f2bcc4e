"""Candidates that close a gap or cut the cost of one; the value model of each kind is in its docstring."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher.gaps.who import holders
from matcher.projects.candidates import Candidate, Kin
from matcher.projects.ground import FEWEST_FIRMS, MOST_NAMED, Ground, apart, distinct, starters, valued_codes
from models.assumptions import assumption

#: An input is bought abroad when at least this share of it is imported.
IMPORTED = 0.2
#: A local raw material makes a chain when it is at least this share of the missing step's turnover.
CHAIN_INPUT = 0.1


def chain(ground: Ground) -> Iterator[Candidate]:
    """A missing step between local raw material and local demand: supplier, who could take the step, anchor.

    Value: that of the gap the step closes.
    """
    for code in valued_codes(ground, ground.gaps.gaps.broken_chain):
        recipe = np.where(ground.economy.channel, 0.0, ground.economy.recipe[:, code])
        recipe[ground.gaps.gaps.supply <= 0] = 0.0
        source = int(recipe.argmax())
        if recipe[source] < CHAIN_INPUT:
            continue
        suppliers = ground.makers(source, 2)
        able, anchors = starters(ground, code), holders(ground.gaps, code, 2)
        participants = distinct(
            [(firm, "supplier") for firm in suppliers[:1]]
            + [(firm, "buyer") for firm, _ in anchors]
            + [(firm, "processor") for firm, _ in able]
        )
        if len({role for _, role in participants}) == len(("supplier", "buyer", "processor")):
            yield Candidate(
                kind="chain",
                code=code,
                other=source,
                participants=participants,
                value_rub=float(ground.gaps.value_rub[code]),
                strength=able[0][1],
                figures=(("relatedness", able[0][1]), ("input_share", float(recipe[source]))),
            )


def import_substitution(ground: Ground) -> Iterator[Candidate]:
    """An imported input that a local firm could start making for local buyers.

    Value: that of the gap times the share imported today.
    """
    economy, gaps = ground.economy, ground.gaps
    for code in valued_codes(ground, (gaps.gaps.gap > 0) & (economy.code_import_share >= IMPORTED)):
        able, buyers = starters(ground, code), holders(gaps, code, 3)
        if able and buyers:
            imported = float(economy.code_import_share[code])
            yield Candidate(
                kind="import_substitution",
                code=code,
                participants=distinct(
                    [(firm, "producer") for firm, _ in able] + [(firm, "buyer") for firm, _ in buyers]
                ),
                value_rub=float(gaps.value_rub[code]) * imported,
                strength=able[0][1],
                figures=(("import_share", imported), ("relatedness", able[0][1])),
            )


def deep_processing(ground: Ground) -> Iterator[Candidate]:
    """Local output that leaves the region almost unprocessed: its maker and local firms closest to processing it.

    Value: what one typical processor buys of it, at most what leaves.
    """
    leaves = ground.gaps.gaps.unprocessed_output & (ground.gaps.gaps.gap <= 0) & ground.gaps.scope.activities
    for code in valued_codes(ground, leaves):
        makers, able = ground.makers(code, 2), starters(ground, code)
        if makers and able:
            yield Candidate(
                kind="deep_processing",
                code=code,
                participants=distinct(
                    [(firm, "supplier") for firm in makers] + [(firm, "processor") for firm, _ in able]
                ),
                value_rub=float(ground.gaps.value_rub[code]),
                strength=able[0][1],
                figures=(("output_rub", float(ground.gaps.gaps.supply[code])), ("relatedness", able[0][1])),
            )


def joint_purchase(ground: Ground) -> Iterator[Candidate]:
    """Firms that buy the same input from outside: one order instead of several.

    Value: the saving, volume of the named firms times the assumed discount.
    """
    discount = assumption("joint_purchase_discount").value
    for code in valued_codes(ground, ground.gaps.gaps.gap > 0):
        buyers, kin = users(ground, code, "buyer")
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
                affiliates=kin,
            )


def shared_equipment(ground: Ground) -> Iterator[Candidate]:
    """Firms that each need the same equipment, none enough to keep it busy: one centre for all.

    Value: the yearly capital need of the firms but the largest, which the centre spares them.
    """
    capital = ground.economy.layer > 0
    wanted = (ground.gaps.gaps.gap > 0) & ground.economy.goods & (capital & (ground.economy.recipe > 0)).any(axis=1)
    for code in valued_codes(ground, wanted):
        if not (capital[code] * ground.economy.recipe[code]).sum() > 0.5 * ground.economy.recipe[code].sum():
            continue
        buyers, kin = users(ground, code, "user")
        total = sum(amount for _, amount in buyers)
        if len(buyers) >= FEWEST_FIRMS and buyers[0][1] < 0.5 * total:
            yield Candidate(
                kind="shared_equipment",
                code=code,
                participants=tuple((firm, "user") for firm, _ in buyers),
                value_rub=total - buyers[0][1],
                strength=1.0 - buyers[0][1] / total,
                figures=(("volume_rub", total),),
                affiliates=kin,
            )


def users(ground: Ground, code: int, role: str) -> tuple[list[tuple[int, float]], tuple[Kin, ...]]:
    """Return the largest users of a code in roubles, one of each group, and the affiliates left out."""
    amounts = dict(holders(ground.gaps, code, MOST_NAMED))
    kept, kin = apart(ground.columns, tuple((firm, role) for firm in amounts))
    return [(firm, amounts[firm]) for firm, _ in kept], kin


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
                participants=distinct([(f, "donor") for f in donors] + [(f, "receiver") for f in receivers]),
                value_rub=None,
                strength=0.5,
                resource=resource,
            )
