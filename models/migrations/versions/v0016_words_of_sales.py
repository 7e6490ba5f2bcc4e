"""What was sold in the words of whoever told of the sale."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0016"
down_revision = "v0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty: earlier imports did not keep the words."""
    op.add_column("link", sa.Column("text", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop it: the sales stay, with their codes."""
    op.drop_column("link", "text")
