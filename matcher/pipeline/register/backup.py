"""Backup and restore of an SQLite register; PostgreSQL has tools of its own."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from matcher.report.frame import Document
from models.errors import StorageError, UnreadableFile
from models.resources import sha256_of
from models.settings import Settings
from models.store import Store
from models.text import T


def backup(settings: Settings, file: str) -> Document:
    """Copy the register as it is at one moment, also while others read and write it."""
    source, target = _database(settings), Path(file)
    if not source.exists():
        raise UnreadableFile(T("{path}: no such file", path=source), T("check the path"))
    try:
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".part")
        os.close(handle)
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(draft)) as copy:
            live.backup(copy)
        os.replace(draft, target)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(
            T("{path}: cannot be written ({why})", path=target, why=error), T("choose a folder you may write to")
        ) from None
    return {"file": str(target), "bytes": target.stat().st_size, "sha256": sha256_of(target)}


def restore(settings: Settings, file: str) -> Document:
    """Put a backup in the place of the register; the register of before is kept beside it as ``.before-restore``."""
    source, target = Path(file), _database(settings)
    if not source.is_file():
        raise UnreadableFile(T("{path}: no such file", path=source), T("check the path"))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(target.name + ".restoring")
    shutil.copyfile(source, draft)
    try:
        with Store.open(f"sqlite:///{draft}") as store:
            counts = store.counts()
    except StorageError:
        draft.unlink(missing_ok=True)
        raise
    if target.exists():
        backup(settings, str(target) + ".before-restore")
    for leftover in ("-wal", "-shm"):
        Path(str(target) + leftover).unlink(missing_ok=True)
        Path(str(draft) + leftover).unlink(missing_ok=True)
    os.replace(draft, target)
    # versions count on from the backup's, so an index of the register of before could pass for one of the next
    shutil.rmtree(target.with_name(target.name + ".index"), ignore_errors=True)
    return {"file": str(target), **counts}


def _database(settings: Settings) -> Path:
    prefix = "sqlite:///"
    if not settings.database_url.startswith(prefix):
        raise StorageError(
            T("backup and restore are for SQLite; this database is {url}", url=settings.database_url.split("@")[-1]),
            T("use pg_dump and pg_restore"),
        )
    return Path(settings.database_url.removeprefix(prefix))
