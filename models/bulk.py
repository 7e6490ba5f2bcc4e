"""Many rows into a table by the shortest road its database has: ``executemany`` on tuples, ``COPY`` on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError

Row = tuple[Any, ...]


def insert_rows(connection: Connection, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows within the connection's transaction.

    Parameters
    ----------
    connection
        An open connection.
    table
        Where to.
    columns
        Names of the columns, in the order of the values of a row; the others take their defaults.
    rows
        The rows.

    Raises
    ------
    sqlalchemy.exc.DBAPIError
        Whatever the driver reports.
    """
    if not rows:
        return
    dialect = connection.dialect
    names = ", ".join(dialect.identifier_preparer.quote(name) for name in columns)
    into = f"{dialect.identifier_preparer.format_table(table)} ({names})"
    if dialect.name == "postgresql":
        copy_rows(connection, f"COPY {into} FROM STDIN", rows)
    else:
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608 -- names of the schema, quoted
        connection.exec_driver_sql(statement, bound(table, columns, rows, dialect))


def copy_rows(connection: Connection, statement: str, rows: Sequence[Row]) -> None:
    """Send rows to PostgreSQL through the driver's COPY; its errors are raised as SQLAlchemy's."""
    raw: Any = connection.connection.driver_connection
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement, None, error) from error


def bound(table: sa.Table, columns: Sequence[str], rows: Sequence[Row], dialect: Dialect) -> Sequence[Row]:
    """Return rows as SQLite's driver takes them: it knows text and numbers, a date is written as text."""
    dates = {at: process for at, name in enumerate(columns) if (process := date_processor(table.c[name], dialect))}
    if not dates:
        return rows
    return [tuple(dates[at](v) if at in dates else v for at, v in enumerate(row)) for row in rows]


def date_processor(column: sa.Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Return what turns dates of a column into text, ``None`` for a column of anything else."""
    if not isinstance(column.type, sa.Date | sa.DateTime):
        return None
    return column.type.dialect_impl(dialect).bind_processor(dialect)
