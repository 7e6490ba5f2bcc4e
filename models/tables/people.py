"""Who may come in and what they keep: ``account_event`` is the log of accounts, ``remark`` of labels and notes.

``saved_view`` holds lists that accounts keep, ``look`` counts how often a firm was looked at in a day,
``idempotent_request`` keeps answers for a day, ``webhook`` and ``webhook_delivery`` say who is told of what happens.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from models.tables.kit import UtcDateTime, metadata

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(64), nullable=False),
    Column("role", String(20), nullable=False),
    Column("inn", String(12)),
    Column("password", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
    Index("ix_account_login", "login", unique=True),
    sqlite_autoincrement=True,
)

access_token = Table(
    "access_token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("scope", String(100), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_access_token_digest", "digest", unique=True),
)

account_event = Table(
    "account_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(64), nullable=False),
    Column("change", String(20), nullable=False),
    Column("detail", Text, nullable=False),
    Column("by", Text, nullable=False, quote=True),
    Column("at", UtcDateTime, nullable=False),
)

remark = Table(
    "remark",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False, quote=True),
    Column("at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
)

remark_company = Table(
    "remark_company",
    metadata,
    Column("remark_id", ForeignKey("remark.id"), primary_key=True),
    Column("inn", String(12), primary_key=True),
    Index("ix_remark_company_inn", "inn"),
)

saved_view = Table(
    "saved_view",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime),
    Index("ix_saved_view_login", "login"),
)

look = Table(
    "look",
    metadata,
    Column("inn", String(12), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("place", String(10), primary_key=True),
    Column("role", String(16), primary_key=True),
    Column("times", Integer, nullable=False),
    Index("ix_look_day", "day"),
)

idempotent_request = Table(
    "idempotent_request",
    metadata,
    Column("owner", String(64), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("status", Integer),
    Column("headers", Text, nullable=False),
    Column("body", Text, nullable=False),
)

webhook = Table(
    "webhook",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("url", Text, nullable=False),
    Column("events", Text, nullable=False),
    Column("secret", String(100), nullable=False),
    Column("inn", String(12)),
    Column("side", String(10), nullable=False),
    Column("seen", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_webhook_account_id", "account_id"),
    sqlite_autoincrement=True,
)

webhook_delivery = Table(
    "webhook_delivery",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("webhook_id", ForeignKey("webhook.id"), nullable=False),
    Column("event", String(40), nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("status", Integer),
    Column("error", Text, nullable=False),
    Index("ix_webhook_delivery_webhook_id", "webhook_id"),
    Index("ix_webhook_delivery_state_next_at", "state", "next_at"),
    sqlite_autoincrement=True,
)
