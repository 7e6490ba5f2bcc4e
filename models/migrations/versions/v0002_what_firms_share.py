"""What firms share and lack, who founded them, their licences and tax regimes; who made an import."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"
branch_labels = None
depends_on = None

COMPANY = ("founders", "licences", "tax_regimes", "equipment", "waste", "vacancies", "capacity")


def upgrade() -> None:
    """Add the columns, empty."""
    for name in COMPANY:
        op.add_column("company", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("import_run", sa.Column("by", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop the columns; observations keep what was said."""
    op.drop_column("import_run", "by")
    for name in reversed(COMPANY):
        op.drop_column("company", name)
