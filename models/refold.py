"""Which entries of the register are not what its log makes of them: after a change of the policy or the schema."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from models import tables
from models.fold import Fold, fold
from models.reader import IN_LIMIT, Reader


def misfolded(reader: Reader) -> Iterator[tuple[int, dict[str, Fold]]]:
    """Yield, a page of firms at a time, how many there are and those whose entry is not their fold, with the fold.

    The reader may change the entries of a page before it asks for the next one.
    """
    for inns in pages(reader):
        kept, figures, seen = reader.companies_by_inn(inns), stored_figures(reader, inns), reader.observations(inns)
        folds = {inn: fold(inn, seen.get(inn, [])) for inn in inns}
        yield len(inns), {inn: it for inn, it in folds.items() if Fold(kept.get(inn), figures.get(inn, {})) != it}


def pages(reader: Reader) -> Iterator[list[str]]:
    """Yield every INN that the log or the register knows, :data:`IN_LIMIT` at a time, by a question of its own each."""
    last = ""
    while True:
        queries = (
            sa.select(table.c.inn).where(table.c.inn > last).distinct().order_by(table.c.inn).limit(IN_LIMIT).subquery()
            for table in (tables.observation, tables.company, tables.company_figure)
        )
        every = sa.union(*(sa.select(query.c.inn) for query in queries)).order_by("inn").limit(IN_LIMIT)
        inns = [str(inn) for (inn,) in reader.connection.execute(every)]
        if not inns:
            return
        yield inns
        last = inns[-1]


def stored_figures(reader: Reader, inns: list[str]) -> dict[str, dict[tuple[str, int], tuple[float, int]]]:
    """Return the figures in the register by INN, each with its run."""
    c = tables.company_figure.c
    found: dict[str, dict[tuple[str, int], tuple[float, int]]] = {}
    query = sa.select(c.inn, c.name, c.year, c.value, c.run_id).where(c.inn.in_(inns))
    for inn, name, year, value, run in reader.connection.execute(query):
        found.setdefault(inn, {})[name, year] = (value, run)
    return found
