"""The tables of the store, the same in SQLite and PostgreSQL.

``observation``, ``link``, ``quarantine``, ``decision``, ``introduction``, ``project_decision``, ``supply_request``,
``offer_call``, ``offer_step``, ``board_step``, ``learned_weights`` and ``name_verdict`` are logs; ``company`` and
``company_figure`` are computed from ``observation`` and can be computed again at any time; ``review_item`` holds rows
without INN and what became of them. ``account`` and ``access_token`` say who may use the web interface, and
``account_event`` is the log of their changes; ``remark`` is the log of labels and notes, ``saved_view`` holds lists
that accounts keep. ``request_seen`` keeps what a visitor saw last of a request for suppliers, and ``look`` counts how
often a firm was looked at in a day. ``idempotent_request`` keeps answers for a day; ``webhook`` and
``webhook_delivery`` say who is told of what happens. Lists of codes are text separated by ``;``.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

#: Longest normalised name or place that is kept; an index of PostgreSQL takes no longer texts.
NAME_LENGTH = 500


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC; SQLite has no zones and gets its zone back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any zone into UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

import_run = Table(
    "import_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("format", String(40), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("options", Text, nullable=False),
    Column("by", Text, nullable=False, server_default=""),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("read", Integer, nullable=False, default=0),
    Column("added", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    Column("unchanged", Integer, nullable=False, default=0),
    Column("waiting", Integer, nullable=False, default=0),
    Column("refused", Integer, nullable=False, default=0),
    Column("skipped", Integer, nullable=False, default=0),
    Column("quarantined", Integer, nullable=False, default=0),
    Column("links_added", Integer, nullable=False, default=0),
    Column("links_unchanged", Integer, nullable=False, default=0),
    Column("review", Integer, nullable=False, default=0, server_default="0"),
    Column("remembered", Integer, nullable=False, default=0, server_default="0"),
    Column("undone_at", UtcDateTime),
    Index("ix_import_run_sha256", "sha256"),
    sqlite_autoincrement=True,
)

observation = Table(
    "observation",
    metadata,
    Column("run_id", ForeignKey("import_run.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("inn", String(12), primary_key=True),
    Column("as_of", String(10), nullable=False),
    Column("payload", Text, nullable=False),
    Index("ix_observation_inn", "inn"),
)

company = Table(
    "company",
    metadata,
    Column("inn", String(12), primary_key=True),
    Column("name", Text, nullable=False),
    Column("ogrn", String(15)),
    Column("okved_main", String(8)),
    Column("okved1_main", String(8)),
    Column("okved_extra", Text, nullable=False),
    Column("products_okpd2", Text, nullable=False),
    Column("offers", Text, nullable=False),
    Column("needs", Text, nullable=False),
    Column("region_code", String(2)),
    Column("city", Text),
    Column("address", Text),
    Column("lat", Float(53)),
    Column("lon", Float(53)),
    Column("status", Text),
    Column("founded", String(10)),
    Column("website", Text),
    Column("category", String(10)),
    Column("founders", Text, nullable=False, server_default=""),
    Column("licences", Text, nullable=False, server_default=""),
    Column("tax_regimes", Text, nullable=False, server_default=""),
    Column("equipment", Text, nullable=False, server_default=""),
    Column("waste", Text, nullable=False, server_default=""),
    Column("vacancies", Text, nullable=False, server_default=""),
    Column("capacity", Text, nullable=False, server_default=""),
    Column("revenue_rub", Float(53)),
    Column("revenue_year", Integer),
    Column("workers", Float(53)),
    Column("workers_year", Integer),
    Column("provenance", Text, nullable=False),
    Index("ix_company_ogrn", "ogrn"),
)

company_figure = Table(
    "company_figure",
    metadata,
    Column("inn", String(12), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("value", Float(53), nullable=False),
    Column("run_id", ForeignKey("import_run.id"), nullable=False),
)

link = Table(
    "link",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", ForeignKey("import_run.id"), nullable=False),
    Column("supplier_inn", String(12), nullable=False),
    Column("buyer_inn", String(12), nullable=False),
    Column("okpd2", String(12)),
    Column("amount_rub", Float(53)),
    Column("date", Date),
    Column("source", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("digest", String(32), nullable=False),
    Index("ix_link_run_id", "run_id"),
    Index("ix_link_digest", "digest"),
    Index("ix_link_supplier_inn_buyer_inn", "supplier_inn", "buyer_inn"),
    Index("ix_link_buyer_inn", "buyer_inn"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", ForeignKey("import_run.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("inn", String(12)),
    Column("field", String(40), nullable=False),
    Column("value", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("cells", Text),
    Index("ix_quarantine_run_id", "run_id"),
)

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("supplier_inn", String(12), nullable=False),
    Column("buyer_inn", String(12), nullable=False),
    Column("decision", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Text, nullable=False, quote=True),
    Column("reason_code", String(30), nullable=False, server_default=""),
    Index("ix_decision_supplier_inn_buyer_inn", "supplier_inn", "buyer_inn"),
)

introduction = Table(
    "introduction",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("supplier_inn", String(12), nullable=False),
    Column("buyer_inn", String(12), nullable=False),
    Column("state", String(10), nullable=False),
    Column("note", Text, nullable=False),
    Column("inn", String(12)),
    Column("by", Text, nullable=False, quote=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_introduction_supplier_inn_buyer_inn", "supplier_inn", "buyer_inn"),
    Index("ix_introduction_buyer_inn", "buyer_inn"),
)

project_decision = Table(
    "project_decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project", String(200), nullable=False),
    Column("decision", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("by", Text, nullable=False, quote=True),
    Column("at", UtcDateTime, nullable=False),
    Column("reason_code", String(30), nullable=False, server_default=""),
    Index("ix_project_decision_project", "project"),
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

board_entry = Table(
    "board_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("inn", String(12), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("side", String(10), nullable=False),
    Column("project", String(200), nullable=False),
    Index("ix_board_entry_inn", "inn"),
    sqlite_autoincrement=True,
)

board_step = Table(
    "board_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entry_id", ForeignKey("board_entry.id"), nullable=False),
    Column("did", String(10), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("volume", Text, nullable=False),
    Column("price", Text, nullable=False),
    Column("terms", Text, nullable=False),
    Column("okved", Text, nullable=False),
    Column("heard", Text, nullable=False),
    Column("until", Date, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("inn", String(12)),
    Column("by", Text, nullable=False, quote=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_board_step_entry_id", "entry_id"),
    sqlite_autoincrement=True,
)

supply_request = Table(
    "supply_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request", Integer, nullable=False),
    Column("buyer_inn", String(12), nullable=False),
    Column("state", String(10), nullable=False),
    Column("content", Text, nullable=False),
    Column("by", Text, nullable=False, quote=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_supply_request_request", "request"),
    Index("ix_supply_request_buyer_inn", "buyer_inn"),
)

request_seen = Table(
    "request_seen",
    metadata,
    Column("request", Integer, primary_key=True, autoincrement=False),
    Column("login", String(64), primary_key=True),
    Column("data_version", Integer, nullable=False),
    Column("places", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

offer_call = Table(
    "offer_call",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request", Integer, nullable=False),
    Column("buyer_inn", String(12), nullable=False),
    Column("content", Text, nullable=False),
    Column("by", Text, nullable=False, quote=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_offer_call_buyer_inn", "buyer_inn"),
)

offer_step = Table(
    "offer_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Integer, nullable=False, quote=True),
    Column("supplier_inn", String(12)),
    Column("state", String(10), nullable=False),
    Column("content", Text, nullable=False),
    Column("inn", String(12)),
    Column("by", Text, nullable=False, quote=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_offer_step_call", "call"),
    Index("ix_offer_step_supplier_inn", "supplier_inn"),
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

learned_weights = Table(
    "learned_weights",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("cluster", String(40), nullable=False),
    Column("weights", Text, nullable=False),
    Column("calibration", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("by", Text, nullable=False, quote=True),
    Column("at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
)

review_item = Table(
    "review_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", ForeignKey("import_run.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("field", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("name_key", String(NAME_LENGTH), nullable=False),
    Column("place_key", String(NAME_LENGTH), nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("inn", String(12)),
    Column("by", Text, nullable=False, quote=True),
    Column("at", UtcDateTime),
    Column("answered_in", ForeignKey("import_run.id")),
    Index("ix_review_item_run_id", "run_id"),
    Index("ix_review_item_name_key", "name_key"),
    sqlite_autoincrement=True,
)

name_verdict = Table(
    "name_verdict",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name_key", String(NAME_LENGTH), nullable=False),
    Column("place_key", String(NAME_LENGTH), nullable=False),
    Column("inn", String(12), nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("by", Text, nullable=False, quote=True),
    Column("at", UtcDateTime, nullable=False),
    Column("answered_in", ForeignKey("import_run.id")),
    Index("ix_name_verdict_name_key", "name_key"),
)

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

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
