"""Databases for tests: an SQLite file, or a schema on a PostgreSQL server that the tests start for themselves.

The server is the machine's own; it listens on a Unix socket in a temporary folder and is gone afterwards.
``ZVENO_TEST_POSTGRES`` names another server to be used. Where no server can be had its tests are skipped, and with
``ZVENO_REQUIRE_POSTGRES`` set they fail.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

#: What a test runs on that does not care; ``ZVENO_TEST_DATABASE=postgresql`` runs all of them there.
CHOSEN = os.environ.get("ZVENO_TEST_DATABASE", "sqlite")
#: What a test of the store itself runs on: both, unless PostgreSQL alone was chosen.
KINDS = ("postgresql",) if CHOSEN == "postgresql" else ("sqlite", "postgresql")
#: What is undone when the tests of this process end; ``atexit`` is not run by a process that shares them with others.
AT_END = ExitStack()
#: A server of tests may lose all at a power cut.
HASTY = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def url_in(folder: Path, name: str = "zveno", kind: str = CHOSEN) -> str:
    """Return the URL of a folder's database of that name, which need not exist: asked again, of the same one.

    On PostgreSQL it is a schema of its own in the one database of the tests, which is made at once and gone at the end.
    """
    path = folder / f"{name}.db"
    if kind == "sqlite":
        return f"sqlite:///{path}"
    schema = f"zveno_{hashlib.blake2b(str(path).encode(), digest_size=8).hexdigest()}"
    _execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
    url = _database().update_query_dict({"options": f"-csearch_path={schema}"})
    return url.render_as_string(hide_password=False)


@contextmanager
def database_of(kind: str, folder: Path) -> Iterator[str]:
    """Give the URL of an empty database of a kind, and take the database away afterwards."""
    url = url_in(folder / "var", kind=kind)
    yield url
    if kind == "postgresql":
        schema = str(sa.make_url(url).query["options"]).partition("=")[2]
        _execute(f'DROP SCHEMA "{schema}" CASCADE')


def _execute(statement: str) -> None:
    """Run a statement in the database of the tests."""
    with _engine().connect() as connection:
        connection.execute(sa.text(statement))


@cache
def _engine() -> sa.Engine:
    return sa.create_engine(_database(), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)


@cache
def _database() -> sa.URL:
    """Create the one database of these tests, to be dropped when they end, and return its URL."""
    name, url = f"zveno_{uuid.uuid4().hex}", sa.make_url(server_url())
    server = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)

    def run(statement: str) -> None:
        with server.connect() as connection:
            connection.execute(sa.text(statement))

    run(f'CREATE DATABASE "{name}"')
    AT_END.callback(run, f'DROP DATABASE "{name}" WITH (FORCE)')
    return url.set(database=name)


def server_url() -> str:
    """Return the URL of a server, or skip the test; where PostgreSQL is required, fail it."""
    url, reasons = find_server()
    if not url:
        required = os.environ.get("ZVENO_REQUIRE_POSTGRES")
        (pytest.fail if required else pytest.skip)(f"no PostgreSQL server could be started: {reasons}")
    return url


@cache
def find_server() -> tuple[str, str]:
    """Return the URL of the first server that starts, and why the others did not."""
    if given := os.environ.get("ZVENO_TEST_POSTGRES"):
        return given, ""
    reasons = []
    for install in installations():
        try:
            return start(install), ""
        except (OSError, subprocess.SubprocessError) as error:
            reasons.append(f"{install}: {error} {getattr(error, 'stderr', None) or ''}")
    return "", "; ".join(reasons) or "none is installed"


def installations() -> list[Path]:
    """Return the folders above ``bin/postgres``: newest first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*"), key=lambda path: path.name.zfill(4), reverse=True)
    if program := shutil.which("postgres"):
        found.append(Path(program).resolve().parent.parent)
    return [path for path in dict.fromkeys(found) if (path / "bin" / "initdb").exists()]


def start(install: Path) -> str:
    """Start a server in a temporary folder, to be stopped when the tests end, and return its URL."""
    home = Path(tempfile.mkdtemp(prefix="zveno-pg-", dir="/tmp"))  # the path of a socket must be short
    AT_END.callback(shutil.rmtree, home, ignore_errors=True)
    owner = unprivileged(home)
    data, programs = home / "data", install / "bin"

    def run(*command: str | Path) -> None:
        with (home / "output").open("w+") as output:  # a pipe would stay open as long as the server
            done = subprocess.run(
                command,
                stdout=output,
                stderr=output,
                cwd=home,
                timeout=120,
                check=False,
                env={**os.environ, "LC_ALL": "C"},
                **owner,
            )
            output.seek(0)
            if done.returncode:
                raise subprocess.SubprocessError(f"{command[0]} failed: {output.read()[-500:]}")

    run(programs / "initdb", "-D", data, "-U", "zveno", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    run(programs / "pg_ctl", "-D", data, "-w", "-l", home / "data" / "log", "-o", f"-k {home} {HASTY}", "start")
    AT_END.callback(run, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    return f"postgresql+psycopg://zveno@/postgres?host={home}"


def unprivileged(home: Path) -> dict[str, object]:
    """Return as whom to run a server, which refuses to be root, and give that user the folder."""
    if os.geteuid() != 0:
        return {}
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    os.chown(home, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
