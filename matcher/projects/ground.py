"""What every generator of candidates works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.gaps.regional import RegionGaps
from matcher.gaps.scale import CERTAIN
from matcher.gaps.who import could_start
from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.match.shortlist import Decisions
from matcher.projects.candidates import TOGETHER, Candidate, Kin, Participants
from matcher.projects.own_words import OwnWords
from models.materials import material_family, replaced_goods

Ints = NDArray[np.int64]

#: Fewest firms that make a joint purchase or shared equipment worth arranging.
FEWEST_FIRMS = 3
#: Firms named in one candidate.
MOST_NAMED = 5
#: How well founded a candidate is when both sides say so themselves, and when only one does.
BOTH_SAY, ONE_SAYS = 0.7, 0.4
#: A register without texts.
NOTHING_SAID = OwnWords()


class Worth(NamedTuple):
    """What something is worth, roubles a year, and its range."""

    middle: float
    range: tuple[float, float]

    def times(self, factor: float) -> Worth:
        """Return a part of it."""
        return Worth(self.middle * factor, (self.range[0] * factor, self.range[1] * factor))


@dataclass(frozen=True)
class Ground:
    """What generators work on.

    ``cluster_of`` gives the cluster keys of each activity group; ``exchanges`` are evidenced (donor group, receiver
    group, resource) triples of industrial symbiosis; ``decisions`` keep declined pairs away; ``contractors`` are firms
    that offer contract manufacturing in their own words; ``export_lines`` are the region's exported product lines:
    name, which activities make it, shape (m,), and millions of dollars; ``words`` is what local firms say.
    """

    columns: Columns
    economy: Economy
    gaps: RegionGaps
    cluster_of: Sequence[frozenset[str]]
    exchanges: Sequence[tuple[int, int, str]]
    decisions: Decisions
    contractors: frozenset[int] = frozenset()
    export_lines: Sequence[tuple[str, NDArray[np.bool_], float]] = ()
    words: OwnWords = NOTHING_SAID

    @cached_property
    def firms_here(self) -> Ints | None:
        """Numbers of all firms of the region, sorted, whatever their state; ``None`` for those of the country."""
        region = self.gaps.scope.region
        return None if region is None else np.flatnonzero(self.columns.region == region)

    def worth(self, way: str, code: int) -> Worth:
        """Return what closing a gap is worth in one of the ways of ``RegionGaps.worth``."""
        values = self.gaps.worth[way]
        return Worth(float(values.middle[code]), (float(values.low[code]), float(values.high[code])))

    def replaces(self, resource: str) -> NDArray[np.bool_]:
        """Return the goods that a waste or by-product replaces, shape (m,)."""
        prefixes = replaced_goods().get(material_family(resource), ())
        return np.array([bool(prefixes) and code.startswith(prefixes) for code in self.economy.codes])

    def makes(self, firm: int, code: int) -> float:
        """Return what a firm makes of a code, roubles a year."""
        return float(self.columns.share_row(firm)[code] * self.columns.output_rub[firm])

    def spending(self, firm: int, goods: NDArray[np.bool_]) -> float:
        """Return what a firm spends on goods by its recipe, roubles a year."""
        recipe = self.economy.recipe[goods].sum(axis=0)
        return float(recipe @ self.columns.share_row(firm) * self.columns.output_rub[firm])

    def makers(self, code: int, top: int = MOST_NAMED) -> list[int]:
        """Return local firms certain to make a code, largest output of it first."""
        entries = np.flatnonzero((self.columns.share_code == code) & (self.columns.share_confidence >= CERTAIN))
        firms = self.columns.share_firm[entries]
        local = np.isin(firms, self.gaps.local)
        firms, share = firms[local], self.columns.share_value[entries][local]
        amount = self.columns.output_rub[firms] * share
        return [int(firms[row]) for row in np.argsort(-amount, kind="stable")[:top] if amount[row] > 0]


def valued_codes(ground: Ground, wanted: NDArray[np.bool_]) -> Ints:
    """Return the wanted codes with a value, most valuable first."""
    order = ground.gaps.order()
    return order[wanted[order]]


def starters(ground: Ground, code: int) -> list[tuple[int, float]]:
    """Return local firms that could start a code or process it, with the relatedness."""
    return could_start(ground.columns, ground.economy, ground.gaps, code, 3)


def apart(columns: Columns, participants: Participants) -> tuple[Participants, tuple[Kin, ...]]:
    """Part participants into those who would be new to each other and affiliates of an earlier one.

    Firms of one group may stand side by side in one role, buying from the same stranger; they clash where their roles
    differ, or where all have the same role and are to do together what a group does anyway.

    Returns
    -------
    kept, affiliates
        Participants in their order; the others, each with the participant of its group and how they belong together.
    """
    together = len({role for _, role in participants}) == 1
    kept: list[tuple[int, str]] = []
    kin: list[Kin] = []
    for firm, role in participants:
        ties = columns.ties(firm)
        clash = next((one for one, other in kept if one in ties and (together or other != role)), None)
        if clash is None:
            kept.append((firm, role))
        else:
            kin.append((firm, clash, columns.ties(clash)[firm]))
    return tuple(kept), tuple(kin)


def independent(columns: Columns, candidate: Candidate) -> Candidate | None:
    """Return a candidate without affiliates among its participants, ``None`` where nothing is left of it."""
    kept, kin = apart(columns, candidate.participants)
    if not kin:
        return candidate
    roles, left = {role for _, role in candidate.participants}, {role for _, role in kept}
    if roles != left or (len(roles) == 1 and len(kept) < FEWEST_FIRMS):
        return None
    return replace(candidate, participants=kept, affiliates=(*candidate.affiliates, *kin))


def with_rivals(ground: Ground, candidate: Candidate) -> Candidate:
    """Return a candidate with those named who are to act together and make the same; traders make nothing."""
    if candidate.kind not in TOGETHER:
        return candidate
    makers: dict[int, list[int]] = {}
    for firm, _ in candidate.participants:
        row = ground.columns.share_row(firm)
        if row.any() and not ground.economy.channel[int(row.argmax())]:
            makers.setdefault(int(row.argmax()), []).append(firm)
    return replace(candidate, rivals=tuple((code, tuple(firms)) for code, firms in makers.items() if len(firms) > 1))


def distinct(participants: Sequence[tuple[int, str]]) -> Participants:
    """Keep the first role of each firm."""
    seen: dict[int, str] = {}
    for firm, role in participants:
        seen.setdefault(firm, role)
    return tuple(seen.items())
