"""Requests for suppliers, calls for offers and looks as the store keeps them, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.calls import Calls
from models.errors import DataError, UsageError
from models.looks import KEPT_DAYS, Looks
from models.offers import NEXT, STATES, Ask, Line, Offer, Offered
from models.supply_requests import MOST_INPUTS, Input, Seen, SupplyRequests, Terms

AZOT, SACKS, REPAIR = "2631015563", "2635000014", "2635000021"
DAY = date(2030, 6, 1)
SALT = Input("08.93", "соль", 5000.0, 20.0, "т", 500.0, ("ISO 9001",), "мешками", DAY)
TERMS = Terms("Соль", (SALT, Input(words="мешки 50 кг")), "26", True, True, "к весне")
ASK = Ask("Соль", (Line("соль", 20.0, "т"), Line("мешки", 100.0, "шт")), DAY, "с доставкой", "отдел закупок")
OFFER = Offer({0: Offered(4900.5, "т", 20.0)}, 3000.0, 14, DAY, "самовывоз возможен")


def test_a_request_is_kept_word_for_word_and_every_change_of_it(store):
    with store.begin() as unit:
        requests = SupplyRequests(unit.connection)
        first = requests.write(AZOT, TERMS, by="anna")
        other = requests.write(SACKS, Terms("Плёнка", (Input("20.16"),)), by="boris")
        assert requests.write(AZOT, TERMS, by="anna", number=first.number) == first, "nothing has changed"
        changed = requests.write(AZOT, Terms("Соль", (SALT,)), by="azot", number=first.number)
    with store.read() as reader:
        requests = SupplyRequests(reader.connection)
        assert [each.terms for each in requests.history(first.number)] == [Terms("Соль", (SALT,)), TERMS]
        assert requests.one(first.number) == changed
        assert [each.number for each in requests.all()] == [first.number, other.number]
        assert requests.all(SACKS) == [other]
        assert requests.one(99) is None
    with store.begin() as unit:
        gone = SupplyRequests(unit.connection).write(AZOT, TERMS, by="azot", number=first.number, state="removed")
        assert (gone.state, gone.number) == ("removed", first.number)


def test_spending_is_price_times_volume_and_unknown_without_one_of_them():
    assert SALT.spend_rub == 100_000
    assert Input("08.93", price_rub=5.0).spend_rub is None


@pytest.mark.parametrize("terms", [
    Terms("", (SALT,)), Terms("Соль"), Terms("Соль", (SALT, SALT)), Terms("а" * 121, (SALT,)),
    Terms("Соль", tuple(Input(words=str(number)) for number in range(MOST_INPUTS + 1))),
])  # fmt: skip
def test_what_cannot_be_looked_for_is_told(store, terms):
    with store.begin() as unit, pytest.raises(UsageError):
        SupplyRequests(unit.connection).write(AZOT, terms, by="anna")


def test_each_login_has_seen_what_it_saw_and_a_new_one_what_was_seen_last(store):
    with store.begin() as unit:
        requests = SupplyRequests(unit.connection)
        assert requests.seen(1, "anna") is None
        requests.see(1, "anna", Seen(1, {"08.93": [SACKS]}))
        requests.see(1, "azot", Seen(2, {"08.93": [SACKS, REPAIR]}))
        requests.see(1, "azot", Seen(3, {"08.93": [REPAIR]}))
        assert requests.seen(1, "anna") == Seen(1, {"08.93": [SACKS]})
        assert requests.seen(1, "new") == requests.seen(1, "azot") == Seen(3, {"08.93": [REPAIR]})


@pytest.fixture
def call(store):
    with store.begin() as unit:
        return Calls(unit.connection).open(1, AZOT, ASK, {SACKS: [0, 1], REPAIR: [0]}, by="azot")


def take(store, call, *steps, firm=SACKS, inn=SACKS, **more):
    with store.begin() as unit:
        for state in steps:
            call = Calls(unit.connection).step(call.number, firm, state, inn=inn, by="factory", **more)
    return call


def test_a_call_asks_each_firm_for_its_lines(store, call):
    with store.read() as reader:
        calls = Calls(reader.connection)
        assert calls.one(call.number) == call
        assert (call.ask, call.stage, call.answer_by) == (ASK, "open", DAY)
        assert [(each.supplier_inn, each.lines, each.state) for each in call.firms] == [
            (SACKS, (0, 1), "asked"), (REPAIR, (0,), "asked"),
        ]  # fmt: skip
        assert calls.all(AZOT) == calls.to(SACKS) == calls.all() == [call]
        assert calls.all(SACKS) == calls.to(AZOT) == []


def test_an_answer_is_kept_changed_and_taken_back(store, call):
    answered = take(store, call, "answered", offer=OFFER)
    assert answered.firm(SACKS).offer == OFFER
    assert answered.firm(REPAIR).offer is None
    better = Offer({0: Offered(4800.0, "т", 20.0), 1: Offered(12.0)})
    assert take(store, call, "answered", "answered", offer=better).firm(SACKS).offer == better
    back = take(store, call, "asked")
    assert (back.firm(SACKS).state, back.firm(SACKS).offer, back.firm(SACKS).lines) == ("asked", None, (0, 1))
    assert [step.state for step in back.firm(SACKS).steps] == ["asked", "answered", "answered", "asked"]


def test_a_firm_declines_with_its_reason_and_does_not_withdraw_itself(store, call):
    declined = take(store, call, "declined", note="нет мощности")
    assert declined.firm(SACKS).steps[-1].note == "нет мощности"
    take(store, call, "asked")
    with pytest.raises(DataError):
        take(store, call, "withdrawn")
    assert take(store, call, "reminded", "reminded", "withdrawn", inn=AZOT).firm(SACKS).state == "withdrawn"
    with pytest.raises(DataError):
        take(store, call, "answered", offer=OFFER)


def test_a_closed_call_takes_no_answers_until_it_is_opened_again(store, call):
    with store.begin() as unit:
        calls = Calls(unit.connection)
        assert calls.stage(call.number, "closed", inn=AZOT, by="azot").stage == "closed"
        with pytest.raises(DataError):
            calls.step(call.number, SACKS, "answered", inn=SACKS, by="factory", offer=OFFER)
        assert calls.stage(call.number, "open", inn=AZOT, by="azot").stage == "open"
        moved = calls.move(call.number, DAY + timedelta(days=7), inn=AZOT, by="azot")
        assert (moved.answer_by, [step.state for step in moved.steps]) == (DAY + timedelta(days=7),
                                                                           ["closed", "open", "moved"])  # fmt: skip
        assert calls.ask_more(call.number, {AZOT: [0], SACKS: [0]}, inn=None, by="anna") == moved, "asked already"


def test_nobody_is_asked_for_nothing_and_no_firm_but_those_asked_answers(store, call):
    with store.begin() as unit:
        calls = Calls(unit.connection)
        for firms in ({}, {SACKS: []}, {AZOT: [0]}):
            with pytest.raises(UsageError):
                calls.open(1, AZOT, ASK, firms, by="azot")
        with pytest.raises(DataError):
            calls.step(call.number, "7707083893", "answered", inn=None, by="anna", offer=OFFER)
        with pytest.raises(DataError):
            calls.one(99)


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_a_firm_can_be_left(state):
    assert NEXT[state]
    assert all(each in STATES for each in NEXT[state])


def test_looks_are_counted_by_day_place_and_role_and_old_ones_go(store):
    with store.begin() as unit:
        looks = Looks(unit.connection)
        looks.count({SACKS: 1, REPAIR: 1}, "list", "anchor", DAY)
        looks.count({SACKS: 2}, "list", "anchor", DAY)
        looks.count({SACKS: 1}, "pair", "manager", DAY + timedelta(days=KEPT_DAYS))
        looks.count({}, "list", "anchor", DAY)
        assert [(each.place, each.role, each.times) for each in looks.of(SACKS, DAY)] == [
            ("list", "anchor", 3), ("pair", "manager", 1),
        ]  # fmt: skip
        assert looks.of(REPAIR, DAY)[0].times == 1
        assert looks.forget(DAY + timedelta(days=KEPT_DAYS + 1)) == 2
        assert len(looks.of(SACKS, DAY)) == 1
