"""A page that shows a shortlist in one way is told that part of it, word for word as the whole."""

from __future__ import annotations

import pytest

from matcher.match.whatif import Changes
from matcher.pipeline.shortlists import Options, buyers, suppliers

AZOT = "2631015563"


@pytest.fixture(scope="module")
def told(demo_app):
    from api.desk import DESK

    here = demo_app.extensions[DESK].workspace("ru")

    def tell(layout, **more):
        return suppliers(here, AZOT, Options(top=10, layout=layout, **more))

    return here, tell


def test_one_list_is_the_list_of_the_whole(told):
    _, tell = told
    whole, flat = tell("whole"), tell("flat")
    assert len(whole["items"]) == 10
    assert flat["items"] == whole["items"]
    assert all(group["items"] == [] for group in flat["groups"])
    assert flat["groups"] == sorted(flat["groups"], key=lambda group: -group["demand_rub"])
    assert {group["stated"] for group in flat["groups"]} == {None}, "one list asks the classifier nothing"
    assert flat["channels"] == []
    for part in ("total", "partners", "affiliates", "near_misses", "exposure"):
        assert flat[part] == whole[part]


def test_by_input_there_are_the_inputs_of_the_whole(told):
    _, tell = told
    whole, grouped = tell("whole"), tell("by_input")
    assert whole["groups"]
    assert grouped["groups"] == whole["groups"]
    assert grouped["channels"] == whole["channels"]
    assert grouped["items"] == whole["items"][:1]


def test_buyers_stand_by_use_or_in_one_list(told):
    here, _ = told
    whole, apart, flat = (
        buyers(here, AZOT, Options(top=10, layout=layout)) for layout in ("whole", "by_input", "flat")
    )
    assert whole["users"]
    assert whole["channels"]
    for part in ("users", "channels"):
        assert apart[part] == whole[part]
        assert flat[part] == []
    assert (apart["items"], flat["items"]) == (whole["items"][:1], whole["items"])
    assert {item["layer"] for item in whole["channels"]} == {"channel"}
    assert "channel" not in {item["layer"] for item in whole["users"]}


def test_what_the_card_says_is_needed_leads_and_moves_nobody(told):
    _, tell = told
    whole = tell("whole")
    stated = [group["stated"] for group in whole["groups"]]
    leading = sum(words is not None for words in stated)
    assert leading >= 5
    assert None not in stated[:leading]
    assert set(stated[leading:]) == {None}
    for part in (whole["groups"][:leading], whole["groups"][leading:]):
        assert part == sorted(part, key=lambda group: -group["demand_rub"])
    sacks = next(group for group in whole["groups"] if group["okved_code"] == "22.22")
    assert sacks["stated"] == "полипропиленовые мешки и биг-бэги"
    assert [words for words in whole["stated"] if words in " ".join(filter(None, stated))]
    assert whole["stated"] == tell("flat")["stated"]


def test_one_need_is_told_beside_the_others_that_can_be_asked(told):
    _, tell = told
    assert tell("whole", need="полипропиленовые мешки")["stated"] == tell("whole")["stated"]


def test_a_list_without_inputs_stays_a_list(told):
    _, tell = told
    assert (
        tell("by_input", need="полипропиленовые мешки")["items"]
        == tell("whole", need="полипропиленовые мешки")["items"]
    )


def test_moves_are_told_of_one_list(told):
    _, tell = told
    changes = Changes(weights={"distance": 2.0})
    assert tell("by_input", changes=changes)["items"] == tell("whole", changes=changes)["items"]
