"""Alembic migrations of the store. A new one is a module ``versions/vNNNN_what.py``; raise ``models.database.HEAD``.

Here lives how an old schema becomes the new one, for SQLite and PostgreSQL alike; never data of the domain.
Open first: ``versions/v0001_first.py``, ``env.py``, ``models/tables.py``.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.engine import Connection


def configuration() -> Config:
    """Return Alembic's configuration; there is no ``alembic.ini``, so an installed copy migrates as well."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def head() -> str | None:
    """Return the newest revision."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def is_known(revision: str) -> bool:
    """Tell whether this program knows a revision; a newer program's it does not."""
    try:
        return ScriptDirectory.from_config(configuration()).get_revision(revision) is not None
    except CommandError:
        return False


def run(connection: Connection) -> None:
    """Bring the schema to the head inside the caller's transaction."""
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
