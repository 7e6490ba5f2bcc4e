"""Candidates side by side, decisions about them, and shortlists as workbooks."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import marshmallow as ma
from flask import redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from api import answers, queries
from api.access.signing import own_path
from api.access.visitor import member
from api.asking import bare, given, page_query, workspace
from api.languages import current_language
from api.pages.site import blueprint, page
from matcher.pipeline.answers import Options
from matcher.pipeline.answers import suppliers as supplier_list
from matcher.pipeline.introductions import states
from matcher.pipeline.register import decide
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from matcher.report.reasons import PART_NAMES
from matcher.report.sheets import write_workbook
from matcher.report.shortlist_sheets import shortlist_sheets
from models.decision_reasons import decision_reasons
from models.errors import UsageError
from models.events import VERDICTS
from models.identifiers import parse_inn
from models.text import T

#: Candidates side by side, and candidates offered to choose from.
MOST, OFFERED = 3, 20
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/compare")
def compare() -> str:
    """Offer the first candidates of a buyer to choose from, or show those chosen side by side."""
    if not given("buyer"):
        return page("compare.html", buyer=None)
    buyer = parse_inn(request.args["buyer"])
    named = dict.fromkeys(parse_inn(text) for text in request.args.getlist("supplier") if text.strip())
    if len(named) > MOST:
        raise UsageError(T("{count} candidates at most are compared", count=MOST), T("go back and leave some out"))
    here = workspace()
    if not named:
        return page("compare.html", buyer=buyer, offered=supplier_list(here, buyer, Options(top=OFFERED)), most=MOST)
    return page(
        "compared.html",
        buyer=buyer,
        items=[answers.explain(here, {"supplier": inn, "buyer": buyer}) for inn in named],
        parts=list(PART_NAMES),
        states=states(here, None, buyer, member().inn),
        choices=decision_choices(),
        back=request.full_path,
    )


def decision_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be decided, each decision with its reasons: values of a select and their names."""
    lang = current_language()
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for verdict in VERDICTS:
        reasons = [each for each in decision_reasons().values() if verdict in each.verdicts]
        found.append((verdict, [(f"{verdict}|{each.code}", each.name(lang)) for each in reasons]))
    return found


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
    return workbook(answers.suppliers, queries.SuppliersQuery, "suppliers")


@blueprint.get("/buyers.xlsx")
def buyers_workbook() -> Response:
    """Send a buyer shortlist as a workbook."""
    return workbook(answers.offer_buyers, queries.BuyersQuery, "buyers")


def workbook(answer: Callable[[Workspace, Any], Document], schema: type[ma.Schema], name: str) -> Response:
    """Return a shortlist, asked for like its page, as a workbook."""
    asked = page_query(schema)
    sheets = shortlist_sheets(answer(workspace(), asked), current_language())
    with TemporaryDirectory(prefix="zveno-workbook-") as folder:
        path = Path(folder) / "shortlist.xlsx"
        write_workbook(path, sheets)
        held = BytesIO(path.read_bytes())
    file = f"{name}-{asked['inn']}.xlsx" if asked.get("inn") else f"{name}.xlsx"
    return send_file(held, WORKBOOK, as_attachment=True, download_name=file)
