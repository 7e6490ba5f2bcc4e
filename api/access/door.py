"""The way in for whoever started the server on this machine: a link that works once."""

from __future__ import annotations

import ipaddress
import secrets
from threading import Lock

#: Name of the door among the extensions of an application.
DOOR = "zveno_door"


class Door:
    """Holds the key of a link and the mark of sessions begun with it; both end with the process."""

    def __init__(self) -> None:
        self.mark = secrets.token_urlsafe(16)
        self._key: str | None = None
        self._lock = Lock()

    def new_key(self) -> str:
        """Return the key of a new link; an earlier one opens no more."""
        with self._lock:
            self._key = secrets.token_urlsafe(24)
            return self._key

    def opens(self, key: str) -> bool:
        """Return whether a key is the right one, and take it away if so."""
        with self._lock:
            right = self._key is not None and secrets.compare_digest(self._key.encode(), key.encode())
            if right:
                self._key = None
            return right


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine, seen from itself alone.

    >>> [is_loopback(host) for host in ("localhost", "127.0.0.1", "::1", "0.0.0.0", "example.org")]
    [True, True, True, False, False]
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
