"""Use case of a manager who puts a joint-project candidate on the board: it becomes the words of an entry."""

from __future__ import annotations

from matcher.pipeline.projects.candidates import Asked, items, named_candidate, project_ground
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.board_words import LONGEST
from models.text import T


def project_entry(workspace: Workspace, asked: Asked, key: str) -> dict[str, str]:
    """Return what an entry of a candidate says, for the manager to change: of its leading firm, looking for partners.

    Raises
    ------
    DataError
        If there is no such candidate.
    """
    ground = project_ground(workspace, asked.cluster, asked.region)
    shown = items(workspace, ground, [named_candidate(workspace, ground, asked, key)])[0]
    return {
        "inn": shown["participants"][0]["inn"],
        "kind": "joint_project",
        "side": "request",
        "title": shown["title"][: LONGEST["title"]],
        "text": "\n".join(lines(workspace, shown))[: LONGEST["text"]],
        "okved": shown["okved_code"] or "",
    }


def lines(workspace: Workspace, shown: Document) -> list[str]:
    """Return what a reader of the board should know of a candidate: why, and the first steps; no amounts by firm."""
    lang = workspace.settings.lang
    named = "; ".join(firm["name"] for firm in shown["participants"])
    told = [T("Could take part: {names}", names=named).render(lang), *shown["reasons"]]
    return [*told, T("First steps").render(lang) + ":", *(f"— {step}" for step in shown["steps"])]
