"""Candidates side by side, decisions about them, and shortlists as files."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from api import answers, queries
from api.access.signing import own_path
from api.access.visitor import member, own_inn
from api.asking import bare, given, page_query, workspace
from api.languages import current_language
from api.looking import looked_at
from api.pages.decided import decision_choices
from api.pages.files import download
from api.pages.partners import repeated
from api.pages.site import blueprint, page
from matcher.pipeline.exchange.introductions import states
from matcher.pipeline.register.imports import decide
from matcher.report.files.shortlist_files import FORMS, buyer_title, shortlist_bytes, supplier_title
from matcher.report.ranking.reasons import PART_NAMES
from models.errors import UsageError
from models.identifiers import parse_inn
from models.text import T

#: Candidates side by side, and candidates offered to choose from.
MOST, OFFERED = 3, 20


@blueprint.get("/compare")
def compare() -> str:
    """Offer the first candidates of a buyer to choose from, or show those chosen side by side."""
    if not given("buyer"):
        return page("compare.html", buyer=None)
    buyer = parse_inn(request.args["buyer"])
    named = dict.fromkeys(parse_inn(text) for text in request.args.getlist("supplier") if text.strip())
    if len(named) > MOST:
        raise UsageError(T("{count} candidates at most are compared", count=MOST), T("go back and leave some out"))
    here, asked = workspace(), page_query(queries.CompareQuery)
    if not named:
        offered = answers.suppliers(here, {**asked, "inn": buyer, "top": OFFERED, "flat": True})
        return page("compare.html", buyer=buyer, offered=offered, most=MOST, asked=asked, repeated=repeated)
    looked_at(named, "pair")
    return page(
        "compared.html",
        buyer=buyer,
        items=[answers.explain(here, {"supplier": inn, "buyer": buyer}) for inn in named],
        parts=list(PART_NAMES),
        states=states(here, None, buyer, member().inn),
        choices=decision_choices(),
        back=request.full_path,
        asked=asked,
        repeated=repeated,
    )


@blueprint.post("/decisions/<supplier>/<buyer>")
def decide_pair(supplier: str, buyer: str) -> Response:
    """Take a decision about a pair with its reason, and go back to where one came from."""
    verdict, _, code = request.form.get("decision", "").partition("|")
    reason = request.form.get("reason", "").strip()[: queries.LONGEST_TEXT]
    decide(bare(), supplier, buyer, verdict, reason, member().login, code)
    back = own_path(request.form.get("next", "")) or url_for("pages.explain", supplier=supplier, buyer=buyer)
    return redirect(back, 303)


@blueprint.get("/suppliers.xlsx")
def suppliers_workbook() -> Response:
    """Send a supplier shortlist as a workbook."""
    return suppliers_file(page_query(queries.SuppliersQuery), "xlsx")


@blueprint.get("/suppliers.<form>")
def suppliers_paper(form: str) -> Response:
    """Send a supplier shortlist as a document or PDF."""
    return suppliers_file(page_query(queries.SuppliersQuery), known_form(form))


@blueprint.get("/buyers.xlsx")
def buyers_workbook() -> Response:
    """Send a buyer shortlist as a workbook."""
    return buyers_file(page_query(queries.BuyersQuery), "xlsx")


@blueprint.get("/buyers.<form>")
def buyers_paper(form: str) -> Response:
    """Send a buyer shortlist as a document or PDF."""
    return buyers_file(page_query(queries.BuyersQuery), known_form(form))


def suppliers_file(asked: answers.Asked, form: str) -> Response:
    """Return a supplier shortlist as a file."""
    document = answers.suppliers(workspace(), asked)
    buyer = document["query"]["inn"]
    content = shortlist_bytes(
        document, supplier_title(document), form, current_language(), lambda inn: pair_address(inn, buyer)
    )
    return download(content, f"suppliers-{asked['inn']}", form)


def pair_address(supplier: str, buyer: str) -> str:
    """Return the address at which a pair is explained, as another program opens it."""
    return url_for("pages.explain", supplier=supplier, buyer=buyer, _external=True)


def buyers_file(asked: answers.Asked, form: str) -> Response:
    """Return a buyer shortlist as a file."""
    document = answers.offer_buyers(workspace(), asked, own_inn())
    seller = document["query"].get("inn")
    content = shortlist_bytes(
        document,
        buyer_title(document),
        form,
        current_language(),
        lambda inn: pair_address(seller, inn) if seller else None,
    )
    return download(content, f"buyers-{asked['inn']}" if asked.get("inn") else "buyers", form)


def known_form(form: str) -> str:
    """Return a kind of file that is there.

    Raises
    ------
    NotFound
        If it is none.
    """
    if form not in FORMS.values():
        raise NotFound
    return form
