"""Drawn links: they follow the generator's own rules, and the trial finds what a register holds."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from graph.ranking import reciprocal_rank
from matcher.trials.drawn import measure
from matcher.trials.draws import Trial, gain, judge, summary
from matcher.trials.generator import Firms, draw_links
from matcher.trials.registers import VARYING, Question, method_scores, recipe_of, register
from matcher.trials.stability import only_main_code, stability
from matcher.trials.stated import stated_firms, stated_groups
from models.records import Company
from tests.unit.small import MINERAL, PRODUCT, SERVICE, TRADE, Firm, columns_of, small_economy

ECONOMY = small_economy()
HANDLED = {TRADE: np.array([MINERAL])}


def many(count=60):
    kinds = ({MINERAL: 1.0}, {PRODUCT: 0.7, SERVICE: 0.3}, {SERVICE: 1.0}, {TRADE: 1.0})
    return columns_of([Firm(str(1000 + n), kinds[n % 4], 1e7 * (1 + n % 5), n % 2) for n in range(count)], ECONOMY)


def drawn(columns, seed=1):
    firms = Firms(columns.shares, columns.output_rub, columns.place)
    return draw_links(firms, ECONOMY.recipe, columns.distance_km, ECONOMY.codes, HANDLED, seed)


def test_the_same_seed_draws_the_same_links_and_another_does_not():
    columns = many()
    np.testing.assert_array_equal(drawn(columns), drawn(columns))
    assert not np.array_equal(drawn(columns), drawn(columns, seed=2))


def test_no_firm_buys_from_itself_nor_twice_from_one_and_clients_are_limited():
    columns = many()
    links = drawn(columns)
    assert (links[:, 0] != links[:, 1]).all()
    assert len(np.unique(links[:, :2], axis=0)) == len(links)
    assert np.bincount(links[:, 0]).max() <= 5 + np.sqrt(5e7 / 1e6) + 1


def test_the_rich_get_richer():
    clients = np.bincount(drawn(many(200))[:, 0], minlength=200)
    assert clients.var() > clients.mean()


def test_a_firm_known_to_make_the_input_answers_a_question_for_it():
    columns = many()
    known = register(columns, ECONOMY, drawn(columns))
    methods, _ = method_scores(known, Question(buyer=1, need=MINERAL))
    able = np.isfinite(methods["popularity"])
    assert able[0]
    assert not able[2]


def test_a_named_need_narrows_the_recipe_to_the_input_and_its_channels():
    columns = many()
    assert np.flatnonzero(recipe_of(columns, ECONOMY, Question(1, MINERAL))).tolist() == [MINERAL]
    assert recipe_of(columns, ECONOMY, Question(1))[SERVICE] > 0


def test_firms_that_are_no_candidates_do_not_count_and_unlisted_ones_are_missed():
    score, jitter = np.array([3.0, 2.0, 1.0, -np.inf]), np.zeros(4)
    assert measure(score, frozenset({1}), np.array([0]), jitter)["mrr"] == 1.0
    assert measure(score, frozenset({2}), np.array([0]), jitter)["mrr"] == reciprocal_rank(["1", "2"], {"2"})
    assert measure(score, frozenset({3}), np.array([0]), jitter) == dict.fromkeys(
        ("hit10", "mrr", "ndcg20", "recovered50"), 0.0
    )


def test_a_register_of_main_codes_keeps_the_largest_share_of_each_firm():
    bare = only_main_code(many())
    assert np.diff(bare.share_indptr).tolist() == [1] * 60
    assert PRODUCT in bare.share_code
    assert bare.share_value.min() == pytest.approx(0.7)


def test_the_first_ten_are_stable_where_nothing_but_one_code_is_asked_for():
    columns = many()
    known = register(columns, ECONOMY, drawn(columns))
    assert stability(known, [Question(1, MINERAL)])["noise_in_a"] == 1.0


def test_two_runs_of_a_trial_give_the_same_document():
    columns = many()
    links = [drawn(columns, seed) for seed in (1, 2)]
    one, other = (
        json.dumps(summary(judge([Trial(columns, ECONOMY, drawn, True, beside=True) for drawn in links])))
        for _ in range(2)
    )
    assert one == other
    document = json.loads(one)
    assert document["table"]["product"]["mrr"] > document["table"]["chance"]["mrr"]
    assert set(document["learned_weights"]) == set(VARYING)
    assert document["stability"]["noise_in_a"] > 0.9


def test_the_difference_of_two_methods_is_over_draws():
    means = [{"one": {"ndcg20": a}, "other": {"ndcg20": b}} for a, b in ((0.3, 0.1), (0.5, 0.1), (0.2, 0.3))]
    found = gain(means, "one", "other")
    assert found["ndcg20"] == pytest.approx((0.2 + 0.4 - 0.1) / 3)
    assert found["low"] < 0 < found["error"] < found["high"]
    assert found["draws"] == pytest.approx([0.2, 0.4, -0.1])


def test_links_are_drawn_from_what_a_register_states_and_nothing_read_into_it():
    plain = Company(inn="1", okved_main="20.15", revenue_rub=5e6)
    told = replace(plain, name="Завод пластмассовой тары", offers="полипропиленовые мешки", needs="полипропилен")
    codes, place = ("08.91", "20.15", "20.20", "38.21", "64.19"), np.zeros(2, dtype=np.int64)
    one, other = (stated_firms([firm, plain], place, codes) for firm in (plain, told))
    np.testing.assert_array_equal(one.shares.toarray(), other.shares.toarray())
    np.testing.assert_array_equal(one.output_rub, other.output_rub)


def test_a_wide_or_an_old_code_is_split_evenly_and_a_firm_of_no_known_code_makes_nothing():
    assert set(stated_groups(Company(inn="1", okved_main="20.1")).values()) == {1 / 7}
    assert stated_groups(Company(inn="1", okved1_main="24.15")) == {"20.15": 0.5, "38.21": 0.5}
    assert not stated_groups(Company(inn="1", okved1_main="98"))
    assert not stated_groups(Company(inn="1"))


def test_turnover_of_money_is_no_size_and_an_unknown_size_is_the_middle_one():
    firms = [Company(inn=str(n), okved_main=code, revenue_rub=revenue) for n, (code, revenue) in enumerate(
        [("20.15", 1e6), ("20.15", 3e6), ("64.19", 9e12), ("20.15", None)]
    )]  # fmt: skip
    size = stated_firms(firms, np.zeros(4, dtype=np.int64), ("20.15", "64.19")).output_rub
    assert size.tolist() == [1e6, 3e6, 2e6, 2e6]
