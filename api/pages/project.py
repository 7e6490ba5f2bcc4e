"""One joint-project candidate, decisions about it, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from api import queries
from api.access.signing import own_path
from api.access.visitor import member
from api.asking import bare, page_query, workspace
from api.languages import current_language
from api.pages.site import blueprint, page
from matcher.pipeline.projects import page as project_page
from matcher.pipeline.projects.candidates import Asked
from matcher.pipeline.projects.candidates import decide_project as decide
from matcher.pipeline.projects.memory import decided_projects as decisions
from matcher.pipeline.projects.memory import undo_project
from models.decision_reasons import project_reasons
from models.text import T, Text

#: Digits that decide with one press: accept and later as they are; declining needs a reason, so reasons have digits.
PLAIN: Mapping[str, str] = {"accept": "1", "later": "2", "decline": ""}
DECLINE_KEYS = "345678"
TOLD: Mapping[str, Text] = {
    "accept": T("the project is accepted"),
    "later": T("the project is postponed"),
    "decline": T("the project is declined and will not be offered again"),
    "reopen": T("the project is open again"),
    "undo": T("the last step is undone"),
}


@blueprint.get("/projects/<path:key>")
def project(key: str) -> str:
    """Show one candidate with everything known of it, today and on the day it was decided on."""
    asked = page_query(queries.ProjectQuery)
    document = project_page.project(workspace(), _where(asked), key)
    return page("project.html", document=document, choices=choices(), told=TOLD.get(request.args.get("told", "")))


@blueprint.get("/projects/decided")
def decided_projects() -> str:
    """List the candidates that were decided on, all or with one decision."""
    verdict = request.args.get("decision", "")
    verdict = verdict if verdict in PLAIN else ""
    return page("decided_projects.html", document=decisions(bare(), verdict or None), verdict=verdict)


@blueprint.post("/projects/<path:key>/decision")
def decide_project(key: str) -> Response:
    """Take a decision about a candidate, or back, and show the candidate again."""
    verdict, _, code = request.form.get("decision", "").partition("|")
    where = {name: request.form.get(name, "").strip() or None for name in ("cluster", "region")}
    if verdict == "undo":
        undo_project(bare(), key, member().login)
    else:
        reason = request.form.get("reason", "").strip()[: queries.LONGEST_TEXT]
        decide(workspace(), _where(where), key, verdict, reason, member().login, code)
    cluster, region = where["cluster"], where["region"]
    here = url_for("pages.project", key=key, told=verdict, cluster=cluster, region=region)
    return redirect(own_path(request.form.get("next", "")) or here, 303)


def choices() -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Return what can be decided: the decision, its digit where it needs no reason, its reasons with their digits."""
    lang = current_language()
    found: list[tuple[str, str, list[tuple[str, str, str]]]] = []
    for verdict, digit in PLAIN.items():
        reasons = [each for each in project_reasons().values() if verdict in each.verdicts]
        keys = dict(zip((each.code for each in reasons), DECLINE_KEYS, strict=False)) if not digit else {}
        buttons = [(f"{verdict}|{each.code}", each.name(lang), keys.get(each.code, "")) for each in reasons]
        found.append((verdict, digit, buttons))
    return found


def _where(asked: Mapping[str, str | None]) -> Asked:
    return Asked(cluster=asked.get("cluster"), region=asked.get("region"))
