"""Entries of a register that a file repeats: which row of each counts, and when those in force end.

A register holds hundreds of thousands of entries, so they lie in a temporary database of their own, gone with it, and
what is known of them is read in the order of the file's lines.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from typing import NamedTuple

#: Rows of a number but the one that counts, in the order of lines: made last, then ending last, then written last.
_REPEATED = """
    SELECT line FROM (
        SELECT line, ROW_NUMBER() OVER (PARTITION BY number ORDER BY made DESC, until DESC, line DESC) AS place
        FROM entry WHERE number != ''
    ) WHERE place > 1 ORDER BY line
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
    """One row of an entry; without a number it stands for itself."""

    line: int
    number: str
    inn: str
    made: date
    until: date
    ended: bool


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
        self._repeated = Lines(connection.execute("SELECT line, NULL, NULL, NULL FROM repeated ORDER BY line"))
        self._ends = Lines(connection.execute(_ENDS, (today.isoformat(),)))

    def counts(self, line: int) -> bool:
        """Return whether no other row of the same number replaces this one."""
        return not self._repeated.of(line)

    def endings(self, line: int) -> list[Ending]:
        """Return when the entries in force of the firm whose first such row this is end, the earliest day first."""
        return [Ending(number, many, date.fromisoformat(until)) for _, number, many, until in self._ends.of(line)]


class Lines:
    """Rows of a query sorted by line, taken line by line."""

    def __init__(self, rows: Iterator[tuple[int, str, int, str]]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, line: int) -> list[tuple[int, str, int, str]]:
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
    >>> old = Entry(2, "1", "7736050003", date(2023, 1, 1), date(2024, 1, 1), ended=False)
    >>> new = Entry(3, "1", "7736050003", date(2024, 1, 1), date(2027, 1, 1), ended=False)
    >>> with gathered([old, new], date(2026, 1, 1)) as entries:
    ...     entries.counts(2), entries.counts(3), entries.endings(3)[0].until
    (False, True, datetime.date(2027, 1, 1))
    """
    with closing(sqlite3.connect("")) as connection:  # the empty name is a file without a name
        connection.execute("CREATE TABLE entry (line INTEGER PRIMARY KEY, number, inn, made, until, ended)")
        told = ((e.line, e.number, e.inn, e.made.isoformat(), e.until.isoformat(), int(e.ended)) for e in rows)
        connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", told)
        connection.execute("CREATE TABLE repeated (line INTEGER PRIMARY KEY)")
        connection.execute(f"INSERT INTO repeated {_REPEATED}")
        yield Entries(connection, today)
