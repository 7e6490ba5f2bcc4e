"""Lists an account keeps under a name: the address they are asked for with. A list taken away can be brought back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models import codec, tables
from models.errors import NothingSuch, UsageError
from models.text import T
from models.transaction import WithinTransaction

LONGEST_NAME, LONGEST_QUERY = 60, 4000
#: Lists an account may keep.
MOST_VIEWS = 50


@dataclass(frozen=True, slots=True)
class SavedView:
    """A list an account keeps; ``query`` is the part of the address after the question mark."""

    id: int
    login: str
    name: str
    query: str
    at: datetime
    removed_at: datetime | None = None


class SavedViews(WithinTransaction):
    """The lists of one account within one transaction.

    Parameters
    ----------
    connection
        The connection of a :class:`models.store.Reader`, or of a :class:`models.store.Unit` to change them.
    login
        Whose lists.
    """

    def __init__(self, connection: Connection, login: str) -> None:
        super().__init__(connection)
        self._login = login

    def all(self) -> list[SavedView]:
        """Return the lists that were not taken away, by name."""
        return self._views(tables.saved_view.c.removed_at.is_(None))

    def view(self, number: int) -> SavedView:
        """Return one list, taken away or not.

        Raises
        ------
        NothingSuch
            If the account has none of this number.
        """
        found = self._views(tables.saved_view.c.id == number)
        if not found:
            raise NothingSuch(T("there is no such list among yours"), T("reload the page"))
        return found[0]

    def _views(self, condition: sa.ColumnElement[bool]) -> list[SavedView]:
        c = tables.saved_view.c
        query = sa.select(tables.saved_view).where(c.login == self._login, condition).order_by(c.name, c.id)
        return [SavedView(**row) for row in self._connection.execute(query).mappings()]

    def keep(self, name: str, query: str) -> SavedView:
        """Keep a list under a name; one of the same name is replaced, and can be brought back.

        Raises
        ------
        UsageError
            If it has no name, or is one too many.
        """
        called = " ".join(name.split())
        if not called:
            raise UsageError(T("a list needs a name"), T("write how you call it"))
        if len(called) > LONGEST_NAME or len(query) > LONGEST_QUERY:
            raise UsageError(T("the text is too long"), T("write at most {count} characters", count=LONGEST_NAME))
        kept = self.all()
        for same in kept:
            if same.name == called:
                self.set_removed(same.id, True)
        if len(kept) >= MOST_VIEWS:
            raise UsageError(
                T("{count} lists are kept already", count=len(kept)), T("take one away that you no longer need")
            )
        values = {"login": self._login, "name": called, "query": query, "at": codec.now(), "removed_at": None}
        made = self._connection.execute(sa.insert(tables.saved_view).values(values)).inserted_primary_key
        assert made is not None, "the database numbers lists"
        return self.view(made[0])

    def set_removed(self, number: int, removed: bool) -> SavedView:
        """Take a list away, or bring it back."""
        before = self.view(number)
        at = codec.now() if removed else None
        self._connection.execute(
            sa.update(tables.saved_view).where(tables.saved_view.c.id == before.id).values(removed_at=at)
        )
        return self.view(number)
