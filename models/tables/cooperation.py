"""What people decide and offer one another, in logs.

Only ``request_seen`` is none: it keeps what a visitor saw last of a request for suppliers.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from models.tables.kit import UtcDateTime, metadata

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
