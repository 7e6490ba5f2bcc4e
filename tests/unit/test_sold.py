"""What sales on record say code by code: against a plain count, and from either side."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from graph.ceilings import again_ceiling, buyers_again_ceiling, sold_ceiling, sold_there_ceiling
from graph.sold import AGAIN, CONCENTRATION, Carried, sold_by_code
from graph.sparse_rows import MANY, in_order, row_at

SHARES = np.array([[1.0, 0, 0], [0.5, 0.3, 0], [0, 1.0, 0], [0, 0.2, 0.8], [0, 0, 1.0], [0, 0, 0]])
FIRMS, CODES = SHARES.shape
PLACE = np.array([0, 1, 0, 1, 1, 0])
FIRM = st.integers(0, FIRMS - 1)
#: Supplier, buyer, code (the last for a sale of unknown code).
SALES = st.lists(st.tuples(FIRM, FIRM, st.integers(0, CODES)).filter(lambda s: s[0] != s[1]), max_size=12)
ENTRIES = [(int(firm), int(code)) for firm, code in zip(*SHARES.nonzero(), strict=True)]


def sold(sales):
    pairs = sorted({(i, j) for i, j, _ in sales})
    count = np.array([sum((i, j) == pair for i, j, _ in sales) for pair in pairs], dtype=np.int64)
    known = sorted({sale for sale in sales if sale[2] < CODES})
    links = (*(np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1)), count)
    coded = (
        np.array([pairs.index(sale[:2]) for sale in known], dtype=np.int64),
        np.array([sale[2] for sale in known], dtype=np.int64),
        np.array([sales.count(sale) for sale in known], dtype=np.int64),
    )
    return sold_by_code(csr_array(SHARES), PLACE, links, coded)


def everyone(pairs):
    """Return what carries pairs of entries with firms: each entry by itself."""
    return Carried(len(pairs), np.arange(len(pairs)), np.array(pairs, dtype=np.int64), np.ones(len(pairs)))


def to_buyer(known, j):
    entries = np.arange(len(ENTRIES))
    return known.to_buyers(np.array([j]), int(PLACE[j]), everyone(entries), np.array([firm for firm, _ in ENTRIES]))


def plain(sales, i, p, j, concentration):
    """Return the lift of a pair and its own sales of the code by counting."""

    def counted(supplier, code, buyers):
        of_code = [1.0 if c == code else 0.0 for c in range(CODES)]
        return sum(
            of_code[c] if c < CODES and SHARES[supplier, c] > 0 else SHARES[supplier, code]
            for s, b, c in sales
            if s == supplier and b in buyers
        ) * (SHARES[supplier, code] > 0)

    others = set(range(FIRMS)) - {j}
    near = {firm for firm in others if PLACE[firm] == PLACE[j]}
    total = sum(counted(k, p, others) for k in range(FIRMS))
    q = (counted(i, p, others) + SHARES[i, p] / SHARES[:, p].sum()) / (total + 1)
    return np.log1p(counted(i, p, near) / (concentration * q)), counted(i, p, {j})


@settings(max_examples=60)
@given(SALES.filter(bool))
def test_counts_agree_with_a_plain_loop_from_either_side(sales):
    known = sold(sales)
    for j in range(FIRMS):
        record = to_buyer(known, j)
        for entry, (i, p) in enumerate(ENTRIES):
            if i == j:
                continue
            lift, own = plain(sales, i, p, j, known.concentration)
            assert record.lift[entry] == pytest.approx(lift, abs=1e-9)
            assert record.own_code[entry] == pytest.approx(own, abs=1e-9)
            assert record.own[entry] == sum(sale[:2] == (i, j) for sale in sales)
            other = known.to_supplier(i, everyone([entry]), np.array([j]))
            assert other.log_odds[0] == pytest.approx(record.log_odds[entry], abs=1e-9)


@settings(max_examples=60)
@given(SALES.filter(bool))
def test_a_ceiling_is_above_every_pair(sales):
    known = sold(sales)
    for j in range(FIRMS):
        record, lift = to_buyer(known, j), sold_ceiling(known, int(PLACE[j]))
        suppliers, again = again_ceiling(known, j)
        most = dict(zip(suppliers.tolist(), again, strict=True))
        for entry, (i, _) in enumerate(ENTRIES):
            if i != j:
                assert record.lift[entry] <= lift[i] + 1e-5  # of single precision
                assert record.again[entry] <= most.get(i, 0.0) + 1e-9
                assert record.lift[entry] <= sold_there_ceiling(known, i)[PLACE[j]] + 1e-9
                buyers, of_buyers = buyers_again_ceiling(known, i)
                assert record.again[entry] <= of_buyers[buyers == j].sum() + 1e-9


def test_a_seller_of_the_code_in_the_place_is_ahead_of_one_that_sold_it_elsewhere():
    known = sold([(0, 2, 0), (1, 3, 0)])
    record = to_buyer(known, 5)
    assert record.lift[ENTRIES.index((0, 0))] > 0 == record.lift[ENTRIES.index((1, 0))]


def test_sales_on_record_between_the_two_count_the_more_the_more_alike():
    once, twice, other = (to_buyer(sold(each), 4).again for each in ([(1, 4, 0)], [(1, 4, 0)] * 2, [(1, 4, 1)]))
    entry = ENTRIES.index((1, 0))
    assert twice[entry] > once[entry] == pytest.approx(2 * AGAIN * np.log(2))
    assert other[entry] == pytest.approx(AGAIN * np.log(2))


def test_a_sale_of_a_code_the_supplier_is_not_known_for_counts_by_its_shares():
    known = sold([(1, 4, 2)])
    np.testing.assert_allclose(known.sold[[ENTRIES.index((1, 0)), ENTRIES.index((1, 1))]], [0.5, 0.3])


def test_places_with_a_seller_each_are_less_alike_than_places_that_share_their_sellers():
    apart = [(0, j, 0) for j in (2, 5) for _ in range(9)] + [(1, j, 0) for j in (3, 4) for _ in range(9)]
    mixed = [(i, j, 0) for i, j in ((0, 2), (1, 5), (0, 3), (1, 4)) for _ in range(9)]
    assert sold(apart).concentration < CONCENTRATION < sold(mixed).concentration


def test_who_is_in_no_register_has_no_record():
    known = sold([(0, 2, 0)])
    nobody = known.to_buyers(np.array([-1]), -1, everyone([0]), np.array([0]))
    assert nobody.log_odds.tolist() == known.to_supplier(None, everyone([-1]), np.array([2])).log_odds.tolist() == [0]
    placed = known.to_buyers(np.array([-1]), 0, everyone([0]), np.array([0]))
    assert placed.lift[0] > 0 == placed.own[0]


def test_without_sales_nothing_is_said():
    known = sold([])
    assert not to_buyer(known, 0).log_odds.any()
    assert not sold_ceiling(known, 0).any()
    assert not sold_there_ceiling(known, 0).any()
    assert not known.to_supplier(0, everyone([0]), np.array([2])).log_odds.any()
    assert known.concentration == CONCENTRATION


@given(st.integers(0, 1), st.integers(0, 3))
def test_many_values_of_a_row_are_read_as_few_are(row, shift):
    matrix = in_order(csr_array(np.array([[0.0, 3.0, 4.0], [1.0, 0.0, 0.0]])))
    few = np.array([0, 1, 2, -1])
    many = np.tile(np.roll(few, shift), MANY)
    np.testing.assert_array_equal(row_at(matrix, row, many), np.tile(row_at(matrix, row, np.roll(few, shift)), MANY))
