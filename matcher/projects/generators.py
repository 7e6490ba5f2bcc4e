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
from matcher.projects.from_words import equipment_in_words, tests_in_words, waste_in_words
from matcher.projects.ground import Ground, independent, with_rivals
from models.project_kinds import project_kinds

#: Those of a kind find its candidates one after another; what firms say themselves comes first.
GENERATORS: Mapping[str, Sequence[Callable[[Ground], Iterator[Candidate]]]] = {
    "chain": (chain,),
    "joint_purchase": (joint_purchase,),
    "shared_equipment": (equipment_in_words, tests_in_words, shared_equipment),
    "import_substitution": (import_substitution,),
    "symbiosis": (waste_in_words, symbiosis),
    "cross_cluster": (cross_cluster,),
    "deep_processing": (deep_processing,),
    "research_training": (research_training,),
    "contract_manufacturing": (contract_manufacturing,),
    "joint_export": (joint_export,),
}


def find_projects(ground: Ground, kinds: Sequence[str]) -> list[Candidate]:
    """Return the candidates of the given kinds worth preparing, best first, each number once.

    Firms of one group are no news to each other; rivals that would act together are named.
    """
    found = (one for kind in kinds for generate in GENERATORS[kind] for one in generate(ground) if worthwhile(one))
    apart = [one for candidate in found if (one := independent(ground.columns, candidate)) is not None]
    return ranked(list({one.key(str, str): with_rivals(ground, one) for one in reversed(apart)}.values()))


def worthwhile(candidate: Candidate) -> bool:
    """Return whether a year of a candidate could at best pay what it costs at least to prepare.

    One without an amount, or that the firms name themselves, is left to the manager's judgement.
    """
    if candidate.range_rub is None or candidate.said:
        return True
    return candidate.range_rub[1] >= project_kinds()[candidate.kind].cost_low_rub
