"""Joint-project candidates of a region or cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from babel.dates import format_date
from numpy.typing import NDArray

from graph.portfolio import Limits
from matcher.index.sizes import sme_flags
from matcher.pipeline.chain.gaps import find_gaps
from matcher.pipeline.projects.memory import key_of, last_evidence, undeclined, with_decisions
from matcher.pipeline.projects.own_words import own_words
from matcher.pipeline.workspace import Workspace
from matcher.projects.candidates import Candidate, picks, ranked
from matcher.projects.generators import GENERATORS, find_projects
from matcher.projects.ground import Ground
from matcher.projects.impact import benefit
from matcher.projects.own_words import OwnWords
from matcher.projects.selection import select
from matcher.report.figures import rub, share
from matcher.report.files.one_page import OnePage, one_page
from matcher.report.files.papers import paper_bytes
from matcher.report.files.whole import written_whole
from matcher.report.frame import Document
from matcher.report.paging import Key, in_order, part_of
from matcher.report.projects import project_item
from models.clusters import memberships
from models.errors import DataError, NothingSuch, UsageError
from models.identifiers import parse_inn
from models.own_words import CAPACITY
from models.project_kinds import direction_key, directions, project_kinds
from models.resources import read_table
from models.text import T, Text

#: The region whose export by line is bundled.
PILOT = "26"
#: Orders of candidates: such that no kind and no firm takes every place, or by score.
VARIED = "varied"
ORDERS = (VARIED, "-score")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which candidates are asked for: a kind, a strategic direction of the programme, where, around which firm."""

    kind: str | None = None
    cluster: str | None = None
    region: str | None = None
    direction: str | None = None
    anchor: str | None = None


def projects(workspace: Workspace, asked: Asked, top: int) -> Document:
    """Return the candidates of one kind, or a varied choice of all kinds, best first."""
    return projects_part(workspace, asked, top)[0]


def projects_part(
    workspace: Workspace, asked: Asked, top: int, order: str = VARIED, after: Key | None = None
) -> tuple[Document, Key | None]:
    """Return a part of the candidates in one of :data:`ORDERS`, and the key after which the next part begins.

    The key of a varied choice is how many came before it: the choice is made anew whenever the register changes.
    """
    asked = located(workspace, asked)
    ground = project_ground(workspace, asked.cluster, asked.region)
    candidates = undeclined(workspace, candidates_of(workspace, ground, asked))
    if order == VARIED and not asked.kind:
        start = int(after[0]) if after else 0
        picked = picks(candidates, start + top)
        chosen, following = ranked(picked[start:]), (len(picked), "") if len(picked) < len(candidates) else None
    else:
        chosen, following = _by_score(workspace, candidates, after, top)
    document = {
        "query": {**query_of(asked), "top": top},
        "total": len(candidates),
        "items": with_decisions(workspace, items(workspace, ground, chosen)),
    }
    return document, following


def _by_score(
    workspace: Workspace, candidates: Sequence[Candidate], after: Key | None, top: int
) -> tuple[list[Candidate], Key | None]:
    values = np.array([-candidate.score for candidate in candidates])
    names = np.array([key_of(workspace, candidate) for candidate in candidates], dtype=np.str_)
    part = part_of(in_order(values, names), values, names, after, top)
    return [candidates[row] for row in part.rows], part.next


