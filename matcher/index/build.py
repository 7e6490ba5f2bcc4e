"""Builds the index from the store: read firms, classify them, place them, fit expected trade.

The steps are pure functions over what was read; :func:`build` strings them together.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from graph.distance import distance_matrix_km
from graph.gravity import balance, deterrence, fit_factors
from matcher.classify.company import Profile
from matcher.classify.licences import is_licensed, licence_needed
from matcher.classify.said import Said, nothing_said
from matcher.classify.taken import Taken, nothing_taken
from matcher.index.columns import (
    CATEGORIES,
    FORMAT,
    STATUS_ACTIVE,
    STATUS_BANKRUPT,
    STATUS_CLOSED,
    STATUS_UNKNOWN,
    Columns,
    main_shares,
)
from matcher.index.economy import Economy
from matcher.index.items import needed_items, offered_items
from matcher.index.output import yearly_output
from matcher.index.places import PlaceTable, region_of
from matcher.index.uses import use_columns
from models.classifications import okpd2_group
from models.licences import is_product_entry, valid_until
from models.names import own_name
from models.records import Company, Link

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Hear = Callable[[Sequence[str]], Said]
#: Activity groups of the words of sales, ``None`` where they do not tell.
Goods = Callable[[Sequence[str]], Sequence[str | None]]

#: The class of those who govern: what they founded they hold for the public.
PUBLIC_ADMINISTRATION = "84"
#: A firm being wound up counts as in bankruptcy: neither will keep its word for long.
STATUSES: Mapping[str | None, int] = {
    None: STATUS_UNKNOWN,
    "active": STATUS_ACTIVE,
    "reorganizing": STATUS_ACTIVE,
    "bankrupt": STATUS_BANKRUPT,
    "liquidating": STATUS_BANKRUPT,
    "liquidated": STATUS_CLOSED,
}


def build(
    companies: Iterable[Company],
    profiles: Callable[[Iterable[Company]], Iterator[Profile]],
    links: Iterable[Link],
    offered: Hear,
    needed: Hear,
    economy: Economy,
    meta: Mapping[str, Any],
    goods: Goods | None = None,
    taken: Taken | None = None,
) -> Columns:
    """Return the columns of an index.

    Parameters
    ----------
    companies
        In INN order.
    profiles
        Turns companies into what they supply, one profile a company, in order.
    links
        Observed sales; those of firms not in the register are left out (they wait in the store).
    offered, needed
        What each of some texts means as an offer, or as a need.
    economy
        The matrices.
    meta
        What the index says of itself: the data version it was built from.
    goods
        Turns the words of sales without a code into activity groups, ``None`` where they do not tell.
    taken
        What activities take of each group of goods, ``None`` where that is left out.
    """
    firms = _read_firms(companies)
    shares, confidence, detail = _shares(profiles(firms.companies), len(firms.companies), economy.codes)
    category = np.array([CATEGORIES.index(company.category or "") for company in firms.companies], dtype=np.int64)
    output, kind, year = yearly_output(
        firms.floats("revenue_rub"),
        firms.ints("revenue_year"),
        firms.floats("workers"),
        category,
        shares,
        economy.codes,
    )
    lat = np.array([place.lat for place in firms.places.places])
    lon = np.array([place.lon for place in firms.places.places])
    spread = np.array(list(firms.places.spread_km()))
    region_codes = np.array(sorted({region_of(company) for company in firms.companies}), dtype="U2")
    region = np.searchsorted(region_codes, [region_of(company) for company in firms.companies])
    place_region = np.searchsorted(region_codes, [place.region_code for place in firms.places.places])
    distance = _without_nowhere(distance_matrix_km(lat, lon, spread, place_region), spread)
    sell, buy = expected_trade_factors(shares, output, firms.place, distance, economy)
    number = {company.inn: row for row, company in enumerate(firms.companies)}
    listed = [offered_items(company.offers) for company in firms.companies]
    offers = said_columns("offer", listed, offered)
    things = Said(offers["offer_vector"], offers["offer_class"], tuple(chain.from_iterable(listed)))
    return Columns(
        inn=np.array([company.inn.encode() for company in firms.companies], dtype="S12"),
        region=region,
        place=firms.place,
        category=category,
        status=np.array([STATUSES.get(company.status, STATUS_UNKNOWN) for company in firms.companies], dtype=np.int64),
        certified_until=np.array([_certified_until(company) for company in firms.companies], dtype=np.int64),
        output_rub=output,
        output_kind=kind,
        output_year=year,
        name_key=np.array([_name_key(company.name) for company in firms.companies], dtype=np.int64),
        share_indptr=shares.indptr.astype(np.int64),
        share_code=shares.indices.astype(np.int64),
        share_value=shares.data,
        share_confidence=confidence,
        share_detail=detail,
        licence_run=_licence_runs(firms.companies, shares, detail),
        place_region=place_region,
        place_lat=lat,
        place_lon=lon,
        place_spread_km=spread,
        place_exact=np.array([place.precision in {"address", "city"} for place in firms.places.places], dtype=bool),
        region_code=region_codes,
        distance_km=distance,
        factor_sell=sell,
        factor_buy=buy,
        unmet_share=unmet_shares(shares, output, region, len(region_codes), economy),
        **_link_columns(links, number, economy.codes, goods),
        **ownership_columns(firms.companies, number),
        **offers,
        **use_columns(offers["offer_firm"], things, shares, taken or nothing_taken()),
        **said_columns("need", [needed_items(company.needs) for company in firms.companies], needed),
        meta={"format": FORMAT, "firms": len(firms.companies), **meta},
    )


class _Firms:
    """Companies in INN order with their places numbered."""

    def __init__(self, companies: Iterable[Company]) -> None:
        self.companies = list(companies)
        self.places = PlaceTable()
        self.place = np.array([self.places.number(company) for company in self.companies], dtype=np.int64)

    def floats(self, name: str) -> Floats:
        values = (getattr(company, name) for company in self.companies)
        return np.array([np.nan if value is None else value for value in values], dtype=float)

    def ints(self, name: str) -> Ints:
        return np.array([getattr(company, name) or 0 for company in self.companies], dtype=np.int64)


def _read_firms(companies: Iterable[Company]) -> _Firms:
    return _Firms(companies)


def _shares(
    profiles: Iterator[Profile], count: int, codes: Sequence[str]
) -> tuple[csr_array, Floats, NDArray[np.str_]]:
    """Return matrix S, shape (n, m), and the confidence and deepest code of each stored share, in the same order."""
    column = {code: number for number, code in enumerate(codes)}
    indptr = np.zeros(count + 1, dtype=np.int64)
    indices: list[int] = []
    values: list[float] = []
    confidence: list[float] = []
    detail: list[str] = []
    for row, profile in enumerate(profiles):
        for assignment in sorted(profile.assignments, key=lambda a: a.code):
            indices.append(column[assignment.code])
            values.append(assignment.share)
            confidence.append(assignment.confidence)
            detail.append(assignment.detail_code or assignment.code)
        indptr[row + 1] = len(indices)
    data = np.array(values, dtype=float)
    matrix = csr_array((data, np.array(indices, dtype=np.int64), indptr), shape=(count, len(codes)))
    return matrix, np.array(confidence, dtype=float), np.array(detail, dtype="U8")


def expected_trade_factors(
    shares: csr_array, output: Floats, place: Ints, distance: Floats, economy: Economy
) -> tuple[Floats, Floats]:
    """Return the balancing factors of every code on places, each shape (m, k)."""
    codes, places = len(economy.codes), len(distance)
    to_place = csr_array((output, (place, np.arange(len(place)))), shape=(places, len(place)))
    by_place = (to_place @ shares).toarray()
    demand = by_place @ economy.match.T
    sell, buy = np.zeros((codes, places)), np.zeros((codes, places))
    for p in range(codes):
        supply_p, demand_p = by_place[:, p], demand[:, p]
        if not supply_p.any() or not demand_p.any():
            continue
        outside = balance(
            float(supply_p.sum()), float(demand_p.sum()), float(economy.turnover_rub[p]),
            float(economy.imports_rub[p]), float(economy.intermediate_rub[p]), float(economy.final_rub[p]),
        )  # fmt: skip
        factors = fit_factors(supply_p, demand_p, outside, deterrence(distance, float(economy.haul_km[p])))
        sell[p], buy[p] = factors.a, factors.b
    return sell, buy


def unmet_shares(shares: csr_array, output: Floats, region: Ints, regions: int, economy: Economy) -> Floats:
    """Return the share of each region's demand for each code that has no local maker, shape (regions, m)."""
    to_region = csr_array((output, (region, np.arange(len(region)))), shape=(regions, len(region)))
    made = (to_region @ shares).toarray()
    demand = made @ economy.recipe.T
    made[:, economy.channel] = 0.0
    unmet = np.maximum(demand - made, 0.0)
    return np.asarray(np.divide(unmet, demand, out=np.zeros_like(unmet), where=demand > 0))


