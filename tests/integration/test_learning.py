"""Learning on a register: decisions move weights within bounds, and every step can be taken back exactly."""

from __future__ import annotations

import pytest

from matcher.pipeline.learn import evaluate_decisions, history, learn, undo
from matcher.pipeline.register.imports import decide
from matcher.pipeline.shortlists import Options, buyers, explain, suppliers
from matcher.pipeline.workspace import Workspace
from models.errors import DataError

AZOT, ARNEST, STAVROLEN, SACKS, REPAIR = "2631015563", "2631006752", "2624022320", "2635000014", "2635000021"


@pytest.fixture
def fresh(small_settings):
    """The register as a new process opens it."""
    return lambda: Workspace(small_settings)


def listed(workspace):
    return suppliers(workspace, AZOT, Options())


def test_a_declined_pair_stays_out_with_its_reason_until_it_is_reopened(fresh):
    before = listed(fresh())
    decide(fresh(), SACKS, AZOT, "decline", "дорого", reason_code="price")
    after = listed(fresh())
    assert SACKS not in {item["inn"] for item in after["items"]}
    (miss,) = (each for each in after["near_misses"] if each["inn"] == SACKS)
    assert (miss["rule"], miss["decision"]["reason_code"], miss["decision"]["reason"]) == (
        "declined",
        "price",
        "дорого",
    )
    assert "price: дорого" in miss["text"]
    assert f"zveno decide {SACKS} {AZOT} reopen" in miss["text"]
    assert explain(fresh(), SACKS, AZOT)["decided"]["decision"] == "decline"
    decide(fresh(), SACKS, AZOT, "reopen", "")
    assert listed(fresh()) == before


def test_what_was_learned_is_used_said_and_taken_back_exactly(fresh):
    decide(fresh(), SACKS, AZOT, "accept", "")
    decide(fresh(), REPAIR, AZOT, "decline", "", reason_code="distance")
    before = listed(fresh())
    assert before["weights"] == {"source": "default", "cluster": None, "version": None, "calibrated": False}
    (item,) = (each for each in learn(fresh(), "chemical")["items"])
    assert (item["accepted"], item["declined"], item["calibration"]) == (1, 1, None)
    after = listed(fresh())
    assert after["weights"] == {
        "source": "learned",
        "cluster": "chemical",
        "version": item["version"],
        "calibrated": False,
    }
    for one in after["items"]:
        assert sum(reason["contribution"] for reason in one["reasons"]) == pytest.approx(one["score"], abs=1e-9)
    assert [one["score"] for one in after["items"]] != [one["score"] for one in before["items"]]
    again = learn(fresh(), "chemical")["items"][0]
    assert (again["changed"], again["weights"], again["version"]) == (False, item["weights"], item["version"])
    assert undo(fresh(), "chemical") == {"undone": history(fresh())["items"][0], "in_force": None}
    assert listed(fresh()) == before
    relearned = learn(fresh(), "chemical")["items"][0]
    assert relearned["weights"] == item["weights"]


def test_each_move_is_told_with_the_decisions_that_pulled(fresh):
    decide(fresh(), SACKS, AZOT, "accept", "")
    decide(fresh(), REPAIR, AZOT, "decline", "", reason_code="capacity")
    (item,) = learn(fresh(), "chemical")["items"]
    for part in item["parts"]:
        assert part["after"] - part["default"] == pytest.approx(part["decisions_pull"] + part["links_pull"], abs=2e-6)
        assert abs(part["after"] - part["default"]) < 0.1
        spoken = {pull["supplier_inn"] for pull in part["pulls"]}
        assert part["part"] == "size_fit" or REPAIR not in spoken
    assert {change["buyer_inn"] for change in item["first"]} == {AZOT}


def test_without_decisions_or_links_there_is_nothing_to_learn(fresh):
    with pytest.raises(DataError):
        learn(fresh(), None)
    with pytest.raises(DataError):
        undo(fresh(), None)
    assert evaluate_decisions(fresh())["decisions"] == 0


def test_few_decisions_are_evaluated_and_not_calibrated(fresh):
    decide(fresh(), SACKS, AZOT, "accept", "")
    decide(fresh(), REPAIR, AZOT, "decline", "")
    figures = evaluate_decisions(fresh())["chemical"]
    assert (figures["accepted"], figures["declined"], figures["calibrated"]) == (1, 1, False)
    assert "calibration" not in figures


def test_suppliers_tell_how_small_firms_fare(fresh):
    fair = listed(fresh())["exposure"]
    assert fair["first"] == len(listed(fresh())["items"])
    assert 0 <= fair["sme"] <= fair["first"]
    assert (fair["size_by_output"], fair["size_unknown"]) == (fair["first"], 0)


def test_a_place_on_the_other_sides_list_is_by_its_own_learned_weights(fresh):
    decide(fresh(), SACKS, AZOT, "accept", "")
    decide(fresh(), REPAIR, AZOT, "decline", "", reason_code="distance")
    learn(fresh(), "chemical")
    workspace = fresh()
    ranks = [item["inn"] for item in suppliers(workspace, AZOT, Options(top=1000))["items"]]
    (plant,) = (
        item for item in buyers(workspace, SACKS, Options(top=1000, mutual=True))["items"] if item["inn"] == AZOT
    )
    assert plant["mutual"] == {"rank": ranks.index(SACKS) + 1, "total": len(ranks)}
