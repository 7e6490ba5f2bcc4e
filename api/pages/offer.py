"""The way of a company with something to sell: what it makes, what was understood of it, who could buy it."""

from __future__ import annotations

from typing import Any

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
from matcher.report.ranking.inputs import laid_out_apart
from models.errors import UsageError
from models.identifiers import Inn, parse_inn
from models.records import Company
from models.text import T

#: What a described seller says of itself beside its words.
PLACE = ("home", "city", "revenue_rub")


@blueprint.get("/sell")
def sell() -> str | Response:
    """Ask what a company makes; then show what was understood of it, to be corrected."""
    if what := request.args.get("what", "").strip():
        return redirect(url_for("pages.sell", inn=what), 303) if is_number(what) else anew(what)
    if given("understood") and given("text"):
        return anew(request.args["text"])
    if not given("inn", "text"):
        return page("sell.html", sentence=SENTENCE, own=own_company(), own_inn=own_inn(), place=place())
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
    text, understood = (" ".join(request.args.get(name, "").split()) for name in ("text", "understood"))
    if text and understood and text != understood:
        return anew(request.args["text"])
    asked = page_query(queries.BuyersQuery)
    if given("confirmed") and not asked.get("okved"):
        raise UsageError(T("no activity is chosen"), T("go back and leave at least one, or write the code yourself"))
    if given("confirmed") and "inn" in asked and set(asked["okved"]) == understood_of(asked["inn"]):
        return redirect(url_for("pages.sell_buyers", inn=asked["inn"]), 303)
    document = answers.offer_buyers(workspace(), {**asked, "flat": False}, own_inn())
    apart = laid_out_apart(document, flat=False)
    looked_at(in_list(document, apart), "list")
    seller = own_inn() or (parse_inn(asked["inn"]) if "inn" in asked else None)
    return page(
        "sell_buyers.html",
        document=document,
        asked=asked,
        apart=apart,
        drawn=rings(document["home"], document["users" if apart else "items"]),
        seller=seller,
        states=states(workspace(), seller, None, own_inn()) if seller else {},
        here=request.full_path,
    )


def anew(text: str) -> Response:
    """Show what is understood of other words; what is known of the seller beside them stays."""
    return redirect(url_for("pages.sell", text=text, **place()), 303)


def place() -> dict[str, Any]:
    """Return what was said of a seller beside its words: where it is, and how large."""
    return {name: said for name in PLACE if (said := request.args.get(name, "").strip())}


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
