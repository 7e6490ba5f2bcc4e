"""The portfolio is the best there is: checked against trying every choice."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from graph.portfolio import Candidates, Limits, best_portfolio, greedy, keeps, random_value


@st.composite
def problems(draw):
    count, people = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    numbers = st.integers(1, 50).map(float)
    bits = st.lists(st.booleans(), min_size=people, max_size=people)
    value = np.array(draw(st.lists(numbers, min_size=count, max_size=count)))
    cost = np.array(draw(st.lists(numbers, min_size=count, max_size=count)))
    part = np.array(draw(st.lists(bits, min_size=count, max_size=count)), dtype=float)
    pairs = [pair for pair in combinations(range(count), 2) if draw(st.integers(0, 4)) == 0]
    candidates = Candidates(value, cost, csr_array(part), np.array(draw(bits)), pairs)
    limits = Limits(
        draw(st.integers(1, 5)),
        draw(st.integers(1, 3)),
        draw(st.integers(0, 2)),
        draw(st.sampled_from([40.0, 90.0, np.inf])),
    )
    return candidates, limits


def best_by_trying(candidates, limits):
    """Return the largest value of all choices that keep to the limits, ``None`` when none does."""
    best = None
    part = candidates.takes_part.toarray() > 0
    for size in range(len(candidates.value) + 1):
        for chosen in combinations(range(len(candidates.value)), size):
            special = (part[list(chosen)].any(axis=0) & candidates.special).sum() if chosen else 0
            if keeps(candidates, limits, chosen) and special >= limits.special:
                value = candidates.value[list(chosen)].sum()
                best = value if best is None or value > best else best
    return best


@settings(max_examples=60)
@given(problems())
def test_no_choice_is_better(problem):
    candidates, limits = problem
    expected, found = best_by_trying(candidates, limits), best_portfolio(candidates, limits)
    if expected is None:
        assert found is None
        return
    assert found.value == pytest.approx(expected)
    assert found.gap == pytest.approx(0.0, abs=1e-6)
    assert keeps(candidates, limits, found.chosen)


def hidden():
    """A portfolio of five hidden among candidates that look better one by one: each of those takes all five firms."""
    rng = np.random.default_rng(3)
    alone = np.eye(5)
    together = np.ones((20, 5))
    value = np.concatenate([np.full(5, 10.0), 12.0 + rng.random(20)])
    return Candidates(value, np.ones(25), csr_array(np.vstack([alone, together])), np.zeros(5, dtype=bool))


def test_a_hidden_portfolio_is_found_where_the_greedy_choice_is_misled():
    candidates, limits = hidden(), Limits(projects=5, each=1)
    found = best_portfolio(candidates, limits)
    assert found.chosen == (0, 1, 2, 3, 4)
    assert found.value == 50.0
    assert greedy(candidates, limits) < 14
    assert random_value(candidates, limits) < 50


def test_with_nothing_to_choose_the_portfolio_is_empty():
    nothing = Candidates(np.zeros(0), np.zeros(0), csr_array((0, 0)), np.zeros(0, dtype=bool))
    assert best_portfolio(nothing, Limits(3)).chosen == ()
    assert best_portfolio(nothing, Limits(3, special=1)) is None


def test_a_simpler_way_that_reaches_too_few_special_firms_is_no_choice():
    """The most valuable project has no small firm; only the other two have one each."""
    part = csr_array(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
    given = Candidates(np.array([9.0, 2.0, 1.0]), np.ones(3), part, np.array([False, True, True]))
    assert greedy(given, Limits(projects=2, special=2)) is None
    assert random_value(given, Limits(projects=2, special=2)) == 3.0
    assert best_portfolio(given, Limits(projects=2, special=2)).chosen == (1, 2)
    assert greedy(given, Limits(projects=2, special=1)) == 11.0
