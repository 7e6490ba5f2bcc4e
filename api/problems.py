"""Errors of the API as problem documents (RFC 9457), with the ``error`` member every client of Zveno knows.

``type`` leads to the line of the page about the API that explains the code of the error; ``errors`` names each field of
the request that was refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app

from api.bad_fields import BadFields
from models.errors import ZvenoError
from models.text import Lang, T, Text

MEDIA_TYPE = "application/problem+json"
#: What each code of an error means; the page about the API lists them.
TITLES: Mapping[str, Text] = {
    "invalid_identifier": T("malformed number or code"),
    "usage": T("the question has no meaning"),
    "bad_request": T("the request cannot be understood"),
    "unauthorized": T("nobody has signed in"),
    "forbidden": T("the account or the token may not do this"),
    "forged": T("the request was not sent from here"),
    "access": T("this is not allowed"),
    "unknown_company": T("not in the register"),
    "not_found": T("no such address"),
    "method_not_allowed": T("the address does not take this method"),
    "conflict": T("another request stands in the way"),
    "too_large": T("the request is too large"),
    "unsupported_media_type": T("content of another type is expected"),
    "data": T("understood, but there is nothing to answer with"),
    "unreadable_file": T("the file cannot be read"),
    "key_reused": T("the idempotency key was used for another request"),
    "too_many_requests": T("too many requests"),
    "internal": T("a defect of the program"),
    "storage": T("the database cannot be used now"),
    "busy": T("no place is free at the moment"),
}
OTHER = T("the request failed")


def problem(error: ZvenoError, status: int, lang: Lang) -> dict[str, Any]:
    """Return an error as a problem document.

    Examples
    --------
    >>> from models.errors import UnknownCompany
    >>> told = problem(UnknownCompany(T("INN {inn} is not in the register", inn=1)), 404, "en")
    >>> told["type"], told["title"], told["status"], told["error"]["code"]
    ('/api/v1/#unknown_company', 'not in the register', 404, 'unknown_company')
    """
    message = error.message.render(lang)
    document: dict[str, Any] = {
        "type": f"/api/v1/#{error.code}",
        "title": TITLES.get(error.code, OTHER).render(lang),
        "status": status,
        "detail": message,
        **error.as_document(lang),
    }
    if isinstance(error, BadFields):
        document["errors"] = [
            {each.place: each.name, "detail": each.detail.render(lang), "hint": each.hint.render(lang)}
            for each in error.fields
        ]
    return document


def problem_response(error: ZvenoError, status: int, lang: Lang) -> Response:
    """Return an error as an answer of the API."""
    text = current_app.json.dumps(problem(error, status, lang))
    response = Response(text, status, content_type=MEDIA_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
