"""What was decided about joint-project candidates: declined ones stay away, and the evidence of the day stays."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.pipeline.workspace import Workspace
from matcher.projects.candidates import Candidate
from matcher.report.decided import project_decision_item
from matcher.report.frame import Document
from models.project_decisions import ProjectDecision, ProjectDecisions


def undeclined(workspace: Workspace, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates without those that were declined."""
    decided = project_decisions(workspace)
    declined = {key for key, each in decided.items() if each.decision == "decline"}
    return [one for one in candidates if key_of(workspace, one) not in declined] if declined else list(candidates)


def project_decisions(workspace: Workspace) -> dict[str, ProjectDecision]:
    """Return the decision in force on each candidate."""
    with workspace.store.read() as reader:
        return ProjectDecisions(reader.connection).in_force()


def key_of(workspace: Workspace, candidate: Candidate) -> str:
    """Return what a candidate is remembered by."""
    return candidate.key(workspace.economy.codes.__getitem__, workspace.columns.inn_of)


def last_evidence(workspace: Workspace, key: str) -> Document:
    """Return what was last kept of a candidate, empty where it was never decided on."""
    kept = [each.evidence for each in steps_of(workspace, key) if each.evidence]
    return dict(kept[-1]) if kept else {}


def steps_of(workspace: Workspace, key: str) -> list[ProjectDecision]:
    """Return every step of the decisions on a candidate, oldest first."""
    with workspace.store.read() as reader:
        return ProjectDecisions(reader.connection).of(key)


def undo_project(workspace: Workspace, key: str, by: str = "") -> Document:
    """Bring back what was in force before the last step on a candidate."""
    with workspace.store.begin() as unit:
        before = unit.undo_project(key, by)
    verdict = before.decision if before else "reopen"
    return {"id": key, "decision": verdict, "title": last_evidence(workspace, key).get("title")}


def with_decisions(workspace: Workspace, items: Sequence[Document]) -> list[Document]:
    """Return candidates each with the decision in force on it, ``None`` without."""
    standing, lang = project_decisions(workspace), workspace.settings.lang
    return [
        {**item, "decision": project_decision_item(standing[item["id"]], lang) if item["id"] in standing else None}
        for item in items
    ]


def decided_projects(workspace: Workspace, verdict: str | None = None) -> Document:
    """Return what was decided on candidates, all or one verdict, the latest first, with what was known that day."""
    standing = sorted(project_decisions(workspace).values(), key=lambda each: -each.id)
    chosen = [each for each in standing if verdict in (None, each.decision)]
    return {
        "total": len(standing),
        "items": [
            {
                "id": each.project,
                "title": each.evidence.get("title", each.project),
                **project_decision_item(each, workspace.settings.lang),
                "evidence": dict(each.evidence),
            }
            for each in chosen
        ],
    }
