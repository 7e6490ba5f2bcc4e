"""From a saved request to its shortlists: the ordinary ranker, asked for one input at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.index.economy import LEAST_SPENT, Economy
from matcher.match.pairs import Party, firm_party
from matcher.match.shortlist import Filters, rank_suppliers
from matcher.pipeline.described import need_recipe
from matcher.pipeline.places import region_row
from matcher.pipeline.workspace import Workspace
from matcher.report.figures import rub, share
from matcher.report.frame import Document
from matcher.report.ranking.layout import laid_out
from matcher.report.ranking.listing import Listing
from matcher.report.ranking.supply_shortlist import input_item, input_shortlist, request_item
from matcher.report.request_news import WATCHED
from models.errors import DataError
from models.identifiers import Inn
from models.supply_requests import Input, SupplyRequest, Terms

Floats = NDArray[np.float64]
#: Inputs of the recipe that are proposed, and candidates shown of each input.
PROPOSED, SHOWN = 12, 3


def proposals(workspace: Workspace, inn: Inn, top: int = PROPOSED) -> list[Document]:
    """Return the inputs a firm spends most on by its recipe, wholesalers' margins left out, largest spending first."""
    firm = workspace.firm(inn)
    economy, party = workspace.economy, firm_party(workspace.columns, firm)
    spending = np.where(economy.channel, 0.0, economy.spending(party.shares))
    frame = workspace.frame([])
    return [
        {
            "okved_code": frame.code(int(row)),
            "name": frame.code_name(int(row)),
            "role": str(economy.role[row]),
            "demand_rub": rub(spending[row] * party.output_rub),
            "import_share": share(economy.code_import_share[row]),
        }
        for row in np.argsort(-spending, kind="stable")[:top]
        if spending[row] > 0
    ]


def shortlists(workspace: Workspace, request: SupplyRequest, top: int = SHOWN) -> Document:
    """Return a request with the candidates of each of its inputs.

    An input whose words name no activity has an ``error`` instead of candidates. ``leaders`` are the firms that are
    first in several inputs: the buyer would depend on them more than any one list shows.
    """
    groups = [_group(workspace, request, wanted, top) for wanted in request.terms.inputs]
    return {**request_head(workspace, request), "groups": groups, "leaders": leaders(groups)}


def request_head(workspace: Workspace, request: SupplyRequest) -> Document:
    """Return who looks for what, without candidates."""
    firm = workspace.firm(request.buyer_inn)
    return request_item(request, workspace.frame([firm]).firm(firm))


def _group(workspace: Workspace, request: SupplyRequest, wanted: Input, top: int) -> Document:
    try:
        listing = ranked(workspace, request, wanted)
    except DataError as error:
        lang = workspace.settings.lang
        empty: Document = {"items": [], "near_misses": [], "partners": [], "affiliates": [], "total": 0}
        told = error.as_document(lang)["error"]
        return {**input_item(wanted, lang), **empty, "demand_rub": None, "sources": None, "error": told}
    frame = workspace.frame(laid_out(listing, workspace.economy, max(top, WATCHED)).named(listing))
    return input_shortlist(frame, listing, laid_out(listing, frame.economy, top), wanted, workspace.decided)


def ranked(workspace: Workspace, request: SupplyRequest, wanted: Input) -> Listing:
    """Return the ranking of everybody who could supply one input.

    Raises
    ------
    DataError
        If its words name no activity, or the register holds no firm of the region asked for.
    """
    firm = workspace.firm(request.buyer_inn)
    party = firm_party(workspace.columns, firm)
    if wanted.words:
        party = replace(party, need=workspace.classifier.asked_for([wanted.words]), asked=True)
    recipe = recipe_of(workspace, party, wanted)
    weighing = workspace.weighing(party)
    filters, decisions = filters_of(workspace, request.terms, wanted), workspace.decisions
    columns, economy = workspace.columns, workspace.economy
    ranking = rank_suppliers(columns, economy, party, filters, decisions, recipe, weighing.weights)
    return Listing(ranking, party, "supplier", recipe, weighing, need=True)


def filters_of(workspace: Workspace, terms: Terms, wanted: Input) -> Filters:
    """Return which candidates a request takes."""
    region = region_row(workspace, terms.region)
    return Filters(region, terms.sme, terms.makers_only, radius_km=wanted.radius_km)


def recipe_of(workspace: Workspace, buyer: Party, wanted: Input) -> Floats:
    """Return what a buyer spends on one input and on its wholesalers, per rouble of its output, shape (m,).

    The code says where, words only where there is no code; how much is the recipe's until price and volume say it.
    """
    economy = workspace.economy
    usual = economy.spending(buyer.shares)
    asked = code_recipe(economy, wanted.code, usual) if wanted.code else (
        need_recipe(workspace, economy, wanted.words, usual)
    )  # fmt: skip
    spend, now = wanted.spend_rub, float(asked[~economy.channel].sum())
    if spend is None or buyer.output_rub <= 0 or now <= 0:
        return asked
    return asked * (spend / buyer.output_rub / now)


def code_recipe(economy: Economy, code: str, recipe: Floats) -> Floats:
    """Return a recipe narrowed to one code and its wholesalers, shape (m,)."""
    row = economy.codes.index(code)
    asked = np.zeros(len(economy.codes))
    asked[row] = max(float(recipe[row]), LEAST_SPENT)
    return economy.with_channels(asked)


def places(workspace: Workspace, request: SupplyRequest) -> dict[str, list[Inn]]:
    """Return the first candidates of each input, by its key: what is compared after an import."""
    found: dict[str, list[Inn]] = {}
    for wanted in request.terms.inputs:
        try:
            ranking = ranked(workspace, request, wanted).ranking
        except DataError:
            continue
        found[wanted.key] = [Inn(workspace.columns.inn_of(int(ranking.firms[row]))) for row in ranking.order[:WATCHED]]
    return found


def leaders(groups: list[Document]) -> list[Document]:
    """Return the firms that are first for more than one input, with the inputs."""
    first = [(group["items"][0], group["name"]) for group in groups if group["items"]]
    often = Counter(item["inn"] for item, _ in first)
    named = {item["inn"]: item["name"] for item, _ in first}
    return [
        {"inn": inn, "name": named[inn], "inputs": [name for item, name in first if item["inn"] == inn]}
        for inn, times in often.items()
        if times > 1
    ]
