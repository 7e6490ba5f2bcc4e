"""Visitors of the web interface for tests: one who came through the link of this machine, strangers, accounts."""

from __future__ import annotations

from threading import Lock

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.access.door import DOOR
from api.access.passwords import digest_of_password
from api.desk import DESK
from models.accounts import Accounts
from models.roles import COMPANY_ROLES, Role

TURN = Lock()
PASSWORD = "a long sentence"


class Insider(FlaskClient):
    """A client that is let in when it is made."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        with TURN:  # a new link shuts the one before
            self.get(f"/enter/{self.application.extensions[DOOR].new_key()}")


def let_in(app: Flask) -> Flask:
    """Return the application, whose test clients are let in from now on."""
    app.test_client_class = Insider
    return app


def enrolled(app: Flask, inn: str, role: Role, login: str = "anna") -> FlaskClient:
    """Make an account, of the roles that have a company for this one, and return a client that has signed in."""
    with app.extensions[DESK].store.begin() as unit:
        company = inn if role in COMPANY_ROLES else None
        Accounts(unit.connection).add(login, role, company, digest_of_password(PASSWORD))
    client = stranger(app)
    assert sign_in(client, login, PASSWORD).status_code == 303
    return client


def form_secret(client: FlaskClient, path: str = "/sign-in") -> str:
    """Return the secret that the forms of a page repeat."""
    return client.get(path).text.split('name="csrf" value="')[1].split('"')[0]


def sign_in(client: FlaskClient, login: str, password: str, **more: str) -> TestResponse:
    """Send login and password."""
    data = {"csrf": form_secret(client), "login": login, "password": password, **more}
    return client.post("/sign-in", data=data)


def stranger(app: Flask) -> FlaskClient:
    """Return a client that has not signed in."""
    return FlaskClient(app, app.response_class, use_cookies=True)
