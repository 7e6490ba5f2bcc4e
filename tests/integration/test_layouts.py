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
    assert [{**group, "items": []} for group in whole["groups"]] == flat["groups"]
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


def test_a_list_without_inputs_stays_a_list(told):
    here, tell = told
    assert (
        tell("by_input", need="полипропиленовые мешки")["items"]
        == tell("whole", need="полипропиленовые мешки")["items"]
    )
    asked = Options(top=10, layout="by_input")
    assert buyers(here, AZOT, asked)["items"] == buyers(here, AZOT, Options(top=10))["items"]


def test_moves_are_told_of_one_list(told):
    _, tell = told
    changes = Changes(weights={"distance": 2.0})
    assert tell("by_input", changes=changes)["items"] == tell("whole", changes=changes)["items"]
