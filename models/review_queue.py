"""The queue of rows whose firm has a name and no INN: they come in, people answer, answers are taken back.

Every answer holds for all rows of the same name and place (:class:`models.review.Key`). What a confirmed row brings is
an observation, or a sale, of the import and line it came from, so undoing that import needs nothing of what is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from models import codec, tables
from models.errors import DataError, UsageError
from models.events import Tally
from models.identifiers import is_sole_trader
from models.reader import IN_LIMIT, batches
from models.records import CompanyFacts
from models.review import INN, Key, ReviewItem, Said, State, Unidentified, item_row, sales, would_sell_to_itself
from models.text import T

if TYPE_CHECKING:
    from models.unit import Unit

_ITEM = tables.review_item.c


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer did: the rows it holds for, and what became of companies and sales."""

    items: tuple[int, ...]
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it, and in which import of a sheet, if in one."""

    by: str = ""
    run_id: int | None = None


class ReviewQueue:
    """Changes to the queue within one transaction.

    Parameters
    ----------
    unit
        The change of the store this is a part of.
    """

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def put(self, run_id: int, rows: Sequence[Unidentified]) -> None:
        """Keep rows of an import; those of a name and place that a person knew before are answered at once."""
        memory = self._unit.name_memory({row.key for row in rows})
        found: dict[int, str] = {}
        made = []
        for row in rows:
            known = memory.get(row.key)
            same = known.same if known else None
            if same is not None and row.field != INN and same.inn in _parties(row, found):
                same = None  # a firm sells nothing to itself: a person is to look
            if same is not None and row.field != INN:
                found[row.line] = same.inn
            made.append(item_row(run_id, row, same))
        self._insert(tables.review_item, made)

    def settle(self, run_id: int) -> Tally:
        """Apply what is remembered to the rows of an import just read, and count them and those that wait."""
        items = self._unit.review_items(_ITEM.run_id == run_id)
        if not items:
            return Tally()
        tally = self._retell(run_id, items, {each.inn for each in items if each.inn and not each.is_sale})
        told = self._relink(run_id, items)
        waiting = {each.line for each in items if each.state != "same"}
        remembered = len({each.line for each in items} - waiting)
        return tally + told + Tally(review=len(waiting), remembered=remembered)

    def confirm(self, item_id: int, inn: str, source: Source) -> Answered:
        """Say that a name at a place is the firm with this INN, now and for ever.

        Raises
        ------
        DataError
            If there is no such row, or it has been answered.
        UsageError
            If the INN is a sole trader's, or the row is a sale and this its other party.
        """
        item, rows = self._open_rows(item_id)
        if is_sole_trader(inn):
            raise UsageError(
                T("{inn} is a sole trader: a person's data are not kept", inn=f"{inn[:4]}********"),
                T("leave the row out: zveno review drop {item}", item=item_id),
            )
        runs = self._of_runs({each.run_id for each in rows})
        taken = [each for each in rows if not would_sell_to_itself(each, inn, runs[each.run_id])]
        if item not in taken:
            raise UsageError(T("supplier and buyer are the same firm"), T("give two different INNs"))
        self._say(item.key, [inn], "same", source)
        self._mark(taken, "same", source, inn)
        return self._apply(taken, {inn})

    def reject(self, item_id: int, inns: Iterable[str], source: Source, *, close: bool) -> Answered:
        """Say that a name at a place is none of these firms; ``close`` if no other is to be proposed.

        Raises
        ------
        DataError
            If there is no such row, or it has been answered.
        """
        item, rows = self._open_rows(item_id)
        self._say(item.key, inns, "different", source)
        if close:
            self._mark(rows, "different", source)
        return Answered(tuple(each.id for each in rows))

    def drop(self, item_id: int, source: Source) -> Answered:
        """Leave the rows of a name and place out; the next file asks again.

        Raises
        ------
        DataError
            If there is no such row, or it has been answered.
        """
        _, rows = self._open_rows(item_id)
        self._mark(rows, "dropped", source)
        return Answered(tuple(each.id for each in rows))

    def reopen(self, item_id: int, source: Source) -> Answered:
        """Take back what was last said of a name and place: its rows wait again.

        Of a row found to be a firm that is forgotten, of any other the firms it was said not to be.

        Raises
        ------
        DataError
            If there is no such row, or nothing was said of it.
        """
        self._unit.lock("data_version")
        item = self._unit.review_item(item_id)
        rows = [each for each in self._rows_of(item.key) if (each.state, each.inn) == (item.state, item.inn)]
        known = self._unit.name_memory([item.key]).get(item.key)
        said = {item.inn} if item.state == "same" else known.different if known and item.state != "dropped" else set()
        if item.state == "open" and not said:
            raise DataError(
                T("nothing was said of row {item}", item=item_id), T("list the rows that wait: zveno review")
            )
        self._say(item.key, sorted(filter(None, said)), "open", source)
        self._mark(rows, "open", Source())
        return self._apply(rows, {item.inn} if item.inn else set())

    def take_back_answers(self, run_id: int) -> int:
        """Let all rows wait again that a sheet answered, and return how many.

        What the sheet said of names is void once its import is undone.
        """
        rows = self._unit.review_items(_ITEM.answered_in == run_id)
        self._mark(rows, "open", Source())
        self._apply(rows, {each.inn for each in rows if each.inn})
        return len(rows)

    def _open_rows(self, item_id: int) -> tuple[ReviewItem, list[ReviewItem]]:
        """Return a row that waits, and all that wait under its name and place; writers wait for one another here."""
        self._unit.lock("data_version")
        item = self._unit.review_item(item_id)
        if item.state != "open":
            raise DataError(
                T("row {item} has been answered", item=item_id),
                T("take the answer back first: zveno review reopen {item}", item=item_id),
            )
        return item, [each for each in self._rows_of(item.key) if each.state == "open"]

    def _rows_of(self, key: Key) -> list[ReviewItem]:
        return self._unit.review_items(_ITEM.name_key == key.name, _ITEM.place_key == key.place)

    def _of_runs(self, run_ids: Iterable[int]) -> dict[int, list[ReviewItem]]:
        return {run_id: self._unit.review_items(_ITEM.run_id == run_id) for run_id in sorted(run_ids)}

    def _say(self, key: Key, inns: Iterable[str], verdict: Said, source: Source) -> None:
        said: dict[str, Any] = {
            "name_key": key.name, "place_key": key.place, "verdict": verdict,
            "by": source.by, "at": codec.now(), "answered_in": source.run_id,
        }  # fmt: skip
        self._insert(tables.name_verdict, [{**said, "inn": inn} for inn in inns])

    def _mark(self, items: Sequence[ReviewItem], state: State, source: Source, inn: str | None = None) -> None:
        at = None if state == "open" else codec.now()
        values = {"state": state, "inn": inn, "by": source.by, "at": at, "answered_in": source.run_id}
        for batch in batches(items, IN_LIMIT):
            ids = [each.id for each in batch]
            self._unit.connection.execute(sa.update(tables.review_item).where(_ITEM.id.in_(ids)).values(values))

    def _apply(self, changed: Sequence[ReviewItem], inns: set[str]) -> Answered:
        """Let the imports of answered rows say what follows for these firms."""
        tally = Tally()
        for run_id, items in self._of_runs({each.run_id for each in changed}).items():
            tally += self._retell(run_id, items, inns) + self._relink(run_id, items)
        return Answered(tuple(each.id for each in changed), tally)

    def _insert(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._unit.connection.execute(sa.insert(table), list(rows))

    def _retell(self, run_id: int, items: Sequence[ReviewItem], inns: set[str]) -> Tally:
        stating = [each for each in items if not each.is_sale]
        if not stating or not inns:
            return Tally()
        told: Mapping[str, list[CompanyFacts]] = {inn: [] for inn in sorted(inns)}
        for each in stating:
            if each.state == "same" and each.inn and each.inn in told:
                told[each.inn].append(each.facts())
        return self._unit.retell(run_id, {each.line for each in stating}, told)

    def _relink(self, run_id: int, items: Sequence[ReviewItem]) -> Tally:
        lines = sorted({each.line for each in items if each.is_sale})
        if not lines:
            return Tally()
        self._unit.drop_links(run_id, lines)
        new = self._unit.apply_links(run_id, sales(items))
        added, known = sum(new), len(new) - sum(new)
        return Tally(added=added, unchanged=known, links_added=added, links_unchanged=known)


def _parties(row: Unidentified, found: Mapping[int, str]) -> set[str]:
    """Return the parties of a sale that are known by its row or were found for it."""
    link = row.told
    known = set() if isinstance(link, CompanyFacts) else {link.supplier_inn, link.buyer_inn}
    return known | ({found[row.line]} if row.line in found else set())
