"""Introductions: a company asks, the manager's queue, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from api.access.signing import own_path
from api.access.visitor import member
from api.asking import bare
from api.pages.site import blueprint, page
from matcher.pipeline.exchange import introductions as mediation
from models.errors import UsageError
from models.identifiers import parse_inn
from models.introductions import State
from models.text import T, Text

#: Answered introductions on a page.
ANSWERED = 50
#: What a manager may say; ``waiting`` takes an answer back.
ANSWERS: Mapping[str, State] = {"introduced": "introduced", "declined": "declined", "waiting": "waiting"}
TOLD: Mapping[str, Text] = {
    "introduced": T("they were introduced, and both companies see it"),
    "declined": T("the request is declined; whoever asked sees your words"),
    "waiting": T("the answer is taken back; the request waits again"),
    "withdrawn": T("your request is withdrawn"),
}


@blueprint.get("/introductions")
def introductions() -> str:
    """Show a manager what waits, and a company what came of its requests."""
    document = mediation.introductions(bare(), member().inn)
    waiting = [item for item in document["items"] if item["state"] == "waiting"]
    answered = [item for item in document["items"] if item["state"] != "waiting"]
    return page(
        "introductions.html",
        waiting=waiting,
        answered=answered[:ANSWERED],
        total=len(answered),
        own=member().inn,
        told=TOLD.get(request.args.get("told", "")),
    )


@blueprint.post("/introductions/<supplier>/<buyer>")
def ask_introduction(supplier: str, buyer: str) -> Response:
    """Ask to be introduced, and go back to where one came from."""
    pair, me = (parse_inn(supplier), parse_inn(buyer)), member()
    mediation.ask(bare(), *pair, request.form.get("note", ""), me.inn, me.login)
    back = own_path(request.form.get("next", "")) or url_for("pages.introductions")
    other = pair[0] if pair[1] == me.inn else pair[1]
    return redirect(f"{back}#firm-{other}", 303)


@blueprint.post("/introductions/<supplier>/<buyer>/answer")
def answer_introduction(supplier: str, buyer: str) -> Response:
    """Say what came of a request, or take the answer back."""
    said = ANSWERS.get(request.form.get("state", ""))
    if said is None:
        raise UsageError(T("nothing was asked"), T("choose one of: {choices}", choices=", ".join(ANSWERS)))
    note = request.form.get("note", "")
    mediation.answer(bare(), supplier, buyer, said, note, member().login)
    return redirect(url_for("pages.introductions", told=said), 303)


@blueprint.post("/introductions/<supplier>/<buyer>/withdraw")
def withdraw_introduction(supplier: str, buyer: str) -> Response:
    """Take one's own request back."""
    mediation.withdraw(bare(), supplier, buyer, member().inn, member().login)
    return redirect(url_for("pages.introductions", told="withdrawn"), 303)
