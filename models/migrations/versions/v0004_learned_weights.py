"""Why a decision was made, as a code; weights of the score learned from decisions, version by version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0004"
down_revision = "v0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the code, empty, and the versions, none."""
    op.add_column("decision", sa.Column("reason_code", sa.String(length=30), nullable=False, server_default=""))
    op.create_table(
        "learned_weights",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cluster", sa.String(length=40), nullable=False),
        sa.Column("weights", sa.Text(), nullable=False),
        sa.Column("calibration", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_weights")),
    )


def downgrade() -> None:
    """Drop both: decisions stay, and from them weights can be learned again."""
    op.drop_table("learned_weights")
    op.drop_column("decision", "reason_code")
