"""The board of offers and requests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0010"
down_revision = "v0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, empty."""
    op.create_table(
        "board_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inn", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("project", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_board_entry_inn", "board_entry", ["inn"])
    op.create_table(
        "board_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("did", sa.String(length=10), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("volume", sa.Text(), nullable=False),
        sa.Column("price", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("okved", sa.Text(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("inn", sa.String(length=12), nullable=True),
        sa.Column("by", sa.Text(), nullable=False, quote=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["board_entry.id"], name=op.f("fk_board_step_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_step")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_board_step_entry_id", "board_step", ["entry_id"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("board_step")
    op.drop_table("board_entry")
