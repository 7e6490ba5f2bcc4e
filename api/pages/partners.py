"""Shortlists of suppliers and buyers, and the explanation of one pair."""

from __future__ import annotations

from api import answers, queries
from api.asking import given, page_query, workspace
from api.pages.site import blueprint, page
from matcher.pipeline.demo import ANCHORS, SENTENCE
from models.records import Company


@blueprint.get("/suppliers")
def suppliers() -> str:
    """Ask for a buyer, then show who could supply it."""
    if not given("inn"):
        return page("suppliers.html", document=None, asked={}, anchors=anchors())
    asked = page_query(queries.SuppliersQuery)
    return page("suppliers.html", document=answers.suppliers(workspace(), asked), asked=asked, anchors=anchors())


@blueprint.get("/buyers")
def buyers() -> str:
    """Ask what someone makes, then show who could buy it."""
    if not given("inn", "text", "okved"):
        return page("buyers.html", document=None, asked={}, sentence=SENTENCE)
    asked = page_query(queries.BuyersQuery)
    return page("buyers.html", document=answers.buyers(workspace(), asked), asked=asked, sentence=SENTENCE)


@blueprint.get("/explain")
def explain() -> str:
    """Ask for a pair, then show its score part by part."""
    if not given("supplier", "buyer"):
        return page("explain.html", document=None, asked={})
    asked = page_query(queries.ExplainQuery)
    return page("explain.html", document=answers.explain(workspace(), asked), asked=asked)


def anchors() -> list[Company]:
    """Return the anchor firms of the pilot that the register holds."""
    return list(workspace().companies(ANCHORS).values())
