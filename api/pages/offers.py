"""Calls for offers as a firm that is asked sees them: its own part only, answered or declined by itself."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request, url_for
from werkzeug.wrappers import Response

from api.asking import bare
from api.call_forms import offer_form
from api.pages.calls import firm_document, lines_of, take
from api.pages.site import blueprint, page
from api.supply_forms import Form
from matcher.pipeline.exchange import calls
from models.identifiers import parse_inn
from models.offers import Asked, Call
from models.text import T, Text

TOLD: Mapping[str, Text] = {
    "answered": T("your offer is sent; you may change it until the call is closed"),
    "declined": T("your refusal is sent; you may still offer until the call is closed"),
    "asked": T("taken back; the buyer waits for your answer again"),
}


@blueprint.get("/offers/<supplier>/<int:number>")
def offer(supplier: str, number: int) -> str:
    """Show a firm what it is asked for, and the form to answer."""
    found, firm = calls.to_supplier(bare(), parse_inn(supplier), number)
    return offer_page(found, firm, offer_form(firm.offer, lines_of(found, firm)), {})


@blueprint.post("/offers/<supplier>/<int:number>")
def send_offer(supplier: str, number: int) -> Response | tuple[str, int]:
    """Take the answer of a firm."""
    found, firm = calls.to_supplier(bare(), parse_inn(supplier), number)
    there = url_for("pages.offer", supplier=supplier, number=number)
    return take(found, firm, firm.supplier_inn, there, offer_page)


def offer_page(found: Call, firm: Asked, said: Form, wrong: Mapping[str, Text]) -> str:
    """Return the page of a call as the firm that is asked sees it."""
    return page(
        "offer.html",
        call=found,
        firm=firm,
        document=firm_document(found, firm),
        lines=lines_of(found, firm),
        said=said,
        wrong=wrong,
        told=TOLD.get(request.args.get("told", "")),
    )
