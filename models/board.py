"""The board: what firms offer and ask for, until when it holds, and every step of each entry.

An entry (whose it is, of which kind and side) never changes; each step holds its words from then on, so the last step
is how things stand, and taking a step back writes the one before it anew: nothing is ever lost. An entry past its last
day leaves the board by itself (:meth:`Entry.state`); renewing brings it back. Days are those of whoever asks: nothing
here reads a clock but the moment of a step.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Literal, get_args

import sqlalchemy as sa

from models import codec, tables
from models.board_words import USUAL_DAYS, Words, checked, until_of
from models.errors import DataError, NothingSuch, UsageError
from models.identifiers import Inn
from models.text import T
from models.transaction import WithinTransaction

Kind = Literal["product", "service", "vacancy", "joint_project", "contract_manufacturing"]
Side = Literal["offer", "request"]
State = Literal["open", "expired", "withdrawn"]
Did = Literal["posted", "edited", "renewed", "withdrawn", "undone"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SIDES: tuple[Side, ...] = get_args(Side)
STATES: tuple[State, ...] = get_args(State)

#: Words that are lists of codes.
_LISTS = ("okved", "heard")
#: An entry is soon to end when it has at most this many days left.
SOON_DAYS = 7
#: Entries of one firm that may stand on the board at once.
MOST_OPEN = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an entry: its words, its last day and whether it is withdrawn since; ``inn`` is who took it.

    ``inn`` is ``None`` where a manager did.
    """

    id: int
    did: Did
    words: Words
    until: date
    withdrawn: bool
    inn: Inn | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with every step so far, oldest first; ``project`` is the candidate it was made from, if any."""

    id: int
    inn: Inn
    kind: Kind
    side: Side
    project: str
    steps: tuple[Step, ...]

    @property
    def last(self) -> Step:
        """How things stand."""
        return self.steps[-1]

    @property
    def words(self) -> Words:
        """What it says now."""
        return self.last.words

    @property
    def since(self) -> datetime:
        """When it was first posted."""
        return self.steps[0].at

    def state(self, today: date) -> State:
        """Return whether it stands on the board on a day; its last day counts."""
        if self.last.withdrawn:
            return "withdrawn"
        return "open" if today <= self.last.until else "expired"

    def days_left(self, today: date) -> int:
        """Return how many days remain after a day; negative when it has expired."""
        return (self.last.until - today).days

    def ends_soon(self, today: date) -> bool:
        """Tell whether it stands on the board and leaves it within a week."""
        return self.state(today) == "open" and self.days_left(today) <= SOON_DAYS


class Board(WithinTransaction):
    """Entries within one transaction."""

    def all(self, inn: Inn | None = None) -> list[Entry]:
        """Return entries of one firm or of all, withdrawn and expired ones too, the one changed last first."""
        c = tables.board_entry.c
        found = self._entries(sa.true() if inn is None else c.inn == inn)
        return sorted(found, key=lambda each: (each.last.at, each.last.id), reverse=True)

    def open(self, today: date) -> list[Entry]:
        """Return the entries that stand on the board on a day, the one changed last first."""
        return [each for each in self.all() if each.state(today) == "open"]

    def get(self, number: int) -> Entry:
        """Return an entry.

        Raises
        ------
        NothingSuch
            If there is none of this number.
        """
        found = self._entries(tables.board_entry.c.id == number)
        if not found:
            raise NothingSuch(T("there is no entry {number} on the board", number=number), T("look at the board anew"))
        return found[0]

    def post(
        self, inn: Inn, kind: Kind, side: Side, words: Words, until: date, today: date, *,
        own: Inn | None = None, by: str, project: str = "",
    ) -> Entry:  # fmt: skip
        """Put an entry on the board; one that stands there word for word is not posted twice.

        Parameters
        ----------
        inn
            Whose it is.
        kind, side, words
            What it is.
        until, today
            Its last day, counted from today.
        own
            The firm that posts it, ``None`` for a manager.
        by
            Login of who posts it.
        project
            Key of the joint-project candidate it was made from.

        Raises
        ------
        UsageError
            If the words or the day cannot be taken, or the firm has too many entries.
        """
        checked(words, until, today)
        standing = [each for each in self.all(inn) if each.state(today) == "open"]
        for each in standing:
            if (each.kind, each.side, each.words) == (kind, side, words):
                return each
        if len(standing) >= MOST_OPEN:
            raise UsageError(
                T("this company has {count} entries on the board already", count=MOST_OPEN),
                T("withdraw those that no longer hold"),
            )
        values = {"inn": inn, "kind": kind, "side": side, "project": project}
        key = self._connection.execute(sa.insert(tables.board_entry).values(values)).inserted_primary_key
        assert key is not None
        self._step(int(key[0]), "posted", words, until, False, own, by)
        return self.get(int(key[0]))

    def edit(self, seen: Step, entry: Entry, words: Words, until: date, today: date, own: Inn | None, by: str) -> Entry:
        """Write an entry's words and last day anew, unless somebody changed it since ``seen``."""
        checked(words, until, today)
        self._unchanged(entry.id, seen)
        if (words, until) == (seen.words, seen.until):
            return entry
        return self._step(entry.id, "edited", words, until, seen.withdrawn, own, by)

    def renew(self, entry: Entry, today: date, own: Inn | None, by: str, days: int = USUAL_DAYS) -> Entry:
        """Let an entry hold for so many days from today, also one that has expired or was withdrawn."""
        until = until_of(today, days)
        last = self.get(entry.id).last
        if last.until == until and not last.withdrawn:
            return entry
        return self._step(entry.id, "renewed", last.words, until, False, own, by)

    def withdraw(self, entry: Entry, own: Inn | None, by: str) -> Entry:
        """Take an entry off the board."""
        last = self.get(entry.id).last
        if last.withdrawn:
            return entry
        return self._step(entry.id, "withdrawn", last.words, last.until, True, own, by)

    def undo(self, entry: Entry, step: int, own: Inn | None, by: str) -> Entry:
        """Take the last step back: things stand as before it; before the first there was no entry.

        Parameters
        ----------
        step
            Number of the step that is meant, so that the same wish sent twice is done once.

        Raises
        ------
        DataError
            If it is not the last step.
        """
        now = self.get(entry.id)
        self._unchanged(entry.id, replace(now.last, id=step))
        before = now.steps[-2] if len(now.steps) > 1 else replace(now.last, withdrawn=True)
        return self._step(entry.id, "undone", before.words, before.until, before.withdrawn, own, by)

    def _unchanged(self, number: int, seen: Step) -> None:
        if self.get(number).last.id != seen.id:
            raise DataError(T("this entry was changed meanwhile"), T("reload the page and look again"))

    def _step(
        self, entry: int, did: Did, words: Words, until: date, withdrawn: bool, own: Inn | None, by: str
    ) -> Entry:
        said = {name: ";".join(value) if name in _LISTS else value for name, value in asdict(words).items()}
        values = {
            **said, "entry_id": entry, "did": did, "until": until, "withdrawn": withdrawn, "inn": own, "by": by,
            "at": codec.now(),
        }  # fmt: skip
        self._connection.execute(sa.insert(tables.board_step).values(values))
        return self.get(entry)

    def _entries(self, condition: sa.ColumnElement[bool]) -> list[Entry]:
        entry, step = tables.board_entry, tables.board_step
        steps: dict[int, list[Step]] = {}
        query = sa.select(step).join(entry, entry.c.id == step.c.entry_id).where(condition).order_by(step.c.id)
        for row in self._connection.execute(query).mappings():
            steps.setdefault(row["entry_id"], []).append(_step_of(row))
        rows = self._connection.execute(sa.select(entry).where(condition).order_by(entry.c.id)).mappings()
        return [Entry(**row, steps=tuple(steps[row["id"]])) for row in rows]


def _step_of(row: Any) -> Step:
    said = {f.name: row[f.name] for f in fields(Words)}
    for name in _LISTS:
        said[name] = tuple(said[name].split(";")) if said[name] else ()
    return Step(**{f.name: row[f.name] for f in fields(Step) if f.name != "words"}, words=Words(**said))
