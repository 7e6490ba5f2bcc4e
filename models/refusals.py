"""Which values that imports refused a person has answered for: the rest is open work, wherever it is counted or shown.

An entry that knows its firm is answered once a later sheet of corrections speaks of that field of that firm; an entry
of a row without INN once such a sheet gives the row back, or the review says whose it is. What is refused anew stands
in the quarantine of the sheet; with an import undone its answers go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import sqlalchemy as sa

from models import tables
from models.codec import facts_of
from models.events import Run
from models.reader import IN_LIMIT, LIVE_RUNS, Reader, batches
from models.records import Quarantined

#: Format of the sheets, and the option of an import under which they name the rows they give back.
CORRECTIONS, GIVEN_BACK = "corrections", "gives_back"
_C = tables.quarantine.c


class Entry(NamedTuple):
    """What tells an entry of an import's quarantine."""

    line: int
    inn: str | None
    field: str


def entry_of(refused: Quarantined) -> Entry:
    """Return what tells an entry as it is shown."""
    return Entry(refused.line, refused.inn, refused.field)


@dataclass(frozen=True, slots=True)
class Answers:
    """Entries answered, import by import.

    Parameters
    ----------
    by
        The import that answers an entry, ``None`` where the review does.
    count
        How many rows of the quarantine they are.
    """

    by: dict[Entry, int | None] = field(default_factory=dict)
    count: int = 0


def open_refusals(reader: Reader, runs: Sequence[Run]) -> dict[int, int]:
    """Return how many refused values of each of all imports still wait, without undone ones and those with none."""
    answers = answered(reader, runs)
    left = {run.id: run.tally.quarantined - answers[run.id].count for run in runs if run.undone_at is None}
    return {run: count for run, count in left.items() if count}


def answered(reader: Reader, runs: Sequence[Run]) -> Mapping[int, Answers]:
    """Return the entries answered, by the import that refused them; ``runs`` are all imports."""
    corrections = [run for run in runs if run.header.format == CORRECTIONS and run.undone_at is None]
    rows: dict[int, tuple[int, Entry, int | None]] = {}
    for answers in (_reviewed(reader), _given_back(reader, corrections), _corrected(reader, corrections)):
        rows |= {row: (run, entry, by) for row, run, entry, by in answers}
    told: defaultdict[int, Answers] = defaultdict(Answers)
    for run, of_run in groupby(sorted(rows.values(), key=itemgetter(0)), key=itemgetter(0)):
        found = list(of_run)
        told[run] = Answers({entry: by for _, entry, by in found}, len(found))
    return told


Found = Iterator[tuple[int, int, Entry, int | None]]


def _corrected(reader: Reader, corrections: Sequence[Run]) -> Found:
    last = _last_said(reader, [run.id for run in corrections]) if corrections else {}
    for inns in batches({inn for inn, _ in last}, IN_LIMIT):
        for row, run, entry in _entries(reader, _C.inn.in_(inns)):
            if (by := last.get((entry.inn or "", entry.field), 0)) > run:
                yield row, run, entry, by


def _last_said(reader: Reader, corrections: list[int]) -> dict[tuple[str, str], int]:
    """Return the last sheet that says a field of a firm, rightly or wrongly."""
    last: dict[tuple[str, str], int] = {}
    seen = tables.observation.c
    said = sa.select(seen.run_id, seen.inn, seen.line, seen.payload).where(seen.run_id.in_(corrections))
    for run, inn, line, payload in reader.connection.execute(said.order_by(seen.run_id)):
        facts = facts_of(payload, inn, line)
        last |= {(inn, name): run for name in (*facts.values, *(figure.name for figure in facts.figures))}
    for _, run, entry in _entries(reader, _C.run_id.in_(corrections), _C.inn.is_not(None)):
        key = (entry.inn or "", entry.field)
        last[key] = max(run, last.get(key, 0))
    return last


def _given_back(reader: Reader, corrections: Iterable[Run]) -> Found:
    for sheet in corrections:
        for of, lines in rows_named(str(sheet.header.options.get(GIVEN_BACK, ""))).items():
            for some in batches(lines, IN_LIMIT):
                for row, run, entry in _entries(reader, _C.run_id == of, _C.line.in_(some), _C.inn.is_(None)):
                    yield row, run, entry, sheet.id


def _reviewed(reader: Reader) -> Found:
    item = tables.review_item.c
    closed = {(run, line) for run, line in reader.connection.execute(
        sa.select(item.run_id, item.line).where(item.state != "open"))}  # fmt: skip
    runs = {run for run, _ in closed}
    for row, run, entry in _entries(reader, _C.inn.is_(None), _C.run_id.in_(runs)) if runs else ():
        if (run, entry.line) in closed:
            yield row, run, entry, None


def _entries(reader: Reader, *conditions: sa.ColumnElement[bool]) -> Iterator[tuple[int, int, Entry]]:
    """Yield entries with their numbers and the imports, not undone, that refused them."""
    query = sa.select(_C.id, _C.run_id, _C.line, _C.inn, _C.field).where(_C.run_id.in_(LIVE_RUNS), *conditions)
    for row, run, *entry in reader.connection.execute(query):
        yield row, run, Entry(*entry)


def named(rows: Iterable[tuple[int, int]]) -> str:
    """Return rows, each an import and a line of its file, as an option of an import; see :func:`rows_named`.

    >>> named([(7, 2), (7, 5), (9, 3), (7, 2)])
    '7:2,5 9:3'
    """
    lines: defaultdict[int, set[int]] = defaultdict(set)
    for run, line in rows:
        lines[run].add(line)
    return " ".join(f"{run}:{','.join(map(str, sorted(lines[run])))}" for run in sorted(lines))


def rows_named(text: str) -> dict[int, list[int]]:
    """Return the lines that :func:`named` wrote, by import.

    >>> rows_named("7:2,5 9:3"), rows_named("")
    ({7: [2, 5], 9: [3]}, {})
    """
    parts = (part.partition(":") for part in text.split())
    return {int(run): [int(line) for line in lines.split(",")] for run, _, lines in parts}
