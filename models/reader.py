"""What can be asked of the store: one connection, one consistent state for as long as it is held."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models import codec, tables
from models.codec import CompanyDecoder, StoredObservation
from models.errors import NothingSuch, UnknownCompany
from models.events import Decision, Observation, Run, RunHeader
from models.learned import LearnedWeights, learned_of, versions_query
from models.records import FIGURE_NAMES, Company, Figure, Link, Quarantined
from models.review import Key, Memory, NameVerdict, ReviewItem, item_of, remember
from models.text import Lang, T

#: Rows fetched at once while streaming.
PAGE = 2000
#: Most values in one ``IN (…)``; SQLite takes 32,766 parameters a statement.
IN_LIMIT = 5000
LIVE_RUNS = sa.select(tables.import_run.c.id).where(tables.import_run.c.undone_at.is_(None))
_LINK_COLUMNS = ("supplier_inn", "buyer_inn", "line", "okpd2", "amount_rub", "date", "source", "text")

_Item = TypeVar("_Item")


def batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """Yield ``items`` in lists of ``size``, the last one shorter.

    >>> list(batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


class RunOrigin(NamedTuple):
    """Whose word an import is and as of when (ISO): the date of the source's data, or else the day of the import."""

    source: str
    date: str


class Reader:
    """Questions to the store over one connection.

    Parameters
    ----------
    connection
        An open connection; whoever opened it closes it.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def companies(self) -> Iterator[Company]:
        """Yield all companies in INN order, a page in memory at a time."""
        return self._companies(_company_query().order_by(tables.company.c.inn))

    def companies_by_inn(self, inns: Iterable[str]) -> dict[str, Company]:
        """Return the companies of ``inns`` that the register holds, by INN, in the order asked."""
        asked = list(dict.fromkeys(inns))
        found: dict[str, Company] = {}
        for batch in batches(asked, IN_LIMIT):
            query = _company_query().where(tables.company.c.inn.in_(batch))
            found |= {company.inn: company for company in self._companies(query)}
        return {inn: found[inn] for inn in asked if inn in found}

    def stating(self, field: str) -> list[str]:
        """Return the INNs of the companies that state a text field, in order."""
        column = tables.company.c[field]
        rows = self.connection.execute(
            sa.select(tables.company.c.inn).where(column != "").order_by(tables.company.c.inn)
        )
        return [str(inn) for (inn,) in rows]

    def company(self, inn: str) -> Company:
        """Return one company.

        Raises
        ------
        UnknownCompany
            If the register does not hold it.
        """
        found = self.companies_by_inn([inn])
        if inn not in found:
            raise UnknownCompany(
                T("the register holds no company with INN {inn}", inn=inn),
                T("import a file that has it, or search by name: zveno companies --query NAME"),
            )
        return found[inn]

    def _companies(self, query: sa.Select[Any]) -> Iterator[Company]:
        decode = CompanyDecoder(self._sources()).decode
        yield from map(decode, self._stream(query))

    def _sources(self) -> dict[int, str]:
        query = sa.select(tables.import_run.c.id, tables.import_run.c.source)
        return dict(tuple(row) for row in self.connection.execute(query))

    def origins(self) -> dict[int, RunOrigin]:
        """Return the source and the date of every import."""
        c = tables.import_run.c
        rows = self.connection.execute(sa.select(c.id, c.source, c.as_of, c.started_at))
        return {run: RunOrigin(source, as_of or started.date().isoformat()) for run, source, as_of, started in rows}

    def _stream(self, query: sa.Select[Any]) -> Iterator[Sequence[Any]]:
        # options of the statement: given to the connection they would stay with it, and PostgreSQL deletes by no cursor
        options = {"stream_results": True, "yield_per": PAGE}
        with self.connection.execute(query, execution_options=options) as rows:
            yield from rows

    def names(self) -> Iterator[tuple[str, str, str | None]]:
        """Yield (INN, name, town) of every company, in INN order."""
        c = tables.company.c
        rows = self._stream(sa.select(c.inn, c.name, c.city).order_by(c.inn))
        yield from ((inn, name, city) for inn, name, city in rows)

    def figures(self, inn: str) -> tuple[Figure, ...]:
        """Return the figures of a company, all years, by name and year; also of a company not yet known."""
        c = tables.company_figure.c
        query = sa.select(c.name, c.year, c.value).where(c.inn == inn).order_by(c.name, c.year)
        return tuple(Figure(*row) for row in self.connection.execute(query))

    def figures_by_inn(self, inns: Iterable[str]) -> dict[str, list[Figure]]:
        """Return the figures of companies, all years, by INN; those without any are absent."""
        c = tables.company_figure.c
        found: dict[str, list[Figure]] = {}
        for batch in batches(inns, IN_LIMIT):
            query = sa.select(c.inn, c.name, c.year, c.value).where(c.inn.in_(batch)).order_by(c.inn, c.name, c.year)
            for inn, *figure in self.connection.execute(query):
                found.setdefault(inn, []).append(Figure(*figure))
        return found

    def figure_years(self) -> list[tuple[str, int]]:
        """Return which figures of which years there are, in the order of :data:`FIGURE_NAMES` and of years."""
        c = tables.company_figure.c
        rows = self.connection.execute(sa.select(c.name, c.year).distinct())
        return sorted(((name, year) for name, year in rows), key=lambda at: (FIGURE_NAMES.index(at[0]), at[1]))

    def all_figures(self, name: str) -> Iterator[tuple[str, Figure]]:
        """Yield (INN, figure) of every company for one figure name, by INN and year."""
        c = tables.company_figure.c
        query = sa.select(c.inn, c.year, c.value).where(c.name == name).order_by(c.inn, c.year)
        for inn, year, value in self._stream(query):
            yield inn, Figure(name, year, value)

    def figures_of(self, inns: Iterable[str], names: Collection[str]) -> Iterator[tuple[str, Figure]]:
        """Yield (INN, figure) of these companies and figure names, all years, in no order."""
        c = tables.company_figure.c
        for batch in batches(inns, IN_LIMIT):
            query = sa.select(c.inn, c.name, c.year, c.value).where(c.inn.in_(batch), c.name.in_(names))
            for inn, *figure in self._stream(query):
                yield inn, Figure(*figure)

    def founded(self, inns: Iterable[str]) -> dict[str, str]:
        """Return when these companies were founded, a date or a year, by INN; those nobody tells of are absent."""
        c = tables.company.c
        found: dict[str, str] = {}
        for batch in batches(inns, IN_LIMIT):
            query = sa.select(c.inn, c.founded).where(c.inn.in_(batch), c.founded.is_not(None))
            found.update((inn, founded) for inn, founded in self.connection.execute(query))
        return found

    def last_figures(self, name: str, inns: Iterable[str]) -> dict[str, tuple[Figure, int]]:
        """Return the figure of the latest year and the import it comes from, of those of ``inns`` that have one."""
        c = tables.company_figure.c
        found: dict[str, tuple[Figure, int]] = {}
        for batch in batches(inns, IN_LIMIT):
            query = sa.select(c.inn, c.year, c.value, c.run_id).where(c.name == name, c.inn.in_(batch)).order_by(c.year)
            for inn, year, value, run in self.connection.execute(query):
                found[inn] = (Figure(name, year, value), run)
        return found

    def links(self) -> Iterator[Link]:
        """Yield observed links of all runs not undone, by supplier and buyer; the same sale from two files once."""
        return self._links(sa.true())

    def links_of(self, inn: str) -> Iterator[Link]:
        """Yield the links in which a company sells or buys."""
        return self._links(sa.or_(tables.link.c.supplier_inn == inn, tables.link.c.buyer_inn == inn))

    def _links(self, condition: sa.ColumnElement[bool]) -> Iterator[Link]:
        c = tables.link.c
        query = (
            sa.select(c.digest, *(c[name] for name in _LINK_COLUMNS))
            .where(c.run_id.in_(LIVE_RUNS), condition)
            .order_by(c.supplier_inn, c.buyer_inn, c.digest, c.id)
        )
        for _, same in groupby(self._stream(query), key=itemgetter(0, 1, 2)):
            yield Link(*next(same)[1:])

    def runs(self) -> list[Run]:
        """Return all imports, undone ones too, in the order they took place."""
        query = sa.select(tables.import_run).order_by(tables.import_run.c.id)
        return [codec.run_of(dict(row)) for row in self.connection.execute(query).mappings()]

    def run(self, run_id: int) -> Run:
        """Return one import.

        Raises
        ------
        NothingSuch
            If there is none of that number.
        """
        query = sa.select(tables.import_run).where(tables.import_run.c.id == run_id)
        row = self.connection.execute(query).mappings().first()
        if row is None:
            raise NothingSuch(T("there is no import number {run}", run=run_id), T("list the imports: zveno imports"))
        return codec.run_of(dict(row))

    def same_run(self, header: RunHeader) -> Run | None:
        """Return the import, not undone, of the very same bytes with the same format and options."""
        c = tables.import_run.c
        same = (c.sha256 == header.sha256, c.format == header.format, c.undone_at.is_(None))
        options = codec.compact_json(dict(header.options))
        query = sa.select(tables.import_run).where(*same, c.options == options).order_by(c.id).limit(1)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else codec.run_of(dict(row))

    def quarantine(self, run_id: int, lang: Lang) -> Iterator[Quarantined]:
        """Yield what an import refused, in file order, with reasons in ``lang``."""
        c = tables.quarantine.c
        query = sa.select(c.line, c.inn, c.field, c.value, c.error, c.cells).where(c.run_id == run_id)
        for line, inn, name, value, error, cells in self._stream(query.order_by(c.line, c.id)):
            reason = codec.decode_text(json.loads(error)).render(lang)
            yield Quarantined(line, inn, name, value, reason, codec.decode_cells(cells))

    def decisions(self, since: datetime | None = None, of: str | None = None) -> list[Decision]:
        """Return every decision ever made, oldest first: since a moment, or about pairs of one company."""
        columns = tables.decision.c
        query = sa.select(tables.decision).order_by(columns.id)
        if since is not None:
            query = query.where(columns.at >= since)
        if of is not None:
            query = query.where(sa.or_(columns.supplier_inn == of, columns.buyer_inn == of))
        return [Decision(**row) for row in self.connection.execute(query).mappings()]

    def decisions_in_force(self) -> dict[tuple[str, str], Decision]:
        """Return the last decision on each (supplier, buyer) in the order they were made, without reopened pairs."""
        columns = tables.decision.c
        last = sa.select(sa.func.max(columns.id)).group_by(columns.supplier_inn, columns.buyer_inn)
        standing = sa.select(tables.decision).where(columns.id.in_(last), columns.decision != "reopen")
        rows = self.connection.execute(standing.order_by(columns.id)).mappings()
        return {(row["supplier_inn"], row["buyer_inn"]): Decision(**row) for row in rows}

    def learned(self) -> list[LearnedWeights]:
        """Return every version of learned weights, oldest first, undone ones too."""
        return [learned_of(row) for row in self.connection.execute(versions_query()).mappings()]

    def review_items(self, *conditions: sa.ColumnElement[bool]) -> list[ReviewItem]:
        """Return rows without INN of imports not undone, answered ones too, in the order they came."""
        c = tables.review_item.c
        query = sa.select(tables.review_item).where(c.run_id.in_(LIVE_RUNS), *conditions).order_by(c.id)
        return [item_of(row) for row in self.connection.execute(query).mappings()]

    def review_item(self, item_id: int) -> ReviewItem:
        """Return one row without INN.

        Raises
        ------
        NothingSuch
            If there is none of that number, or its import was undone.
        """
        for item in self.review_items(tables.review_item.c.id == item_id):
            return item
        raise NothingSuch(
            T("there is no row number {item} to review", item=item_id), T("list the rows that wait: zveno review")
        )

    def name_memory(self, keys: Iterable[Key] | None = None) -> dict[Key, Memory]:
        """Return what is in force of names and places: who they are, and who not; of all, or of some names."""
        c = tables.name_verdict.c
        live = sa.or_(c.answered_in.is_(None), c.answered_in.in_(LIVE_RUNS))
        query = sa.select(tables.name_verdict).where(live).order_by(c.id)
        if keys is None:
            return remember(verdicts_of(self.connection.execute(query)))
        found: dict[Key, Memory] = {}
        for names in batches({key.name for key in keys}, IN_LIMIT):
            found |= remember(verdicts_of(self.connection.execute(query.where(c.name_key.in_(names)))))
        return found

    def data_version(self) -> int:
        """Return a number that grows with every change of companies, figures or links."""
        return self._version("data_version")

    def decision_version(self) -> int:
        """Return a number that grows with every decision."""
        return self._version("decision_version")

    def _version(self, key: str) -> int:
        query = sa.select(tables.meta.c.value).where(tables.meta.c.key == key)
        return int(self.connection.execute(query).scalar_one())

    def counts(self) -> dict[str, int]:
        """Return how many companies, figures, links, imports and decisions there are."""
        live = sa.select(tables.link.c.digest).where(tables.link.c.run_id.in_(LIVE_RUNS)).distinct().subquery()
        counted = {
            "companies": tables.company,
            "figures": tables.company_figure,
            "links": live,
            "imports": LIVE_RUNS.subquery(),
            "decisions": tables.decision,
        }
        count: Callable[[sa.FromClause], int] = lambda table: self.connection.execute(  # noqa: E731
            sa.select(sa.func.count()).select_from(table)
        ).scalar_one()
        return {name: count(table) for name, table in counted.items()}

    def observations(self, inns: Iterable[str]) -> dict[str, list[Observation]]:
        """Return what runs not undone say of ``inns``, by INN; INNs nobody speaks of are absent."""
        found: dict[str, list[Observation]] = {}
        for batch in batches(inns, IN_LIMIT):
            query = _observation_query().where(tables.observation.c.inn.in_(batch))
            for row in self.connection.execute(query):
                stored = StoredObservation(*row)
                found.setdefault(stored.inn, []).append(codec.observation_of(stored))
        return found


def verdicts_of(rows: sa.CursorResult[Any]) -> Iterator[NameVerdict]:
    """Yield the verdicts of rows of ``name_verdict``."""
    for row in rows.mappings():
        yield NameVerdict(**{name: value for name, value in row.items() if name != "id"})


def _company_query() -> sa.Select[Any]:
    return sa.select(*(tables.company.c[name] for name in CompanyDecoder.columns))


def _observation_query() -> sa.Select[Any]:
    seen, run = tables.observation.c, tables.import_run.c
    return (
        sa.select(
            seen.run_id,
            seen.line,
            seen.inn,
            seen.as_of,
            seen.payload,
            run.kind,
            run.source,
            run.as_of.label("run_as_of"),
            run.started_at,
        )
        .join(tables.import_run, run.id == seen.run_id)
        .where(run.undone_at.is_(None))
    )
