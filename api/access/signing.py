"""Signing in and out."""

from __future__ import annotations

import math
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.access.door import DOOR, Door, is_loopback
from api.access.passwords import is_password_of
from api.access.throttle import THROTTLE, Throttle
from api.access.visitor import begin_session, fingerprint, visitor
from api.asking import desk
from api.failures import WebError
from models.accounts import Accounts
from models.text import T, Text

blueprint = Blueprint("signing", __name__)
WRONG = T("login and password do not match")


@blueprint.get("/sign-in")
def sign_in() -> str | Response:
    """Ask for login and password."""
    return redirect(back()) if visitor() else asked()


@blueprint.post("/sign-in")
def send_in() -> tuple[str, int] | Response:
    """Begin a session for whoever knows the password."""
    throttle: Throttle = current_app.extensions[THROTTLE]
    login, address = request.form.get("login", "").strip().lower()[:64], request.remote_addr or ""
    if wait := throttle.wait_s(login, address):
        minutes = math.ceil(wait / 60)
        return asked(T("too many attempts; try again in {minutes} min", minutes=minutes), login), 429
    with desk().store.read() as reader:
        account = Accounts(reader.connection).by_login(login)
    right = is_password_of(account, request.form.get("password", ""))
    if account is None or not right:
        throttle.failed(login, address)
        return asked(WRONG, login), 403
    throttle.passed(login, address)
    begin_session(account=account.id, print=fingerprint(account))
    return redirect(back(), 303)


@blueprint.get("/enter/<key>")
def enter(key: str) -> Response:
    """Let whoever has the link of this machine in, once."""
    door: Door = current_app.extensions[DOOR]
    if request.method == "GET" and is_loopback(request.remote_addr or "") and door.opens(key):
        begin_session(door=door.mark)
        return redirect(url_for("pages.home"), 303)
    if visitor():
        return redirect(url_for("pages.home"), 303)
    raise WebError(403, "used_link", T("this link was used already, or is of an earlier start"),
                   T("start the server again for a new link, or make an account: zveno user add LOGIN"))  # fmt: skip


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    begin_session()
    return redirect(url_for("signing.sign_in"), 303)


def asked(wrong: Text | None = None, login: str = "") -> str:
    """Return the page that asks for login and password."""
    return render_template("sign_in.html", wrong=wrong, login=login, next=request.values.get("next", ""))


def back() -> str:
    """Return the page to go on to: the one asked for before signing in, if it is of this site."""
    return own_path(request.values.get("next", "")) or url_for("pages.home")


def own_path(text: str) -> str | None:
    r"""Return an address of this site as it is, ``None`` for any other.

    >>> [own_path(text) for text in ("/gaps?top=3", "//evil.example", "https://evil.example/", "/\\evil", "gaps")]
    ['/gaps?top=3', None, None, None, None]
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    strange = "\\" in text or any(ord(sign) < 32 for sign in text)
    own = text.startswith("/") and not text.startswith("//") and not parts.scheme and not parts.netloc
    return text if own and not strange else None
