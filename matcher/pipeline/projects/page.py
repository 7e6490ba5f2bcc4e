"""One joint-project candidate: today's evidence, that of the day it was decided on, and every step."""

from __future__ import annotations

from matcher.pipeline.projects.candidates import Asked, candidates_of, items, no_candidate, project_ground
from matcher.pipeline.projects.memory import key_of, project_decisions, steps_of
from matcher.pipeline.workspace import Workspace
from matcher.projects.candidates import varied
from matcher.report.changed_evidence import changed_evidence
from matcher.report.decided import project_decision_item
from matcher.report.frame import Document


def project(workspace: Workspace, asked: Asked, key: str) -> Document:
    """Return one candidate: as it is today, as it was when it was decided on, what has changed since, and every step.

    ``item`` is ``None`` where today's data no longer give the candidate; ``next`` is the best of those nobody has
    decided on yet. A decided candidate is looked for where it was decided on unless the question says where.

    Raises
    ------
    DataError
        If there is no such candidate and nothing was ever decided on it.
    """
    steps, lang = steps_of(workspace, key), workspace.settings.lang
    kept = next((dict(each.evidence) for each in reversed(steps) if each.evidence), None)
    where = _where(asked, kept)
    ground = project_ground(workspace, where.cluster, where.region)
    candidates = candidates_of(workspace, ground, where)
    keys = [key_of(workspace, one) for one in candidates]
    decided = project_decisions(workspace)
    waiting = [one for one, own in zip(candidates, keys, strict=True) if own not in decided and own != key]
    ahead = items(workspace, ground, varied(waiting, 1))
    item = items(workspace, ground, [candidates[keys.index(key)]])[0] if key in keys else None
    if item is None and not steps:
        raise no_candidate(key)
    last = decided.get(key)
    return {
        "query": {"id": key, "cluster": where.cluster, "region": where.region},
        "id": key,
        "title": item["title"] if item else (kept or {}).get("title", key),
        "item": item,
        "decision": project_decision_item(last, lang) if last else None,
        "evidence": kept,
        "changes": changed_evidence(kept, item) if kept and item else None,
        "steps": [project_decision_item(each, lang) for each in reversed(steps)],
        "next": {"id": ahead[0]["id"], "title": ahead[0]["title"]} if ahead else None,
    }


def _where(asked: Asked, kept: Document | None) -> Asked:
    """Return the question, with the cluster and region of the decision where it names neither."""
    if asked.cluster or asked.region or not kept:
        return Asked(cluster=asked.cluster, region=asked.region)
    then = kept.get("query") or {}
    return Asked(cluster=then.get("cluster"), region=then.get("region"))
