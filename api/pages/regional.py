"""Gaps, joint projects and the value chain of a region or a cluster."""

from __future__ import annotations

from api import answers, queries
from api.asking import kept, page_query
from api.pages.site import blueprint, page
from matcher.projects.generators import GENERATORS


@blueprint.get("/gaps")
def gaps() -> str:
    """Show where the chain breaks."""
    asked = page_query(queries.GapsQuery)
    return page("gaps.html", document=kept(answers.gaps, asked), asked=asked)


@blueprint.get("/projects")
def projects() -> str:
    """Show joint-project candidates."""
    asked = page_query(queries.ProjectsQuery)
    return page("projects.html", document=kept(answers.projects, asked), asked=asked, kinds=list(GENERATORS))


@blueprint.get("/chain")
def chain() -> str:
    """Show the value-chain table with bars."""
    asked = page_query(queries.ChainQuery)
    return page("chain.html", document=kept(answers.chain, asked), asked=asked, usual=answers.CHEMICAL)
