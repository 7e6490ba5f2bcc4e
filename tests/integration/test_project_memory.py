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
