"""Which companies run a firm in place of a head."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0015"
down_revision = "v0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty."""
    op.add_column("company", sa.Column("managed_by", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop it; observations keep what was said."""
    op.drop_column("company", "managed_by")
