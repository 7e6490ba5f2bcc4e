"""What is kept is computed once, by one who asks, and no failure stays."""

from threading import Barrier, Event, Thread

import pytest

from matcher.pipeline.shelf import BESIDE, NotYet, Shelf


def test_many_who_ask_at_once_compute_once():
    shelf, began, together = Shelf[list[int]](10), [], Barrier(6)

    def compute():
        began.append(1)
        Event().wait(0.1)
        return [7]

    found = []

    def ask():
        together.wait()
        found.append(shelf.get("a", compute))

    people = [Thread(target=ask) for _ in range(6)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(began) == 1
    assert all(each is found[0] for each in found)


def test_who_will_not_wait_is_told_and_finds_the_answer_later():
    shelf, go = Shelf[int](10), Event()

    def compute():
        go.wait(10)
        return 3

    for _ in range(2):
        with pytest.raises(NotYet) as told:
            shelf.get("a", compute, 0.01)
        assert 0 < told.value.seconds < 10
    assert "a" in shelf
    go.set()
    assert shelf.get("a", lambda: 4) == 3
    assert shelf.get("a", lambda: 4, 0.0) == 3


def test_no_more_than_a_few_are_computed_beside_at_once():
    shelf, go, running, most = Shelf[int](10), Event(), [], []

    def compute():
        running.append(1)
        most.append(len(running))
        go.wait(10)
        running.pop()
        return 1

    for key in range(5):
        with pytest.raises(NotYet):
            shelf.get(key, compute, 0.01)
    go.set()
    assert [shelf.get(key, compute) for key in range(5)] == [1] * 5
    assert max(most) <= BESIDE


def test_nothing_is_an_answer_too():
    shelf, began = Shelf[None](10), []
    for _ in range(2):
        assert shelf.get("a", lambda: began.append(1)) is None
    assert began == [1]


def test_a_failure_is_told_and_not_kept():
    shelf = Shelf[float](10)
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", lambda: 1 / 0)
    assert "a" not in shelf
    assert shelf.get("a", lambda: 2.0) == 2.0


def test_a_failure_beside_is_told_to_the_next_who_asks():
    shelf, go = Shelf[float](10), Event()

    def compute():
        go.wait(10)
        return 1 / 0

    with pytest.raises(NotYet):
        shelf.get("a", compute, 0.01)
    go.set()
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", lambda: 2.0)
    assert shelf.get("a", lambda: 2.0) == 2.0


def test_an_answer_that_ran_out_of_time_itself_is_a_failure():
    def compute():
        raise TimeoutError

    shelf = Shelf[int](10)
    with pytest.raises(TimeoutError):
        shelf.get("a", compute, 5.0)
    assert "a" not in shelf


def test_what_was_asked_for_longest_ago_goes_first():
    shelf = Shelf[int](3)
    for key in (1, 2, 3, 1, 4):
        shelf.get(key, lambda: 0)
    assert [key for key in range(5) if key in shelf] == [1, 3, 4]
