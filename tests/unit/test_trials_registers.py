"""Drawn links: they follow the generator's own rules, and the trial finds what a register holds."""

from __future__ import annotations

import json

import numpy as np
import pytest

from graph.ranking import reciprocal_rank
from matcher.trials.drawn import measure, try_register
from matcher.trials.generator import Firms, draw_links
from matcher.trials.registers import VARYING, Question, method_scores, recipe_of, register
from matcher.trials.stability import only_main_code, stability
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
    links = drawn(columns)
    one, other = (json.dumps(try_register(columns, ECONOMY, links, True)) for _ in range(2))
    assert one == other
    document = json.loads(one)
    assert document["table"]["product"]["mrr"] > document["table"]["chance"]["mrr"]
    assert set(document["learned_weights"]) == set(VARYING)
