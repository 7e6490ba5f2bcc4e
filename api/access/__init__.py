"""Who visits and what they may do: sessions, tokens, forged requests, throttled sign-in, the table of rights.

May hold no page but those of signing in and out, and no rule of the domain. Open first: ``rights.py`` (the table),
``guard.py`` (where every request passes), ``visitor.py``.
"""

from __future__ import annotations

from flask import Flask

from api.access import guard, signing
from api.access.door import DOOR, Door
from api.access.throttle import THROTTLE, Throttle


def register(app: Flask) -> None:
    """Let nobody do in an application what the table of rights does not allow."""
    app.extensions[DOOR] = Door()
    app.extensions[THROTTLE] = Throttle()
    app.register_blueprint(signing.blueprint)
    guard.register(app)
