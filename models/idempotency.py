"""Requests that are done once however often they are sent: by who sends them and a key, with the answer they got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from models import codec, tables
from models.transaction import WithinTransaction

#: How long an answer is kept, and how long a request without one is taken to be still at work.
KEPT, AT_WORK = timedelta(hours=24), timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class KeptRequest:
    """A request that was sent before.

    Parameters
    ----------
    digest
        Digest of the request.
    status
        HTTP status of its answer; ``None`` while it is at work.
    headers, body
        What else the answer was.
    """

    digest: str
    status: int | None
    headers: Mapping[str, str]
    body: str


class IdempotentRequests(WithinTransaction):
    """Requests with a key within one transaction."""

    def begin(self, owner: str, key: str, digest: str) -> KeptRequest | None:
        """Take a key for a request, unless it is taken: then return the request that has it."""
        c, now = tables.idempotent_request.c, codec.now()
        stale = sa.or_(c.made_at < now - KEPT, sa.and_(c.status.is_(None), c.made_at < now - AT_WORK))
        self._connection.execute(sa.delete(tables.idempotent_request).where(stale))
        values = {"owner": owner, "key": key, "digest": digest, "made_at": now, "headers": "{}", "body": ""}
        try:
            with self._connection.begin_nested():
                self._connection.execute(sa.insert(tables.idempotent_request).values(values))
        except IntegrityError:
            query = sa.select(c.digest, c.status, c.headers, c.body).where(c.owner == owner, c.key == key)
            row = self._connection.execute(query).one()
            return KeptRequest(row.digest, row.status, orjson.loads(row.headers), row.body)
        return None

    def end(self, owner: str, key: str, status: int, headers: Mapping[str, str], body: str) -> None:
        """Keep the answer of a request."""
        values: dict[str, Any] = {"status": status, "headers": codec.compact_json(dict(headers)), "body": body}
        self._connection.execute(sa.update(tables.idempotent_request).where(self._is(owner, key)).values(values))

    def forget(self, owner: str, key: str) -> None:
        """Let a request that failed be sent again."""
        self._connection.execute(sa.delete(tables.idempotent_request).where(self._is(owner, key)))

    def _is(self, owner: str, key: str) -> sa.ColumnElement[bool]:
        c = tables.idempotent_request.c
        return sa.and_(c.owner == owner, c.key == key)
