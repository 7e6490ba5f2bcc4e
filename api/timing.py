"""How long the server took for a page, in the header ``Server-Timing``: browsers show it among the tools of developers.

``total`` is the time from when a thread took the request until the answer is ready, ``cpu`` the processor time of that
thread; both in milliseconds. Only who is signed in is told.

References
----------
W3C, *Server Timing*, working draft.
"""

from __future__ import annotations

import time

from flask import Flask, g
from werkzeug.wrappers import Response


def register(app: Flask) -> None:
    """Time the requests of an application; it has to come before whatever takes time."""
    app.before_request(begin)
    app.after_request(tell)


def begin() -> None:
    """Note when a request began."""
    g.began = time.perf_counter(), time.thread_time()


def tell(response: Response) -> Response:
    """Say how long it took."""
    if "began" in g and g.get("visitor") is not None:
        total, cpu = time.perf_counter() - g.began[0], time.thread_time() - g.began[1]
        response.headers["Server-Timing"] = f"total;dur={1000 * total:.1f}, cpu;dur={1000 * cpu:.1f}"
    return response
