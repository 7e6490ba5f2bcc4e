"""The JSON API, version 1: the answers of ``matcher.pipeline`` under ``/api/v1``, described by an OpenAPI document.

May hold routes and the shapes of answers; no rule of the domain. Open first: ``routes.py``, ``kit.py`` and
``pair_shapes.py``; parameters are in ``api/queries.py``.
"""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Any

import marshmallow as ma
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


def names_within(_converter: Any, field: ma.fields.Field[Any], **_: Any) -> dict[str, Any]:
    """Return what the names within a field have to be like, where they are not fixed."""
    keys = field.key_field if isinstance(field, ma.fields.Dict) else None
    patterns = [each.regex.pattern for each in keys.validators if isinstance(each, ma.validate.Regexp)] if keys else []
    return {"propertyNames": {"pattern": patterns[0]}} if patterns else {}


def register(app: Flask) -> None:
    """Add the API, its description and the page about it to an application."""
    app.config.setdefault(webhooks.PRIVATE, False)
    api = ZvenoApi(app)
    api.ma_plugin.converter.add_attribute_function(names_within)
    api.register_blueprint(blueprint, url_prefix="/api/v1")
    app.register_blueprint(operations.blueprint)
    app.extensions[operations.SPEC] = api.spec
    app.extensions[jobs.PLACES] = BoundedSemaphore(jobs.STREAMS)
