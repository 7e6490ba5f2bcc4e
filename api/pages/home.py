"""The first page: of a manager, of a company, and of whoever comes to look."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import make_response
from werkzeug.wrappers import Response

from api.access.rights import MANAGERS
from api.access.visitor import visitor
from api.asking import bare, held, workspace
from api.computing import patience
from api.languages import current_language
from api.pages import supply, visits
from api.pages.intake import uploads
from api.pages.site import blueprint, page
from matcher.pipeline import dashboard
from matcher.pipeline.chain.gaps import gaps
from matcher.pipeline.chain.table import chain
from matcher.pipeline.companies.card import WORDS
from matcher.pipeline.demo import ANCHORS, CLUSTER, GAPS, PROJECTS, REGION, SENTENCE, coverage, links_note
from matcher.pipeline.exchange.board import reminders
from matcher.pipeline.projects.candidates import Asked, projects
from matcher.pipeline.results import results
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.identifiers import Inn

#: Town of the example under the question of the first page.
TOWN = "Невинномысск"


@blueprint.get("/")
def home() -> str | Response:
    """Show the first page of whoever asks."""
    who = visitor()
    if who is not None and who.inn:
        return page(
            "home_company.html",
            sentence=SENTENCE,
            town=TOWN,
            region_code=REGION,
            supply=supply.glance(who),
            **company_glance(who.inn),
        )
    told = {"sentence": SENTENCE, "town": TOWN, **first_glance()}
    if who is None or who.role not in MANAGERS:
        return page("home.html", **told)
    html = page("dashboard.html", supply=supply.glance(who), **manager_glance(visits.since()), **told)
    return visits.remember(make_response(html))


def manager_glance(since: datetime) -> Document:
    """Return what waits for a manager, what is new since a moment, and what came of the work."""
    return {
        "waiting": dashboard.waiting(bare()),
        "files": len(uploads().waiting()),
        "entries": reminders(bare(), None, date.today()),
        "changes": dashboard.changes(bare(), since),
        "results": results(bare(), datetime.now(UTC)),
    }


def company_glance(inn: Inn) -> Document:
    """Return what a company sees first: its card, what is missing in it, and how its requests stand."""
    company = workspace().companies([inn]).get(inn)
    return {
        "own_inn": inn,
        "company": company,
        "missing": [name for name in WORDS if company is None or not getattr(company, name)],
        "requests": dashboard.own_requests(bare(), inn),
        "met": dashboard.met_by_others(bare(), inn),
        "entries": reminders(bare(), inn, date.today()),
    }


def first_glance() -> Document:
    """Return what the first page shows of the register, computed once for each state of it."""
    state, lang = held(), current_language()
    unmoved = state.kept_undecided("home", lang, glance, patience())
    return {**unmoved, **state.kept("home projects", lang, first_projects, patience())}


def glance_region(workspace: Workspace) -> str | None:
    """Return the pilot region, or ``None`` for all regions when the register has no firm of it."""
    return REGION if workspace.columns.region_number(REGION) is not None else None


def first_projects(workspace: Workspace) -> Document:
    """Return the first joint projects; what was decided about some of them changes the list."""
    asked = Asked(cluster=CLUSTER, region=glance_region(workspace))
    return {"projects": projects(workspace, asked, PROJECTS)}


def glance(workspace: Workspace) -> Document:
    """Return what the first page shows that no decision changes."""
    region = glance_region(workspace)
    return {
        "region_code": region,
        "cluster": CLUSTER,
        "coverage": coverage(workspace),
        "chain": chain(workspace, CLUSTER, region),
        "anchors": [company for inn, company in workspace.companies(ANCHORS).items() if inn in ANCHORS],
        "gaps": gaps(workspace, CLUSTER, region, None, GAPS),
        "links": links_note(workspace),
    }
