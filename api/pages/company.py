"""The card of one company: who it is, what surrounds it, and what people did about it."""

from __future__ import annotations

from flask import request

from api.access.guard import allowed
from api.access.visitor import member
from api.asking import bare, held, workspace
from api.computing import patience
from api.languages import current_language
from api.looking import looked_at
from api.pages.site import blueprint, page
from matcher.cli.views_company import FACTS
from matcher.pipeline.companies.company import company_record
from matcher.pipeline.companies.glance import company_glance
from matcher.pipeline.companies.history import company_history
from matcher.pipeline.companies.remarks import labelled, labels_of, told_of
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.identifiers import parse_inn


@blueprint.get("/companies/<inn>")
def company(inn: str) -> str:
    """Show one company."""
    document = company_record(workspace(), inn)
    key = parse_inn(inn)
    looked_at([key], "card")
    shared = allowed("pages.companies")
    return page(
        "company.html",
        company=document,
        figures=figures_by_year(document),
        card_facts=FACTS,
        disputed={(item["field"], item["year"]) for item in document["conflicts"]},
        history=company_history(bare(), key) if shared else [],
        labels=labels_of(bare(), [key]).get(key, []) if shared else [],
        all_labels=list(labelled(bare())) if shared else [],
        told=told_of(bare(), request.args.get("did", ""), member().login) if shared else None,
    )


@blueprint.get("/companies/<inn>/partners")
def company_partners(inn: str) -> str:
    """Show the partners, anchors and gaps of one company; its card brings them in when it is open."""
    return page("company_partners.html", glance=glance_of(inn))


def glance_of(inn: str) -> Document:
    """Return the partners, anchors and gaps of one company, computed once for each state of the register."""
    key = parse_inn(inn)
    workspace().firm(key)

    def compute(here: Workspace) -> Document:
        return company_glance(here, key)

    found: Document = held().kept(("glance", key), current_language(), compute, patience())
    return found


def figures_by_year(card: Document) -> dict[int, dict[str, float]]:
    """Return the figures of a card by year, latest first, then by name."""
    years = sorted({figure["year"] for figure in card["figures"]}, reverse=True)
    return {
        year: {figure["name"]: figure["value"] for figure in card["figures"] if figure["year"] == year}
        for year in years
    }
