"""Whether the server can answer: for the program that watches it, which does not sign in."""

from __future__ import annotations

from flask import Blueprint, Flask, current_app

from api.desk import DESK, Desk

blueprint = Blueprint("health", __name__)


def register(app: Flask) -> None:
    """Add the address to an application."""
    app.register_blueprint(blueprint)


@blueprint.get("/health")
def health() -> dict[str, str]:
    """Tell that the database answers; if it does not, the answer is the error."""
    desk: Desk = current_app.extensions[DESK]
    desk.store.data_version()
    return {"status": "ok"}
