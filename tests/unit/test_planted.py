"""A generated region with known gaps and single sources: found, valued and ranked as planted."""

from functools import cache

import numpy as np
import pytest

from matcher.evaluate.gaps import kinds_found, ranked, simpler, value_error
from matcher.evaluate.planted import FATES, REGION, planted
from matcher.gaps.regional import Scope, region_gaps
from matcher.index.economy import economy


@cache
def country(silent=0.0):
    return planted(economy(), seed=11, silent=silent)


@cache
def found(silent=0.0):
    columns = country(silent).columns
    scope = Scope(columns.region_number(REGION), np.ones(columns.groups, dtype=bool))
    return region_gaps(columns, economy(), scope)


def test_every_fate_is_planted():
    assert {str(name) for name in country().fate if name} == set(FATES)


@pytest.mark.parametrize("kind", ["missing", "shortage", "single_source"])
def test_planted_kinds_are_found_and_no_others(kind):
    assert kinds_found(country(), found())[kind] == {"precision": 1.0, "recall": 1.0}


def test_values_are_those_planted():
    assert value_error(country(), found()) < 1e-6
    np.testing.assert_allclose(found().gaps.gap, country().gap_rub, rtol=1e-6, atol=1e3)


def test_the_gaps_worth_most_are_ranked_first_and_simpler_rankings_miss_some():
    assert ranked(country(), found().value_rub)["recall_at_20"] == 1.0
    for score in simpler(economy(), found(), 1).values():
        assert ranked(country(), score)["recall_at_20"] < 0.8


def test_where_a_third_of_the_firms_is_silent_the_ranking_still_beats_simpler_ones():
    figures = ranked(country(0.3), found(0.3).value_rub)
    for score in simpler(economy(), found(0.3), 1).values():
        assert ranked(country(0.3), score)["value_share"] < figures["value_share"]


def test_the_single_sources_planted_are_the_makers_of_their_codes():
    """The maker planted alone is named, and with it all of the code's local supply."""
    columns = country().columns
    for code in np.flatnonzero(country().fate == "single_source"):
        stop = found().stops[int(code)]
        assert stop.share == pytest.approx(1.0)
        assert columns.share_row(stop.firm)[code] == 1.0
        assert 0 <= stop.loss_low_rub <= stop.loss_high_rub