def portfolio(workspace: Workspace, asked: Asked, limits: Limits, with_rivals: bool = False) -> Document:
    """Return the portfolio worth most under a manager's limits, and how far simpler choices fall short.

    Raises
    ------
    DataError
        If no choice of candidates keeps to the limits.
    """
    asked = located(workspace, asked)
    ground = project_ground(workspace, asked.cluster, asked.region)
    candidates = undeclined(workspace, candidates_of(workspace, ground, asked))
    sme = sme_flags(workspace.columns)
    selection = select(candidates, workspace.columns, sme, limits, with_rivals)
    if selection is None:
        raise DataError(
            T("no choice of projects has so many small and medium firms within these limits"),
            T("allow more projects or a larger budget, or ask for fewer small and medium firms"),
        )
    chosen = selection.chosen
    small = {firm for candidate in chosen for firm in candidate.firms if sme[firm]}
    best = selection.portfolio
    return {
        "query": {**query_of(asked), "top": limits.projects},
        "total": len(candidates),
        "items": with_decisions(workspace, items(workspace, ground, chosen)),
        "portfolio": {
            "limits": {
                "projects": limits.projects,
                "each": limits.each,
                "smes": limits.special,
                "budget_rub": rub(limits.budget) if np.isfinite(limits.budget) else None,
            },
            "value_rub": rub(sum(candidate.value_rub or 0.0 for candidate in chosen)),
            "benefit_rub": rub(sum(benefit(candidate) for candidate in chosen)),
            "expected_rub": rub(best.value),
            "bound_rub": rub(best.bound),
            "optimality_gap": share(best.gap),
            "greedy_rub": rub(selection.greedy_value),
            "random_rub": rub(selection.random_value),
            "cost_rub": rub(sum(project_kinds()[candidate.kind].cost_rub for candidate in chosen)),
            "smes": len(small),
            "candidates": len(selection.candidates),
            "conflicts": selection.conflicts,
            "rivals_left_out": selection.rivals,
        },
    }


def project_sheet(workspace: Workspace, asked: Asked, key: str, path: Path, roles: Mapping[str, Text]) -> Document:
    """Write the one-page sheet of a candidate, DOCX or PDF by the name of the file, whole or not at all.

    Raises
    ------
    UsageError
        If the file is to be neither.
    DataError
        If there is no such candidate.
    """
    writers = {".docx": "docx", ".pdf": "pdf"}
    form = writers.get(path.suffix.casefold())
    if form is None:
        raise UsageError(T("{path} is neither DOCX nor PDF", path=path), T("name it FILE.docx or FILE.pdf"))
    page = sheet_of(workspace, asked, key, roles)
    with written_whole(path) as draft:
        draft.write_bytes(paper_bytes(page, form))
    return {"file": str(path), "id": key, "title": page.title}


def sheet_of(workspace: Workspace, asked: Asked, key: str, roles: Mapping[str, Text]) -> OnePage:
    """Return the sheet of the candidate with this number."""
    ground = project_ground(workspace, asked.cluster, asked.region)
    candidate = named_candidate(workspace, ground, asked, key)
    lang = workspace.settings.lang
    return one_page(items(workspace, ground, [candidate])[0], roles, lang, format_date(date.today(), locale=lang))


def decide_project(
    workspace: Workspace, asked: Asked, key: str, verdict: str, reason: str = "", by: str = "", reason_code: str = ""
) -> Document:
    """Remember a decision on a candidate together with what was shown of it that day.

    A decision on a candidate that the data of today no longer give keeps the evidence of the decision before it.
    """
    evidence: Document = {}
    if verdict != "reopen":
        evidence = _evidence(workspace, asked, key)
    with workspace.store.begin() as unit:
        unit.decide_project(key, verdict, reason, evidence, by, reason_code)
    return {
        "id": key,
        "decision": verdict,
        "reason_code": reason_code or None,
        "reason": reason,
        "title": evidence.get("title"),
    }


def _evidence(workspace: Workspace, asked: Asked, key: str) -> Document:
    """Return what is to be kept of a candidate: as it is shown today, or as it was when it was decided on before."""
    ground = project_ground(workspace, asked.cluster, asked.region)
    found = find_candidate(workspace, ground, asked, key)
    if found is None:
        earlier = last_evidence(workspace, key)
        if earlier:
            return earlier
        raise no_candidate(key)
    scope = {"cluster": asked.cluster, "region": asked.region}
    return {**items(workspace, ground, [found])[0], "query": scope, "as_of": date.today().isoformat()}


def named_candidate(workspace: Workspace, ground: Ground, asked: Asked, key: str) -> Candidate:
    """Return the candidate with this number.

    Raises
    ------
    DataError
        If there is none.
    """
    found = find_candidate(workspace, ground, asked, key)
    if found is None:
        raise no_candidate(key)
    return found


def find_candidate(workspace: Workspace, ground: Ground, asked: Asked, key: str) -> Candidate | None:
    """Return the candidate with this number, ``None`` where today's data give none."""
    return next((one for one in candidates_of(workspace, ground, asked) if key_of(workspace, one) == key), None)


