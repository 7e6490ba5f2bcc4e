"""A page about the API, drawn from its OpenAPI document, in the visitor's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

#: Name of the OpenAPI document among the application's extensions.
SPEC = "zveno_openapi"
blueprint = Blueprint("v1_pages", __name__)


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API."""

    method: str
    path: str
    summary: str
    parameters: tuple[dict[str, Any], ...]
    shape: str


@blueprint.get("/api")
@blueprint.get("/api/")
def root() -> Response:
    """Go to the page about the API."""
    return redirect(url_for("v1_pages.page"))


@blueprint.get("/api/v1/")
def page() -> str:
    """Show every operation with its parameters and an example."""
    document = current_app.extensions[SPEC].to_dict()
    return render_template("api.html", operations=list(operations(document)), version=document["openapi"])


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Yield the operations of an OpenAPI document."""
    for path, item in document["paths"].items():
        for method in ("get", "post", "patch", "delete"):
            if method in item:
                yield operation(path, method, item)


def operation(path: str, method: str, item: dict[str, Any]) -> Operation:
    """Return one operation; what is the same for all methods of a path is the path's."""
    described = item[method]
    parameters = [*item.get("parameters", ()), *described.get("parameters", ())]
    content: dict[str, Any] = next(iter(success(described).get("content", {}).values()), {})
    shape = content.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
    return Operation(method.upper(), path, described.get("summary", ""), tuple(parameters), shape)


def success(described: dict[str, Any]) -> dict[str, Any]:
    """Return how an operation answers when all went well."""
    return next((told for code, told in described["responses"].items() if code.startswith("2")), {})
