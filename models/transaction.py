"""What every log and list of the store is read and written through: the connection of one transaction."""

from __future__ import annotations

from sqlalchemy import Connection


class WithinTransaction:
    """Some tables of the store within one transaction.

    Parameters
    ----------
    connection
        The connection of a :class:`models.store.Reader`, or of a :class:`models.store.Unit` to change them.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
