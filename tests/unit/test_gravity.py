"""The gravity model reproduces the totals it is constrained by."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from graph.distance import distance_matrix_km
from graph.gravity import Balance, balance, deterrence, fit_factors
from models.geography import great_circle_km

AMOUNTS = st.floats(min_value=0, max_value=1e12, allow_nan=False)


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_outside_partners_make_both_sides_agree(supply, demand, output, imports, intermediate, final):
    outside = balance(supply, demand, output, imports, intermediate, final)
    assert outside.outside_supply >= 0
    assert outside.outside_demand >= 0
    assert supply + outside.outside_supply == pytest.approx(demand + outside.outside_demand, rel=1e-9, abs=1e-3)


@settings(max_examples=50)
@given(
    arrays(float, 6, elements=st.floats(1.0, 1e9)),
    arrays(float, 6, elements=st.floats(1.0, 1e9)),
    arrays(float, (6, 2), elements=st.floats(40, 65)),
)
def test_rows_and_columns_reproduce_supply_and_demand(supply, demand, points):
    distance = great_circle_km(points[:, 0][:, None], points[:, 1][:, None], points[:, 0][None], points[:, 1][None])
    decay = deterrence(distance, 300.0)
    outside = balance(supply.sum(), demand.sum(), supply.sum() * 2, 0.0, demand.sum() * 3, 0.0)
    f = fit_factors(supply, demand, outside, decay, tolerance=1e-10, max_iterations=20_000)
    trade = np.outer(f.a * supply, f.b * demand) * decay
    to_outside = f.a * supply * f.b_outside * outside.outside_demand * 0.25
    from_outside = f.a_outside * outside.outside_supply * 0.25 * f.b * demand
    np.testing.assert_allclose(trade.sum(axis=1) + to_outside, supply, rtol=1e-5)
    np.testing.assert_allclose(trade.sum(axis=0) + from_outside, demand, rtol=1e-5)


def test_fitting_on_places_is_exact_for_firms():
    """Two firms of one place get the trade that a fit on single firms gives them."""
    place = np.array([0, 0, 1])
    supply, demand = np.array([3.0, 5.0, 2.0]), np.array([4.0, 1.0, 5.0])
    decay = deterrence(np.array([[10.0, 400.0], [400.0, 10.0]]), 200.0)
    none = Balance(0.0, 0.0)
    firms = fit_factors(supply, demand, none, decay[np.ix_(place, place)], tolerance=1e-12, max_iterations=5000)
    by_place = [np.bincount(place, weights=v) for v in (supply, demand)]
    places = fit_factors(by_place[0], by_place[1], none, decay, tolerance=1e-12, max_iterations=5000)

    def trade(a, b):
        return np.outer(a * supply, b * demand) * decay[np.ix_(place, place)]

    np.testing.assert_allclose(trade(firms.a, firms.b), trade(places.a[place], places.b[place]), rtol=1e-8)


def test_totals_that_disagree_are_refused():
    with pytest.raises(ValueError, match="must sum to the same"):
        fit_factors(np.array([1.0]), np.array([2.0]), Balance(0.0, 0.0), np.ones((1, 1)))


def test_nearer_and_farther_travelling_goods_survive_more():
    assert deterrence(np.array(100.0), 500.0) > deterrence(np.array(1000.0), 500.0)
    assert deterrence(np.array(1000.0), 2000.0) > deterrence(np.array(1000.0), 200.0)


def test_a_town_is_never_nearer_to_its_regions_centre_than_half_the_spread():
    distance = distance_matrix_km(
        np.array([45.0, 45.01]), np.array([42.0, 42.01]), np.array([8.0, 120.0]), np.array([5, 5])
    )
    assert distance[0, 1] == pytest.approx(60.0)
    assert np.diag(distance).tolist() == [8.0, 120.0]
