"""Who sends the present request: the signed cookie of a session, or the token of a program.

A cookie names an account and a digest of its password, so that a new password ends every session begun with the old
one. It carries a secret of its own that every form repeats.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from api.access.door import DOOR, Door, is_loopback
from api.access.passwords import digest_of_token
from api.asking import desk
from models.accounts import Account, Accounts
from models.identifiers import Inn
from models.roles import Role, Scope

#: A session ends when it is not used for this long, seconds.
SESSION_S = 12 * 3600
_SALT = "zveno session 1"
#: Name shown for whoever came through the link of this machine.
LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sends a request and what it may do.

    Parameters
    ----------
    login
        Name, as the history shows it.
    role, inn
        What it may do, and for which company.
    scopes
        What of it this session or token may.
    by_token
        Whether a program came with a token, which no other site can make a browser send.
    """

    login: str
    role: Role
    inn: Inn | None = None
    scopes: tuple[Scope, ...] = ("write",)
    by_token: bool = False


def visitor() -> Visitor | None:
    """Return who sends the present request, ``None`` for a stranger."""
    if "visitor" not in g:
        g.visitor = _by_token() if "Authorization" in request.headers else _by_session()
    found: Visitor | None = g.visitor
    return found


def own_inn() -> Inn | None:
    """Return the company a visitor acts for."""
    who = visitor()
    return who.inn if who else None


def member() -> Visitor:
    """Return who sends the present request, at an address where the guard lets no stranger in."""
    found = visitor()
    assert found is not None, "the guard lets no stranger in here"
    return found


def present_token() -> str:
    """Return the digest of the token that the present request brings, nothing if it brings none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return digest_of_token(token.strip()) if scheme.lower() == "bearer" else ""


def _by_token() -> Visitor | None:
    with desk().store.read() as reader:
        found = Accounts(reader.connection).by_token(present_token())
    if found is None or not found[0].active:
        return None
    return Visitor(found[0].login, found[0].role, found[0].inn, found[1], by_token=True)


def _by_session() -> Visitor | None:
    door: Door = current_app.extensions[DOOR]
    session = present_session()
    if "door" in session:
        same = secrets.compare_digest(str(session["door"]), door.mark)
        return Visitor(LOCAL, "administrator") if same else None
    if "account" not in session:
        return None
    with desk().store.read() as reader:
        account = Accounts(reader.connection).by_id(int(session["account"]))
    if account is None or not account.active or session.get("print") != fingerprint(account):
        return None
    return Visitor(account.login, account.role, account.inn)


def fingerprint(account: Account) -> str:
    """Return what a session remembers of an account's password."""
    return hashlib.sha256(account.password.encode()).hexdigest()[:24]


def present_session() -> dict[str, Any]:
    """Return what the cookie of the present request says, nothing if it has none, an old or a forged one."""
    if "session" not in g:
        g.session = _read_cookie()
    found: dict[str, Any] = g.session
    return found


def _read_cookie() -> dict[str, Any]:
    signer = serializer()
    try:
        told = signer.loads(request.cookies.get(cookie_name(), ""), max_age=SESSION_S)
    except BadData:
        return {}
    return told if isinstance(told, dict) else {}


def serializer() -> URLSafeTimedSerializer:
    """Return what signs and reads cookies; its secret lies in the database."""
    return URLSafeTimedSerializer(desk().secret, salt=_SALT)


def begin_session(**told: Any) -> None:
    """Begin a session, with a new secret for its forms."""
    g.session = {**told, "form": secrets.token_urlsafe(18)}
    g.session_begun = True


def csrf() -> str:
    """Return the secret that a form of the present visitor must send."""
    if "form" not in present_session():
        begin_session()
    secret: str = g.session["form"]
    return secret


def is_own_form() -> bool:
    """Return whether the present request was sent from a form of this site."""
    given = request.headers.get("X-CSRF-Token") or request.form.get("csrf", "")
    expected = str(present_session().get("form", ""))
    return bool(expected) and secrets.compare_digest(expected.encode(), given.encode())


def is_here() -> bool:
    """Return whether the site is asked for by a name of this very machine."""
    return is_loopback(urlsplit(f"//{request.host}").hostname or "")


def cookie_name() -> str:
    """Return the name of the cookie: the strictest kind a browser knows wherever the way is encrypted."""
    return "session" if is_here() else "__Host-session"


def remember(response: Response) -> Response:
    """Send the cookie of a session with an answer: of a new one, and of one in use, which lives on."""
    session = g.get("session") or {}
    if request.endpoint != "static" and (session or g.get("session_begun")):
        setting: Callable[..., None] = response.set_cookie
        setting(
            cookie_name(), serializer().dumps(session), max_age=SESSION_S, httponly=True, samesite="Lax",
            secure=not is_here(), path="/",
        )  # fmt: skip
    return response
