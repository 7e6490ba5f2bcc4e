"""Entries of the board in the store, on both databases: posted, changed, renewed, withdrawn, and every step kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.board import MOST_OPEN, SOON_DAYS, Board
from models.board_words import LONGEST, MOST_DAYS, Words, until_of
from models.errors import DataError, UsageError
from models.identifiers import Inn

AZOT, SACKS = Inn("2631015563"), Inn("2635000014")
TODAY = date(2026, 3, 2)
SALT = Words("Соль техническая", text="навалом; в мешках", price="5 000 руб./т", heard=("08.93",))


def post(unit, words=SALT, inn=SACKS, days=30, today=TODAY):
    return Board(unit.connection).post(inn, "product", "offer", words, until_of(today, days), today, own=inn, by="anna")


def test_an_entry_is_read_as_it_was_posted(store):
    with store.begin() as unit:
        posted = post(unit)
    with store.read() as reader:
        (read,) = Board(reader.connection).all()
    assert read == posted
    assert (read.words, read.inn, read.kind, read.side, read.last.by) == (SALT, SACKS, "product", "offer", "anna")
    assert read.last.until == date(2026, 4, 1)


def test_an_entry_leaves_the_board_after_its_last_day_and_comes_back_when_renewed(store):
    with store.begin() as unit:
        entry, board = post(unit), Board(unit.connection)
        last = entry.last.until
        assert board.open(last) == [entry]
        late = last + timedelta(days=1)
        assert (board.open(late), entry.state(late), entry.days_left(late)) == ([], "expired", -1)
        assert board.all() == [entry], "it stays among one's own"
        again = board.renew(entry, late, SACKS, "anna")
        assert board.open(late) == [again]
        assert again.days_left(late) == 90
        assert board.renew(again, late, SACKS, "anna") == again, "twice is once"


def test_a_week_before_its_end_it_is_told(store):
    with store.begin() as unit:
        entry = post(unit)
    week = entry.last.until - timedelta(days=SOON_DAYS)
    assert entry.ends_soon(week)
    assert entry.ends_soon(entry.last.until)
    assert not entry.ends_soon(week - timedelta(days=1))
    assert not entry.ends_soon(entry.last.until + timedelta(days=1))


def test_every_step_can_be_taken_back_to_the_state_before_it(store):
    with store.begin() as unit:
        board = Board(unit.connection)
        entry = post(unit)
        other = replace(SALT, title="Соль пищевая")
        edited = board.edit(entry.last, entry, other, entry.last.until, TODAY, None, "boss")
        assert (edited.words, edited.last.inn) == (other, None)
        back = board.undo(edited, edited.last.id, SACKS, "anna")
        assert back.words == SALT
        gone = board.withdraw(back, SACKS, "anna")
        assert gone.state(TODAY) == "withdrawn"
        assert board.withdraw(gone, SACKS, "anna") == gone
        there = board.undo(gone, gone.last.id, SACKS, "anna")
        assert there.state(TODAY) == "open"
        assert [step.did for step in there.steps] == ["posted", "edited", "undone", "withdrawn", "undone"]


def test_posting_taken_back_leaves_nothing_on_the_board(store):
    with store.begin() as unit:
        entry = post(unit)
        assert Board(unit.connection).undo(entry, entry.last.id, SACKS, "anna").state(TODAY) == "withdrawn"


def test_the_same_wish_sent_twice_is_done_once(store):
    with store.begin() as unit:
        board, entry = Board(unit.connection), post(unit)
        gone = board.withdraw(entry, SACKS, "anna")
        board.undo(gone, gone.last.id, SACKS, "anna")
        with pytest.raises(DataError, match="meanwhile"):
            board.undo(gone, gone.last.id, SACKS, "anna")
        with pytest.raises(DataError, match="meanwhile"):
            board.edit(entry.last, entry, replace(SALT, title="x"), entry.last.until, TODAY, SACKS, "anna")


def test_an_entry_sent_twice_is_posted_once(store):
    with store.begin() as unit:
        entry = post(unit)
        assert post(unit) == entry
        Board(unit.connection).withdraw(entry, SACKS, "anna")
        assert post(unit).id != entry.id, "one that left the board does not stand in the way"


def test_an_unchanged_entry_is_no_step(store):
    with store.begin() as unit:
        entry = post(unit)
        assert Board(unit.connection).edit(entry.last, entry, SALT, entry.last.until, TODAY, SACKS, "anna") == entry


@pytest.mark.parametrize("days", [0, -1, MOST_DAYS + 1])
def test_nothing_holds_for_less_than_a_day_or_more_than_a_year(days):
    with pytest.raises(UsageError):
        until_of(TODAY, days)


def test_what_cannot_be_taken_is_refused_and_nothing_is_kept(store):
    with store.begin() as unit:
        for words in (Words(""), Words("  "), Words("x" * (LONGEST["title"] + 1)), Words("x", text="y" * 4001)):
            with pytest.raises(UsageError):
                post(unit, words)
        with pytest.raises(UsageError):
            Board(unit.connection).post(
                SACKS, "product", "offer", SALT, TODAY - timedelta(days=1), TODAY, own=SACKS, by="anna"
            )
        assert Board(unit.connection).all() == []


def test_one_firm_does_not_fill_the_board(store):
    with store.begin() as unit:
        for number in range(MOST_OPEN):
            post(unit, Words(f"соль {number}"))
        with pytest.raises(UsageError, match=str(MOST_OPEN)):
            post(unit)
        assert post(unit, inn=AZOT).inn == AZOT
        assert len(Board(unit.connection).all(SACKS)) == MOST_OPEN


def test_an_unknown_entry_is_told(store):
    with store.read() as reader, pytest.raises(DataError, match="17"):
        Board(reader.connection).get(17)
