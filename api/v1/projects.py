"""One joint project in full, and its last decision taken back; its number may hold any sign, so it is a parameter."""

from __future__ import annotations

from typing import Any

from api import answers, queries
from api.access.visitor import member
from api.asking import bare, workspace
from api.v1 import deed_shapes, project_shapes
from api.v1.describing import answer, deed
from matcher.pipeline.projects import page as project_page
from matcher.pipeline.projects.candidates import Asked
from matcher.pipeline.projects.memory import undo_project
from matcher.report.frame import Document
from models.text import T


@answer(
    "/projects/one", queries.OneProjectQuery, project_shapes.ProjectPage,
    T("one joint project, today and when decided on"),
)  # fmt: skip
def project(asked: answers.Asked) -> Document:
    """With what has changed since, every step, and the next one to decide on."""
    return project_page.project(
        workspace(), Asked(cluster=asked.get("cluster"), region=asked.get("region")), asked["id"]
    )


@deed(
    "/project-decisions/undo", deed_shapes.ProjectNamed, deed_shapes.ProjectUndone,
    T("take the last decision about a joint project back"),
)  # fmt: skip
def undo_decision(_asked: answers.Asked, said: dict[str, Any]) -> Document:
    """What was in force before it is so again."""
    return undo_project(bare(), said["id"], member().login)
