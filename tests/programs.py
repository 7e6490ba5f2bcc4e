"""Programs that use the API in tests: a client with a token of an account."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from api.access.passwords import digest_of_password, digest_of_token, new_token
from api.desk import DESK
from models.accounts import Accounts
from models.roles import COMPANY_ROLES, Role
from tests.visitors import PASSWORD

API = "/api/v1"
#: The company of accounts that act for one: the first of the register of five.
OWN = "2631015563"


class Program(FlaskClient):
    """A client that sends its token with each request and speaks English."""

    token = ""

    def open(self, *args, **kwargs):
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept-Language": "en",
            **(kwargs.pop("headers", None) or {}),
        }
        if args and isinstance(args[0], str) and args[0].startswith("/") and not args[0].startswith("/api"):
            args = (API + args[0], *args[1:])
        return super().open(*args, headers=headers, **kwargs)


def token_of(app: Flask, role: Role = "administrator", scope: str = "write", login: str = "") -> str:
    """Return a new token of an account, made unless there is one of that login."""
    login, made = login or role, new_token()
    with app.extensions[DESK].store.begin() as unit:
        accounts = Accounts(unit.connection)
        if accounts.by_login(login) is None:
            accounts.add(login, role, OWN if role in COMPANY_ROLES else None, digest_of_password(PASSWORD))
        accounts.add_token(login, "robot", scope, digest_of_token(made))
    return made


def program(app: Flask, role: Role = "administrator", scope: str = "write", login: str = "") -> Program:
    """Return a client that comes with a token."""
    client = Program(app, app.response_class, use_cookies=False)
    client.token = token_of(app, role, scope, login)
    return client
