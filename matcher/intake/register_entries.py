"""Entries of a register that a file repeats: which row of each counts, and when those in force end.

A register holds hundreds of thousands of entries, so they lie in a temporary database of their own, gone with it, and
what is known of them is read in the order of the file's lines.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from typing import Any, NamedTuple

#: Rows of a number beside the one that counts, and its line: highest rank, then ending last, then written last.
_REPEATED = """
    SELECT line, latest FROM (
        SELECT line, FIRST_VALUE(line) OVER (PARTITION BY number ORDER BY rank DESC, until DESC, line DESC) AS latest
        FROM entry WHERE number != ''
    ) WHERE line != latest ORDER BY line
"""
#: Of each firm and day the first line and number of the entries that end then, and how many; firms by their first line.
_ENDS = """
    SELECT MIN(first) OVER (PARTITION BY inn) AS line, number, many, until FROM (
        SELECT inn, until, MIN(line) AS first, number, COUNT(*) AS many FROM entry
        WHERE number != '' AND ended = 0 AND until >= ? AND line NOT IN (SELECT line FROM repeated)
        GROUP BY inn, until
    ) ORDER BY line, until
"""


class Entry(NamedTuple):
    """One row of an entry; without a number it stands for itself.

    Attributes
    ----------
    line, number
        Its place in the file, and what it has in common with other rows of the entry.
    rank
        The one later in the alphabet counts: a date as ISO, a version filled up with zeros.
    until
        Its last day.
    inn
        The firm it is of.
    ended
        Whether it was ended before its day.
    """

    line: int
    number: str
    rank: str
    until: date = date.min
    inn: str = ""
    ended: bool = False


class Ending(NamedTuple):
    """Entries of one firm that end on one day: the number of the first, and how many there are."""

    number: str
    many: int
    until: date


class Entries:
    """The rows of a register, each asked about once, in the order of lines.

    Parameters
    ----------
    connection
        A database that holds them.
    today
        Entries that end before are not in force.
    """

    def __init__(self, connection: sqlite3.Connection, today: date) -> None:
        self._repeated = Lines(connection.execute("SELECT line, latest FROM repeated ORDER BY line"))
        self._ends = Lines(connection.execute(_ENDS, (today.isoformat(),)))

    def latest(self, line: int) -> int:
        """Return the line of the row that counts of this row's number: its own, if no other replaces it."""
        return next((latest for _, latest in self._repeated.of(line)), line)

    def endings(self, line: int) -> list[Ending]:
        """Return when the entries in force of the firm whose first such row this is end, the earliest day first."""
        return [Ending(number, many, date.fromisoformat(until)) for _, number, many, until in self._ends.of(line)]


class Lines:
    """Rows of a query sorted by line, taken line by line."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, line: int) -> list[Any]:
        """Return the rows of a line; lines are asked for in ascending order."""
        found = []
        while self._next is not None and self._next[0] <= line:
            if self._next[0] == line:
                found.append(self._next)
            self._next = next(self._rows, None)
        return found


@contextmanager
def gathered(rows: Iterable[Entry], today: date) -> Iterator[Entries]:
    """Put rows into a temporary database, and drop it afterwards.

    Examples
    --------
    >>> rows = [Entry(2, "1", "2025"), Entry(3, "1", "2026", date(2027, 1, 1), "7736050003")]
    >>> with gathered(rows, date(2026, 1, 1)) as entries:
    ...     entries.latest(2), entries.latest(3), entries.endings(3)[0].until
    (3, 3, datetime.date(2027, 1, 1))
    """
    with closing(sqlite3.connect("")) as connection:  # the empty name is a file without a name
        connection.execute("CREATE TABLE entry (line INTEGER PRIMARY KEY, number, rank, until, inn, ended)")
        told = ((e.line, e.number, e.rank, e.until.isoformat(), e.inn, int(e.ended)) for e in rows)
        connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", told)
        connection.execute("CREATE TABLE repeated (line INTEGER PRIMARY KEY, latest)")
        connection.execute(f"INSERT INTO repeated {_REPEATED}")
        yield Entries(connection, today)
