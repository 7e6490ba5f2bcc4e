"""The console script ``zveno``: the commands of ``matcher.cli`` and ``serve``."""

from __future__ import annotations

import sys

import click

from api import accounts_cli
from matcher.cli import board, names, partners, products, projects, quality, queries, register, review
from matcher.cli.main import Session, common, run, zveno

__all__ = [
    "accounts_cli",
    "board",
    "main",
    "names",
    "partners",
    "products",
    "projects",
    "quality",
    "queries",
    "register",
    "review",
]


@zveno.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--proxy", default="", metavar="ADDRESS", help="Address of the proxy in front of it, e.g. 127.0.0.1.")
@click.option("--private-webhooks", is_flag=True, help="Let webhooks go to this machine and its network.")
@common
def serve(session: Session, host: str, port: int, proxy: str, private_webhooks: bool) -> None:
    """Serve the web interface and the API."""
    from api.server import serve as start

    start(session.settings, host, port, session.tell, proxy, private_webhooks=private_webhooks)


def main() -> None:
    """Run the command line."""
    sys.exit(run(zveno))
