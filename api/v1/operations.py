"""A page about the API, drawn from its OpenAPI document, in the visitor's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from api.problems import TITLES

#: Name of the OpenAPI document among the application's extensions.
SPEC = "zveno_openapi"
METHODS = ("get", "post", "patch", "delete")
blueprint = Blueprint("v1_pages", __name__)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the API.

    Parameters
    ----------
    method, path, summary
        Its address, and one line about it.
    parameters
        What the address takes.
    body
        What is sent: fields like parameters, or nothing but its kind.
    kind
        Kind of what is sent, as media type.
    answer
        Shape or media type of the answer.
    deprecated
        Whether it is going away.
    name
        What it is called in the description.
    """

    method: str
    path: str
    summary: str
    parameters: tuple[dict[str, Any], ...]
    body: tuple[dict[str, Any], ...]
    kind: str
    answer: str
    deprecated: bool
    name: str

    @property
    def noun(self) -> str:
        """What it is about: the first word of its path.

        >>> Operation("GET", "/api/v1/board/{number}", "", (), (), "", "", False, "board_entry").noun
        'board'
        """
        return self.path.removeprefix("/api/v1/").partition("/")[0]


@blueprint.get("/api")
@blueprint.get("/api/")
def root() -> Response:
    """Go to the page about the API."""
    return redirect(url_for("v1_pages.page"))


@blueprint.get("/api/v1/")
def page() -> str:
    """Show every operation with its parameters, and what each code of an error means."""
    document = current_app.extensions[SPEC].to_dict()
    found = sorted(operations(document), key=lambda each: (each.path, METHODS.index(each.method.lower())))
    return render_template("api.html", operations=found, version=document["openapi"], titles=TITLES)


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Yield the operations of an OpenAPI document."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield operation(path, method, item, document["components"]["schemas"])


def operation(path: str, method: str, item: dict[str, Any], shapes: dict[str, Any]) -> Operation:
    """Return one operation; what is the same for all methods of a path is the path's."""
    described = item[method]
    parameters = [*item.get("parameters", ()), *described.get("parameters", ())]
    sent = described.get("requestBody", {}).get("content", {})
    kind = next(iter(sent), "")
    return Operation(
        method.upper(),
        path,
        described.get("summary", ""),
        tuple(parameters),
        tuple(fields_of(sent[kind]["schema"], shapes)) if kind else (),
        kind,
        answer_of(described),
        described.get("deprecated", False),
        described.get("operationId", ""),
    )


def fields_of(schema: dict[str, Any], shapes: dict[str, Any], above: str = "") -> Iterator[dict[str, Any]]:
    """Yield the fields of what is sent in the manner of parameters, those of documents within after each."""
    shape = shapes[name_of(schema)] if "$ref" in schema else schema
    for name, field in shape.get("properties", {}).items():
        told = {"name": f"{above}{name}", "required": name in shape.get("required", ()), "schema": field}
        yield {**told, "description": field.get("description", "")}
        for within, sign in within_of(field):
            yield from fields_of(within, shapes, f"{above}{name}{sign}.")


def within_of(field: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the shapes that a field holds, with the sign of a list.

    >>> list(within_of({"type": "array", "items": {"$ref": "#/components/schemas/Line"}}))
    [({'$ref': '#/components/schemas/Line'}, '[]')]
    """
    for each, sign in ((field, ""), (field.get("items", {}), "[]")):
        for choice in (each, *each.get("anyOf", ()), *each.get("allOf", ())):
            if "$ref" in choice:
                yield choice, sign


def answer_of(described: dict[str, Any]) -> str:
    """Return the shape of an answer, or its media type if it is no document, nothing if it is empty."""
    good: dict[str, Any] = next((told for code, told in described["responses"].items() if code.startswith("2")), {})
    for kind, content in good.get("content", {}).items():
        return name_of(content["schema"]) or str(kind)
    return ""


def name_of(schema: dict[str, Any]) -> str:
    """Return the name of a shape that is referred to."""
    return str(schema.get("$ref", "")).rsplit("/", 1)[-1]
