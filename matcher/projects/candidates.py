"""What a joint-project candidate is, before anyone words it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from graph.ownership import Tie

#: Kinds of joint project, in the order they are offered.
KINDS = (
    "chain", "joint_purchase", "shared_equipment", "contract_manufacturing", "import_substitution", "symbiosis",
    "cross_cluster", "deep_processing", "joint_export", "research_training",
)  # fmt: skip


#: Firm numbers with their roles.
Participants = tuple[tuple[int, str], ...]
#: A firm left out, the participant of its group, and how the one belongs to the other.
Kin = tuple[int, int, Tie]
#: An activity and the participants that live on it: they compete.
Rivals = tuple[int, tuple[int, ...]]
#: Kinds whose participants act together rather than trade with each other, and those of which they agree on prices.
TOGETHER = frozenset({"joint_purchase", "shared_equipment", "joint_export"})
AGREED = frozenset({"joint_purchase", "joint_export"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A set of firms with roles and what their cooperation is worth.

    Attributes
    ----------
    kind
        One of :data:`KINDS`.
    code
        Row of the activity group it turns on.
    other
        Row of a second group it connects, ``None`` without.
    participants
        Firm numbers with their role, most important first.
    value_rub
        Roubles a year, ``None`` where evidence gives no amount.
    range_rub
        The range the value lies in, ``None`` where there is no amount.
    said
        What firms say of it in their own words: firm, whether it asks for it (or offers it), the words.
    clusters
        For candidates across clusters: those of the maker and those of the first buyer.
    amounts
        Roubles a year with which each participant takes part: what it would sell, or buys today.
    strength
        From 0 to 1: how well founded it is (relatedness, share of demand held by the participants).
    figures
        Named numbers the wording quotes.
    resource
        The material exchanged, for symbiosis.
    affiliates
        Firms that would fit and are of one group with a participant, so that nothing new would begin.
    rivals
        Participants that are to act together and make the same, by what they make.
    """

    kind: str
    code: int
    participants: Participants
    value_rub: float | None
    strength: float
    other: int | None = None
    figures: tuple[tuple[str, float], ...] = ()
    resource: str = ""
    affiliates: tuple[Kin, ...] = ()
    range_rub: tuple[float, float] | None = None
    amounts: Mapping[int, float] = field(default_factory=dict, hash=False)
    said: tuple[tuple[int, bool, str], ...] = ()
    clusters: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    rivals: tuple[Rivals, ...] = ()

    def key(self, code: Callable[[int], str], inn: Callable[[int], str]) -> str:
        """Return what a candidate is remembered by: its kind, its activities and who leads it.

        Amounts, ranks and further participants change with the data of the day; these do not.
        """
        other = (code(self.other),) if self.other is not None else ()
        resource = ("-".join(self.resource.split()),) if self.resource else ()
        return ".".join((self.kind, code(self.code), *other, *resource, inn(self.participants[0][0]))).replace(" ", "-")

    @property
    def firms(self) -> frozenset[int]:
        """Firm numbers of all participants."""
        return frozenset(firm for firm, _ in self.participants)

    @property
    def named(self) -> frozenset[int]:
        """Firm numbers of participants and of their affiliates."""
        return self.firms | {firm for firm, _, _ in self.affiliates}

    @property
    def agreed_by_rivals(self) -> bool:
        """Whether rivals would have to agree on prices and volumes."""
        return self.kind in AGREED and bool(self.rivals)

    @property
    def score(self) -> float:
        """``log10`` of the value in roubles plus the strength: an order of magnitude weighs as much as full evidence.

        A candidate without an amount stands at a million roubles, below any that is worth a working group's time.
        """
        return float(np.log10(max(self.value_rub or 1e6, 1.0)) + self.strength)


def ranked(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates by score descending; ties by kind and code, so that the order never wavers."""
    return sorted(candidates, key=lambda c: (-c.score, KINDS.index(c.kind), c.code, c.other or -1))


def varied(candidates: Sequence[Candidate], top: int) -> list[Candidate]:
    """Return the best candidates such that no kind and no firm takes every place; see :func:`picks`."""
    return ranked(picks(candidates, top))


def picks(candidates: Sequence[Candidate], top: int) -> list[Candidate]:
    """Return candidates in the order of a varied choice.

    Greedy: each pick lowers what is left by one point per earlier pick of its kind and half a point per earlier pick of
    its participants, the mean over them and at most a point and a half, a point being an order of magnitude of value:
    where few firms carry a region, their next project is still worth more than a trifle of others.
    """
    left, picked = ranked(candidates), list[Candidate]()
    while left and len(picked) < top:
        best = max(left, key=lambda c: c.score - _repeats(c, picked))
        picked.append(best)
        left.remove(best)
    return picked


def _repeats(candidate: Candidate, picked: Sequence[Candidate]) -> float:
    kinds = sum(other.kind == candidate.kind for other in picked)
    firms = sum(len(other.firms & candidate.firms) for other in picked) / len(candidate.firms)
    return kinds + min(0.5 * firms, 1.5)
