"""What is kept is computed once, by one who asks, and no failure stays."""

from threading import Barrier, Event, Thread

import pytest

from matcher.pipeline.shelf import Shelf


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


def test_what_is_computed_beside_is_there_when_it_is_done():
    shelf, go = Shelf[int](10), Event()

    def compute():
        go.wait(10)
        return 3

    coming = shelf.begin("a", compute)
    assert shelf.begin("a", lambda: 4) is coming
    assert "a" in shelf
    assert not coming.done()
    go.set()
    assert coming.result(10) == 3
    assert shelf.get("a", lambda: 4) == 3


def test_nothing_is_an_answer_too():
    shelf, began = Shelf[None](10), []
    for _ in range(2):
        assert shelf.get("a", lambda: began.append(1)) is None
    assert began == [1]


def test_a_failure_is_told_and_not_kept():
    shelf = Shelf[float](10)
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", lambda: 1 / 0)
    coming = shelf.begin("b", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        coming.result(10)
    assert shelf.keys() == []
    assert shelf.get("a", lambda: 2.0) == 2.0


def test_what_was_asked_for_longest_ago_goes_first():
    shelf = Shelf[int](3)
    for key in (1, 2, 3, 1, 4):
        shelf.get(key, lambda: 0)
    assert shelf.keys() == [3, 1, 4]
