"""Reasons name what they speak of: the items that words were found near by, and what a supplier sells of the input."""

from __future__ import annotations

import pytest

from matcher.match.scorer import PARTS
from matcher.pipeline.shortlists import Options, explain, suppliers
from matcher.pipeline.whatif import changes_of
from matcher.report.figures import money
from models.errors import UsageError

SACKS, PLANT, WHOLESALER = "2630000067", "2631015563", "3328434156"


def reason(document, part):
    return next(each["text"] for each in document["reasons"] if each["part"] == part)


def test_the_nearest_items_of_both_sides_are_quoted(demo_workspace):
    text = reason(explain(demo_workspace, SACKS, PLANT), "text_fit")
    assert "“пластмассовая тара и упаковка” is offered" in text
    assert "“полипропиленовые мешки и биг-бэги” asked for" in text


def test_where_the_need_is_the_askers_own_words_the_offer_alone_is_quoted(demo_workspace):
    found = suppliers(demo_workspace, PLANT, Options(top=1, need="полипропиленовые мешки"))
    assert found["items"][0]["inn"] == SACKS
    assert "“пластмассовая тара и упаковка” is offered" in reason(found["items"][0], "text_fit")


@pytest.mark.parametrize("before", ["бумажные мешки", "all"])
def test_a_need_in_the_place_of_another_says_who_moved_and_why(demo_workspace, before):
    """What if the plant took plastic sacks for paper ones, or asked for them alone."""
    options = Options(top=5, need="полипропиленовые мешки", changes=changes_of(instead_of=before))
    found = suppliers(demo_workspace, PLANT, options)
    earlier = Options(top=1000, need=None if before == "all" else before)
    places = {item["inn"]: item["rank"] for item in suppliers(demo_workspace, PLANT, earlier)["items"]}
    assert [item["was"] for item in found["items"]] == [places.get(item["inn"]) for item in found["items"]]
    alone = suppliers(demo_workspace, PLANT, Options(top=5, need="полипропиленовые мешки"))
    assert [item["inn"] for item in found["items"]] == [item["inn"] for item in alone["items"]]
    assert found["query"]["changes"]["instead_of"] == before
    moved = [item for item in found["items"] if item["was"] not in {None, item["now"]}]
    assert moved
    assert all(item["moved_by"] in PARTS or "list" in item["move"] for item in moved)


def test_a_need_takes_no_place_where_none_is_named(demo_workspace):
    with pytest.raises(UsageError, match="no need"):
        suppliers(demo_workspace, PLANT, Options(changes=changes_of(instead_of="all")))


def test_firms_that_say_nothing_in_words_are_told_of_as_such(demo_workspace):
    assert "no evidence either way" in reason(explain(demo_workspace, WHOLESALER, PLANT), "text_fit")


@pytest.mark.parametrize("pair", [(SACKS, PLANT), (WHOLESALER, PLANT)])
def test_contributions_sum_to_the_score(demo_workspace, pair):
    document = explain(demo_workspace, *pair)
    assert sum(each["contribution"] for each in document["reasons"]) == pytest.approx(document["score"], abs=1e-9)


def test_the_need_of_an_input_is_one_sum_or_said_to_be_a_mean(demo_workspace):
    document = suppliers(demo_workspace, PLANT, Options(top=20))
    said = [(group, item) for group in document["groups"] for item in group["items"]]
    assert {item["need_inputs"] > 1 for _, item in said} == {True, False}
    for group, item in said:
        text, spent = reason(item, "size_fit"), money(group["demand_rub"], "en")
        if item["need_inputs"] == 1:
            assert f"need of {spent} a year" in text
        else:
            assert text.startswith(f"on average of the pair’s inputs ({item['need_inputs']}): need of ")
