"""Introductions that companies ask for and a manager mediates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0007"
down_revision = "v0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, empty."""
    op.create_table(
        "introduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_inn", sa.String(length=12), nullable=False),
        sa.Column("buyer_inn", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("inn", sa.String(length=12), nullable=True),
        sa.Column("by", sa.Text(), nullable=False, quote=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
    )
    op.create_index("ix_introduction_supplier_inn_buyer_inn", "introduction", ["supplier_inn", "buyer_inn"])
    op.create_index("ix_introduction_buyer_inn", "introduction", ["buyer_inn"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("introduction")
