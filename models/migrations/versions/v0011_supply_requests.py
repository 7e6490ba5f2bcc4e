"""Requests for suppliers, calls for offers with their answers, and how often firms were looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0011"
down_revision = "v0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, empty."""
    op.create_table(
        "supply_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request", sa.Integer(), nullable=False),
        sa.Column("buyer_inn", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, quote=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supply_request")),
    )
    op.create_index("ix_supply_request_request", "supply_request", ["request"])
    op.create_index("ix_supply_request_buyer_inn", "supply_request", ["buyer_inn"])
    op.create_table(
        "request_seen",
        sa.Column("request", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("request", "login", name=op.f("pk_request_seen")),
    )
    op.create_table(
        "offer_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request", sa.Integer(), nullable=False),
        sa.Column("buyer_inn", sa.String(length=12), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, quote=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_call")),
    )
    op.create_index("ix_offer_call_buyer_inn", "offer_call", ["buyer_inn"])
    op.create_table(
        "offer_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False, quote=True),
        sa.Column("supplier_inn", sa.String(length=12), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("inn", sa.String(length=12), nullable=True),
        sa.Column("by", sa.Text(), nullable=False, quote=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_step")),
    )
    op.create_index("ix_offer_step_call", "offer_step", ["call"])
    op.create_index("ix_offer_step_supplier_inn", "offer_step", ["supplier_inn"])
    op.create_table(
        "look",
        sa.Column("inn", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("inn", "day", "place", "role", name=op.f("pk_look")),
    )
    op.create_index("ix_look_day", "look", ["day"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("look", "offer_step", "offer_call", "request_seen", "supply_request"):
        op.drop_table(table)
