"""Both sides of a pair: places on each other's lists, anchors a supplier fits, dependence on one buyer."""

from __future__ import annotations

import pytest

from matcher.match.mutual import Place, among_buyers, among_suppliers, anchors_fitted
from matcher.match.pairs import firm_party
from matcher.match.shortlist import Decisions, Filters, rank_buyers, rank_suppliers
from matcher.report.concentration import potential_share
from tests.unit.small import MINERAL, PRODUCT, SERVICE, Firm, columns_of, small_economy

ECONOMY = small_economy()
NEAR_PLANT, FAR_PLANT = Firm("1000", {PRODUCT: 1.0}, 50e6), Firm("1100", {PRODUCT: 1.0}, 50e6, region=1)
QUARRY, REPAIR = Firm("2000", {MINERAL: 1.0}, 20e6), Firm("3000", {SERVICE: 1.0}, 20e6)


def test_the_nearer_plant_is_the_better_buyer_and_the_quarry_the_better_supplier():
    columns = columns_of([NEAR_PLANT, FAR_PLANT, QUARRY, REPAIR], ECONOMY)
    near, far, quarry, repair = range(4)
    at = (columns, ECONOMY, Decisions())
    assert among_buyers(*at, quarry, near).rank == 1
    assert among_buyers(*at, quarry, far).rank == 2
    assert among_suppliers(*at, quarry, near) == Place(1, 2)
    assert among_suppliers(*at, repair, near) == Place(2, 2)


def test_who_needs_nothing_of_it_is_on_no_list():
    columns = columns_of([NEAR_PLANT, QUARRY], ECONOMY)
    assert among_buyers(columns, ECONOMY, Decisions(), 0, 1).rank is None


def test_anchors_are_large_producers_in_the_order_of_the_list():
    plants = [
        Firm("1000", {PRODUCT: 1.0}, 9e9, region=1),
        Firm("1100", {PRODUCT: 1.0}, 9e9),
        Firm("1200", {PRODUCT: 1.0}, 1e9),
        Firm("1300", {SERVICE: 1.0}, 9e9),
    ]
    columns = columns_of([*plants, QUARRY], ECONOMY)
    ranking = rank_buyers(columns, ECONOMY, firm_party(columns, 4), Filters(), Decisions())
    rows = anchors_fitted(columns, ECONOMY, ranking, 5)
    assert [columns.inn_of(int(ranking.firms[row])) for row in rows] == ["1100", "1000"]


@pytest.mark.parametrize(("output", "expected"), [(15e6, 1.0), (30e6, 0.5), (1500e6, 0.01), (0, None)])
def test_a_buyer_is_so_much_of_the_sales_as_it_can_take(output, expected):
    """The plant needs 15 million roubles of the mineral."""
    columns = columns_of([NEAR_PLANT, Firm("2000", {MINERAL: 1.0}, output)], ECONOMY)
    buyer, supplier = firm_party(columns, 0), firm_party(columns, 1)
    ranking = rank_suppliers(columns, ECONOMY, buyer, Filters(), Decisions())
    assert potential_share(ranking, 0, supplier, buyer) == (None if expected is None else pytest.approx(expected))
