"""Answers that have not changed are not sent, nor computed, again (RFC 9110, ``ETag`` and ``If-None-Match``).

What is computed from the register alone is tagged by the versions of the register, so that a tag is compared before any
work is done. The tag of everything else is a digest of the answer.
"""

from __future__ import annotations

import hashlib
from datetime import date
from importlib.metadata import version

from flask import current_app, g, request
from werkzeug.wrappers import Response

from api.access.visitor import member
from api.asking import desk
from api.languages import current_language

#: Addresses whose answer follows from the register, the question, the visitor's company and the day.
OF_REGISTER = frozenset(
    f"v1.{name}"
    for name in (
        "companies", "company", "suppliers", "buyers", "explain", "gaps", "projects", "chain", "classify", "inputs",
        "coverage", "flow", "graph", "structure",
    )
)  # fmt: skip
SAFE = frozenset({"GET", "HEAD"})


def spare() -> Response | None:
    """Answer at once if the visitor has the present answer already."""
    if request.method not in SAFE or request.endpoint not in OF_REGISTER:
        return None
    g.etag = tag_of_register()
    if request.if_none_match.contains_weak(g.etag):
        response = current_app.response_class(status=304)
        response.set_etag(g.etag, weak=True)
        return response
    return None


def tag_of_register() -> str:
    """Return a digest of all that the present answer is made from."""
    parts = (*desk().versions(), version("zveno"), date.today(), current_language(), member().inn, request.full_path)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def is_handed_over(response: Response) -> bool:
    """Tell whether an answer is sent as it is made or read, and never held as a whole: lines, events, files."""
    return response.is_streamed or response.direct_passthrough


def mark(response: Response) -> Response:
    """Tag an answer, and send nothing if the visitor has it already."""
    if request.method not in SAFE or response.status_code != 200 or is_handed_over(response):
        return response
    if etag := g.get("etag"):
        response.set_etag(etag, weak=True)
        return response
    response.add_etag(weak=True)
    return response.make_conditional(request)
