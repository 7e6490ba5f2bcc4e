"""Opening a database: connection rules, schema version, creation and migration, and what can go wrong with them.

Alembic is imported only when the schema is missing or old; opening a database that is up to date reads one row.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from models.errors import StorageError
from models.text import T, Text

#: Revision of the schema this program works with; a test keeps it equal to Alembic's head.
HEAD = "v0016"
#: How long a writer waits for another one, seconds.
BUSY_TIMEOUT_S = 5
WRITE = "zveno_write"
#: A writer that would rather give up than wait for another one.
HURRY = "zveno_hurry"
_VERSION_TABLE = "alembic_version"
_MIGRATION_LOCK = 0x5A56454E4F  # "ZVENO"
_PASSWORD = re.compile(r":[^:@/]+@")


def open_engine(url: str) -> Engine:
    """Return an engine whose database exists and has the schema of this program.

    Parameters
    ----------
    url
        SQLAlchemy URL: ``sqlite:///path`` or ``postgresql://…``.

    Raises
    ------
    StorageError
        If the database cannot be reached, is no database, is not Zveno's, or is newer than the program. The database
        is then as it was.
    """
    target = parse_url(url)
    prepare_folder(target)
    with storage_errors(target):
        engine = connect_rules(create_engine(target))
        try:
            version = schema_version(engine, target)
            if version != HEAD:
                upgrade(engine, target, version)
        except BaseException:
            engine.dispose()
            raise
    return engine


def parse_url(url: str) -> URL:
    """Return the parsed URL.

    Raises
    ------
    StorageError
        If it is no database URL or its driver is not installed.
    """
    try:
        target = make_url(url)
        target.get_dialect().import_dbapi()
    except (NoSuchModuleError, ImportError) as error:
        raise StorageError(
            T("no driver for the database {url}", url=shown(target)),
            T("install the driver, for PostgreSQL: pip install psycopg[binary]"),
        ) from error
    except ArgumentError as error:
        raise StorageError(
            T("{url} is no database URL", url=_PASSWORD.sub(":***@", url)),
            T("write sqlite:///folder/file.db or postgresql://user@host/name"),
        ) from error
    return target


def create_engine(target: URL) -> Engine:
    """Return an engine; nothing is opened yet."""
    if target.get_backend_name() == "sqlite":
        return sa.create_engine(target, connect_args={"timeout": BUSY_TIMEOUT_S})
    return sa.create_engine(target, pool_pre_ping=True)


def connect_rules(engine: Engine) -> Engine:
    """Give SQLite honest transactions: foreign keys on, and a writer takes the lock before it reads."""
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _sqlite_connect)
        sa.event.listen(engine, "begin", _sqlite_begin)
    return engine


def _sqlite_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin and commit on its own
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")


def _sqlite_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(HURRY, False):
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITE, False) else "BEGIN")
    finally:
        if options.get(HURRY, False):  # the connection will serve patient ones too
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000}")


def prepare_folder(target: URL) -> None:
    """Create the folder of an SQLite file.

    Raises
    ------
    StorageError
        If it cannot be created or the path is a folder.
    """
    if target.get_backend_name() != "sqlite" or not target.database or target.database == ":memory:":
        return
    path = Path(target.database)
    if path.is_dir():
        raise StorageError(
            T("{path} is a folder, not a database file", path=path), T("name a file: --db {path}/zveno.db", path=path)
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            T("the folder {path} cannot be created: {reason}", path=path.parent, reason=error.strerror or ""),
            T("choose another place with --db or ZVENO_DATABASE_URL"),
        ) from error


def schema_version(engine: Engine, target: URL) -> str | None:
    """Return the revision of the schema, ``None`` for an empty database.

    Raises
    ------
    StorageError
        If the database belongs to another program.
    """
    with engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        if _VERSION_TABLE in names:
            return connection.execute(sa.text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()  # noqa: S608
    if names:
        raise StorageError(
            T("the database {url} holds tables of another program", url=shown(target)),
            T("give Zveno a database of its own"),
        )
    return None


def upgrade(engine: Engine, target: URL, version: str | None) -> None:
    """Bring the schema to :data:`HEAD` in one transaction, and a register that was there to what its log now says.

    Raises
    ------
    StorageError
        If the schema is of a newer program.
    """
    from models import migrations
    from models.unit import Unit

    if version is not None and not migrations.is_known(version):
        message = T(
            "the database {url} was written by a newer version of Zveno ({version})", url=shown(target), version=version
        )
        raise StorageError(message, T("update Zveno, or choose another database with --db"))
    if engine.dialect.name == "sqlite":
        keep_write_ahead_log(engine, target)
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        wait_for_others(connection)
        migrations.run(connection)
        if version is not None:
            unit = Unit(connection)
            unit.rebuild()
            unit.close()


def wait_for_others(connection: Connection) -> None:
    """Let one process at a time migrate; SQLite's writers wait for one another anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))


def keep_write_ahead_log(engine: Engine, target: URL) -> None:
    """Let readers of an SQLite file see the state before while a writer writes; the file remembers it."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        raise explain(str(error), target) from error
    finally:
        raw.close()


def shown(target: URL) -> str:
    """Return a URL fit to be shown: without its password."""
    return target.render_as_string(hide_password=True)


@contextmanager
def storage_errors(target: URL) -> Iterator[None]:
    """Turn what a driver raises into a :class:`StorageError` that says what to do."""
    try:
        yield
    except SQLAlchemyError as error:
        raise explain(str(error.orig) if isinstance(error, DBAPIError) else str(error), target) from error


def explain(reason: str, target: URL) -> StorageError:
    """Return the storage error that a driver's message amounts to."""
    first_line = (reason.strip().splitlines() or [""])[0]
    for mark, message, hint in _KNOWN:
        if mark in reason:
            return StorageError(Text(message.msgid, {"url": shown(target)}), hint)
    return StorageError(
        T("the database {url} cannot be used: {reason}", url=shown(target), reason=first_line),
        T("check the address, the access rights and the free space"),
    )


_KNOWN: tuple[tuple[str, Text, Text], ...] = (
    (
        "is locked",
        T("the database {url} is busy: another process is writing to it"),
        T("wait until the other import has finished and try again"),
    ),
    (
        "not a database",
        T("{url} is not a database"),
        T("choose another file with --db; this one was left as it is"),
    ),
    (
        "malformed",
        T("the database {url} is damaged"),
        T("restore a backup: zveno db restore"),
    ),
    (
        "unable to open",
        T("the database {url} cannot be opened"),
        T("check that the folder exists and may be written to, or choose another with --db"),
    ),
    (
        "readonly",
        T("the database {url} may only be read"),
        T("give yourself the right to write, or choose another with --db"),
    ),
    (
        "disk is full",
        T("no space left for the database {url}"),
        T("free some space and try again; nothing was changed"),
    ),
)
