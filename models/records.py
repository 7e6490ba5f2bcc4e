"""What flows through Zveno: facts about companies, figures with their year, links, quarantined rows.

``CompanyFacts`` is what one row of one source says; ``Company`` is what the register holds after all sources are
folded together. Identifiers in records are valid: they were parsed at the edge. What is made by the million is a named
tuple.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

#: Fields of a company that a source may state, in the order they are shown. Codes are lists in source order.
COMPANY_FIELDS = (
    "ogrn", "name", "okved_main", "okved1_main", "okved_extra", "products_okpd2", "offers", "needs", "region_code",
    "city", "address", "lat", "lon", "status", "founded", "website", "category", "founders", "managed_by", "licences",
    "tax_regimes", "equipment", "waste", "vacancies", "capacity",
)  # fmt: skip

#: Yearly figures a source may state; the unit is in the name.
FIGURE_NAMES = (
    "revenue_rub", "workers", "assets_rub", "fixed_assets_rub", "paid_to_suppliers_rub", "expenses_rub",
    "profit_rub", "taxes_paid_rub", "arrears_rub", "state_support_rub",
)  # fmt: skip

#: Cells of a row refused as a whole, as they are kept to be corrected: name of a column and text.
Cells = tuple[tuple[str, str], ...]


class Figure(NamedTuple):
    """One figure of one year."""

    name: str
    year: int
    value: float


class CompanyFacts(NamedTuple):
    """What one row says of one company; ``values`` holds only :data:`COMPANY_FIELDS` the row states."""

    inn: str
    line: int
    values: Mapping[str, str | float | tuple[str, ...]]
    figures: tuple[Figure, ...] = ()


class Link(NamedTuple):
    """An observed sale: supplier to buyer, with its evidence; ``text`` is what was sold, in somebody's words."""

    supplier_inn: str
    buyer_inn: str
    line: int
    okpd2: str | None = None
    amount_rub: float | None = None
    date: date | None = None
    source: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row, or a field of it, that was not taken, and why; of a whole row with the cells that are kept of it."""

    line: int
    inn: str | None
    field: str
    value: str
    error: str
    cells: Cells = ()


@dataclass(frozen=True, slots=True)
class Company:
    """A company as the register holds it: the fold of all facts not undone.

    ``offers``, ``needs``, ``equipment`` (to share), ``waste`` (to give away), ``vacancies`` and ``capacity`` (for
    contract manufacturing) are free text; ``founders`` are INNs of the legal entities that founded it,
    ``managed_by`` of those that run it in place of a head (managing companies);
    ``revenue_rub`` and ``workers`` are of the latest year known, ``None`` where no source states them.
    """

    inn: str
    name: str = ""
    ogrn: str | None = None
    okved_main: str | None = None
    okved1_main: str | None = None
    okved_extra: tuple[str, ...] = ()
    products_okpd2: tuple[str, ...] = ()
    offers: str = ""
    needs: str = ""
    region_code: str | None = None
    city: str | None = None
    address: str | None = None
    lat: float | None = None
    lon: float | None = None
    status: str | None = None
    founded: str | None = None
    website: str | None = None
    category: str | None = None
    founders: tuple[str, ...] = ()
    managed_by: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    tax_regimes: tuple[str, ...] = ()
    equipment: str = ""
    waste: str = ""
    vacancies: str = ""
    capacity: str = ""
    revenue_rub: float | None = None
    revenue_year: int | None = None
    workers: float | None = None
    workers_year: int | None = None
    #: field name -> (import run, source label); which source the value came from
    provenance: Mapping[str, tuple[int, str]] = field(default_factory=dict, hash=False)
