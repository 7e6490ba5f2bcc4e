"""The kinds of joint project and the generator of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from matcher.projects.candidates import Candidate, ranked
from matcher.projects.from_firms import contract_manufacturing, cross_cluster, joint_export, research_training
from matcher.projects.from_gaps import (
    chain,
    deep_processing,
    import_substitution,
    joint_purchase,
    shared_equipment,
    symbiosis,
)
from matcher.projects.ground import Ground, independent
from models.project_kinds import project_kinds

GENERATORS: Mapping[str, Callable[[Ground], Iterator[Candidate]]] = {
    "chain": chain,
    "joint_purchase": joint_purchase,
    "shared_equipment": shared_equipment,
    "import_substitution": import_substitution,
    "symbiosis": symbiosis,
    "cross_cluster": cross_cluster,
    "deep_processing": deep_processing,
    "research_training": research_training,
    "contract_manufacturing": contract_manufacturing,
    "joint_export": joint_export,
}


def find_projects(ground: Ground, kinds: Sequence[str]) -> list[Candidate]:
    """Return the candidates of the given kinds worth preparing, best first.

    Firms of one group are no news to each other.
    """
    found = (candidate for kind in kinds for candidate in GENERATORS[kind](ground) if worthwhile(candidate))
    return ranked([one for candidate in found if (one := independent(ground.columns, candidate)) is not None])


def worthwhile(candidate: Candidate) -> bool:
    """Return whether a year of a candidate could at best pay what it costs at least to prepare.

    One without an amount is left to the manager's judgement.
    """
    return candidate.range_rub is None or candidate.range_rub[1] >= project_kinds()[candidate.kind].cost_low_rub
