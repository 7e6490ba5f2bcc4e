"""What moves a candidate when weights, prices or the radius change, and whom one rule alone keeps out."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.match.bars import CLOSED
from matcher.match.pairs import firm_party
from matcher.match.scorer import PARTS, default_weights
from matcher.match.shortlist import LAPSES, NOT_SMALL, OTHER_REGION, TOO_FAR, Decisions, Filters, rank_suppliers
from matcher.match.whatif import Changes, Move, moves
from matcher.pipeline.whatif import changes_of
from models.errors import UsageError
from tests.unit.small import MINERAL, PRODUCT, SERVICE, TRADE, Firm, columns_of, small_economy

ECONOMY = small_economy()
BUYER = Firm("1000", {PRODUCT: 1.0}, output=50e6)


def ranked(firms, changes=Changes(), filters=Filters()):  # noqa: B008 - both are frozen
    columns = columns_of([BUYER, *firms], ECONOMY)
    economy, weights = changes.economy(ECONOMY), changes.applied(default_weights())
    return columns, rank_suppliers(columns, economy, firm_party(columns, 0), filters, Decisions(), weights=weights)


def names(columns, ranking):
    return [columns.inn_of(int(ranking.firms[row])) for row in ranking.order]


NEAR_AND_SMALL = Firm("2000", {MINERAL: 1.0}, 0.9e6)
FAR_AND_LARGE = Firm("3000", {MINERAL: 1.0}, 100e6, region=1)


def test_a_part_that_counts_more_lifts_the_one_it_favours_and_is_named():
    firms = [NEAR_AND_SMALL, FAR_AND_LARGE]
    columns, before = ranked(firms, Changes({"distance": 0.1}))
    assert names(columns, before) == ["3000", "2000"]
    _, after = ranked(firms, Changes({"distance": 3.0}))
    assert names(columns, after) == ["2000", "3000"]
    up, down = moves(before, after, after.firms[after.order])
    assert (up.was, up.now, up.part, down.was, down.now, down.part) == (2, 1, "distance", 1, 2, "distance")
    assert up.gain > 0 > down.gain


@pytest.mark.parametrize("part", PARTS)
def test_a_part_left_out_adds_nothing(part):
    _, ranking = ranked([NEAR_AND_SMALL, FAR_AND_LARGE], Changes(without=(part,)))
    assert not ranking.scores.parts[:, PARTS.index(part)].any()
    np.testing.assert_allclose(ranking.scores.parts.sum(axis=1), ranking.scores.score)


def test_who_goes_up_only_because_others_left_is_not_said_to_be_moved_by_a_part():
    firms = [Firm("2000", {MINERAL: 1.0}, region=0), Firm("3000", {SERVICE: 1.0}, region=0)]
    firms.append(Firm("4000", {MINERAL: 1.0}, 500e6, region=1))
    columns, before = ranked(firms)
    _, after = ranked(firms, filters=Filters(radius_km=500))
    assert "4000" not in names(columns, after)
    found = dict(zip(names(columns, before), moves(before, after, before.firms[before.order]), strict=True))
    assert found["4000"].now is None
    assert {move.part for move in found.values()} == {None}


def test_who_sells_what_costs_nothing_leaves_the_list_and_the_others_move_up():
    columns, before = ranked([NEAR_AND_SMALL, Firm("3000", {SERVICE: 1.0})])
    _, after = ranked([NEAR_AND_SMALL, Firm("3000", {SERVICE: 1.0})], Changes(prices={"08.91": 0.0}))
    found = dict(zip(names(columns, before), moves(before, after, before.firms[before.order]), strict=True))
    assert (found["2000"].was, found["2000"].now) == (1, None)
    assert (found["3000"].was, found["3000"].now) == (2, 1)


@pytest.mark.parametrize(
    ("layer", "left"), [("channel", ["2000"]), ("current", ["3000"]), ("capital", ["2000", "3000"])]
)
def test_a_layer_of_the_recipe_can_be_left_out(layer, left):
    """The plant buys the mineral itself and from a wholesaler; nothing is capital."""
    columns, ranking = ranked([NEAR_AND_SMALL, Firm("3000", {TRADE: 1.0})], Changes(without=(layer,)))
    assert sorted(names(columns, ranking)) == left


def test_what_is_left_of_the_recipe_is_compared_with_what_is_left_of_the_mean():
    kept = Changes(without=("channel",)).economy(ECONOMY)
    np.testing.assert_allclose(kept.match, ECONOMY.recipe)
    assert kept.mean_share[TRADE] == 0
    assert kept.mean_share[MINERAL] == pytest.approx(ECONOMY.mean_share[MINERAL])


def test_a_dearer_input_weighs_more_and_its_trade_is_worth_more_but_sizes_still_fit_as_they_did():
    firms = [Firm("2000", {MINERAL: 1.0}, 5e6), Firm("3000", {SERVICE: 1.0})]
    _, before = ranked(firms)
    _, after = ranked(firms, Changes(prices={"08.91": 1.5}))
    gain = dict(zip(PARTS, (after.scores.parts - before.scores.parts)[0], strict=True))
    assert gain["input_fit"] > 0
    assert gain["size_fit"] == pytest.approx(0)
    assert after.scores.expected_rub == pytest.approx(before.scores.expected_rub * [1.5, 1.0])
    assert after.scores.need_rub == pytest.approx(before.scores.need_rub * [1.5, 1.0])


def test_near_misses_break_one_rule_and_it_is_named():
    firms = [
        Firm("2000", {MINERAL: 1.0}, category=2),
        Firm("3000", {MINERAL: 1.0}, category=2, region=1),
        Firm("4000", {MINERAL: 1.0}, category=4),
        Firm("5000", {MINERAL: 1.0}, category=4, region=1),
        Firm("6000", {MINERAL: 1.0}, category=2, status=3),
        Firm("7000", {MINERAL: 1.0}, category=4, status=3),
    ]
    columns, ranking = ranked(firms, filters=Filters(region=0, sme=True))
    assert names(columns, ranking) == ["2000"]
    missed = {columns.inn_of(int(ranking.firms[row])): rule for row, rule in ranking.blocked}
    assert missed == {"3000": OTHER_REGION, "4000": NOT_SMALL, "6000": CLOSED}


def test_a_radius_keeps_out_who_is_farther_and_says_so():
    columns, ranking = ranked([NEAR_AND_SMALL, FAR_AND_LARGE], filters=Filters(radius_km=300))
    assert names(columns, ranking) == ["2000"]
    assert [rule for _, rule in ranking.blocked] == [TOO_FAR]


def test_words_are_read_as_changes():
    changes = changes_of(["distance=2", "gap=0,5"], ["text_fit"], ["20.1=1.1"], 300.0)
    assert changes.weights == {"distance": 2.0, "gap": 0.5}
    assert set(changes.prices) >= {"20.11", "20.15"}
    assert changes.applied({"distance": 0.7, "gap": 0.5, "text_fit": 1.0}) == {
        "distance": 1.4,
        "gap": 0.25,
        "text_fit": 0.0,
    }
    assert changes
    assert not changes_of()


@pytest.mark.parametrize(
    ("weights", "without", "prices"),
    [
        (["distance"], (), ()),
        (["fit=2"], (), ()),
        (["gap=-1"], (), ()),
        (["gap=nan"], (), ()),
        ((), ["fit"], ()),
        ((), ["current", "capital", "channel"], ()),
        ((), (), ["20.15=x"]),
    ],
)
def test_what_cannot_be_meant_is_refused(weights, without, prices):
    with pytest.raises(UsageError):
        changes_of(weights, without, prices)


def test_a_move_of_one_that_stays_has_no_part():
    _, ranking = ranked([NEAR_AND_SMALL])
    assert moves(ranking, ranking, ranking.firms[ranking.order]) == [Move(1, 1)]


def test_a_maker_whose_certificate_lapses_too_soon_is_a_near_miss_and_one_without_any_is_none():
    firms = [
        Firm("2000", {MINERAL: 1.0}, certified_until=200),
        Firm("3000", {MINERAL: 1.0}, certified_until=100),
        Firm("4000", {MINERAL: 1.0}),
    ]
    columns, ranking = ranked(firms, filters=Filters(certified_until=150))
    assert names(columns, ranking) == ["2000"]
    missed = {columns.inn_of(int(ranking.firms[row])): rule for row, rule in ranking.blocked}
    assert missed == {"3000": LAPSES}
