"""How an import gets on: rows read, share of the file, rows a second, seconds left."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import IO


class Meter:
    """Knows how far a file has been read by where its reader stands in it, as it lies on disk.

    It is asked now and then and costs the reading nothing. Another process starts with a meter of its own.
    """

    __slots__ = ("_file", "_size", "_told")

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._size = 0
        self._told: float | None = None

    def __reduce__(self) -> tuple[type[Meter], tuple[()]]:
        return Meter, ()

    def watch(self, file: IO[bytes]) -> None:
        """Follow a file just opened, packed as it may be."""
        self._file = file
        self._size = os.fstat(file.fileno()).st_size

    def tell(self, share: float | None) -> None:
        """Take what the meter of the process that reads the file says."""
        self._file, self._told = None, share

    @property
    def share(self) -> float | None:
        """Share of the file's bytes that were read, 1 once it is closed; ``None`` while nobody knows."""
        if self._file is None:
            return self._told
        return 1.0 if self._file.closed else min(self._file.tell() / max(self._size, 1), 1.0)


@dataclass(frozen=True, slots=True)
class Step:
    """How far the import of a file, or of a part of an archive, has come."""

    file: str
    rows: int
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast an import is, and how long it will take yet if it goes on so."""

    rows_per_s: float
    seconds_left: float | None


def pace(since: Step, now: Step, seconds: float) -> Pace | None:
    """Return the pace of an import that has come from one step to another in a number of seconds, ``None`` for none.

    What passes before the first step, opening the file and looking at it, is no part of the pace.

    Examples
    --------
    >>> pace(Step("a.csv", 1000, 0.25), Step("a.csv", 2000, 0.5), 2.0)
    Pace(rows_per_s=500.0, seconds_left=4.0)
    >>> pace(Step("a.csv", 1000), Step("a.csv", 2000), 2.0)
    Pace(rows_per_s=500.0, seconds_left=None)
    """
    if seconds <= 0:
        return None
    left = None
    if since.share is not None and now.share is not None and now.share > since.share:
        left = seconds * (1 - now.share) / (now.share - since.share)
    return Pace((now.rows - since.rows) / seconds, left)
