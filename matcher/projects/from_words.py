"""Candidates that begin with what firms say: equipment that stands free, waste to give away, tests asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from matcher.gaps.who import holders
from matcher.projects.candidates import Candidate, Participants
from matcher.projects.from_gaps import TESTS
from matcher.projects.ground import BOTH_SAY, MOST_NAMED, ONE_SAYS, Ground, Worth, distinct
from matcher.projects.own_words import Said, quotes
from models.assumptions import assumption
from models.own_words import EQUIPMENT, WASTE

#: How sure a text must be of an activity to name what it speaks of.
NAMED = 0.3
#: Letters of an item that name a by-product.
SHORT = 40


def equipment_in_words(ground: Ground) -> Iterator[Candidate]:
    """Equipment or a laboratory that a firm says it shares, and the firms that ask for such in their own words.

    Value: the part of what the askers spend on it by their recipes that sharing is assumed to spare them; none where
    their recipes have none of it.
    """
    for offer in ground.words.of(EQUIPMENT):
        code, askers = _thing(offer), ground.words.askers(offer)[:MOST_NAMED]
        if code is not None and askers:
            yield _shared(ground, code, offer, askers)


def tests_in_words(ground: Ground) -> Iterator[Candidate]:
    """A local laboratory by its code, and the firms that ask for tests in their own words; valued as equipment."""
    for code in [row for row, name in enumerate(ground.economy.codes) if name.startswith(TESTS)]:
        makers = ground.makers(code, 1)
        told = {said.firm for said in ground.words.of(EQUIPMENT) if _thing(said) == code}
        askers = {said.firm: said for said in ground.words.wanted if dict(said.codes).get(code, 0.0) >= NAMED}
        asking = [said for firm, said in askers.items() if firm not in {*makers, *told}][:MOST_NAMED]
        if makers and asking:
            yield _shared(ground, code, Said(makers[0], EQUIPMENT, ""), asking)


def waste_in_words(ground: Ground) -> Iterator[Candidate]:
    """Waste that a firm says it gives away, and who asks for it, or else who buys most of what it replaces.

    Value: as of every symbiosis, where the kind of material is known; none else.
    """
    for offer in ground.words.of(WASTE):
        askers = ground.words.askers(offer)[:MOST_NAMED]
        takers = [said.firm for said in askers] or _buyers_of_replaced(ground, offer)
        main = _main(ground, offer.firm)
        if not takers or main is None:
            continue
        worth, spent = _replaced(ground, offer, takers)
        yield Candidate(
            kind="symbiosis",
            code=main,
            other=_main(ground, takers[0]),
            participants=_roles(offer.firm, "donor", takers, "receiver"),
            value_rub=worth.middle if worth else None,
            range_rub=worth.range if worth else None,
            strength=BOTH_SAY if askers else ONE_SAYS,
            figures=(("replaced_rub", sum(spent.values())),) if worth else (),
            resource=offer.text[:SHORT],
            amounts={firm: worth.middle * part / sum(spent.values()) for firm, part in spent.items()} if worth else {},
            said=quotes([offer, *askers]),
        )


def _shared(ground: Ground, code: int, offer: Said, askers: Sequence[Said]) -> Candidate:
    needed = dict(holders(ground.gaps, code))
    spent = {said.firm: needed[said.firm] for said in askers if needed.get(said.firm, 0.0) > 0}
    total, spared = sum(spent.values()), assumption("shared_equipment_saving")
    return Candidate(
        kind="shared_equipment",
        code=code,
        participants=_roles(offer.firm, "owner", [said.firm for said in askers], "user"),
        value_rub=spared.value * total if total > 0 else None,
        range_rub=(spared.low * total, spared.high * total) if total > 0 else None,
        strength=BOTH_SAY if offer.text else ONE_SAYS,
        figures=(("volume_rub", total),) if total > 0 else (),
        amounts=spent,
        said=quotes([offer, *askers]),
    )


def _thing(said: Said) -> int | None:
    """Return the activity whose product an item names, ``None`` when that is not clear."""
    return next((code for code, sure in said.codes[:1] if sure >= NAMED), None)


def _main(ground: Ground, firm: int) -> int | None:
    row = ground.columns.share_row(firm)
    return int(row.argmax()) if row.any() else None


def _roles(one: int, role: str, others: Sequence[int], theirs: str) -> Participants:
    return distinct([(one, role), *((firm, theirs) for firm in others)])


def _buyers_of_replaced(ground: Ground, offer: Said) -> list[int]:
    """Return the two local firms that spend most on what a material replaces."""
    goods = ground.replaces(offer.material)
    if not goods.any():
        return []
    needed = np.asarray(ground.gaps.demand_by_firm[:, np.flatnonzero(goods)].sum(axis=1)).ravel()
    best = np.argsort(-needed, kind="stable")[: 2 + 1]
    firms = [int(ground.gaps.demanding[row]) for row in best if needed[row] > 0]
    return [firm for firm in firms if firm != offer.firm][:2]


def _replaced(ground: Ground, offer: Said, takers: Sequence[int]) -> tuple[Worth | None, dict[int, float]]:
    """Return what a material saves its takers, and what each spends on what it replaces."""
    goods = ground.replaces(offer.material)
    spent = {firm: amount for firm in takers if (amount := ground.spending(firm, goods)) > 0}
    total, there = sum(spent.values()), float(ground.columns.output_rub[offer.firm])
    if total <= 0:
        return None, spent
    part, most = assumption("symbiosis_replaced_share"), assumption("byproduct_share")
    low, middle, high = (
        min(total * share, there * given) if there > 0 else total * share
        for share, given in ((part.low, most.low), (part.value, most.value), (part.high, most.high))
    )
    return Worth(middle, (low, high)), spent
