"""Cells of rows refused as a whole, so that they can be corrected and given back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0006"
down_revision = "v0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty: of earlier rows nothing is kept."""
    op.add_column("quarantine", sa.Column("cells", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop it: such rows are then corrected in the file they came from."""
    op.drop_column("quarantine", "cells")
