"""Learning: planted preferences are found, a handful of decisions swings nothing, every move is a sum of pulls."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from scipy.special import expit

from matcher.learn.calibration import calibrate, cross_calibrated, enough, probability, reliability
from matcher.learn.examples import Decided, gather, ordered_feedback, spoken_of
from matcher.learn.posterior import Examples, fit_weights
from matcher.learn.weighing import DEFAULT as DEFAULT_WEIGHING
from matcher.learn.weighing import weighing_of
from matcher.match.scorer import PARTS, default_weights
from models.assumptions import assumption
from models.decision_reasons import decision_reasons
from models.learned import LearnedWeights
from tests.unit.small import MINERAL, PRODUCT, Firm, columns_of, small_economy

ECONOMY = small_economy()
DEFAULT = np.array([default_weights()[part] for part in PARTS])
PRECISION = assumption("weight_prior_precision").value
DISTANCE = PARTS.index("distance")


def decisions(count, truth, seed=1, spread=1.5):
    """Return decisions of people who weigh the parts by ``truth``."""
    draw = np.random.default_rng(seed)
    raw = draw.normal(0.0, spread, (count, len(PARTS)))
    raw[:, 0] = -6.0
    accepted = (draw.random(count) < expit(raw[:, 1:] @ truth[1:])).astype(float)
    none = np.zeros((0, len(PARTS)))
    speaks = np.ones_like(raw, dtype=bool)
    speaks[:, 0] = False
    return Examples(raw, speaks, accepted, np.arange(count) % 7, none, none > 0, np.zeros(0, dtype=np.int64))


def links(count, truth, seed=1, against=5):
    """Return observed links of buyers who choose among six by ``truth``."""
    draw = np.random.default_rng(seed)
    raw = draw.normal(0.0, 1.5, (count, against + 1, len(PARTS)))
    odds = raw @ truth + draw.gumbel(size=(count, against + 1))
    for number, chosen in enumerate(odds.argmax(axis=1)):
        raw[number, [0, chosen]] = raw[number, [chosen, 0]]
    rows = raw.reshape(-1, len(PARTS))
    none = np.zeros((0, len(PARTS)))
    return Examples(
        none,
        none > 0,
        np.zeros(0),
        np.zeros(0, int),
        rows,
        np.ones_like(rows, bool),
        np.repeat(np.arange(count), against + 1),
    )


def link_fields(examples):
    return {name: getattr(examples, name) for name in ("link_raw", "link_speaks", "link_set")}


def planted(part, value):
    truth = DEFAULT.copy()
    truth[PARTS.index(part)] = value
    return truth


@pytest.mark.parametrize("part", ["text_fit", "distance", "network", "gap"])
@pytest.mark.parametrize("make", [decisions, links])
def test_a_planted_preference_is_found(make, part):
    """Three thousand examples lead most of the way, thirty thousand all of it; what was not planted stays."""
    truth, at = planted(part, 1.6), PARTS.index(part)
    few, many = (fit_weights(make(count, truth), DEFAULT, PRECISION).weights for count in (3000, 30_000))
    assert 0.6 < (few[at] - DEFAULT[at]) / (1.6 - DEFAULT[at]) < 1.1
    assert many[at] == pytest.approx(1.6, abs=0.15)
    others = [number for number, name in enumerate(PARTS) if name not in ("base", part)]
    np.testing.assert_allclose(many[others], DEFAULT[others], atol=0.1)


@pytest.mark.parametrize("seed", range(20))
def test_five_decisions_swing_nothing(seed):
    """No five answers move a weight further than the sizes of the part in them over the precision of the prior."""
    examples = decisions(5, planted("distance", 5.0), seed)
    for answers in (np.ones(5), np.zeros(5), examples.accepted):
        moved = fit_weights(replace(examples, accepted=answers), DEFAULT, PRECISION).weights - DEFAULT
        assert (np.abs(moved) <= np.abs(examples.raw).sum(axis=0) / PRECISION + 1e-9).all()
        assert np.abs(moved).max() < 0.1


def test_choosier_buyers_teach_nothing_of_the_parts():
    """One buyer accepts all, another nothing; their candidates differ in distance, within a buyer nothing differs."""
    examples = decisions(400, DEFAULT)
    asker = np.arange(400) % 2
    raw = np.zeros_like(examples.raw)
    raw[:, DISTANCE] = asker
    seen = replace(examples, raw=raw, asker=asker, accepted=asker.astype(float))
    alone = replace(seen, asker=np.zeros_like(asker))
    with_buyers, without = (fit_weights(one, DEFAULT, PRECISION).weights[DISTANCE] for one in (seen, alone))
    assert with_buyers - DEFAULT[DISTANCE] < 0.35 * (without - DEFAULT[DISTANCE])


def test_every_move_is_the_sum_of_the_pulls():
    examples = decisions(200, planted("distance", 1.4))
    both = replace(examples, **link_fields(links(50, DEFAULT)))
    fit = fit_weights(both, DEFAULT, PRECISION)
    assert (fit.weights > 0).all()
    np.testing.assert_allclose(fit.weights - DEFAULT, fit.pulls.sum(axis=0) + fit.link_pull, atol=1e-6)


def test_a_decision_moves_only_what_it_speaks_of():
    examples = decisions(300, planted("distance", 2.0))
    only = np.zeros_like(examples.speaks)
    only[:, DISTANCE] = True
    moved = fit_weights(replace(examples, speaks=only), DEFAULT, PRECISION).weights - DEFAULT
    assert moved[DISTANCE] > 0.3
    assert np.abs(np.delete(moved, DISTANCE)).max() < 1e-9


def test_a_weight_never_turns_against_its_part():
    assert fit_weights(decisions(5000, planted("distance", -3.0)), DEFAULT, PRECISION).weights[DISTANCE] == 0.0


def test_nothing_to_learn_from_moves_nothing_and_the_fit_is_the_same_every_time():
    np.testing.assert_array_equal(fit_weights(decisions(0, DEFAULT), DEFAULT, PRECISION).weights, DEFAULT)
    one, other = (fit_weights(decisions(100, DEFAULT), DEFAULT, PRECISION).weights for _ in range(2))
    np.testing.assert_array_equal(one, other)


def test_reason_codes_speak_of_parts_that_exist():
    assert {part for reason in decision_reasons().values() for part in reason.parts} <= set(PARTS)
    assert spoken_of(Decided(1, 0, True)) == set(PARTS) - {"base"}
    assert spoken_of(Decided(1, 0, False, ())) == frozenset()


FIRMS = [
    Firm("1000", {PRODUCT: 1.0}, output=50e6),
    Firm("2000", {MINERAL: 1.0}),
    Firm("3000", {MINERAL: 1.0}, region=1),
    Firm("4000", {MINERAL: 1.0}, output=5e9, category=0),
    Firm("5000", {MINERAL: 0.5}, status=3),
]


def test_negatives_of_a_link_are_of_its_code_and_size_and_open():
    columns = columns_of(FIRMS, ECONOMY, [("2000", "1000")])
    columns = replace(columns, category=np.array([1, 1, 1, 0, 1]))
    material = gather(columns, ECONOMY, [], [(1, 0)])
    assert columns.size_band.tolist() == [1, 1, 1, 4, 1]
    assert (material.links, material.negatives) == (1, 1)
    assert material.examples.link_raw[0, DISTANCE] > material.examples.link_raw[1, DISTANCE]
    assert not material.examples.link_speaks[:, PARTS.index("input_fit")].any()


def test_a_decision_does_not_foretell_itself():
    columns = columns_of(FIRMS, ECONOMY)
    told = ordered_feedback(columns, ECONOMY, [Decided(1, 0, True), Decided(2, 0, False), Decided(3, 0, True)])
    assert told[0] == 0.0
    assert told[1] > 0.0
    assert told[2] == 0.0


def test_decisions_between_firms_without_flow_are_counted_apart():
    columns = columns_of(FIRMS, ECONOMY)
    material = gather(columns, ECONOMY, [Decided(0, 1, True), Decided(2, 0, False)], [])
    assert material.decided == (Decided(2, 0, False),)
    assert material.without_flow == 1


@pytest.mark.parametrize(("count", "kind"), [(300, "platt"), (3000, "isotonic")])
def test_calibrated_probabilities_are_nearer_to_what_happens_and_keep_the_order(count, kind):
    draw = np.random.default_rng(3)
    score = draw.normal(-6.0, 2.0, count)
    accepted = (draw.random(count) < expit(1.5 * (score + 6.0))).astype(float)
    fold = np.arange(count) % 5
    found = calibrate(score, accepted)
    assert found["kind"] == kind
    assert (np.diff(probability(found, np.sort(score))) >= 0).all()
    said = cross_calibrated(score, accepted, fold)
    assert ((said > 0) & (said < 1)).all()
    assert reliability(said, accepted)["ece"] < 0.08 < reliability(expit(score), accepted)["ece"]


def test_a_few_labels_calibrate_nothing():
    assert not enough(np.array([1.0] * 29 + [0.0] * 500))
    assert enough(np.array([1.0] * 30 + [0.0] * 30))


def test_weights_are_those_of_the_cluster_of_who_asks():
    curve = {"kind": "platt", "slope": 1.0, "intercept": 6.0}
    kept = LearnedWeights(7, "chemical", {"distance": 2.0}, curve, {}, "", datetime(2026, 1, 1, tzinfo=UTC))
    maker, other = np.zeros(4), np.zeros(4)
    maker[PRODUCT], other[MINERAL] = 1.0, 0.4
    found = weighing_of({"chemical": kept}, ECONOMY, maker)
    assert (found.weights, found.version, found.document()["calibrated"]) == ({"distance": 2.0}, 7, True)
    assert found.probability(-6.0) == pytest.approx(0.5)
    assert weighing_of({"chemical": kept}, ECONOMY, other) is DEFAULT_WEIGHING
    assert DEFAULT_WEIGHING.probability(0.0) == 0.5
