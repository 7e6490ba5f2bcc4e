"""Accounts, their tokens and the audit for administrators, and for everybody the tokens of one's own."""

from __future__ import annotations

import secrets
from typing import Any

from flask import url_for

from api import answers, queries
from api.access.passwords import digest_of_password, digest_of_token, new_token
from api.access.visitor import member
from api.asking import bare, desk
from api.bad_fields import refused_at
from api.pages.accounts import ONCE, known, not_myself
from api.v1 import account_shapes as shapes
from api.v1.deed_shapes import EmptyBody
from api.v1.describing import answer, deed, operation
from api.v1.idempotent import shown_once
from api.v1.kit import page_of
from api.v1.paging import page
from api.v1.webhooks import owner
from matcher.pipeline.register.audit import audited, item, place_of
from matcher.report.frame import Document
from models.accounts import Account, Accounts, Token, check_company
from models.identifiers import Inn, parse_inn
from models.text import T

Said = dict[str, Any]
Made = tuple[Document, int, dict[str, str]]
OF_AN_ACCOUNT = T("tokens belong to an account, and this session has none")


@answer("/me", queries.Query, shapes.Me, T("who asks, and what its token may do"))
def me(_asked: answers.Asked) -> Document:
    """Role, company and scopes."""
    who = member()
    return {"login": who.login, "role": who.role, "inn": who.inn, "scopes": list(who.scopes)}


@answer("/accounts", queries.PagedQuery, page_of(shapes.Account), T("accounts by login"))
def accounts(asked: answers.Asked) -> Document:
    """Closed ones too."""
    with desk().store.read() as reader:
        found = Accounts(reader.connection).all()
    found.sort(key=lambda each: each.login)
    return page(found, asked["top"], lambda each: (each.login,), account_item)


def account_item(found: Account) -> Document:
    """Return an account as a document, without its password."""
    closed = found.disabled_at.isoformat() if found.disabled_at else None
    made = found.made_at.isoformat()
    return {"login": found.login, "role": found.role, "inn": found.inn, "made_at": made, "disabled_at": closed}


@deed("/accounts", shapes.AccountBody, shapes.AccountMade, T("make an account"), status=201)
def add_account(_asked: answers.Asked, said: Said) -> Made:
    """A password nobody chose is made and shown once."""
    inn, made = company_of(said), "" if said["password"] else secrets.token_urlsafe(12)
    with refused_at("/password"):
        digest = digest_of_password(said["password"] or made)
    with refused_at("/login"), desk().store.begin() as unit:
        account = Accounts(unit.connection, member().login).add(said["login"], said["role"], inn, digest)
    shown_once("password")
    there = {"Location": url_for("v1.account", login=account.login), **ONCE}
    return {**account_item(account), "password": made or None}, 201, there


def company_of(said: Said) -> Inn | None:
    """Return the company of an account.

    Raises
    ------
    RefusedFields
        If its role has none, or needs one.
    """
    inn = parse_inn(said["inn"]) if said["inn"].strip() else None
    with refused_at("/inn"):
        check_company(said["role"], inn)
    return inn


@answer("/accounts/<login>", queries.Query, shapes.Account, T("one account"))
def account(_asked: answers.Asked, login: str) -> Document:
    """Role and company, and whether it is closed."""
    return account_item(known(login))


@deed("/accounts/<login>", shapes.AccountChange, shapes.Account, T("change the role of an account, close or open it"),
      method="PATCH")  # fmt: skip
def change_account(_asked: answers.Asked, said: Said, login: str) -> Document:
    """From the next request on; one's own account is another administrator's to change."""
    found = known(login)
    with refused_at(""):
        not_myself(found)
    whole = {"role": found.role, "inn": "", **said}
    inn = company_of(whole) if "role" in said or whole["inn"].strip() else found.inn
    with desk().store.begin() as unit:
        here = Accounts(unit.connection, member().login)
        if (whole["role"], inn) != (found.role, found.inn):
            here.set_role(found.login, whole["role"], inn)
        if "disabled" in said:
            (here.disable if said["disabled"] else here.enable)(found.login)
    return account_item(known(login))


