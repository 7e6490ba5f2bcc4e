"""Is the register what its log makes of it? The answer to ``zveno db check``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from models import tables
from models.fold import Fold, fold
from models.reader import IN_LIMIT, Reader, batches
from models.store import Store
from models.text import T, Text

#: Problems listed before the check gives up counting them out.
LISTED = 20


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: where, which schema, how much there is, and what is wrong."""

    address: str
    schema: str
    counts: dict[str, int]
    problems: tuple[Text, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check_store(store: Store) -> CheckReport:
    """Check the file and compare every company with the fold of its log.

    Parameters
    ----------
    store
        An open store; it is only read.
    """
    with store.read() as reader:
        problems = [*file_problems(reader), *fold_problems(reader)]
        return CheckReport(store.address, store.schema, reader.counts(), tuple(problems[:LISTED]))


def file_problems(reader: Reader) -> Iterator[Text]:
    """Yield what SQLite finds damaged in its file; PostgreSQL watches over its own."""
    if reader.connection.dialect.name != "sqlite":
        return
    for (answer,) in reader.connection.exec_driver_sql(f"PRAGMA integrity_check({LISTED})"):
        if answer != "ok":
            yield T("the database file is damaged: {reason}", reason=answer)
    for table, *_ in reader.connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield T("a row of {table} names an import that does not exist", table=table)


def fold_problems(reader: Reader) -> Iterator[Text]:
    """Yield the companies whose register entry or figures are not the fold of their log."""
    for batch in batches(spoken_of(reader), IN_LIMIT):
        kept, figures, seen = reader.companies_by_inn(batch), stored_figures(reader, batch), reader.observations(batch)
        for inn in batch:
            if Fold(kept.get(inn), figures.get(inn, {})) != fold(inn, seen.get(inn, [])):
                yield T("the entry of {inn} is not what its imports say", inn=inn)


def stored_figures(reader: Reader, inns: list[str]) -> dict[str, dict[tuple[str, int], tuple[float, int]]]:
    """Return the figures in the register by INN, each with its run."""
    c = tables.company_figure.c
    found: dict[str, dict[tuple[str, int], tuple[float, int]]] = {}
    query = sa.select(c.inn, c.name, c.year, c.value, c.run_id).where(c.inn.in_(inns))
    for inn, name, year, value, run in reader.connection.execute(query):
        found.setdefault(inn, {})[name, year] = (value, run)
    return found


def spoken_of(reader: Reader) -> Iterator[str]:
    """Yield every INN that the log or the register knows."""
    queries = (sa.select(table.c.inn) for table in (tables.observation, tables.company, tables.company_figure))
    for row in reader.connection.execute(sa.union(*queries).order_by("inn")):
        yield str(row[0])
