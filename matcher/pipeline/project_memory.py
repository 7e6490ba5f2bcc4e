"""What was decided about joint-project candidates: declined ones stay away, and the evidence of the day stays."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.pipeline.workspace import Workspace
from matcher.projects.candidates import Candidate
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


def decided_projects(workspace: Workspace) -> Document:
    """Return candidates that were decided on, the latest first, each with what was known that day."""
    standing = sorted(project_decisions(workspace).values(), key=lambda each: -each.id)
    return {
        "items": [
            {
                "id": each.project,
                "title": each.evidence.get("title", each.project),
                "decision": each.decision,
                "reason": each.reason,
                "by": each.by,
                "at": each.at.isoformat(),
                "evidence": dict(each.evidence),
            }
            for each in standing
        ]
    }
