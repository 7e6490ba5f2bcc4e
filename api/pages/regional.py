"""Gaps, joint projects and the value chain of a region or a cluster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response

from api import answers, queries
from api.asking import kept, kept_undecided, page_query, workspace
from api.chain_queries import ChainPageQuery
from api.dynamics import drawn
from api.languages import current_language
from api.pages.files import download
from api.pages.site import blueprint, page, segment_choices
from api.sankey import sankey
from matcher.cli.words import GAINS, ROLES
from matcher.pipeline.projects import candidates as joint
from matcher.projects.generators import GENERATORS
from matcher.report.files.papers import paper_bytes
from matcher.report.frame import Document
from models.project_kinds import directions

#: Candidates of a kind that stand open on the page; those beyond are folded below.
OF_A_KIND = 10
Placed = tuple[int, Document]


@blueprint.get("/gaps")
def gaps() -> str:
    """Show where the chain breaks."""
    asked = page_query(queries.GapsQuery)
    return page("gaps.html", document=kept_undecided(answers.gaps, asked), asked=asked)


@blueprint.get("/projects")
def projects() -> str:
    """Show joint-project candidates."""
    asked = page_query(queries.ProjectsQuery)
    lang = current_language()
    document = kept(answers.projects, asked)
    first, further = folded(document["items"])
    named = [(key, f"{key} {ru if lang == 'ru' else en}") for key, (ru, en) in directions().items()]
    return page(
        "projects.html",
        document=document,
        first=first,
        further=further,
        asked=asked,
        kinds=list(GENERATORS),
        direction_choices=named,
    )


def folded(items: Iterable[Document], most: int = OF_A_KIND) -> tuple[list[Placed], list[Placed]]:
    """Return the first candidates of each kind, and those beyond, each with its place on the whole list.

    >>> folded([{"kind": "chain"}, {"kind": "chain"}, {"kind": "symbiosis"}], 1)
    ([(1, {'kind': 'chain'}), (3, {'kind': 'symbiosis'})], [(2, {'kind': 'chain'})])
    """
    seen: Counter[str] = Counter()
    first, further = list[Placed](), list[Placed]()
    for place, item in enumerate(items, 1):
        seen[item["kind"]] += 1
        (first if seen[item["kind"]] <= most else further).append((place, item))
    return first, further


@blueprint.get("/projects/sheet")
def project_sheet() -> Response:
    """Hand over the one-page sheet of a candidate."""
    return sheet_file(page_query(queries.SheetQuery))


def sheet_file(asked: answers.Asked) -> Response:
    """Return the one-page sheet of a candidate."""
    wanted = joint.Asked(cluster=asked.get("cluster"), region=asked.get("region"))
    sheet = joint.sheet_of(workspace(), wanted, asked["id"], {**ROLES, **GAINS})
    name = secure_filename(asked["id"])  # a by-product may be called one thing / another
    return download(paper_bytes(sheet, asked["form"]), name, asked["form"])


@blueprint.get("/chain")
def chain() -> str:
    """Show the value-chain table with bars, and its dynamics; a segment left over from another cluster is none."""
    asked = page_query(ChainPageQuery) | {"profile": True}
    inside = asked.pop("inside")
    choices = segment_choices(asked.get("cluster", answers.CHEMICAL))
    if asked.get("segment") not in dict(choices):
        asked.pop("segment", None)
    document = kept_undecided(answers.chain, asked)
    return page(
        "chain.html",
        document=document,
        asked=asked,
        usual=answers.CHEMICAL,
        segment_choices=choices,
        dynamics=drawn(document["profile"]),
        drawn_flows=sankey(document["flows"], inside),
        inside=inside,
    )