@deed("/accounts/<login>/password", EmptyBody, shapes.AccountMade, T("give an account a new password"), status=201)
def set_password(_asked: answers.Asked, _said: Said, login: str) -> Made:
    """It is shown this once, and ends the sessions of the old one."""
    found, made = known(login), secrets.token_urlsafe(12)
    with desk().store.begin() as unit:
        Accounts(unit.connection, member().login).set_password(found.login, digest_of_password(made))
    shown_once("password")
    return {**account_item(found), "password": made}, 201, ONCE


@answer("/accounts/<login>/tokens", queries.Query, shapes.Tokens, T("tokens of an account"))
def tokens(_asked: answers.Asked, login: str) -> Document:
    """Without the tokens themselves."""
    return tokens_of(known(login))


def tokens_of(found: Account) -> Document:
    """Return the tokens of an account."""
    with desk().store.read() as reader:
        return {"items": [token_item(each) for each in Accounts(reader.connection).tokens(found.login)]}


def token_item(found: Token) -> Document:
    """Return what is known of a token."""
    return {"id": found.id, "name": found.name, "scopes": list(found.scopes), "made_at": found.made_at.isoformat()}


@deed("/accounts/<login>/tokens", shapes.TokenBody, shapes.TokenMade, T("make a token of an account"), status=201)
def add_token(_asked: answers.Asked, said: Said, login: str) -> Made:
    """It is shown this once."""
    return made_token(known(login), said)


def made_token(found: Account, said: Said) -> Made:
    """Make a token and show it, this once."""
    secret, name = new_token(), said["name"].strip() or "api"
    with desk().store.begin() as unit:
        here = Accounts(unit.connection, member().login)
        here.add_token(found.login, name, " ".join(said["scopes"]), digest_of_token(secret))
        made = here.tokens(found.login)[-1]
    shown_once("token")
    return {**token_item(made), "token": secret}, 201, ONCE


@operation(
    "DELETE", "/accounts/<login>/tokens/<int:token_id>", queries.Query, None, T("revoke a token of an account"),
    status=204,
)  # fmt: skip
def revoke_token(_asked: answers.Asked, login: str, token_id: int) -> tuple[str, int]:
    """One that is gone stays so."""
    return revoked(known(login), token_id)


def revoked(found: Account, token_id: int) -> tuple[str, int]:
    """Make a token of no use any more."""
    with desk().store.begin() as unit:
        Accounts(unit.connection, member().login).revoke(found.login, token_id)
    return "", 204


@answer("/tokens", queries.Query, shapes.Tokens, T("tokens of one’s own account"))
def own_tokens(_asked: answers.Asked) -> Document:
    """Without the tokens themselves."""
    return tokens_of(owner(OF_AN_ACCOUNT))


@deed("/tokens", shapes.TokenBody, shapes.TokenMade, T("make a token of one’s own account"), status=201)
def add_own_token(_asked: answers.Asked, said: Said) -> Made:
    """It is shown this once; a token that may do everything is needed to make another."""
    return made_token(owner(OF_AN_ACCOUNT), said)


@operation(
    "DELETE", "/tokens/<int:token_id>", queries.Query, None, T("revoke a token of one’s own account"), status=204
)  # fmt: skip
def revoke_own_token(_asked: answers.Asked, token_id: int) -> tuple[str, int]:
    """One that is gone stays so."""
    return revoked(owner(OF_AN_ACCOUNT), token_id)


@answer("/audit", shapes.AuditQuery, shapes.Audit, T("what people did, the latest first"))
def audit(asked: answers.Asked) -> Document:
    """Gathered from the logs."""
    found, people = audited(bare(), asked.get("kind"), asked.get("by"))
    return {**page(found, asked["top"], place_of, item), "people": people}
