"""The first schema: logs of what was said and decided, and the register folded from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of :mod:`models.tables` as they were first."""
    op.create_table(
        "company",
        sa.Column("inn", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ogrn", sa.String(length=15), nullable=True),
        sa.Column("okved_main", sa.String(length=8), nullable=True),
        sa.Column("okved1_main", sa.String(length=8), nullable=True),
        sa.Column("okved_extra", sa.Text(), nullable=False),
        sa.Column("products_okpd2", sa.Text(), nullable=False),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("region_code", sa.String(length=2), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(precision=53), nullable=True),
        sa.Column("lon", sa.Float(precision=53), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("founded", sa.String(length=10), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("category", sa.String(length=10), nullable=True),
        sa.Column("revenue_rub", sa.Float(precision=53), nullable=True),
        sa.Column("revenue_year", sa.Integer(), nullable=True),
        sa.Column("workers", sa.Float(precision=53), nullable=True),
        sa.Column("workers_year", sa.Integer(), nullable=True),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("inn", name=op.f("pk_company")),
    )
    op.create_index("ix_company_ogrn", "company", ["ogrn"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supplier_inn", sa.String(length=12), nullable=False),
        sa.Column("buyer_inn", sa.String(length=12), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_supplier_inn_buyer_inn", "decision", ["supplier_inn", "buyer_inn"], unique=False)
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Integer(), nullable=False),
        sa.Column("links_added", sa.Integer(), nullable=False),
        sa.Column("links_unchanged", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_run_sha256", "import_run", ["sha256"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "company_figure",
        sa.Column("inn", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(precision=53), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_company_figure_run_id")),
        sa.PrimaryKeyConstraint("inn", "name", "year", name=op.f("pk_company_figure")),
    )
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("supplier_inn", sa.String(length=12), nullable=False),
        sa.Column("buyer_inn", sa.String(length=12), nullable=False),
        sa.Column("okpd2", sa.String(length=12), nullable=True),
        sa.Column("amount_rub", sa.Float(precision=53), nullable=True),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_link_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    op.create_index("ix_link_buyer_inn", "link", ["buyer_inn"], unique=False)
    op.create_index("ix_link_run_id", "link", ["run_id"], unique=False)
    op.create_index("ix_link_digest", "link", ["digest"], unique=False)
    op.create_index("ix_link_supplier_inn_buyer_inn", "link", ["supplier_inn", "buyer_inn"], unique=False)
    op.create_table(
        "observation",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("inn", sa.String(length=12), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_observation_run_id")),
        sa.PrimaryKeyConstraint("run_id", "line", "inn", name=op.f("pk_observation")),
    )
    op.create_index("ix_observation_inn", "observation", ["inn"], unique=False)
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("inn", sa.String(length=12), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_quarantine_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
    )
    op.create_index("ix_quarantine_run_id", "quarantine", ["run_id"], unique=False)
    op.bulk_insert(
        sa.table("meta", sa.column("key", sa.Text), sa.column("value", sa.Text)),
        [{"key": "data_version", "value": "0"}, {"key": "decision_version", "value": "0"}],
    )


def downgrade() -> None:
    """Drop everything."""
    op.drop_table("quarantine")
    op.drop_table("observation")
    op.drop_table("link")
    op.drop_table("company_figure")
    op.drop_table("meta")
    op.drop_table("import_run")
    op.drop_table("decision")
    op.drop_table("company")
