"""A small economy and a register of a few firms, built the way the real ones are, to test one thing at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from matcher.classify.said import nothing_said
from matcher.classify.taken import nothing_taken
from matcher.index.build import expected_trade_factors, ownership_columns, unmet_shares
from matcher.index.columns import FORMAT, Columns
from matcher.index.economy import Economy, mean_recipe
from matcher.index.uses import use_columns
from models.records import Company

#: Four codes: a mineral, a product made of it, a widely bought service and wholesale of the mineral.
MINERAL, PRODUCT, SERVICE, TRADE = range(4)


def small_economy() -> Economy:
    """Return an economy where the product needs the mineral and everyone buys the service."""
    recipe = np.array([[0.0, 0.30, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.05, 0.05, 0.0, 0.05], [0.0, 0.0, 0.0, 0.0]])
    match = recipe.copy()
    match[TRADE, PRODUCT] = 0.05
    match[MINERAL, TRADE] = 0.8
    turnover = np.array([100.0, 100.0, 400.0, 100.0]) * 1e6
    zeros = np.zeros((4, 4))
    return Economy(
        codes=("08.91", "20.15", "33.12", "46.75"),
        recipe=recipe,
        match=match,
        through=zeros,
        capital=zeros,
        mean_share=mean_recipe(match, turnover, np.array([False, False, False, True])),
        import_share=zeros,
        code_import_share=np.array([0.5, 0.0, 0.0, 0.0]),
        turnover_rub=turnover,
        imports_rub=np.array([50.0, 0, 0, 0]) * 1e6,
        intermediate_rub=match @ turnover,
        final_rub=np.maximum(turnover - match @ turnover, 0.0),
        haul_km=np.array([500.0, 800.0, 50.0, 300.0]),
        role=np.array(["maker", "maker", "service", "channel"]),
        realistic_share=np.ones(4),
    )


@dataclass(frozen=True)
class Firm:
    """A firm of the small register."""

    inn: str
    shares: dict[int, float]
    output: float = 10e6
    region: int = 0
    status: int = 1
    category: int = 4
    confidence: float = 1.0
    name_key: int = 0
    founders: tuple[str, ...] = ()
    managed_by: tuple[str, ...] = ()
    certified_until: int = 0


def columns_of(firms: list[Firm], economy: Economy, links=(), distance_km: float = 1000.0) -> Columns:
    """Return an index of firms over two places, one a region, this far apart."""
    firms = sorted(firms, key=lambda firm: firm.inn)
    count = len(firms)
    entries = [
        (row, code, share, f.confidence) for row, f in enumerate(firms) for code, share in sorted(f.shares.items())
    ]
    rows, codes, values, confidence = (np.array(column) for column in zip(*entries, strict=True))
    indptr = np.searchsorted(rows, np.arange(count + 1))
    shares = csr_array((values, codes, indptr), shape=(count, len(economy.codes)))
    place = np.array([firm.region for firm in firms])
    output = np.array([firm.output for firm in firms], dtype=float)
    distance = np.array([[20.0, distance_km], [distance_km, 20.0]])
    sell, buy = expected_trade_factors(shares, output, place, distance, economy)
    number = {firm.inn: row for row, firm in enumerate(firms)}
    pairs = sorted((number[a], number[b]) for a, b in links)
    companies = [Company(inn=firm.inn, founders=firm.founders, managed_by=firm.managed_by) for firm in firms]
    return Columns(
        **ownership_columns(companies, number),
        inn=np.array([firm.inn.encode() for firm in firms], dtype="S12"),
        region=place,
        place=place,
        category=np.array([firm.category for firm in firms]),
        status=np.array([firm.status for firm in firms]),
        certified_until=np.array([firm.certified_until for firm in firms]),
        output_rub=output,
        output_kind=np.ones(count, dtype=np.int64),
        output_year=np.full(count, 2016),
        name_key=np.array([firm.name_key for firm in firms]),
        share_indptr=indptr,
        share_code=codes,
        share_value=values,
        share_confidence=confidence,
        share_detail=np.array([economy.codes[code] for code in codes]),
        licence_run=np.zeros(len(economy.codes), dtype=np.int64),
        place_region=np.array([0, 1]),
        place_lat=np.array([45.0, 55.0]),
        place_lon=np.array([42.0, 37.0]),
        place_spread_km=np.array([20.0, 20.0]),
        place_exact=np.array([True, True]),
        region_code=np.array(["26", "77"]),
        distance_km=distance,
        factor_sell=sell,
        factor_buy=buy,
        unmet_share=unmet_shares(shares, output, place, 2, economy),
        link_supplier=np.array([a for a, _ in pairs], dtype=np.int64),
        link_buyer=np.array([b for _, b in pairs], dtype=np.int64),
        link_amount_rub=np.full(len(pairs), 1e6),
        link_count=np.ones(len(pairs), dtype=np.int64),
        **dict.fromkeys(("sale_link", "sale_code", "sale_count"), np.zeros(0, dtype=np.int64)),
        **_items("offer", {}),
        **_items("need", {}),
        **use_columns(np.zeros(0, dtype=np.int64), nothing_said(), shares, nothing_taken()),
        meta={"format": FORMAT},
    )


def with_texts(columns: Columns, offers: dict[int, list[float]], needs: dict[int, list[float]]) -> Columns:
    """Return the index with sentence vectors."""
    return replace(
        columns,
        **_items("offer", offers),
        **_items("need", needs),
    )


def _items(kind: str, vectors: dict[int, list[float]]) -> dict[str, Any]:
    """Return one item a firm, of which it is not known of what class it is."""
    return {
        f"{kind}_firm": np.array(sorted(vectors), dtype=np.int64),
        f"{kind}_vector": np.array([vectors[firm] for firm in sorted(vectors)], dtype=np.float32).reshape(-1, 2),
        f"{kind}_class": nothing_said(len(vectors)).classes,
    }
