"""Where every request passes: who may go on, and who is sent to sign in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import Flask, redirect, request, url_for
from werkzeug.wrappers import Response

from api.access.rights import RIGHTS, Right, may
from api.access.visitor import csrf, is_own_form, remember, visitor
from api.failures import WebError
from api.uploads import LARGEST_BYTES
from models.roles import Scope
from models.text import T

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def register(app: Flask) -> None:
    """Guard an application."""
    app.before_request(admit)
    app.after_request(remember)
    app.jinja_env.globals.update(csrf=csrf, visitor=visitor, allowed=allowed)


def admit() -> Response | None:
    """Let a request pass, send a stranger to sign in, or refuse."""
    if request.endpoint == "static" or request.routing_exception is not None:
        return None
    right, who = RIGHTS.get(request.endpoint or ""), visitor()
    if right is None or not right.anyone:
        if who is None:
            return stranger()
        if not may(right, who.role, who.inn, named_companies()) or not in_scope(right, who.scopes):
            raise forbidden()
    if right is not None and right.uploads:
        request.max_content_length = LARGEST_BYTES
    if request.method not in SAFE and not (who and who.by_token) and not is_own_form():
        raise forged()
    return None


def stranger() -> Response:
    """Return the way to sign in, and from there back to the page asked for; a program is told in words.

    Raises
    ------
    WebError
        If a program asks.
    """
    if request.path.startswith("/api/"):
        raise WebError(
            401,
            "unauthorized",
            T("sign in first"),
            T("send a token: Authorization: Bearer …; zveno user token makes one"),
        )
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("signing.sign_in", next=back), 303)


def named_companies() -> dict[str, list[str]]:
    """Return every value of every parameter of the present request, those in its path too."""
    given = request.args.to_dict(flat=False)
    for name, value in (request.view_args or {}).items():
        given[name] = [str(value)]
    return given


def in_scope(right: Right | None, scopes: Collection[Scope]) -> bool:
    """Return whether scopes are enough for the present request: who may change something may look at it too."""
    wanted: set[Scope] = {"write", right.scope} if right else {"write"}
    return not wanted.isdisjoint({*scopes}) or (request.method in SAFE and "read" in scopes)


def allowed(endpoint: str, **named: Any) -> bool:
    """Return whether the present visitor may open a page."""
    who = visitor()
    given = {name: [str(value)] for name, value in named.items()}
    return who is not None and may(RIGHTS.get(endpoint), who.role, who.inn, given)


def forbidden() -> WebError:
    """Return the refusal of what a role may not do."""
    return WebError(
        403, "forbidden", T("your account may not do this"), T("ask the administrator, or sign in with another account")
    )


def forged() -> WebError:
    """Return the refusal of a form that did not come from this site in this session."""
    return WebError(
        403,
        "forged",
        T("this form is out of date, or the browser sent no cookie"),
        T("go back, reload the page and send it again; away from this machine the site needs HTTPS and cookies"),
    )
