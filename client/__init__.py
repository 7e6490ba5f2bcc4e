"""A typed client of Zveno's API for Python; it knows the API by its description alone and imports nothing of Zveno.

``shapes.py`` and ``operations.py`` are written by ``tools/client_writer.py`` from the OpenAPI document, and a test
fails when they differ from it. Written by hand are ``transport.py`` (how requests are sent) and ``errors.py``. Open
first: ``transport.py``.

::

    with Zveno("http://127.0.0.1:8000", token) as zveno:
        for firm in zveno.every(zveno.suppliers, inn="2631015563"):
            print(firm["name"], firm["score"])
"""

from __future__ import annotations

from client.errors import ApiError, Busy, NotAllowed, NotFound, Refused
from client.operations import Operations


class Zveno(Operations):
    """Zveno, as its API answers; see :class:`client.transport.Transport` for what it takes."""


__all__ = ["ApiError", "Busy", "NotAllowed", "NotFound", "Refused", "Zveno"]
