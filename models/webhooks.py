"""Who is told of what happens: addresses with the events they want, and the log of what was sent to each.

The secret that signs deliveries is kept as it is, since each of them needs it; it is shown once, when it is made.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from models import codec, tables
from models.errors import NothingSuch, UsageError
from models.identifiers import Inn
from models.text import T
from models.transaction import WithinTransaction

Event = Literal[
    "decision.made", "project.decided", "introduction.changed", "import.finished", "candidates.new", "webhook.tried"
]
#: Events that can be asked for; ``webhook.tried`` is sent when the owner tries a webhook out.
EVENTS: tuple[Event, ...] = tuple(each for each in get_args(Event) if each != "webhook.tried")
State = Literal["waiting", "delivered", "failed"]
Side = Literal["suppliers", "buyers"]
SIDES: tuple[Side, ...] = get_args(Side)
#: Webhooks one account may have, and how long their deliveries are kept.
MOST, KEPT = 20, timedelta(days=30)
LONGEST_ERROR = 300


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is told of events.

    Parameters
    ----------
    id
        Its number.
    account_id
        Whose it is: it is told what this account may know.
    url
        Where deliveries go.
    events
        What it is told of.
    secret
        What signs deliveries.
    inn, side
        The company whose new suppliers or buyers it is told of; of ``candidates.new`` alone.
    seen
        How far it has been told.
    made_at
        When it was made.
    """

    id: int
    account_id: int
    url: str
    events: tuple[Event, ...]
    secret: str = field(repr=False)
    inn: Inn | None
    side: Side | Literal[""]
    seen: Mapping[str, Any]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that a webhook is told.

    Parameters
    ----------
    id, webhook_id
        Its number, and the webhook's.
    event, payload
        What is told, and the document.
    state, attempts, next_at
        Whether it arrived, how often it was sent, when it is sent again.
    made_at, done_at
        When it was made, and when it arrived or was given up.
    status, error
        What the last attempt came to: an HTTP status, or what went wrong.
    """

    id: int
    webhook_id: int
    event: Event
    payload: str
    state: State
    attempts: int
    next_at: datetime
    made_at: datetime
    done_at: datetime | None
    status: int | None
    error: str


class Webhooks(WithinTransaction):
    """Webhooks within one transaction."""

    def all(self, account_id: int | None = None) -> list[Webhook]:
        """Return the webhooks of an account or of all, oldest first."""
        c = tables.webhook.c
        mine = sa.true() if account_id is None else c.account_id == account_id
        rows = self._connection.execute(sa.select(tables.webhook).where(mine).order_by(c.id)).mappings()
        return [webhook_of(row) for row in rows]

    def get(self, account_id: int, webhook_id: int) -> Webhook:
        """Return a webhook of an account.

        Raises
        ------
        NothingSuch
            If it has none of that number.
        """
        found = next((each for each in self.all(account_id) if each.id == webhook_id), None)
        if found is None:
            raise NothingSuch(T("there is no webhook {id}", id=webhook_id), T("list your webhooks"))
        return found

    def add(
        self,
        account_id: int,
        url: str,
        events: Collection[Event],
        seen: Mapping[str, Any],
        inn: Inn | None = None,
        side: Side | Literal[""] = "",
    ) -> Webhook:
        """Make a webhook, with a new secret.

        Raises
        ------
        UsageError
            If the account has as many as it may.
        """
        if len(self.all(account_id)) >= MOST:
            raise UsageError(T("an account has at most {count} webhooks", count=MOST), T("remove one of them first"))
        named = " ".join(each for each in EVENTS if each in events)
        values = {
            "account_id": account_id, "url": url, "events": named, "secret": new_secret(), "inn": inn, "side": side,
            "seen": codec.compact_json(dict(seen)), "made_at": codec.now(),
        }  # fmt: skip
        self._connection.execute(sa.insert(tables.webhook).values(values))
        return self.all(account_id)[-1]

    def remove(self, webhook: Webhook) -> None:
        """Forget a webhook and what it was told."""
        deliveries = tables.webhook_delivery
        self._connection.execute(sa.delete(deliveries).where(deliveries.c.webhook_id == webhook.id))
        self._connection.execute(sa.delete(tables.webhook).where(tables.webhook.c.id == webhook.id))

    def saw(self, webhook: Webhook, seen: Mapping[str, Any]) -> None:
        """Remember how far a webhook has been told."""
        values = {"seen": codec.compact_json(dict(seen))}
        self._connection.execute(sa.update(tables.webhook).where(tables.webhook.c.id == webhook.id).values(values))

    def tell(self, webhook: Webhook, event: Event, data: Mapping[str, Any]) -> int:
        """Queue a delivery and return its number."""
        now = codec.now()
        payload = codec.compact_json({"type": event, "timestamp": now.isoformat(), "data": dict(data)})
        values = {
            "webhook_id": webhook.id, "event": event, "payload": payload, "state": "waiting", "attempts": 0,
            "next_at": now, "made_at": now, "error": "",
        }  # fmt: skip
        key = self._connection.execute(sa.insert(tables.webhook_delivery).values(values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def deliveries(self, webhook: Webhook, before: int | None, top: int) -> list[Delivery]:
        """Return deliveries of a webhook, the latest first, those made before one of them."""
        c = tables.webhook_delivery.c
        older = sa.true() if before is None else c.id < before
        query = sa.select(tables.webhook_delivery).where(c.webhook_id == webhook.id, older).order_by(c.id.desc())
        return [Delivery(**row) for row in self._connection.execute(query.limit(top)).mappings()]

    def count(self, webhook: Webhook) -> int:
        """Return how many deliveries of a webhook the log holds."""
        c = tables.webhook_delivery.c
        query = sa.select(sa.func.count()).select_from(tables.webhook_delivery).where(c.webhook_id == webhook.id)
        return int(self._connection.execute(query).scalar_one())

    def due(self, now: datetime, most: int) -> list[tuple[Delivery, Webhook]]:
        """Return deliveries that are to be sent now, oldest first, with their webhooks; of closed accounts none."""
        c = tables.webhook_delivery.c
        owned = tables.webhook_delivery.join(tables.webhook).join(tables.account)
        due = c.state == "waiting", c.next_at <= now, tables.account.c.disabled_at.is_(None)
        query = sa.select(tables.webhook_delivery).select_from(owned).where(*due).order_by(c.id)
        waiting = [Delivery(**row) for row in self._connection.execute(query.limit(most)).mappings()]
        webhooks = {each.id: each for each in self.all()} if waiting else {}
        return [(each, webhooks[each.webhook_id]) for each in waiting]

    def claim(self, delivery: Delivery, until: datetime) -> bool:
        """Return whether a delivery may be sent by who asks; nobody else may until then."""
        c = tables.webhook_delivery.c
        mine = sa.and_(c.id == delivery.id, c.state == "waiting", c.next_at == delivery.next_at)
        done = self._connection.execute(sa.update(tables.webhook_delivery).where(mine).values(next_at=until))
        return done.rowcount == 1

    def settle(
        self, delivery: Delivery, state: State, status: int | None, error: str, next_at: datetime | None = None
    ) -> None:
        """Note what an attempt came to, and when the next one is to be made."""
        now = codec.now()
        values = {
            "state": state, "status": status, "error": error[:LONGEST_ERROR], "attempts": delivery.attempts + 1,
            "next_at": next_at or now, "done_at": None if state == "waiting" else now,
        }  # fmt: skip
        c = tables.webhook_delivery.c
        self._connection.execute(sa.update(tables.webhook_delivery).where(c.id == delivery.id).values(values))

    def again(self, webhook: Webhook, delivery_id: int) -> None:
        """Let a delivery be sent once more, from the first attempt on.

        Raises
        ------
        NothingSuch
            If the webhook has none of that number.
        """
        c = tables.webhook_delivery.c
        values = {"state": "waiting", "attempts": 0, "next_at": codec.now(), "done_at": None}
        mine = sa.and_(c.id == delivery_id, c.webhook_id == webhook.id)
        if not self._connection.execute(sa.update(tables.webhook_delivery).where(mine).values(values)).rowcount:
            raise NothingSuch(T("there is no delivery {id}", id=delivery_id), T("list the deliveries of the webhook"))

    def prune(self, now: datetime) -> None:
        """Forget deliveries that were done long ago."""
        c = tables.webhook_delivery.c
        self._connection.execute(sa.delete(tables.webhook_delivery).where(c.done_at < now - KEPT))


def webhook_of(row: RowMapping) -> Webhook:
    """Return the webhook of a row."""
    return Webhook(**{**row, "events": tuple(row["events"].split()), "seen": orjson.loads(row["seen"])})


def new_secret() -> str:
    """Return a new secret, as the Standard Webhooks write it."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"
