"""The first page: what Zveno answers, how much it knows, and the pilot cluster at a glance."""

from __future__ import annotations

from api.asking import desk
from api.languages import current_language
from api.pages.site import blueprint, page
from matcher.pipeline.answers import chain, gaps
from matcher.pipeline.demo import ANCHORS, CLUSTER, GAPS, PROJECTS, REGION, SENTENCE, coverage, links_note
from matcher.pipeline.projects import Asked, projects
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document

#: Town of the example under the question of the first page.
TOWN = "Невинномысск"


@blueprint.get("/")
def home() -> str:
    """Show the first page."""
    return page("home.html", sentence=SENTENCE, town=TOWN, **desk().held().kept("home", current_language(), glance))


def glance(workspace: Workspace) -> Document:
    """Return what the first page shows; of all regions when the register has no firm of the pilot region."""
    region = REGION if workspace.columns.region_number(REGION) is not None else None
    return {
        "region_code": region,
        "cluster": CLUSTER,
        "coverage": coverage(workspace),
        "chain": chain(workspace, CLUSTER, region),
        "anchors": [company for inn, company in workspace.companies(ANCHORS).items() if inn in ANCHORS],
        "gaps": gaps(workspace, CLUSTER, region, None, GAPS),
        "projects": projects(workspace, Asked(cluster=CLUSTER, region=region), PROJECTS),
        "links": links_note(workspace),
    }
