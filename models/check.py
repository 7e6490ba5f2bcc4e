"""Is the register what its log makes of it? The answer to ``zveno db check``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.reader import Reader
from models.refold import misfolded
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
    for _, wrong in misfolded(reader):
        for inn in wrong:
            yield T("the entry of {inn} is not what its imports say", inn=inn)
