"""The way of a company with something to sell: what it makes, what was understood of it, who could buy it."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from api import answers, queries
from api.access.visitor import own_inn
from api.asking import given, page_query, workspace
from api.looking import in_list, looked_at
from api.pages.site import blueprint, page
from api.rings import rings
from matcher.pipeline.demo import SENTENCE
from matcher.pipeline.exchange.introductions import states
from matcher.pipeline.exchange.offer import understood
from matcher.pipeline.lookups import classify_inn
from models.errors import UsageError
from models.identifiers import Inn, parse_inn
from models.records import Company
from models.text import T


@blueprint.get("/sell")
def sell() -> str | Response:
    """Ask what a company makes; then show what was understood of it, to be corrected."""
    if what := request.args.get("what", "").strip():
        there = url_for("pages.sell", inn=what) if is_number(what) else url_for("pages.sell", text=what)
        return redirect(there, 303)
    if not given("inn", "text"):
        return page("sell.html", sentence=SENTENCE, own=own_company(), own_inn=own_inn())
    asked = page_query(queries.BuyersQuery)
    if inn := asked.get("inn"):
        return page(
            "sell_firm.html",
            found=classify_inn(workspace(), inn),
            company=workspace().companies([inn])[inn],
            confirmed=asked.get("okved", []),
        )
    return page(
        "sell_words.html",
        found=understood(workspace(), asked["text"]),
        asked=asked,
        confirmed=asked.get("okved", []),
        own=own_company(),
    )


@blueprint.get("/sell/buyers")
def sell_buyers() -> str | Response:
    """Show the buyers on a map and in a list, with reasons."""
    if not given("inn", "text", "okved"):
        return redirect(url_for("pages.sell"), 303)
    asked = page_query(queries.BuyersQuery)
    if given("confirmed") and not asked.get("okved"):
        raise UsageError(T("no activity is chosen"), T("go back and leave at least one, or write the code yourself"))
    if given("confirmed") and "inn" in asked and set(asked["okved"]) == understood_of(asked["inn"]):
        return redirect(url_for("pages.sell_buyers", inn=asked["inn"]), 303)
    document = answers.offer_buyers(workspace(), asked, own_inn())
    looked_at(in_list(document), "list")
    seller = own_inn() or (parse_inn(asked["inn"]) if "inn" in asked else None)
    return page(
        "sell_buyers.html",
        document=document,
        asked=asked,
        drawn=rings(document["home"], document["items"]),
        seller=seller,
        states=states(workspace(), seller, None, own_inn()) if seller else {},
        here=request.full_path,
    )


def understood_of(inn: Inn) -> set[str]:
    """Return the activities that a firm of the register is asked to confirm."""
    return {item["okved_code"] for item in classify_inn(workspace(), inn)["candidates"]}


def is_number(text: str) -> bool:
    """Return whether somebody wrote an INN, right or wrong, and no words.

    >>> is_number("2631015563"), is_number("2631 015563"), is_number("мешки 50 кг")
    (True, True, False)
    """
    return text.replace(" ", "").isdecimal()


def own_company() -> Company | None:
    """Return what the register holds of the company a visitor acts for."""
    inn = own_inn()
    return workspace().companies([inn]).get(inn) if inn else None
