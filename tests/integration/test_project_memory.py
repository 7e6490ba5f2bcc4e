"""Declined projects stay away with their reason and what was known that day; a decision can be taken back."""

import pytest

from models.errors import DataError, UsageError
from models.events import RunHeader
from models.project_decisions import ProjectDecisions
from models.records import CompanyFacts
from models.store import Store

CHAIN, PURCHASE = "chain.20.59.20.14.2624022320", "joint_purchase.22.22.2631015563"


def in_force(store: Store):
    with store.read() as reader:
        return ProjectDecisions(reader.connection).in_force()


def decide(store: Store, *args):
    with store.begin() as unit:
        unit.decide_project(*args)


def test_a_decision_keeps_its_reason_and_the_evidence_of_the_day(store: Store):
    before = store.decision_version()
    decide(store, CHAIN, "decline", " нет площадки ", {"value_rub": 5, "title": "Замкнуть цепочку"}, "anna")
    decide(store, PURCHASE, "accept", "", {}, "anna")
    found = in_force(store)
    assert found[CHAIN].reason == "нет площадки"
    assert found[CHAIN].evidence == {"value_rub": 5, "title": "Замкнуть цепочку"}
    assert found[CHAIN].by == "anna"
    assert set(found) == {CHAIN, PURCHASE}
    assert store.decision_version() > before


def test_the_last_decision_holds_until_it_is_reopened(store: Store):
    decide(store, CHAIN, "later", "", {}, "anna")
    decide(store, CHAIN, "decline", "дорого", {}, "anna")
    assert in_force(store)[CHAIN].decision == "decline"
    decide(store, CHAIN, "reopen", "", {}, "anna")
    assert in_force(store) == {}


@pytest.mark.parametrize(
    ("decision", "reason", "error"),
    [("perhaps", "", UsageError), ("decline", " ", UsageError), ("reopen", "", DataError)],
)
def test_what_makes_no_sense_is_refused(store: Store, decision, reason, error):
    with pytest.raises(error):
        decide(store, CHAIN, decision, reason, {}, "anna")
    assert in_force(store) == {}


def test_a_code_is_a_reason_and_one_that_does_not_fit_is_refused(store: Store):
    decide(store, CHAIN, "decline", "", {}, "anna", "too_small")
    assert (in_force(store)[CHAIN].reason_code, in_force(store)[CHAIN].reason) == ("too_small", "")
    for code in ("distance", "asked"):
        with pytest.raises(UsageError):
            decide(store, CHAIN, "decline", "", {}, "anna", code)


def undo(store: Store, key: str):
    with store.begin() as unit:
        return unit.undo_project(key, "boris")


def test_undoing_brings_back_what_was_in_force_before_and_undoing_twice_changes_nothing(store: Store):
    decide(store, CHAIN, "later", "ждём", {"value_rub": 5}, "anna", "facts")
    decide(store, CHAIN, "decline", "дорого", {"value_rub": 9}, "anna")
    before = in_force(store)[CHAIN]
    assert undo(store, CHAIN).decision == "later"
    back = in_force(store)[CHAIN]
    assert (back.reason, back.reason_code, back.evidence, back.by) == ("ждём", "facts", {"value_rub": 5}, "boris")
    undo(store, CHAIN)
    again = in_force(store)[CHAIN]
    assert (again.decision, again.reason, again.evidence) == (before.decision, before.reason, before.evidence)
    with store.read() as reader:
        assert [each.decision for each in ProjectDecisions(reader.connection).of(CHAIN)] == [
            "later", "decline", "later", "decline",
        ]  # fmt: skip


def test_the_first_decision_undone_leaves_the_candidate_open(store: Store):
    with pytest.raises(DataError):
        undo(store, CHAIN)
    decide(store, CHAIN, "accept", "", {}, "anna")
    assert undo(store, CHAIN) is None
    assert in_force(store) == {}
    assert undo(store, CHAIN).decision == "accept"


def test_firms_that_state_free_capacity_are_found(store: Store):
    with store.begin() as unit:
        run = unit.record_run(RunHeader("a.csv", "plain_table", "a", "table", "table"))
        facts = [
            CompanyFacts("7736050003", 2, {"name": "Первый", "capacity": "розлив 1 млн флаконов в месяц"}),
            CompanyFacts("7706107510", 3, {"name": "Второй"}),
        ]
        tally, _ = unit.apply_facts(run, facts)
        unit.finish_run(run, tally)
    with store.read() as reader:
        assert reader.stating("capacity") == ["7736050003"]
        assert reader.stating("waste") == []
