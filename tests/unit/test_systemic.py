"""A stopped maker's loss runs down the chain, checked against a simulation firm by firm."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.systemic import LocalChain, essential_inputs, levels_without


def chain_of(recipe, output, essential, demand=None):
    """Return the chain of firms that each do one activity, one firm an activity."""
    output = np.asarray(output, dtype=float)
    return LocalChain(recipe, essential, np.diag(output), output, recipe @ output if demand is None else demand)


def firm_by_firm(recipe, output, essential, stopped, elsewhere):
    """Simulate firms one by one, as Diem et al. do on observed links, until nothing moves."""
    size = len(output)
    demand, level = recipe @ output, np.ones(size)
    level[stopped] = 0.0
    for _ in range(5000):
        new = level.copy()
        for q in range(size):
            if q == stopped or not recipe[:, q].any():
                continue
            short = np.zeros(size)
            for p in range(size):
                if demand[p] > 0 and recipe[p, q] > 0:
                    lost = output[p] * (1 - level[p])
                    kept = min(1.0, lost / elsewhere[p]) if elsewhere[p] > 0 else 1.0
                    short[p] = min(1.0, output[p] / demand[p]) * kept * (1 - level[p])
            worst = max([short[p] for p in range(size) if essential[p, q]], default=0.0)
            linear = sum(recipe[p, q] * short[p] for p in range(size) if not essential[p, q]) / recipe[:, q].sum()
            new[q] = min(level[q], 1 - worst, 1 - linear)
        if np.abs(new - level).max() < 1e-9:
            break
        level = new
    level[stopped] = 1.0
    return level


regions = st.integers(2, 5).flatmap(
    lambda m: st.tuples(
        st.lists(st.floats(0, 0.3), min_size=m * m, max_size=m * m).map(lambda a: np.array(a).reshape(m, m)),
        st.lists(st.floats(1, 100), min_size=m, max_size=m).map(np.array),
        st.lists(st.booleans(), min_size=m, max_size=m).map(np.array),
        st.integers(0, m - 1),
        st.sampled_from([0.0, 200.0]),
    )
)


#: Three activities that hang on each other: what is lost grows by a thirtieth a round, for hundreds of rounds.
RING = np.zeros((5, 5))
RING[0, 3], RING[1, [2, 3]], RING[2, 1], RING[3, 2] = 0.0625, 0.25, 0.25, 0.125


@example((RING, np.ones(5), np.zeros(5, dtype=bool), 0, 0.0))
@given(regions)
def test_levels_equal_a_simulation_of_firms(region):
    recipe, output, physical, stopped, elsewhere = region
    recipe = np.where(recipe < 0.01, 0.0, recipe)
    np.fill_diagonal(recipe, 0.0)
    essential = essential_inputs(recipe, physical)
    mix = np.eye(len(output))[[stopped]]
    country = np.full(len(output), elsewhere)
    found = levels_without(chain_of(recipe, output, essential), mix * output, mix, country)[0]
    expected = firm_by_firm(recipe, output, essential, stopped, country)
    others = np.arange(len(output)) != stopped
    np.testing.assert_allclose(found[others], expected[others], atol=1e-3)


def test_a_chain_of_three_passes_the_shock_on_and_a_service_costs_its_part():
    """Salt is needed for soda, soda for glass; advertising is a tenth of what glass makers buy."""
    recipe = np.array([[0, 0.3, 0, 0], [0, 0, 0.45, 0], [0, 0, 0, 0], [0, 0, 0.05, 0]], dtype=float)
    essential = essential_inputs(recipe, np.array([True, True, True, False]))
    output = np.array([30.0, 40.0, 60.0, 5.0])
    chain = chain_of(recipe, output, essential)
    salt, advertising = np.eye(4)[[0]], np.eye(4)[[3]]
    assert levels_without(chain, salt * output, salt, np.zeros(4)).tolist() == [[1.0, 0.0, 0.0, 1.0]]
    assert levels_without(chain, advertising * output, advertising, np.zeros(4))[0, 2] == pytest.approx(0.9)


def test_what_the_country_can_replace_is_lost_less():
    recipe = np.array([[0.0, 0.5], [0.0, 0.0]])
    output, mix = np.array([5.0, 10.0]), np.eye(2)[[0]]
    chain = chain_of(recipe, output, recipe > 0)
    levels = [levels_without(chain, mix * output, mix, np.full(2, country))[0, 1] for country in (5.0, 50.0, 5000.0)]
    assert levels == pytest.approx([0.0, 0.9, 0.999])


def test_a_maker_that_stands_still_early_ends_where_it_would_alone():
    """Each maker is followed until its own levels stand still, whatever the others do."""
    essential = np.zeros((5, 5), dtype=bool)
    chain, mix = chain_of(RING, np.ones(5), essential), np.eye(5)
    together = levels_without(chain, mix, mix, np.zeros(5))
    for stopped in range(5):
        alone = levels_without(chain, mix[[stopped]], mix[[stopped]], np.zeros(5))
        np.testing.assert_array_equal(together[[stopped]], alone)
