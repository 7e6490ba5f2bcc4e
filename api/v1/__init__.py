"""The JSON API, version 1: the answers of ``matcher.pipeline`` under ``/api/v1``, described by an OpenAPI document.

May hold routes and the shapes of answers; no rule of the domain. Open first: ``routes.py``, ``kit.py`` and
``pair_shapes.py``; parameters are in ``api/queries.py``.
"""

from __future__ import annotations

from threading import BoundedSemaphore

from flask import Flask
from flask_smorest import Api

from api.v1 import (
    accounts,
    board,
    bulk,
    calls,
    catalogue,
    deeds,
    home,
    job_columns,
    jobs,
    lists,
    operations,
    projects,
    remarks,
    routes,
    selling,
    sheets,
    supply,
    webhooks,
)
from api.v1.describing import blueprint
from api.v1.kit import ProblemShape

__all__ = [
    "accounts",
    "board",
    "bulk",
    "calls",
    "catalogue",
    "deeds",
    "home",
    "job_columns",
    "jobs",
    "lists",
    "operations",
    "projects",
    "register",
    "remarks",
    "routes",
    "selling",
    "sheets",
    "supply",
    "webhooks",
]


#: What the description says of the API as a whole.
SPEC_OPTIONS = {
    "info": {
        "description": (
            "Answers of Zveno as JSON documents, and everything its pages change. Send a token in the header "
            "Authorization: Bearer …; zveno user token makes one."
        )
    },
    "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    "security": [{"token": []}],
}


class ZvenoApi(Api):  # type: ignore[misc]
    """The API with one shape of errors."""

    ERROR_SCHEMA = ProblemShape


def register(app: Flask) -> None:
    """Add the API, its description and the page about it to an application."""
    app.config.setdefault(webhooks.PRIVATE, False)
    api = ZvenoApi(app)
    api.register_blueprint(blueprint, url_prefix="/api/v1")
    app.register_blueprint(operations.blueprint)
    app.extensions[operations.SPEC] = api.spec
    app.extensions[jobs.PLACES] = BoundedSemaphore(jobs.STREAMS)
