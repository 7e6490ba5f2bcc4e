"""Closeness of activities and nearness of regions, on cases small enough to check by hand and on planted ones."""

import numpy as np
import pytest

from graph.relatedness import co_specialisation, density, entry_score, location_quotient
from matcher.evaluate.relatedness import entry_between, entry_scores, judge, russian_panel, us_panel
from matcher.gaps.proximity import activity_proximity, closeness, region_amounts
from tests.unit.small import MINERAL, PRODUCT, Firm, columns_of, small_economy


def test_proximity_is_the_smaller_conditional_probability():
    """Of three places two have both; one activity is in all three: P(rare | common) = 2/3."""
    present = np.array([[True, True], [True, True], [True, False]])
    assert co_specialisation(present)[0, 1] == pytest.approx(2 / 3)


def test_an_activity_found_nowhere_is_close_to_nothing():
    present = np.array([[True, False], [True, False]])
    assert co_specialisation(present)[0, 1] == 0


def test_density_of_all_is_the_published_formula():
    """Hidalgo et al. 2007, supplement: the proximities of what a place has over all proximities."""
    close = np.array([[1, 0.5, 0.25], [0.5, 1, 0.75], [0.25, 0.75, 1]])
    present = np.array([[True, False, True]])
    assert density(present, close, nearest=99)[0].tolist() == pytest.approx([0.25 / 0.75, 1.25 / 1.25, 0.25 / 1.0])


def test_far_neighbours_do_not_count():
    close = np.array([[1.0, 0.9, 0.1], [0.9, 1.0, 0.0], [0.1, 0.0, 1.0]])
    only_far = np.array([[False, False, True]])
    assert density(only_far, close, nearest=1)[0, 0] == 0
    assert density(only_far, close, nearest=2)[0, 0] > 0


def test_a_little_of_the_activity_and_much_of_its_neighbours_both_bring_it_near():
    quotient = np.array([[0.0, 0.6, 0.0]])
    score = entry_score(quotient, np.array([[0.1, 0.1, 0.4]]))[0]
    assert score[0] < score[2] < score[1]


def test_where_there_is_no_region_nothing_is_near():
    nothing = np.zeros((0, 3))
    assert entry_score(nothing, density(nothing > 0, np.eye(3))).shape == (0, 3)


def test_both_kinds_of_closeness_are_needed():
    assert activity_proximity(np.array([[0.9]]), np.array([[0.0]]))[0, 0] == 0
    assert activity_proximity(np.array([[0.4]]), np.array([[0.9]]))[0, 0] == pytest.approx(0.6)


def planted(places=200, activities=20, seed=1):
    """Return a panel where places enter what is close to what they have: activities come in families of five."""
    rng = np.random.default_rng(seed)
    family, home = np.arange(activities) // 5, rng.integers(0, 4, places)
    before = rng.random((places, activities)) * (
        0.1 + 2.0 * (home[:, None] == family) * rng.random((places, activities))
    )
    after = before + 5.0 * ((home[:, None] == family) & (rng.random(before.shape) < 0.5))
    return before, after


def test_what_enters_by_family_is_told_by_density():
    before, after = planted()
    figures = entry_between(before, after)
    assert figures["baselines"]["density_of_nearest"]["average_precision"] > 3 * figures["chance"]
    assert figures["average_precision"] > figures["baselines"]["frequency"]["average_precision"]
    assert figures["n"] > figures["entries"] > 0
    # no score knows what came later: all are computed from before alone
    assert {*figures["baselines"], "score"} == set(entry_scores(location_quotient(before)))


def test_roc_hides_what_precision_shows():
    """Two rankings of the same right answers: ROC is nearly equal, average precision is not."""
    truth = np.zeros(10_000, dtype=bool)
    truth[:10] = True
    top, hundredth = -np.arange(10_000.0), -np.arange(10_000.0)
    hundredth[:10] = -np.arange(95.5, 105.5)
    first, second = judge(top, truth), judge(hundredth, truth)
    assert first["roc_auc"] - second["roc_auc"] < 0.02
    assert first["average_precision"] > 5 * second["average_precision"]


def test_the_panels_hold_what_their_sidecars_say():
    before, after = us_panel()
    assert before.shape == after.shape == (720, 390)  # two of the 722 zones have no manufacturing in one of the years
    assert np.allclose(before.sum(axis=1), 1)
    organisations, _ = russian_panel()
    assert organisations.shape == (83, 34)


def test_with_few_regions_closeness_is_that_of_recipes():
    economy = small_economy()
    columns = columns_of([Firm("1", {MINERAL: 1.0}), Firm("2", {PRODUCT: 1.0}, region=1)], economy)
    assert region_amounts(columns)[0, MINERAL] == 10e6
    close = closeness(columns, economy)
    assert close.activities[MINERAL, MINERAL] == pytest.approx(0.0)  # the mineral needs a service only, no good
    assert close.place_of(0, MINERAL) is None
    assert close.place_of(0, PRODUCT) == (1, 1)