def _without_nowhere(distance: Floats, spread: Floats) -> Floats:
    """Put firms of unknown place as far from everyone as the farthest two known places are apart."""
    unknown = np.isnan(spread)
    known = distance[np.ix_(~unknown, ~unknown)]
    far = float(known.max()) if known.size else 1000.0
    return np.asarray(np.where(unknown[:, None] | unknown[None, :] | np.isnan(distance), far, distance))


def _name_key(name: str) -> int:
    core = own_name(name)
    digest = hashlib.blake2b(core.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) if core else 0


def _certified_until(company: Company) -> int:
    """Return the ordinal of the last day of a firm's entries in the register of products, 0 without any."""
    days = (valid_until(licence) for licence in company.licences if is_product_entry(licence))
    return max((day.toordinal() for day in days if day is not None), default=0)


def _licence_runs(companies: Sequence[Company], shares: csr_array, detail: NDArray[np.str_]) -> Ints:
    """Return of each group the latest import that tells the licence its firms need, 0 for none, shape (m,)."""
    latest = np.zeros(shares.shape[1], dtype=np.int64)
    main = main_shares(shares.indptr.astype(np.int64), shares.data)
    for company, at in zip(companies, main.tolist(), strict=True):
        run, _ = company.provenance.get("licences", (0, ""))
        if at < 0 or run <= latest[shares.indices[at]]:
            continue
        need = licence_needed(str(detail[at]))
        if need is not None and is_licensed(company.licences, need):
            latest[shares.indices[at]] = run
    return latest


