"""What the register holds and where it came from.

``observation``, ``link``, ``quarantine`` and ``name_verdict`` are logs; ``company`` and ``company_figure`` are
computed from ``observation`` and can be computed again at any time; ``review_item`` holds rows without INN and what
became of them.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from models.tables.kit import NAME_LENGTH, UtcDateTime, metadata

import_run = Table(
    "import_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("format", String(40), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("options", Text, nullable=False),
    Column("by", Text, nullable=False, server_default=""),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("read", Integer, nullable=False, default=0),
    Column("added", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    Column("unchanged", Integer, nullable=False, default=0),
    Column("waiting", Integer, nullable=False, default=0),
    Column("refused", Integer, nullable=False, default=0),
    Column("skipped", Integer, nullable=False, default=0),
    Column("quarantined", Integer, nullable=False, default=0),
    Column("links_added", Integer, nullable=False, default=0),
    Column("links_unchanged", Integer, nullable=False, default=0),
    Column("review", Integer, nullable=False, default=0, server_default="0"),
    Column("remembered", Integer, nullable=False, default=0, server_default="0"),
    Column("undone_at", UtcDateTime),
    Index("ix_import_run_sha256", "sha256"),
    sqlite_autoincrement=True,
)

observation = Table(
    "observation",
    metadata,
    Column("run_id", ForeignKey("import_run.id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("inn", String(12), primary_key=True),
    Column("as_of", String(10), nullable=False),
    Column("payload", Text, nullable=False),
    Index("ix_observation_inn", "inn"),
)

company = Table(
    "company",
    metadata,
    Column("inn", String(12), primary_key=True),
    Column("name", Text, nullable=False),
    Column("ogrn", String(15)),
    Column("okved_main", String(8)),
    Column("okved1_main", String(8)),
    Column("okved_extra", Text, nullable=False),
    Column("products_okpd2", Text, nullable=False),
    Column("offers", Text, nullable=False),
    Column("needs", Text, nullable=False),
    Column("region_code", String(2)),
    Column("city", Text),
    Column("address", Text),
    Column("lat", Float(53)),
    Column("lon", Float(53)),
    Column("status", Text),
    Column("founded", String(10)),
    Column("website", Text),
    Column("category", String(10)),
    Column("founders", Text, nullable=False, server_default=""),
    Column("managed_by", Text, nullable=False, server_default=""),
    Column("licences", Text, nullable=False, server_default=""),
    Column("tax_regimes", Text, nullable=False, server_default=""),
    Column("equipment", Text, nullable=False, server_default=""),
    Column("waste", Text, nullable=False, server_default=""),
    Column("vacancies", Text, nullable=False, server_default=""),
    Column("capacity", Text, nullable=False, server_default=""),
    Column("revenue_rub", Float(53)),
    Column("revenue_year", Integer),
    Column("workers", Float(53)),
    Column("workers_year", Integer),
    Column("provenance", Text, nullable=False),
    Index("ix_company_ogrn", "ogrn"),
)

company_figure = Table(
    "company_figure",
    metadata,
    Column("inn", String(12), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("value", Float(53), nullable=False),
    Column("run_id", ForeignKey("import_run.id"), nullable=False),
)

link = Table(
    "link",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", ForeignKey("import_run.id"), nullable=False),
    Column("supplier_inn", String(12), nullable=False),
    Column("buyer_inn", String(12), nullable=False),
    Column("okpd2", String(12)),
    Column("amount_rub", Float(53)),
    Column("date", Date),
    Column("source", Text, nullable=False),
    Column("text", Text, nullable=False, server_default=""),
    Column("line", Integer, nullable=False),
    Column("digest", String(32), nullable=False),
    Index("ix_link_run_id", "run_id"),
    Index("ix_link_digest", "digest"),
    Index("ix_link_supplier_inn_buyer_inn", "supplier_inn", "buyer_inn"),
    Index("ix_link_buyer_inn", "buyer_inn"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", ForeignKey("import_run.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("inn", String(12)),
    Column("field", String(40), nullable=False),
    Column("value", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("cells", Text),
    Index("ix_quarantine_run_id", "run_id"),
)

review_item = Table(
    "review_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", ForeignKey("import_run.id"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("field", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("name_key", String(NAME_LENGTH), nullable=False),
    Column("place_key", String(NAME_LENGTH), nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("inn", String(12)),
    Column("by", Text, nullable=False, quote=True),
    Column("at", UtcDateTime),
    Column("answered_in", ForeignKey("import_run.id")),
    Index("ix_review_item_run_id", "run_id"),
    Index("ix_review_item_name_key", "name_key"),
    sqlite_autoincrement=True,
)

name_verdict = Table(
    "name_verdict",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name_key", String(NAME_LENGTH), nullable=False),
    Column("place_key", String(NAME_LENGTH), nullable=False),
    Column("inn", String(12), nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("by", Text, nullable=False, quote=True),
    Column("at", UtcDateTime, nullable=False),
    Column("answered_in", ForeignKey("import_run.id")),
    Index("ix_name_verdict_name_key", "name_key"),
)

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
