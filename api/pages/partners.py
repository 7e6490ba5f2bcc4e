"""Shortlists of suppliers and buyers, and the explanation of one pair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from api import answers, queries
from api.asking import given, page_query, workspace
from api.languages import say
from api.looking import in_list, looked_at
from api.pages.decided import decision_choices
from api.pages.site import blueprint, page
from api.words import PARTS
from matcher.pipeline.demo import ANCHORS, SENTENCE
from matcher.report.ranking.inputs import laid_out_apart, laid_out_by_input
from matcher.report.ranking.layers import LAYER_NAMES
from models.records import Company

#: By what a form can multiply the weight of a part, as parameters and people write it.
FACTORS = (("2", "2"), ("0.5", "½"))


@blueprint.get("/suppliers")
def suppliers() -> str:
    """Ask for a buyer, then show who could supply it."""
    if not given("inn"):
        return page("suppliers.html", document=None, asked={}, anchors=anchors(), **what_if_choices())
    asked = page_query(queries.SuppliersPageQuery)
    document = answers.suppliers(workspace(), asked)
    grouped = laid_out_by_input(document, asked["flat"])
    looked_at(in_list(document, grouped), "list")
    return page(
        "suppliers.html",
        document=document,
        asked=asked,
        grouped=grouped,
        repeated=repeated,
        **what_if_choices(),
    )


@blueprint.get("/buyers")
def buyers() -> str:
    """Ask what someone makes, then show who could buy it."""
    if not given("inn", "text", "okved"):
        return page("buyers.html", document=None, asked={}, sentence=SENTENCE, **what_if_choices())
    asked = page_query(queries.BuyersPageQuery)
    document = answers.buyers(workspace(), asked)
    apart = laid_out_apart(document, asked["flat"])
    looked_at(in_list(document, apart), "list")
    return page(
        "buyers.html",
        document=document,
        asked=asked,
        apart=apart,
        repeated=repeated,
        sentence=SENTENCE,
        **what_if_choices(),
    )


@blueprint.get("/explain")
def explain() -> str:
    """Ask for a pair, then show its score part by part."""
    if not given("supplier", "buyer"):
        return page("explain.html", document=None, asked={})
    asked = page_query(queries.ExplainQuery)
    document = answers.explain(workspace(), asked)
    looked_at((asked["supplier"], asked["buyer"]), "pair")
    return page("explain.html", document=document, asked=asked, choices=decision_choices(), back=request.full_path)


def repeated(asked: Mapping[str, Any], **changed: Any) -> dict[str, Any]:
    """Return the parameters that ask for a page again, some of them changed; what is not asked is left out.

    >>> repeated({"inn": "1", "sme": True, "region": None, "flat": False}, flat=True)
    {'inn': '1', 'sme': 1, 'flat': 1}
    """
    wanted = {**asked, **changed}
    return {name: 1 if value is True else value for name, value in wanted.items() if value}


def what_if_choices() -> dict[str, list[tuple[str, str]]]:
    """Return what a form can leave out or weigh twice or half; the starting point moves nobody."""
    parts = [(part, say(name)) for part, name in PARTS.items() if part != "base"]
    layers = [(layer, say(name)) for layer, name in LAYER_NAMES.items()]
    weighed = [(f"{part}={factor}", f"{name} ×{sign}") for part, name in parts for factor, sign in FACTORS]
    return {"part_choices": [*parts, *layers], "weight_choices": weighed}


def anchors() -> list[Company]:
    """Return the anchor firms of the pilot that the register holds."""
    return list(workspace().companies(ANCHORS).values())
