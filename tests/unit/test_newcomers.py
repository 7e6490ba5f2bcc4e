"""How often purchases go to sellers never seen: the model against its own draws, and what lists make of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.newcomers import Newcomers, learn_newcomers, partitions
from matcher.match.pairs import firm_party
from matcher.match.shortlist import Decisions, Filters, rank_buyers, rank_suppliers
from tests.unit.small import MINERAL, PRODUCT, Firm, columns_of, small_economy

ECONOMY = small_economy()


def seated(model, sales, seed):
    """Draw who sells, sale by sale: the share of newcomers is that of the model."""
    drawn, sellers = np.random.default_rng(seed), []
    for number in range(sales):
        new = model.strength + model.discount * len(sellers)
        chance = np.array([*(count - model.discount for count in sellers), new]) / (model.strength + number)
        at = drawn.choice(len(chance), p=chance / chance.sum())
        sellers = [*sellers, 1] if at == len(sellers) else [c + (at == i) for i, c in enumerate(sellers)]
    return sellers


@pytest.mark.parametrize("model", [Newcomers(0.2, 1.0), Newcomers(0.7, 1.0), Newcomers(0.5, 8.0)])
def test_what_draws_were_made_by_is_learned_from_them(model):
    codes = [seated(model, 60, seed) for seed in range(60)]
    found = learn_newcomers(np.repeat(np.arange(60), [len(each) for each in codes]), np.concatenate(codes))
    assert found.discount == pytest.approx(model.discount, abs=0.1)
    ours, theirs = (each.chance(np.array([60.0]), np.array([20.0]))[0] for each in (found, model))
    assert ours == pytest.approx(theirs, abs=0.05)


@given(st.floats(0.01, 0.95), st.floats(0.01, 50))
def test_the_chances_of_all_partitions_of_four_sales_sum_to_one(discount, strength):
    """As many of each shape as there are ways to part four things so (Bell: 1 + 4 + 3 + 6 + 1)."""
    shapes = {(4,): 1, (3, 1): 4, (2, 2): 3, (2, 1, 1): 6, (1, 1, 1, 1): 1}
    model = Newcomers(discount, strength)
    total = sum(
        ways * np.exp(partitions(np.zeros(len(shape), dtype=np.int64), np.array(shape)).log_chance(model))
        for shape, ways in shapes.items()
    )
    assert total == pytest.approx(1.0)


def test_without_a_discount_it_is_ewens_formula():
    """Ewens (1972): θ = 2, three sales of one seller each have the chance θ³ / (θ (θ + 1) (θ + 2)) = 1/3."""
    three = partitions(np.zeros(3, dtype=np.int64), np.ones(3, dtype=np.int64))
    assert np.exp(three.log_chance(Newcomers(0.0, 2.0))) == pytest.approx(1 / 3)


def test_where_everyone_sells_once_the_next_is_new_and_where_one_sells_all_it_is_not():
    once = learn_newcomers(np.zeros(40, dtype=np.int64), np.ones(40, dtype=np.int64))
    one = learn_newcomers(np.zeros(1, dtype=np.int64), np.array([40]))
    assert once.chance(np.array([40.0]), np.array([40.0])) > 0.8
    assert one.chance(np.array([40.0]), np.array([1.0])) < 0.1


def test_a_list_leaves_newcomers_their_chance_and_keeps_its_order():
    firms = [Firm("1000", {PRODUCT: 1.0}, 50e6), *(Firm(str(2000 + n), {MINERAL: 1.0}, 20e6) for n in range(4))]
    rankings = [
        rank_suppliers(columns, ECONOMY, firm_party(columns, 0), Filters(), Decisions())
        for columns in (columns_of(firms, ECONOMY, links) for links in ([], [("2000", "1000"), ("2001", "1000")]))
    ]
    unknown, told = rankings
    assert unknown.newcomer_chance is None
    assert unknown.choice.sum() == pytest.approx(1.0)
    assert 0 < told.newcomer_chance < 1
    assert told.choice.sum() == pytest.approx(1 - told.newcomer_chance)
    assert np.argsort(-told.choice, kind="stable").tolist() == told.order.tolist()


def test_how_often_buyers_are_new_is_not_told():
    firms = [Firm("1000", {PRODUCT: 1.0}, 50e6), Firm("2000", {MINERAL: 1.0}, 20e6)]
    columns = columns_of(firms, ECONOMY, [("2000", "1000")])
    assert rank_buyers(columns, ECONOMY, firm_party(columns, 1), Filters(), Decisions()).newcomer_chance is None
