"""Why a joint-project candidate was accepted, declined or postponed, as a code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0014"
down_revision = "v0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty: earlier reasons are words alone."""
    op.add_column("project_decision", sa.Column("reason_code", sa.String(length=30), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop it: the words of a reason stay."""
    op.drop_column("project_decision", "reason_code")
