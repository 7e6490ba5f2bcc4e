"""Serving the application with waitress."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Any

from flask import Flask

from api.app import create_app
from api.desk import DESK
from models.errors import AccessError
from models.settings import Settings
from models.text import T, Text

#: Requests answered at the same time.
THREADS = 8
_REASONS = {
    errno.EADDRINUSE: T("another program listens there already"),
    errno.EACCES: T("ports below 1024 need more rights"),
    errno.EADDRNOTAVAIL: T("this machine has no such address"),
}


def serve(settings: Settings, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve the web interface and the API until interrupted.

    The database is opened, and its index built where needed, before the first request is taken.

    Parameters
    ----------
    settings
        Where the database and the caches lie, and the language.
    host, port
        Address to listen on.
    tell
        Called with lines for the person who started the server.

    Raises
    ------
    AccessError
        If the address cannot be listened on.
    StorageError
        If the database cannot be used.
    """
    app = create_app(settings, tell)
    server = listen(app, host, port)
    firms = app.extensions[DESK].held().firms
    tell(T("{firms} companies; serving on {address} (Ctrl-C to stop)", firms=firms, address=address(host, port)).render(settings.lang))
    server.run()


def listen(app: Flask, host: str, port: int) -> Any:
    """Return a server that holds its port and takes no request yet.

    Raises
    ------
    AccessError
        If the port is taken or the host is none of this machine's.
    """
    from waitress.server import create_server

    try:
        return create_server(app, host=host, port=port, threads=THREADS, ident="zveno", clear_untrusted_proxy_headers=True)
    except (OSError, ValueError) as error:
        number = getattr(error, "errno", None)
        reason = _REASONS.get(number) if number else None
        raise AccessError(
            T("cannot listen on {address}: {reason}", address=address(host, port), reason=reason or Text(_first_line(error))),
            T("choose another address: zveno serve --host 127.0.0.1 --port {port}", port=port + 1 if port < 65535 else 8000),
        ) from error


def _first_line(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(text).splitlines()[0].replace("{", "(").replace("}", ")")


def address(host: str, port: int) -> str:
    """Return the address to type into a browser.

    >>> address("::1", 8000), address("0.0.0.0", 80)
    ('http://[::1]:8000', 'http://0.0.0.0:80')
    """
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
