"""The application on a port of this machine, served by the server that is used in earnest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from waitress import wasyncore

from api.server import listen


@contextmanager
def served_at(app: Flask) -> Iterator[str]:
    """Serve an application while the block runs; give its address."""
    server = listen(app, "127.0.0.1", 0)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join(5)
