"""Serving the application with waitress."""

from __future__ import annotations

import errno
import signal
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

from flask import Flask

from api.access.door import DOOR, is_loopback
from api.app import create_app
from api.computing import PATIENCE, USUAL_S
from api.desk import DESK
from api.hooks.dispatcher import Dispatcher
from api.rates import USUAL
from api.uploads import LARGEST_BYTES
from api.v1.webhooks import PRIVATE
from api.warming import in_background
from models.errors import AccessError
from models.settings import Settings
from models.text import T, Text

#: Requests answered at the same time.
THREADS = 8
#: Connections held open: a browser keeps up to six for two minutes, and whoever comes beyond the limit waits for that.
CONNECTIONS = 1000
#: What a proxy tells of the request it passes on.
FORWARDED = frozenset({"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"})
LAST_PORT = 65535
_REASONS = {
    errno.EADDRINUSE: T("another program listens there already"),
    errno.EACCES: T("ports below 1024 need more rights"),
    errno.EADDRNOTAVAIL: T("this machine has no such address"),
}


def serve(
    settings: Settings,
    host: str,
    port: int,
    tell: Callable[[str], None],
    proxy: str = "",
    *,
    private_webhooks: bool = False,
    rate: int = USUAL["API_RATE_CALLER"],
) -> None:
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
    proxy
        Address of the proxy in front of it, whose word is taken for where a request comes from; nobody is let in by a
        link then.
    private_webhooks
        Whether webhooks may go to this machine and its network.
    rate
        Requests to the API a minute that one program may send; from one address five times as many.

    Raises
    ------
    AccessError
        If the address cannot be listened on.
    StorageError
        If the database cannot be used.
    """
    app = create_app(settings, tell, in_background(settings.lang))
    server = listen(app, host, port, proxy)
    firms = app.extensions[DESK].held().firms
    ready = T("{firms} companies; serving on {address} (Ctrl-C to stop)", firms=firms, address=address(host, port))
    tell(ready.render(settings.lang))
    if is_loopback(host) and not proxy:
        link = f"{address(host, port)}/enter/{app.extensions[DOOR].new_key()}"
        tell(T("open this link to come in, once: {link}", link=link).render(settings.lang))
    app.config.update(
        {PATIENCE: USUAL_S, PRIVATE: private_webhooks, "API_RATE_CALLER": rate, "API_RATE_ADDRESS": 5 * rate}
    )
    Dispatcher(app.extensions[DESK], private=private_webhooks).start()
    signal.signal(signal.SIGTERM, stop)
    server.run()


def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End as after Ctrl-C, so that files which wait are deleted."""
    raise SystemExit(0)


def listen(app: Flask, host: str, port: int, proxy: str = "") -> Any:
    """Return a server that holds its port and takes no request yet.

    Raises
    ------
    AccessError
        If the port is taken or the host is none of this machine's.
    """
    from waitress.server import create_server  # type: ignore[import-untyped]

    try:
        return create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,
            ident="zveno",
            clear_untrusted_proxy_headers=True,
            max_request_body_size=2 * LARGEST_BYTES,
            **({"trusted_proxy": proxy, "trusted_proxy_count": 1, "trusted_proxy_headers": FORWARDED} if proxy else {}),
        )
    except (OSError, ValueError) as error:
        other = port + 1 if port < LAST_PORT else port - 1
        raise AccessError(
            T("cannot listen on {address}: {reason}", address=address(host, port), reason=reason(error)),
            T("choose another address: zveno serve --host 127.0.0.1 --port {port}", port=other),
        ) from error


def reason(error: OSError | ValueError) -> Text | str:
    """Return why an address cannot be listened on.

    >>> str(reason(OSError(errno.EADDRINUSE, "Address already in use")))
    'another program listens there already'
    """
    known = _REASONS.get(error.errno or 0) if isinstance(error, OSError) else None
    text = str(getattr(error, "strerror", None) or error) or type(error).__name__
    return known or text.splitlines()[0]


def address(host: str, port: int) -> str:
    """Return the address to type into a browser.

    >>> address("::1", 8000), address("0.0.0.0", 80)
    ('http://[::1]:8000', 'http://0.0.0.0:80')
    """
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
