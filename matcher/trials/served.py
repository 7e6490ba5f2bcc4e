"""The product's own score on real contracts: a register made of what is known before a cut, asked for every need.

Suppliers are known by the codes and texts of what they sold, both sides by the districts their INNs are of, which stand
for the towns of a register's addresses, and the contracts are the links on record. A need is asked as with ``--need``:
its code names the input, its text stands against what suppliers offer. Suppliers the product does not list come last.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.classify.company import CompanyClassifier
from matcher.classify.said import Said
from matcher.index.build import build, said_columns
from matcher.index.columns import Columns
from matcher.index.economy import LEAST_SPENT, Economy
from matcher.index.items import MOST_ITEMS
from matcher.match.pairs import Party, firm_party
from matcher.match.shortlist import Decisions, Filters, rank_suppliers
from matcher.trials.contracts import Contracts
from matcher.trials.evidence import KILOMETRES, History
from models.classifications import okpd2, okpd2_group
from models.geography import regions
from models.records import Company, Link

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Texts a supplier is described by, the most frequent ones.
MOST_TEXTS = 20
#: Columns of the index that describe a place.
PLACE_COLUMNS = ("place_region", "place_lat", "place_lon", "place_spread_km", "place_exact")


@dataclass(frozen=True)
class Served:
    """A register made of contracts, and what answers its questions; ``places`` numbers regions with districts."""

    columns: Columns
    economy: Economy
    classifier: CompanyClassifier
    places: Mapping[tuple[str, str], int]

    def scores(self, history: History, asked: Contracts, weights: Mapping[str, float] | None = None) -> Floats:
        """Return in logs each known supplier's chance to be taken for each need, shape (queries, suppliers)."""
        known = np.array([self.columns.firm(seller(int(number))) for number in history.known])
        told = sorted({text for text in asked.texts if text})
        items = self.classifier.asked_for(told)
        need = {text: items.only(slice(at, at + 1)) for at, text in enumerate(told)} if told else {}
        needs = zip(asked.buyer.tolist(), asked.codes, asked.texts, strict=True)
        parties = [(self._party(asked, buyer, need.get(text)), code) for buyer, code, text in needs]
        return np.array([self._scores(party, code, weights)[known] for party, code in parties])

    def _party(self, asked: Contracts, buyer: int, need: Said | None) -> Party:
        firm = self.columns.firm(body(buyer))
        place = self.places.get(asked.buyers[buyer], -1)
        if firm is None:
            return Party(np.zeros(self.columns.groups), 0.0, place, need=need, asked=True)
        return replace(firm_party(self.columns, firm), need=need, asked=True)

    def _scores(self, party: Party, code: str, weights: Mapping[str, float] | None) -> Floats:
        found = np.full(len(self.columns), -np.inf)
        group = okpd2_group(code)
        if group is None:
            return found
        recipe = named_input(self.economy, group)
        ranking = rank_suppliers(self.columns, self.economy, party, Filters(), Decisions(), recipe, weights)
        with np.errstate(divide="ignore"):
            found[ranking.firms] = np.log(ranking.choice)
        return found


def serve(history: History, economy: Economy, classifier: CompanyClassifier) -> Served:
    """Return the register of the contracts before a cut."""
    columns = build(
        companies(history.past),
        classifier.classify_many,
        links(history.past),
        classifier.offered,
        classifier.needed,
        economy,
        {"version": "trial"},
    )
    where = {seller(number): history.past.suppliers[number] for number in np.unique(history.past.supplier).tolist()}
    where |= {body(number): history.past.buyers[number] for number in np.unique(history.past.buyer).tolist()}
    names = [where[columns.inn_of(firm)] for firm in range(len(columns))]
    places = {name: number for number, name in enumerate(sorted(set(names)))}
    return Served(in_districts(columns, names, places), economy, classifier, places)


