"""What a visitor sees while an answer is computed: a page that loads itself again, never a request that hangs.

Pages wait for an answer for a moment and then say that it is on its way; programs wait for it as long as it takes.
"""

from __future__ import annotations

import re

from flask import Flask, Response, current_app, make_response, render_template, request

from matcher.pipeline.shelf import NotYet

#: Name of the seconds that pages wait in the configuration; ``None`` unless a server says otherwise: till it is there.
PATIENCE = "PAGE_PATIENCE_S"
#: What a server sets it to, and after how long a page looks again, seconds.
USUAL_S, AGAIN_S = 1.0, 2
#: A name of an element.
_NAME = re.compile(r"[A-Za-z][\w-]*")


def register(app: Flask) -> None:
    """Tell visitors of an application what is on its way."""
    app.config.setdefault(PATIENCE, None)
    app.register_error_handler(NotYet, on_its_way)


def patience() -> float | None:
    """Return for how many seconds the present request waits for an answer, ``None`` for as long as it takes."""
    if request.method != "GET" or request.path.startswith("/api/"):
        return None
    seconds: float | None = current_app.config[PATIENCE]
    return seconds


def on_its_way(told: NotYet) -> Response:
    """Show that an answer is being computed, as a page or as the part of a page that was asked for."""
    part = _NAME.fullmatch(request.headers.get("HX-Target", ""))
    page = render_template(
        "computing.html",
        seconds=told.seconds,
        address=request.full_path.rstrip("?"),
        part=part.group() if part and "HX-Request" in request.headers else "",
    )
    response = make_response(page, 202)
    if not part:
        response.headers["Refresh"] = str(AGAIN_S)
    return response