def no_candidate(key: str) -> NothingSuch:
    """Return the error of a number that no candidate has."""
    return NothingSuch(
        T("there is no candidate {id} here", id=key),
        T("list them with their numbers: zveno projects, with the same cluster and region"),
    )


def candidates_of(workspace: Workspace, ground: Ground, asked: Asked) -> list[Candidate]:
    """Return the candidates of a kind or a direction, best first; all of a scope are computed once.

    Raises
    ------
    UsageError
        If there is no such kind or direction.
    """
    if asked.kind is not None and asked.kind not in GENERATORS:
        raise UsageError(
            T("there is no kind of project {kind}", kind=asked.kind),
            T("kinds: {names}", names=", ".join(sorted(GENERATORS))),
        )
    kinds = [asked.kind] if asked.kind else list(GENERATORS)
    if asked.direction is not None:
        key = direction_key(asked.direction)
        if key not in directions():
            raise UsageError(
                T("the programme has no direction {direction}", direction=asked.direction),
                T("directions: {names}", names=", ".join(directions())),
            )
        kinds = [kind for kind in kinds if key in project_kinds()[kind].directions]
    scope = "projects", asked.cluster, asked.region, *kinds
    found: list[Candidate] = workspace.of_decisions.get(scope, lambda: find_projects(ground, kinds))
    if asked.anchor is None:
        return list(found)
    anchor = ground.columns.firm(parse_inn(asked.anchor))
    return [one for one in found if anchor in one.firms]


def located(workspace: Workspace, asked: Asked) -> Asked:
    """Return the question with the region of the anchor where it names an anchor and no region.

    Raises
    ------
    InvalidIdentifier, UnknownCompany
        If the anchor is no firm of the register.
    """
    if asked.anchor is None:
        return asked
    columns, firm = workspace.columns, workspace.firm(asked.anchor)
    return replace(asked, region=asked.region or str(columns.region_code[columns.region[firm]]))


def query_of(asked: Asked) -> Document:
    """Return the question as documents repeat it."""
    return asdict(asked)


def items(workspace: Workspace, ground: Ground, chosen: Sequence[Candidate]) -> list[Document]:
    """Return candidates as documents."""
    frame = workspace.frame({firm for candidate in chosen for firm in candidate.named})
    sme = sme_flags(workspace.columns)
    return [project_item(frame, ground.gaps, candidate, sme) for candidate in chosen]


def project_ground(workspace: Workspace, cluster: str | None, region: str | None) -> Ground:
    """Return what the generators work on."""
    codes, gaps = workspace.economy.codes, find_gaps(workspace, cluster, region, None)
    words: OwnWords = workspace.of_register.get(("words", region), lambda: own_words(workspace, gaps))
    return Ground(
        columns=workspace.columns,
        economy=workspace.economy,
        gaps=gaps,
        cluster_of=clusters_of(codes),
        exchanges=exchanges(codes),
        decisions=workspace.decisions,
        contractors=frozenset(said.firm for said in words.offered if said.purpose == CAPACITY),
        export_lines=export_lines(codes) if region == PILOT else [],
        words=words,
    )


def clusters_of(codes: Sequence[str]) -> list[frozenset[str]]:
    """Return the clusters that each activity makes something in."""
    return [frozenset(m.cluster for m in memberships(code) if m.side != "sales_support") for code in codes]


def exchanges(codes: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return exchanges of by-products known from elsewhere: who gives, who takes (rows of codes), and what."""
    row = {code: number for number, code in enumerate(codes)}
    return [
        (row[pair["donor_okved"]], row[pair["receiver_okved"]], pair["resource"])
        for pair in read_table("reference/symbiosis_pairs.csv")
        if pair["donor_okved"] in row and pair["receiver_okved"] in row
    ]


def export_lines(codes: Sequence[str]) -> list[tuple[str, NDArray[np.bool_], float]]:
    """Return the exported product lines of the pilot region: name, which codes make it, millions of dollars."""
    return [
        (
            line["product_en"],
            np.array([code.startswith(tuple(line["okved_prefixes"].split(";"))) for code in codes]),
            float(line["export_2018_musd"]),
        )
        for line in read_table("reference/export_lines_2018.csv")
    ]
