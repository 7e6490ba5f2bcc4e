"""Links from outside: a table of the user's own contracts, judged as the bundled ones are.

The columns are those of ``data/links``, or of a table of links as it is imported. What a table does not say is empty;
the region of a side is the first two digits of its INN unless stated.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from matcher.trials.contracts import INN_LENGTH
from models.errors import UnreadableFile
from models.resources import open_text
from models.text import T

Row = dict[str, str]

#: Column of ``data/links`` and what a table of links calls it.
COLUMNS: Mapping[str, str] = {
    "supplier_id": "supplier_inn",
    "buyer_id": "buyer_inn",
    "product_code": "okpd2",
    "product_text": "text",
    "date": "date",
    "amount": "amount_rub",
    "tender": "tender",
    "relation": "relation",
    "supplier_region": "supplier_region",
    "buyer_region": "buyer_region",
}
NEEDED = ("supplier_id", "buyer_id", "date")
ENDINGS = (".csv", ".csv.gz")
#: What an offer is called that was not taken.
BID = "bid"


def held_tables(paths: Iterable[Path]) -> dict[str, list[Row]]:
    """Return the rows of tables of links by name without the ending; a folder stands for the tables in it.

    Raises
    ------
    UnreadableFile
        If a path is no such table, or some of its rows alone state no date.
    """
    files = [file for path in paths for file in (_tables_in(path) if path.is_dir() else [path])]
    return {_name(file): read_rows(file) for file in files}


def read_rows(path: Path) -> list[Row]:
    """Return the rows of one table in the columns of ``data/links``; offers that were not taken are left out.

    Raises
    ------
    UnreadableFile
        If it is no CSV in UTF-8, lacks a needed column, a date or an amount of it cannot be read, or some rows alone
        state no date.
    """
    try:
        with open_text(path) as file:
            table = csv.DictReader(file)
            named = _columns(path, [name.removeprefix("\ufeff") for name in table.fieldnames or []])
            table.fieldnames = list(named)
            read = [_row(path, line, raw, named) for line, raw in enumerate(table, start=2)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(
            T("{path}: this is no table of links that can be read", path=path), T("give a CSV file in UTF-8")
        ) from error
    rows = [row for row in read if row["relation"] != BID]
    if not rows:
        raise UnreadableFile(T("{path}: the table has no rows", path=path), T("give a CSV file in UTF-8"))
    undated = [line for line, row in enumerate(read, start=2) if not row["date"]]
    if undated and len(undated) < len(read):
        raise _unreadable(path, undated[0])
    return rows


def _columns(path: Path, header: list[str]) -> dict[str, str]:
    """Return for every column of the file what it is in ``data/links``, its own name if nothing."""
    meaning = {other: name for name, other in COLUMNS.items()}
    named = {column: meaning.get(column, column) for column in header}
    missing = [name for name in NEEDED if name not in named.values()]
    if missing:
        raise UnreadableFile(
            T("{path}: no column {names}", path=path, names=", ".join(missing)),
            T("the columns are: {names}", names=", ".join(COLUMNS)),
        )
    return named


def _row(path: Path, line: int, raw: Mapping[str, str | None], named: Mapping[str, str]) -> Row:
    row = dict.fromkeys(COLUMNS, "") | {named[column]: value or "" for column, value in raw.items() if column in named}
    try:
        date.fromisoformat(row["date"] or "2016-01-31")
        float(row["amount"] or 0)
    except ValueError as error:
        raise _unreadable(path, line) from error
    for side in ("supplier", "buyer"):
        row[f"{side}_region"] = row[f"{side}_region"] or _region(row[f"{side}_id"])
    return row


def _unreadable(path: Path, line: int) -> UnreadableFile:
    return UnreadableFile(
        T("{path}, line {line}: a date or an amount cannot be read", path=path, line=line),
        T("write dates as 2016-01-31 and amounts as 1234.5"),
    )


def _region(inn: str) -> str:
    return inn[:2] if len(inn) == INN_LENGTH and inn.isdigit() else ""


def _tables_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.endswith(ENDINGS))


def _name(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".csv")
