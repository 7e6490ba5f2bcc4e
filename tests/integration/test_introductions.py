"""Introductions: asked for once, answered by a manager, taken back, and every step kept."""

from __future__ import annotations

import pytest

from matcher.pipeline.exchange import introductions
from matcher.pipeline.workspace import Workspace
from models.errors import DataError, UnknownCompany, UsageError
from models.introductions import LONGEST_NOTE, NEXT, STATES, Introductions

AZOT, SACKS, REPAIR, NOBODY = "2631015563", "2635000014", "2635000021", "7707083893"


@pytest.fixture
def workspace(small_settings):
    return Workspace(small_settings)


def ask(workspace, supplier=SACKS, buyer=AZOT, note="мешки 50 кг", inn=SACKS):
    return introductions.ask(workspace, supplier, buyer, note, inn, "factory")


def test_a_request_waits_with_both_firms_named(workspace):
    asked = ask(workspace)
    assert (asked["state"], asked["supplier"]["name"], asked["note"]) == ("waiting", "Мешок", "мешки 50 кг")
    document = introductions.introductions(workspace)
    assert (document["waiting"], document["items"]) == (1, [asked])
    assert introductions.states(workspace, SACKS, None, SACKS) == {AZOT: "waiting"}
    assert introductions.states(workspace, None, AZOT, None) == {SACKS: "waiting"}
    assert introductions.states(workspace, AZOT, None, None) == {}


def test_the_other_side_sees_nothing_until_they_are_introduced(workspace):
    ask(workspace)
    assert introductions.states(workspace, None, AZOT, AZOT) == {}
    assert introductions.introductions(workspace, AZOT)["items"] == []
    introductions.answer(workspace, SACKS, AZOT, "introduced", "", "anna")
    assert introductions.states(workspace, None, AZOT, AZOT) == {SACKS: "introduced"}


def test_both_sides_may_ask_for_the_same(workspace):
    ask(workspace)
    both = ask(workspace, note="ищем мешки", inn=AZOT)
    assert (both["state"], both["askers"], both["note"]) == ("waiting", sorted((AZOT, SACKS)), "ищем мешки")
    assert len(ask(workspace, inn=AZOT)["steps"]) == 2
    for inn in (AZOT, SACKS):
        assert introductions.introductions(workspace, inn)["waiting"] == 1
    introductions.withdraw(workspace, SACKS, AZOT, SACKS, "factory")
    assert ask(workspace)["askers"] == [SACKS], "a new request is of whoever makes it"


def test_asking_twice_asks_once(workspace):
    ask(workspace)
    assert len(ask(workspace, note="again")["steps"]) == 1


def test_what_a_manager_answers_is_kept_with_who_and_when_and_can_be_taken_back(workspace):
    ask(workspace)
    introductions.answer(workspace, SACKS, AZOT, "declined", "сейчас не закупают", "anna")
    again = introductions.answer(workspace, SACKS, AZOT, "waiting", "", "anna")
    assert (again["state"], again["note"]) == ("waiting", "мешки 50 кг")
    done = introductions.answer(workspace, SACKS, AZOT, "introduced", "отдел закупок ждёт письма", "anna")
    assert [(step["state"], step["by"]) for step in done["steps"]] == [
        ("waiting", "factory"), ("declined", "anna"), ("waiting", "anna"), ("introduced", "anna"),
    ]  # fmt: skip
    assert done["steps"] == sorted(done["steps"], key=lambda step: step["at"])


def test_a_request_can_be_withdrawn_and_made_again(workspace):
    ask(workspace)
    with pytest.raises(DataError):
        introductions.withdraw(workspace, SACKS, AZOT, AZOT, "the other side")
    assert introductions.withdraw(workspace, SACKS, AZOT, SACKS, "factory")["state"] == "withdrawn"
    with pytest.raises(DataError):
        introductions.answer(workspace, SACKS, AZOT, "introduced", "", "anna")
    assert ask(workspace, note="снова")["note"] == "снова"


def test_a_company_sees_its_own_and_those_that_wait_come_first(workspace):
    ask(workspace)
    ask(workspace, REPAIR, AZOT, "ремонт насосов", REPAIR)
    introductions.answer(workspace, REPAIR, AZOT, "introduced", "", "anna")
    assert [each["state"] for each in introductions.introductions(workspace)["items"]] == ["waiting", "introduced"]
    assert [each["supplier"]["inn"] for each in introductions.introductions(workspace, SACKS)["items"]] == [SACKS]
    seen = introductions.introductions(workspace, AZOT)["items"]
    assert [each["supplier"]["inn"] for each in seen] == [REPAIR], "what is asked of it waits for the manager"
    with workspace.store.read() as reader:
        assert Introductions(reader.connection).waiting() == 1


def test_who_asks_need_not_be_in_the_register_but_the_other_must(workspace):
    assert ask(workspace, NOBODY, AZOT, "", NOBODY)["supplier"] == {"inn": NOBODY, "name": "", "city": None}
    with pytest.raises(UnknownCompany):
        ask(workspace, SACKS, NOBODY)
    with pytest.raises(UnknownCompany):
        ask(workspace, NOBODY, AZOT, "", None)


def test_nobody_is_introduced_to_itself_and_a_note_has_an_end(workspace):
    with pytest.raises(UsageError):
        ask(workspace, SACKS, SACKS)
    with pytest.raises(UsageError):
        ask(workspace, note="а" * (LONGEST_NOTE + 1))


@pytest.mark.parametrize("state", STATES)
def test_every_state_can_be_left(state):
    assert NEXT[state]
    assert all(state in STATES for state in NEXT[state])
