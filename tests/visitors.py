"""Visitors of the web interface for tests: one who came through the link of this machine."""

from __future__ import annotations

from threading import Lock

from flask import Flask
from flask.testing import FlaskClient

from api.access.door import DOOR

TURN = Lock()


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


def stranger(app: Flask) -> FlaskClient:
    """Return a client that has not signed in."""
    return FlaskClient(app, app.response_class, use_cookies=True)
