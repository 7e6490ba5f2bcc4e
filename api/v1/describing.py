"""How an address of the API is made: its parameters, its body, the shape of its answer, the errors it may end in."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

import marshmallow as ma
from flask_smorest import Blueprint

from api import queries
from api.asking import Parser
from api.pages.files import TYPES
from api.problems import MEDIA_TYPE
from api.v1 import conditional, deprecation, idempotent
from api.v1.kit import ProblemShape
from models.text import T, Text

View = Callable[..., Any]
JSON, EVENTS = "application/json", "text/event-stream"


class Routes(Blueprint):  # type: ignore[misc]
    """A blueprint whose parameters are read by :class:`api.asking.Parser`; a misspelled name is an error."""

    ARGUMENTS_PARSER = Parser(unknown=ma.RAISE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._prepare_doc_cbks.append(self._prepare_key_doc)

    @staticmethod
    def _prepare_key_doc(doc: dict[str, Any], _info: Any, *, method: str, **_: Any) -> dict[str, Any]:
        if method == "post":
            doc["parameters"] = [*doc.get("parameters", ()), _KEY]
        return doc


blueprint = Routes("v1", __name__)
blueprint.before_request(conditional.spare)
blueprint.before_request(idempotent.begin)
blueprint.after_request(idempotent.end)
blueprint.after_request(conditional.mark)
blueprint.after_request(deprecation.tell)

_FAILURES: Mapping[int, str] = {
    400: "malformed INN or code, unknown region or cluster, a parameter out of bounds",
    401: "no token and no session",
    403: "the role or the token may not do this",
    404: "an INN the register does not hold, or nothing of that number",
    422: "understood, but there is nothing to answer with",
    429: "more requests than the limit allows; Retry-After says when to come again",
    503: "the database is busy or cannot be used",
}
_OF_READING: Mapping[int, str] = {304: "what If-None-Match names is still the answer"}
_OF_WRITING: Mapping[int, str] = {
    409: "another request with this idempotency key is being answered, or things have changed meanwhile",
    413: "the request is too large",
    415: "content of another type",
}
_INN = {"type": "string", "format": "inn", "pattern": queries.INN_PATTERN, "example": "2631015563"}
#: What the names in addresses mean, and of those that are no mere numbers or texts what they are like.
_NAMES: Mapping[str, Text] = {
    "inn": T("INN of a company"),
    "supplier": T("INN of the supplier"),
    "buyer": T("INN of the buyer"),
    "number": T("its number, as the list has it"),
    "field": T("field of a card, as ref has it"),
    "run": T("number of an import"),
    "item": T("number of a question"),
    "job_id": T("number of a job"),
    "login": T("login of an account"),
    "token_id": T("number of a token"),
    "webhook_id": T("number of a webhook"),
    "delivery_id": T("number of a delivery"),
}
_LIKE: Mapping[str, Mapping[str, Any]] = {
    "inn": _INN,
    "supplier": {**_INN, "example": "2624022320"},
    "buyer": _INN,
}
_TEXT = {"type": "string"}
_EVENT = {"id": _TEXT, "event": {"enum": ["progress", "end"]}, "data": _TEXT}
#: What is known of answers that are no documents: each event of a stream, and files.
_UNSHAPED: Mapping[str, Any] = {
    EVENTS: {"type": "object", "properties": _EVENT},
    **{kind: {"type": "string", "format": "binary"} for kind in TYPES.values()},
    TYPES["geojson"]: {"type": "object"},
}
_KEY = {
    "in": "header",
    "name": idempotent.HEADER,
    "schema": {"type": "string", "minLength": 1, "maxLength": idempotent.LONGEST, "pattern": "^[!-~]+$"},
    "description": T("the same request with the same key is done once within 24 hours; its answer is repeated").msgid,
}


def answer(
    path: str, query: type[ma.Schema], shape: type[ma.Schema] | None, summary: Text, **more: Any
) -> Callable[[View], View]:
    """Give a view that reads its address, parameters, shape and one line of description."""
    return operation("GET", path, query, shape, summary, **more)


def deed(
    path: str, body: type[ma.Schema] | None, shape: type[ma.Schema], summary: Text, **more: Any
) -> Callable[[View], View]:
    """Give a view that changes something its address, the shapes of what is sent and answered, and a description."""
    return operation(more.pop("method", "POST"), path, queries.Query, shape, summary, body=body, **more)


def file(path: str, query: type[ma.Schema], forms: Collection[str], summary: Text) -> Callable[[View], View]:
    """Give a view that hands over a file its address, its parameters and the endings a name of such a file may have."""
    return operation("GET", path, query, None, summary, content=[TYPES[form] for form in forms])


def operation(
    method: str,
    path: str,
    query: type[ma.Schema],
    shape: type[ma.Schema] | None,
    summary: Text,
    *,
    body: type[ma.Schema] | None = None,
    status: int = 200,
    content: str | Collection[str] = JSON,
    **described: Any,
) -> Callable[[View], View]:
    """Return what makes an operation of the API of a view.

    Parameters
    ----------
    method, path
        Its address.
    query, body
        What it takes; the view gets the one, then the other, then what the path names.
    shape, status, content
        What it answers with; ``None`` for no content, or one that is no document: its media type, or several.
    summary
        One line for people.
    described
        More of the OpenAPI operation.
    """
    reading = method in conditional.SAFE
    failures = {**_FAILURES, **(_OF_READING if reading else _OF_WRITING)}
    responses: dict[int, Any] = {code: _failure(code, text) for code, text in failures.items()}
    kinds = (content,) if isinstance(content, str) else content
    responses[status] = {"description": "the answer", **_content(shape, *kinds)}

    def decorate(view: View) -> View:
        if view.__name__ in deprecation.DEPRECATED:
            described["deprecated"] = True
        if body is not None:
            needed = any(field.required for field in body().fields.values())
            view = blueprint.arguments(body, location="json", required=needed, error_status_code=400)(view)
        view = blueprint.arguments(query, location="query", error_status_code=400)(view)
        view = blueprint.doc(summary=summary.msgid, operationId=view.__name__, responses=responses, **described)(view)
        routed: View = blueprint.route(path, methods=[method], parameters=_of_path(path))(view)
        return routed

    return decorate


def _failure(code: int, text: str) -> dict[str, Any]:
    return {"description": text} if code == 304 else {"description": text, **_content(ProblemShape, MEDIA_TYPE)}


def _content(shape: type[ma.Schema] | None, *kinds: str) -> dict[str, Any]:
    if shape is None:
        told = {kind: {"schema": _UNSHAPED.get(kind, {"type": "string"})} for kind in kinds if kind != JSON}
        return {"content": told} if told else {}
    return {"content": {kind: {"schema": shape} for kind in kinds}}


def _of_path(path: str) -> list[dict[str, Any]]:
    """Return what is known of the names in a path beyond their kind."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", path)
    return [
        {"in": "path", "name": name, "required": True, "description": _NAMES[name].msgid}
        | ({"schema": dict(_LIKE[name])} if name in _LIKE else {})
        for name in names
    ]
