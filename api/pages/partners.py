"""Shortlists of suppliers and buyers, and the explanation of one pair."""

from __future__ import annotations

from api import answers, queries
from api.asking import given, page_query, workspace
from api.languages import say
from api.pages.site import blueprint, page
from api.words import PARTS
from matcher.pipeline.demo import ANCHORS, SENTENCE
from matcher.report.layers import LAYER_NAMES
from models.records import Company


@blueprint.get("/suppliers")
def suppliers() -> str:
    """Ask for a buyer, then show who could supply it."""
    if not given("inn"):
        return page("suppliers.html", document=None, asked={}, anchors=anchors(), **what_if_choices())
    asked = page_query(queries.SuppliersQuery)
    document = answers.suppliers(workspace(), asked)
    return page("suppliers.html", document=document, asked=asked, anchors=anchors(), **what_if_choices())


@blueprint.get("/buyers")
def buyers() -> str:
    """Ask what someone makes, then show who could buy it."""
    if not given("inn", "text", "okved"):
        return page("buyers.html", document=None, asked={}, sentence=SENTENCE, **what_if_choices())
    asked = page_query(queries.BuyersQuery)
    document = answers.buyers(workspace(), asked)
    return page("buyers.html", document=document, asked=asked, sentence=SENTENCE, **what_if_choices())


@blueprint.get("/explain")
def explain() -> str:
    """Ask for a pair, then show its score part by part."""
    if not given("supplier", "buyer"):
        return page("explain.html", document=None, asked={})
    asked = page_query(queries.ExplainQuery)
    return page("explain.html", document=answers.explain(workspace(), asked), asked=asked)


def what_if_choices() -> dict[str, list[tuple[str, str]]]:
    """Return what a form can leave out or count twice; the starting point moves nobody."""
    parts = [(part, say(name)) for part, name in PARTS.items() if part != "base"]
    layers = [(layer, say(name)) for layer, name in LAYER_NAMES.items()]
    return {"part_choices": [*parts, *layers], "double_choices": [(f"{part}=2", name) for part, name in parts]}


def anchors() -> list[Company]:
    """Return the anchor firms of the pilot that the register holds."""
    return list(workspace().companies(ANCHORS).values())
