"""Both sides of a pair: places on each other's lists, anchors a supplier fits, dependence on one buyer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.index.economy import economy
from matcher.index.generated import generated_firms, generated_index, generated_links
from matcher.match.batch import Batch
from matcher.match.bounds import ROUNDING, BuyersOf, SuppliersOf
from matcher.match.mutual import Place, among_buyers, among_suppliers, anchors_fitted, place_on
from matcher.match.pairs import firm_party
from matcher.match.scorer import default_weights
from matcher.match.shortlist import Decisions, Filters, rank_buyers, rank_suppliers
from matcher.report.ranking.concentration import potential_shares
from models.classifications import groups
from tests.unit.small import MINERAL, PRODUCT, SERVICE, Firm, columns_of, small_economy, with_texts

ECONOMY = small_economy()
NEAR_PLANT, FAR_PLANT = Firm("1000", {PRODUCT: 1.0}, 50e6), Firm("1100", {PRODUCT: 1.0}, 50e6, region=1)
QUARRY, REPAIR = Firm("2000", {MINERAL: 1.0}, 20e6), Firm("3000", {SERVICE: 1.0}, 20e6)
#: Codes, outputs and regions.
FIRMS = st.lists(st.tuples(st.integers(0, 3), st.floats(1e5, 1e9), st.integers(0, 1)), min_size=3, max_size=12)


def test_the_nearer_plant_is_the_better_buyer_and_the_quarry_the_better_supplier():
    columns = columns_of([NEAR_PLANT, FAR_PLANT, QUARRY, REPAIR], ECONOMY)
    near, far, quarry, repair = range(4)
    at = (columns, ECONOMY, Decisions())
    assert among_buyers(*at, quarry, near).rank == 1
    assert among_buyers(*at, quarry, far).rank == 2
    assert among_suppliers(Batch(*at), quarry, near) == Place(1, 2)
    assert among_suppliers(Batch(*at), repair, near) == Place(2, 2)


def test_who_needs_nothing_of_it_is_on_no_list():
    columns = columns_of([NEAR_PLANT, QUARRY], ECONOMY)
    assert among_buyers(columns, ECONOMY, Decisions(), 0, 1).rank is None


@pytest.fixture(scope="module")
def large():
    firms = generated_firms(1200, groups())
    return generated_index(firms, economy(), generated_links(firms, 4))


@pytest.mark.parametrize("decided", [{}, {(3, 5): "accept", (7, 5): "decline", (9, 20): "decline"}])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_place_is_that_on_the_whole_list(large, decided, seed):
    """Found by bounds, scoring few; asked of the best, of the middle, and of the last, partners and the declined."""
    decisions, at = Decisions(decided), (large, economy(), Decisions(decided))
    drawn, batch = np.random.default_rng(seed), Batch(*at)
    for asker in [5, 20, *drawn.choice(len(large), 6, replace=False).tolist()]:
        of_buyer = rank_suppliers(large, economy(), firm_party(large, asker), Filters(), decisions)
        of_supplier = rank_buyers(large, economy(), firm_party(large, asker), Filters(), decisions)
        partners = [*large.network.suppliers_of(asker).tolist(), *large.network.buyers_of(asker).tolist()]
        lists = [of.firms[of.order].tolist() for of in (of_buyer, of_supplier)]
        some = [firm for each in lists for firm in (*each[:2], *each[len(each) // 2 :][:1], *each[-1:])]
        for firm in {7, 9, asker, *partners, *some}:
            assert among_suppliers(batch, firm, asker) == place_on(of_buyer, firm)
            assert among_buyers(*at, asker, firm) == place_on(of_supplier, firm)


@pytest.mark.parametrize("changed", [{}, {"network": 0.0}, {"size_fit": 0.0}])
def test_scores_lie_between_their_bounds_and_most_bounds_are_near(large, changed):
    weights, everyone = {**default_weights(), **changed}, Filters()
    batch, feedback = Batch(large, economy(), Decisions(), weights), np.zeros(large.groups)
    for asker in range(0, 60, 5):
        party = firm_party(large, asker)
        suppliers, buyers = SuppliersOf(batch, asker), BuyersOf(large, economy(), asker, feedback, weights)
        of_buyer = rank_suppliers(large, economy(), party, everyone, Decisions(), weights=weights)
        of_supplier = rank_buyers(large, economy(), party, everyone, Decisions(), weights)
        for ranking, telling in ((of_buyer, suppliers.telling), (of_supplier, buyers.telling)):
            score, others = ranking.scores.score, ranking.firms != asker
            for between in telling:
                found = between(ranking.firms)
                assert (found.least <= score + ROUNDING)[others].all()
                assert (found.most >= score - ROUNDING)[others].all()
                assert np.median(found.most - found.least) < 0.5


@settings(max_examples=15)
@given(FIRMS, st.data())
def test_a_place_in_any_register(drawn, data):
    firms = [Firm(str(1000 + n), {code: 1.0}, output, region) for n, (code, output, region) in enumerate(drawn)]
    number = st.integers(0, len(firms) - 1)
    pairs = data.draw(st.lists(st.tuples(number, number).filter(lambda pair: pair[0] != pair[1]), max_size=6))
    columns = columns_of(firms, ECONOMY, sorted({(firms[a].inn, firms[b].inn) for a, b in pairs}))
    columns = with_texts(columns, {0: [1.0, 0.0], 1: [0.0, 1.0]}, {1: [1.0, 0.0], 2: [0.6, 0.8]})
    for asker in range(len(firms)):
        of_buyer = rank_suppliers(columns, ECONOMY, firm_party(columns, asker), Filters(), Decisions())
        of_supplier = rank_buyers(columns, ECONOMY, firm_party(columns, asker), Filters(), Decisions())
        for firm in range(len(firms)):
            assert among_suppliers(Batch(columns, ECONOMY, Decisions()), firm, asker) == place_on(of_buyer, firm)
            assert among_buyers(columns, ECONOMY, Decisions(), asker, firm) == place_on(of_supplier, firm)


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
    buyer = firm_party(columns, 0)
    ranking = rank_suppliers(columns, ECONOMY, buyer, Filters(), Decisions())
    (found,) = potential_shares(ranking.flow.of(np.array([0])), np.array([output], float), np.array([buyer.output_rub]))
    assert found == pytest.approx(np.nan if expected is None else expected, nan_ok=True)
