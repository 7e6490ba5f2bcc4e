"""The program serving many at once."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from urllib.parse import urlsplit
from urllib.request import urlopen

from tests.e2e.browsing import serving


def test_connections_that_browsers_keep_open_keep_nobody_out(small_settings):
    with serving(small_settings) as site, ExitStack() as kept:
        where = urlsplit(site.address)
        for _ in range(300):
            kept.enter_context(socket.create_connection((where.hostname, where.port)))
        assert urlopen(f"{site.address}/health", timeout=20).status == 200
