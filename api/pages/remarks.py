"""Labels and notes on companies, and kept lists: each is one form, and one step takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import redirect as redirected
from flask import request, url_for
from werkzeug.wrappers import Response

from api.access.signing import own_path
from api.access.visitor import member
from api.asking import bare, page_query, workspace
from api.list_queries import CompanyListQuery, wanted_of
from api.pages.site import blueprint
from matcher.pipeline.companies import remarks
from matcher.pipeline.companies.listed import sieve
from models.errors import UsageError
from models.identifiers import Inn, parse_inn
from models.remarks import KINDS
from models.text import T


@blueprint.post("/companies/remarks")
def remark() -> Response:
    """Label companies or note something about them: those ticked, or with ``all`` every one of the list."""
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        raise UsageError(T("nothing is written"), T("write a label or a note"))
    made = remarks.remark(bare(), kind, request.form.get("text", ""), companies_meant(), member().login)
    return back_with(f"remark-{made['number']}")


def companies_meant() -> list[Inn]:
    """Return the companies a form is about; a whole list is asked for again by the address of its page."""
    if not request.form.get("all"):
        return [parse_inn(text) for text in request.form.getlist("inn")]
    return companies_of(page_query(CompanyListQuery))


def companies_of(asked: Mapping[str, Any]) -> list[Inn]:
    """Return the companies of a list."""
    here = workspace()
    firms = sieve(here, wanted_of(asked), remarks.labelled(bare())).firms()
    return [parse_inn(here.columns.inn_of(int(firm))) for firm in firms]


@blueprint.post("/remarks/<int:number>/undo")
def undo_remark(number: int) -> Response:
    """Undo a step, or take the undoing back."""
    made = remarks.set_undone(bare(), number, not request.form.get("redo"))
    return back_with(f"remark-{made['number']}")


@blueprint.post("/views")
def keep_view() -> Response:
    """Keep the list under a name."""
    query = asked_again(request.form.get("query", ""))
    view = remarks.keep_view(bare(), member().login, request.form.get("name", ""), query)
    return back_with(f"view-{view.id}")


def asked_again(query: str) -> str:
    """Return the part of an address that asks for a list again, from its first page.

    >>> asked_again("region=26&page=3&text=")
    'region=26'
    """
    return urlencode([(name, value) for name, value in parse_qsl(query) if name != "page"])


@blueprint.post("/views/<int:number>/remove")
def remove_view(number: int) -> Response:
    """Take a kept list away, or bring it back."""
    view = remarks.set_removed(bare(), member().login, number, not request.form.get("redo"))
    return back_with(f"view-{view.id}")


def back_with(did: str) -> Response:
    """Return the way back to the page one came from, which tells what was done."""
    back = urlsplit(own_path(request.form.get("next", "")) or url_for("pages.companies"))
    kept = [(name, value) for name, value in parse_qsl(back.query) if name != "did"]
    return redirected(f"{back.path}?{urlencode([*kept, ('did', did)])}#told", 303)