def _link_columns(
    links: Iterable[Link], number: Mapping[str, int], codes: Sequence[str], goods: Goods | None
) -> dict[str, Any]:
    """Return observed links of known firms, one row a pair, with amounts summed, and their sales by known code.

    A sale without a code is of the group its words tell.
    """
    amount: dict[tuple[int, int], float] = {}
    count: Counter[tuple[int, int]] = Counter()
    sold: Counter[tuple[int, int, int]] = Counter()
    in_words: Counter[tuple[int, int, str]] = Counter()
    column = {code: at for at, code in enumerate(codes)}
    for link in links:
        supplier, buyer = number.get(link.supplier_inn), number.get(link.buyer_inn)
        if supplier is None or buyer is None:
            continue
        pair = (supplier, buyer)
        amount[pair] = amount.get(pair, 0.0) + (link.amount_rub or 0.0)
        count[pair] += 1
        code = column.get(okpd2_group(link.okpd2) or "") if link.okpd2 else None
        if code is not None:
            sold[*pair, code] += 1
        elif link.text and goods:
            in_words[*pair, link.text] += 1
    said = list(dict.fromkeys(text for *_, text in in_words))
    told = dict(zip(said, goods(said), strict=True)) if goods and said else {}
    for (supplier, buyer, text), times in in_words.items():
        code = column.get(told[text] or "")
        if code is not None:
            sold[supplier, buyer, code] += times
    pairs = sorted(amount)
    row = {pair: at for at, pair in enumerate(pairs)}
    coded = sorted(sold)
    return {
        "link_supplier": np.array([pair[0] for pair in pairs], dtype=np.int64),
        "link_buyer": np.array([pair[1] for pair in pairs], dtype=np.int64),
        "link_amount_rub": np.array([amount[pair] for pair in pairs], dtype=float),
        "link_count": np.array([count[pair] for pair in pairs], dtype=np.int64),
        "sale_link": np.array([row[supplier, buyer] for supplier, buyer, _ in coded], dtype=np.int64),
        "sale_code": np.array([code for *_, code in coded], dtype=np.int64),
        "sale_count": np.array([sold[each] for each in coded], dtype=np.int64),
    }


def ownership_columns(companies: Sequence[Company], number: Mapping[str, int]) -> dict[str, Any]:
    """Return who was founded or is run by whom; what state bodies founded is no group of firms.

    Parameters
    ----------
    companies
        All firms in INN order.
    number
        INN to firm number.
    """
    public = {company.inn for company in companies if (company.okved_main or "").startswith(PUBLIC_ADMINISTRATION)}
    pairs = [
        (row, owner)
        for row, company in enumerate(companies)
        for owner in dict.fromkeys((*company.founders, *company.managed_by))
        if owner != company.inn and owner not in public
    ]
    outside = sorted({owner for _, owner in pairs if owner not in number})
    node = {**number, **{inn: len(companies) + at for at, inn in enumerate(outside)}}
    return {
        "owner_inn": np.array([inn.encode() for inn in outside], dtype="S12"),
        "owned_firm": np.array([row for row, _ in pairs], dtype=np.int64),
        "owner_node": np.array([node[owner] for _, owner in pairs], dtype=np.int64),
        "owner_runs": np.array([owner not in companies[row].founders for row, owner in pairs], dtype=np.int64),
    }


def said_columns(kind: str, listed: Sequence[Sequence[str]], hear: Hear) -> dict[str, Any]:
    """Return firm numbers, sentence vectors and activity classes, one for every item that each firm lists."""
    items = [(row, item) for row, each in enumerate(listed) for item in each]
    found = hear([item for _, item in items]) if items else nothing_said()
    return {
        f"{kind}_firm": np.array([row for row, _ in items], dtype=np.int64),
        f"{kind}_vector": np.asarray(found.vectors, dtype=np.float32),
        f"{kind}_class": np.asarray(found.classes, dtype=np.float32),
    }