def serve_declared(history: History, economy: Economy, classifier: CompanyClassifier) -> Served:
    """Return the same register with suppliers that say nothing in words: the names of the codes they sold stand in."""
    served = serve(history, economy, classifier)
    codes: dict[str, Counter[str]] = defaultdict(Counter)
    for supplier, code in zip(history.past.supplier.tolist(), history.past.codes, strict=True):
        codes[seller(supplier)][code] += 1
    firms = (codes[served.columns.inn_of(firm)] for firm in range(len(served.columns)))
    names = [[*filter(None, map(product_name, sold))][:MOST_ITEMS] for sold in firms]
    offers = said_columns("offer", names, classifier.offered)
    return replace(served, columns=replace(served.columns, **offers))


def product_name(code: str) -> str:
    """Return what a product is called, empty for a code that OKPD-2 does not know.

    >>> product_name("20.15.10.130"), product_name("99.99.99.999")
    ('Аммиак', '')
    """
    product = okpd2().get(code)
    return product.name if product else ""


def in_districts(columns: Columns, names: Sequence[tuple[str, str]], places: Mapping[tuple[str, str], int]) -> Columns:
    """Return the index with its firms placed in districts.

    Firms of one district, and of one region, are as far apart as assumed for the models beside
    (:data:`matcher.trials.evidence.KILOMETRES`); regions as far as the index says.

    Parameters
    ----------
    names
        Region and district of each firm, the district empty where unknown, shape (n,).
    places
        Numbers of the distinct ones, in their order.
    """
    place = np.array([places[name] for name in names], dtype=np.int64)
    old = np.zeros(len(places), dtype=np.int64)
    old[place] = columns.place
    region, district = (np.array([name[side] for name in places]) for side in (0, 1))
    distance = columns.distance_km[np.ix_(old, old)]
    same = (region[:, None] == region[None, :]) & (region[:, None] != "")
    near = same & (district[:, None] == district[None, :]) & (district[:, None] != "")
    distance = np.where(near, KILOMETRES[2], np.where(same, KILOMETRES[1], distance))
    by_place = {name: getattr(columns, name)[old] for name in PLACE_COLUMNS}
    sell, buy = columns.factor_sell[:, old], columns.factor_buy[:, old]
    return replace(columns, place=place, distance_km=distance, factor_sell=sell, factor_buy=buy, **by_place)


def companies(past: Contracts) -> list[Company]:
    """Return both sides of contracts as a register would hold them, by INN."""
    codes: dict[int, list[str]] = defaultdict(list)
    texts: dict[int, Counter[str]] = defaultdict(Counter)
    for supplier, code, text in zip(past.supplier.tolist(), past.codes, past.texts, strict=True):
        codes[supplier].append(code)
        texts[supplier][text] += 1
    sellers = [
        Company(
            inn=seller(number),
            products_okpd2=tuple(codes[number]),
            offers=". ".join(text for text, _ in texts[number].most_common(MOST_TEXTS) if text),
            region_code=_region(past.suppliers[number]),
        )
        for number in np.unique(past.supplier).tolist()
    ]
    bodies = [
        Company(inn=body(number), region_code=_region(past.buyers[number])) for number in np.unique(past.buyer).tolist()
    ]
    return sorted([*sellers, *bodies], key=lambda company: company.inn)


def _region(place: tuple[str, str]) -> str | None:
    """Return the code of a region of Russia; others are known by their names alone, and lie nowhere."""
    return place[0] if place[0] in regions() else None


def links(past: Contracts) -> Iterator[Link]:
    """Yield the contracts as links on record."""
    sales = zip(past.supplier, past.buyer, past.codes, past.amount, strict=True)
    for row, (supplier, buyer, code, amount) in enumerate(sales):
        yield Link(seller(int(supplier)), body(int(buyer)), row, okpd2=code or None, amount_rub=float(amount))


def seller(number: int) -> str:
    """Return what stands for the INN of a supplier.

    >>> seller(7), body(7)
    ('s000000007', 'b000000007')
    """
    return f"s{number:09d}"


def body(number: int) -> str:
    """Return what stands for the INN of a buyer; one body on both sides counts as two."""
    return f"b{number:09d}"


def named_input(economy: Economy, group: str) -> Floats:
    """Return a recipe that needs one group alone, with the traders of its goods, shape (m,)."""
    asked = np.zeros(len(economy.codes))
    asked[economy.codes.index(group)] = LEAST_SPENT
    return economy.with_channels(asked)
