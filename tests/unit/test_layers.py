"""The recipe is the sum of three layers: inputs used up, equipment and buildings, and what goes through channels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.index.economy import LAYERS, economy, priced
from matcher.match.pairs import firm_party
from matcher.match.shortlist import Decisions, Filters, rank_suppliers
from matcher.report.ranking.layers import layer_shares, layers_item, main_layer
from tests.unit.small import MINERAL, PRODUCT, SERVICE, TRADE, Firm, columns_of, small_economy

CURRENT, CAPITAL, CHANNEL = range(len(LAYERS))


@pytest.mark.parametrize("prices", [{}, {"20.15": 1.5, "28.99": 2.0}])
def test_the_layers_sum_to_what_is_spent(prices):
    matrices = priced(economy(), prices)
    codes = np.arange(len(matrices.codes))
    for made in ("20.15", "46.75", "49.20"):
        shares = np.zeros(len(codes))
        shares[matrices.codes.index(made)] = 0.7
        (layers,) = matrices.by_layer(codes, shares[None, :])
        np.testing.assert_allclose(layers.sum(axis=1), matrices.spending(shares), rtol=1e-9, atol=1e-15)
        assert (layers >= 0).all()


@pytest.mark.parametrize(
    ("supplier", "buyer", "layer"),
    [
        ("20.13", "20.15", CURRENT),
        ("28.99", "20.15", CAPITAL),
        ("46.75", "20.15", CHANNEL),
        ("20.15", "46.75", CHANNEL),
    ],
)
def test_acid_is_used_up_machines_are_capital_and_what_traders_handle_goes_through_channels(supplier, buyer, layer):
    matrices = economy()
    shares = np.zeros(len(matrices.codes))
    shares[matrices.codes.index(buyer)] = 1.0
    ((spent,),) = matrices.by_layer(np.array([matrices.codes.index(supplier)]), shares[None, :])
    assert spent.argmax() == layer


def test_a_pair_says_how_much_of_it_each_layer_carries():
    small = small_economy()
    capital = np.zeros((4, 4))
    capital[SERVICE, PRODUCT] = 0.05
    small = replace(small, capital=capital)
    firms = [
        Firm("1000", {PRODUCT: 1.0}),
        Firm("2000", {MINERAL: 0.5, SERVICE: 0.5}),
        Firm("3000", {TRADE: 1.0}),
    ]
    columns = columns_of(firms, small)
    buyer = firm_party(columns, 0)
    ranking = rank_suppliers(columns, small, buyer, Filters(), Decisions())
    mixed, trader = map(layers_item, layer_shares(small, ranking.flow, buyer.shares[None, :]))
    assert mixed == pytest.approx({"current": 0.30 / 0.35, "capital": 0.05 / 0.35, "channel": 0.0}, abs=1e-4)
    assert (main_layer(mixed), main_layer(trader)) == ("current", "channel")


def test_what_is_asked_for_in_words_beyond_the_recipe_is_an_input_used_up():
    small = small_economy()
    columns = columns_of([Firm("1000", {MINERAL: 1.0}), Firm("2000", {PRODUCT: 1.0})], small)
    buyer, asked = firm_party(columns, 0), np.array([0.0, 0.001, 0.0, 0.0])
    ranking = rank_suppliers(columns, small, buyer, Filters(), Decisions(), asked)
    (shares,) = layer_shares(small, ranking.flow, buyer.shares[None, :])
    assert layers_item(shares) == {"current": 1.0, "capital": 0.0, "channel": 0.0}
