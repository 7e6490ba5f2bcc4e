"""What was done to accounts, by whom and when: a log that is only added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from models import codec, tables

Change = Literal["made", "role", "password", "disabled", "enabled", "token", "revoked"]


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """One change of an account.

    Parameters
    ----------
    login
        Whose account.
    change
        What was done to it.
    detail
        The role it got, or the name of a token.
    by
        Login of who did it.
    at
        When.
    """

    login: str
    change: Change
    detail: str
    by: str
    at: datetime


def note(connection: Connection, login: str, change: Change, detail: str, by: str) -> None:
    """Add a change of an account to the log."""
    values = {"login": login, "change": change, "detail": detail, "by": by, "at": codec.now()}
    connection.execute(sa.insert(tables.account_event).values(values))


def account_events(connection: Connection) -> list[AccountEvent]:
    """Return every change of an account, oldest first."""
    c = tables.account_event.c
    query = sa.select(c.login, c.change, c.detail, c.by, c.at).order_by(c.id)
    return [AccountEvent(**row) for row in connection.execute(query).mappings()]
