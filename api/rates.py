"""How often programs may ask: a limit for each token or session, and one for each address they come from.

Both are counted over a sliding minute before anything else is done for a request. Every answer of the API says in
``RateLimit-*`` headers how much of the tighter one is left; one above it is answered with 429 and ``Retry-After``.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from flask import Flask, current_app, g, request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.wrappers import Response

from api.access.visitor import present_session, present_token
from api.failures import WebError
from models.text import T

#: Requests a minute for one token or session, and from one address, unless the configuration says otherwise.
USUAL = {"API_RATE_CALLER": 1200, "API_RATE_ADDRESS": 6000}
#: Name of the counter among the extensions of an application.
RATES = "zveno_rates"


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a limit: how many requests, for how many seconds."""

    name: str
    limit: int
    remaining: int
    reset_s: int
    refused: bool


def register(app: Flask) -> None:
    """Count the requests to the API of an application; it has to come before whatever costs something."""
    for name, usual in USUAL.items():
        app.config.setdefault(name, usual)
    app.extensions[RATES] = MovingWindowRateLimiter(MemoryStorage())
    app.before_request(count)
    app.after_request(tell)


def count() -> None:
    """Count a request.

    Raises
    ------
    WebError
        If there were too many.
    """
    if not request.path.startswith("/api/v1/"):
        return
    config = current_app.config
    found = [hit("address", config["API_RATE_ADDRESS"], request.remote_addr or "")]
    if who := caller():
        found.append(hit("caller", config["API_RATE_CALLER"], who))
    g.rate = min(found, key=lambda left: (not left.refused, left.remaining))
    if g.rate.refused:
        raise WebError(
            429,
            "too_many_requests",
            T("more than {limit} requests a minute", limit=g.rate.limit),
            T("wait {seconds} s, and ask for several companies at once", seconds=g.rate.reset_s),
        )


def hit(name: str, most: int, key: str) -> Left:
    """Count a request against one limit and return what is left of it."""
    limiter: MovingWindowRateLimiter = current_app.extensions[RATES]
    item = RateLimitItemPerMinute(most)
    allowed = limiter.hit(item, name, key)
    stats = limiter.get_window_stats(item, name, key)
    return Left(name, most, stats.remaining, max(1, math.ceil(stats.reset_time - time.time())), not allowed)


def caller() -> str:
    """Return what tells one caller from another: the digest of its token, or the secret of its session."""
    return present_token() or str(present_session().get("form", ""))


def tell(response: Response) -> Response:
    """Say how much is left."""
    left: Left | None = g.get("rate")
    if left is not None:
        response.headers["RateLimit-Policy"] = f"{left.limit};w=60"
        response.headers["RateLimit-Limit"] = str(left.limit)
        response.headers["RateLimit-Remaining"] = str(left.remaining)
        response.headers["RateLimit-Reset"] = str(left.reset_s)
        if left.refused:
            response.headers["Retry-After"] = str(left.reset_s)
    return response
