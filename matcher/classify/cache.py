"""What was computed once, kept on disk by key: one SQLite file, shared by processes.

Nothing in it is ever wrong, only missing: a key names everything its value depends on.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import StorageError
from models.text import T

_KEYS_A_QUERY = 500
_SCHEMA = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB NOT NULL)"


@dataclass(frozen=True, slots=True)
class DiskCache:
    """Values by key in the file ``name`` of a folder, which is made when missing; no folder keeps nothing.

    Examples
    --------
    >>> DiskCache(None, "vectors.db").get([b"key"])
    {}
    """

    folder: Path | None
    name: str

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the values of the keys that are there.

        Raises
        ------
        StorageError
            If the file cannot be read.
        """
        if self.folder is None or not keys or not (self.folder / self.name).exists():
            return {}
        with self._database(self.folder) as database:
            return dict(_select(database, keys))

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values; a key that is there keeps its own.

        Raises
        ------
        StorageError
            If the file cannot be written.
        """
        if self.folder is None or not values:
            return
        with self._database(self.folder) as database, _writing(database):
            database.executemany("INSERT OR IGNORE INTO kept VALUES (?, ?)", values.items())

    @contextlib.contextmanager
    def _database(self, folder: Path) -> Iterator[sqlite3.Connection]:
        """Open the file; processes that write at once wait for each other, a minute at most."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / self.name
            with contextlib.closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as database:
                with _writing(database):
                    database.execute(_SCHEMA)
                yield database
        except (sqlite3.Error, OSError) as error:
            raise StorageError(
                T("the cache {name} in {folder} cannot be used: {error}", name=self.name, folder=folder, error=error),
                T("free some disk space, delete {name} there, or set ZVENO_CACHE_DIR to another folder",
                  name=self.name),
            ) from error  # fmt: skip


def key_of(*parts: str) -> bytes:
    """Return a key of 20 bytes for strings; other strings, or the same cut elsewhere, have another key.

    >>> len(key_of("a", "b")), key_of("a", "b") == key_of("ab", "")
    (20, False)
    """
    return hashlib.sha256(repr(parts).encode()).digest()[:20]


@contextlib.contextmanager
def _writing(database: sqlite3.Connection) -> Iterator[None]:
    """Hold the one right to write from the start: a lock asked for later is refused at once instead of waited for."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _select(database: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for start in range(0, len(keys), _KEYS_A_QUERY):
        part = keys[start : start + _KEYS_A_QUERY]
        marks = ",".join("?" * len(part))
        yield from database.execute(f"SELECT key, value FROM kept WHERE key IN ({marks})", part)  # noqa: S608
