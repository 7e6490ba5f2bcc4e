"""The list of companies and the card of one."""

from __future__ import annotations

from api import answers, queries
from api.asking import page_query, workspace
from api.looking import looked_at
from api.pages.site import blueprint, page, segment_choices
from matcher.cli.views_company import FACTS
from matcher.report.frame import Document


@blueprint.get("/companies")
def companies() -> str:
    """List companies, filtered by cluster, stage, segment, region and text."""
    asked = page_query(queries.CompaniesQuery)
    document = answers.companies(workspace(), asked)
    return page(
        "companies.html",
        document=document,
        asked=asked,
        segment_choices=segment_choices(asked.get("cluster", answers.CHEMICAL)),
    )


@blueprint.get("/companies/<inn>")
def company(inn: str) -> str:
    """Show one company."""
    document = answers.company(workspace(), inn)
    looked_at([document["inn"]], "card")
    return page(
        "company.html",
        company=document,
        figures=figures_by_year(document),
        card_facts=FACTS,
        disputed={(item["field"], item["year"]) for item in document["conflicts"]},
    )


def figures_by_year(card: Document) -> dict[int, dict[str, float]]:
    """Return the figures of a card by year, latest first, then by name."""
    years = sorted({figure["year"] for figure in card["figures"]}, reverse=True)
    return {
        year: {figure["name"]: figure["value"] for figure in card["figures"] if figure["year"] == year}
        for year in years
    }
