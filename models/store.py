"""The store: one place where the register is kept, asked and changed.

::

    store = Store.open("sqlite:///var/zveno.db")
    for company in store.companies(): ...            # each question sees one consistent state
    with store.read() as reader: ...                 # several questions to the same state
    with store.begin() as unit: unit.undo(7)         # one change, kept whole or not at all
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy.engine import URL, Connection, Engine

from models.database import HEAD, HURRY, WRITE, open_engine, parse_url, shown, storage_errors
from models.events import Decision, Run
from models.learned import LearnedWeights
from models.reader import Reader
from models.records import Company, Figure, Link, Quarantined
from models.text import Lang
from models.unit import Unit

__all__ = ["Reader", "Store", "Unit"]


class Store:
    """The register in a database.

    Parameters
    ----------
    engine
        An engine whose database has the schema of this program; see :meth:`open`.
    target
        Its address.
    """

    def __init__(self, engine: Engine, target: URL) -> None:
        self._engine = engine
        self._target = target
        self._closing = weakref.finalize(self, engine.dispose)

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a database, creating or migrating it where needed.

        Parameters
        ----------
        url
            SQLAlchemy URL: ``sqlite:///path`` or ``postgresql://…``.

        Raises
        ------
        StorageError
            If the database cannot be used; it is then as it was.
        """
        return cls(open_engine(url), parse_url(url))

    @property
    def address(self) -> str:
        """Where the data are, without a password."""
        return shown(self._target)

    @property
    def schema(self) -> str:
        """Revision of the schema."""
        return HEAD

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Ask several questions of the same state, whatever others write meanwhile."""
        level = {} if self._engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        with (
            storage_errors(self._target),
            self._engine.connect().execution_options(**level) as connection,
            connection.begin(),
        ):
            yield Reader(connection)

    @contextmanager
    def begin(self) -> Iterator[Unit]:
        """Change the register in one transaction: an exception, or a killed process, leaves the state before."""
        with storage_errors(self._target), self._writing() as connection, connection.begin():
            unit = Unit(connection)
            yield unit
            unit.close()

    @contextmanager
    def begin_at_once(self) -> Iterator[Unit]:
        """Change the register as :meth:`begin` does, or give up at once where another one writes to the same file.

        Raises
        ------
        StorageError
            If it cannot begin now; nothing was changed.
        """
        connection = self._writing().execution_options(**{HURRY: True})
        with storage_errors(self._target), connection, connection.begin():
            unit = Unit(connection)
            yield unit
            unit.close()

    @contextmanager
    def rehearse(self) -> Iterator[Unit]:
        """Change the register as :meth:`begin` does and take everything back at the end: what would happen, exactly."""
        with storage_errors(self._target), self._writing() as connection:
            transaction = connection.begin()
            try:
                yield Unit(connection)
            finally:
                transaction.rollback()

    def _writing(self) -> Connection:
        return self._engine.connect().execution_options(**{WRITE: True})

    def companies(self) -> Iterator[Company]:
        """Yield all companies in INN order; see :meth:`Reader.companies`."""
        with self.read() as reader:
            yield from reader.companies()

    def company(self, inn: str) -> Company:
        """Return one company; :class:`models.errors.UnknownCompany` if there is none."""
        with self.read() as reader:
            return reader.company(inn)

    def companies_by_inn(self, inns: Iterable[str]) -> dict[str, Company]:
        """Return the companies of ``inns`` that the register holds, by INN."""
        with self.read() as reader:
            return reader.companies_by_inn(inns)

    def names(self) -> Iterator[tuple[str, str, str | None]]:
        """Yield (INN, name, town) of every company, in INN order."""
        with self.read() as reader:
            yield from reader.names()

    def figures(self, inn: str) -> tuple[Figure, ...]:
        """Return the figures of a company, all years, by name and year."""
        with self.read() as reader:
            return reader.figures(inn)

    def all_figures(self, name: str) -> Iterator[tuple[str, Figure]]:
        """Yield (INN, figure) of every company for one figure name, by INN and year."""
        with self.read() as reader:
            yield from reader.all_figures(name)

    def links(self) -> Iterator[Link]:
        """Yield observed links, by supplier and buyer, each sale once."""
        with self.read() as reader:
            yield from reader.links()

    def links_of(self, inn: str) -> list[Link]:
        """Return the links in which a company sells or buys."""
        with self.read() as reader:
            return list(reader.links_of(inn))

    def runs(self) -> list[Run]:
        """Return all imports in the order they took place, undone ones too."""
        with self.read() as reader:
            return reader.runs()

    def quarantine(self, run_id: int, lang: Lang = "ru") -> Iterator[Quarantined]:
        """Yield what an import refused, with reasons in ``lang``."""
        with self.read() as reader:
            yield from reader.quarantine(run_id, lang)

    def decisions(self) -> list[Decision]:
        """Return every decision, oldest first."""
        with self.read() as reader:
            return reader.decisions()

    def decisions_in_force(self) -> dict[tuple[str, str], Decision]:
        """Return the last decision on each (supplier, buyer)."""
        with self.read() as reader:
            return reader.decisions_in_force()

    def learned(self) -> list[LearnedWeights]:
        """Return every version of learned weights, oldest first, undone ones too."""
        with self.read() as reader:
            return reader.learned()

    def data_version(self) -> int:
        """Return a number that grows with every change of companies, figures or links."""
        with self.read() as reader:
            return reader.data_version()

    def decision_version(self) -> int:
        """Return a number that grows with every decision and every change of learned weights."""
        with self.read() as reader:
            return reader.decision_version()

    def counts(self) -> dict[str, int]:
        """Return how many companies, figures, links, imports and decisions there are."""
        with self.read() as reader:
            return reader.counts()

    def close(self) -> None:
        """Close all connections; a store that is merely forgotten does so by itself."""
        self._closing()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
