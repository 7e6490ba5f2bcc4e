"""Accounts, their tokens, and the audit: pages of the administrator."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.access.passwords import digest_of_password, digest_of_token, new_token
from api.access.visitor import member
from api.asking import bare, desk
from api.failures import WebError
from matcher.pipeline.register.audit import KINDS, audit
from matcher.report.frame import Document
from models.accounts import Account, Accounts, read_login
from models.errors import UsageError
from models.identifiers import Inn, parse_inn
from models.roles import COMPANY_ROLES, ROLES, SCOPES, Role
from models.text import T

blueprint = Blueprint("accounts", __name__)
#: Lines of the audit on a page.
LINES = 100
#: Headers of a page that shows a secret; no cache keeps it.
ONCE = {"Cache-Control": "no-store"}
Once = tuple[str, int, dict[str, str]]


def me() -> str:
    """Return the login of the visitor."""
    return member().login


def all_accounts() -> list[Account]:
    """Return every account by login."""
    with desk().store.read() as reader:
        return Accounts(reader.connection).all()


def known(login: str) -> Account:
    """Return an account.

    Raises
    ------
    WebError
        If there is none of that login.
    """
    found = None
    with suppress(UsageError), desk().store.read() as reader:  # what can be no login is none
        found = Accounts(reader.connection).by_login(read_login(login))
    if found is None:
        told = T("there is no account {login}", login=login)
        raise WebError(404, "not_found", told, T("look for it in the list of accounts"))
    return found


def page(template: str, **values: Any) -> str:
    """Return a page of the administrator."""
    return render_template(template, role_choices=ROLES, company_roles=COMPANY_ROLES, scopes=SCOPES, **values)


@blueprint.get("/users")
def users() -> str:
    """List the accounts."""
    return page("users.html", accounts=all_accounts(), secret=None)


@blueprint.post("/users")
def add_user() -> Once:
    """Make an account; a password nobody chose is made and shown once."""
    role = role_of(request.form.get("role", ""))
    login, inn = read_login(request.form.get("login", "")), company_of(role)
    password = request.form.get("password", "") or secrets.token_urlsafe(12)
    with desk().store.begin() as unit:
        Accounts(unit.connection, me()).add(login, role, inn, digest_of_password(password))
    shown = None if request.form.get("password") else password
    return page("users.html", accounts=all_accounts(), made=login, secret=shown), 201, ONCE


@blueprint.get("/users/<login>")
def user(login: str) -> str:
    """Show an account and its tokens."""
    return shown(login)


def shown(login: str, **more: Any) -> str:
    """Return the page of an account."""
    account = known(login)
    with desk().store.read() as reader:
        tokens = Accounts(reader.connection).tokens(account.login)
    document = audit(bare(), None, account.login, 0, 20)
    more |= {"names": named_in(document)}
    return page(
        "user.html",
        account=asdict(account) | {"active": account.active},
        tokens=tokens,
        own=account.login == me(),
        document=document,
        **more,
    )


@blueprint.post("/users/<login>/role")
def set_role(login: str) -> Response:
    """Give an account another role."""
    role, account = role_of(request.form.get("role", "")), known(login)
    not_myself(account)
    with desk().store.begin() as unit:
        Accounts(unit.connection, me()).set_role(account.login, role, company_of(role))
    return back(login)


@blueprint.post("/users/<login>/password")
def set_password(login: str) -> Once:
    """Make a new password, shown once; whoever is signed in with the old one is so no longer."""
    account, password = known(login), secrets.token_urlsafe(12)
    with desk().store.begin() as unit:
        Accounts(unit.connection, me()).set_password(account.login, digest_of_password(password))
    return shown(login, secret=password), 201, ONCE


@blueprint.post("/users/<login>/state")
def set_state(login: str) -> Response:
    """Close an account, or open it again."""
    account = known(login)
    not_myself(account)
    with desk().store.begin() as unit:
        accounts = Accounts(unit.connection, me())
        (accounts.disable if request.form.get("state") == "disabled" else accounts.enable)(account.login)
    return back(login)


@blueprint.post("/users/<login>/tokens")
def add_token(login: str) -> Once:
    """Make a token for a program, shown once."""
    account, made = known(login), new_token()
    name = request.form.get("name", "").strip()[:64] or "api"
    scope = " ".join(request.form.getlist("scope")) or "read"
    with desk().store.begin() as unit:
        Accounts(unit.connection, me()).add_token(account.login, name, scope, digest_of_token(made))
    return shown(login, token=made), 201, ONCE


@blueprint.post("/users/<login>/tokens/<int:token_id>/revoke")
def revoke_token(login: str, token_id: int) -> Response:
    """Make a token of no use."""
    account = known(login)
    with desk().store.begin() as unit:
        Accounts(unit.connection, me()).revoke(account.login, token_id)
    return back(login)


@blueprint.get("/audit")
def audit_page() -> str:
    """Show what people did."""
    kind, by = request.args.get("kind") or None, request.args.get("by") or None
    start = max(request.args.get("from", 0, int), 0)
    document = audit(bare(), kind, by, start, LINES)
    return page(
        "audit.html",
        document=document,
        names=named_in(document),
        kind=kind,
        by=by,
        start=start,
        lines=LINES,
        kinds=KINDS,
    )


def named_in(document: Document) -> dict[str, str]:
    """Return what the companies are called that deeds are about."""
    return bare().names({inn for each in document["items"] for inn in each["inns"]})


def role_of(text: str) -> Role:
    """Return a role a form names.

    Raises
    ------
    UsageError
        If there is none of that name.
    """
    for role in ROLES:
        if role == text:
            return role
    raise UsageError(
        T("there is no role {role}", role=text[:40]), T("choose one of: {choices}", choices=", ".join(ROLES))
    )


def company_of(role: Role) -> Inn | None:
    """Return the company a form names for a role that has one."""
    return parse_inn(request.form.get("inn", "").strip()) if role in COMPANY_ROLES else None


def not_myself(account: Account) -> None:
    """Refuse to lock oneself out.

    Raises
    ------
    UsageError
        If the account is the visitor's own.
    """
    if account.login == me():
        raise UsageError(T("this is your own account"), T("let another administrator change it"))


def back(login: str) -> Response:
    """Return the way back to an account."""
    return redirect(url_for("accounts.user", login=login, told="kept"), 303)
