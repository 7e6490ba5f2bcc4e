"""Rows without INN that wait for a person, and what people said of names, remembered for ever."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0003"
down_revision = "v0002"
branch_labels = None
depends_on = None

COUNTS = ("review", "remembered")


def upgrade() -> None:
    """Add the queue and the memory, empty."""
    for name in COUNTS:
        op.add_column("import_run", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "review_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("name_key", sa.String(length=500), nullable=False),
        sa.Column("place_key", sa.String(length=500), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("inn", sa.String(length=12), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_review_item_run_id")),
        sa.ForeignKeyConstraint(["answered_in"], ["import_run.id"], name=op.f("fk_review_item_answered_in")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_item")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_review_item_run_id", "review_item", ["run_id"], unique=False)
    op.create_index("ix_review_item_name_key", "review_item", ["name_key"], unique=False)
    op.create_table(
        "name_verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_key", sa.String(length=500), nullable=False),
        sa.Column("place_key", sa.String(length=500), nullable=False),
        sa.Column("inn", sa.String(length=12), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answered_in"], ["import_run.id"], name=op.f("fk_name_verdict_answered_in")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_verdict")),
    )
    op.create_index("ix_name_verdict_name_key", "name_verdict", ["name_key"], unique=False)


def downgrade() -> None:
    """Drop both; what confirmed rows brought stays, as observations of the imports they came from."""
    op.drop_table("name_verdict")
    op.drop_table("review_item")
    for name in reversed(COUNTS):
        op.drop_column("import_run", name)
