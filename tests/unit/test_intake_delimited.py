"""Records of delimited texts, and what an unclosed quote costs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.intake.delimited import MAX_CELL, BrokenLine, records
from matcher.intake.detect import probe
from matcher.intake.registry import choose, take_sample
from matcher.intake.table import read_rows, whole_rows
from models.errors import UnreadableFile

LETTERS = st.text('a";,\n ', max_size=6)


def read(text: str, delimiter: str = ",") -> list[tuple[int, list[str]]]:
    return list(records(io.StringIO(text, newline=""), delimiter))


def broken(text: str) -> dict[int, str]:
    return {line: cells.why.render("en") for line, cells in read(text) if isinstance(cells, BrokenLine)}


@given(st.lists(st.lists(LETTERS, min_size=2, max_size=4), max_size=6))
def test_what_was_written_is_read(rows: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    assert [cells for _, cells in read(buffer.getvalue())] == rows


@given(st.text('a",\n', max_size=60))
def test_no_line_is_lost_or_told_twice(text: str) -> None:
    lines = [line for line, _ in read(text)]
    assert lines == sorted(set(lines))
    assert len(lines) <= len(text.splitlines()) or not text
    plain = [number for number, line in enumerate(text.split("\n"), 1) if line and '"' not in line]
    swallowed = {number for line, cells in read(text) for number in range(line, line + str(cells).count("\\n") + 1)}
    assert set(plain) <= swallowed


@pytest.mark.parametrize("after", [20_000, 1, 0])
def test_lines_after_an_unclosed_quote_are_read(after: int) -> None:
    csv.field_size_limit(1 << 40)  # as scipy.io does when it is imported
    found = read('inn,offers\n1,gas\n2,"oil\n' + "3,gas\n" * after)
    assert found[:3] == [(1, ["inn", "offers"]), (2, ["1", "gas"]), (3, ["2", '"oil'])]
    assert found[3:] == [(4 + number, ["3", "gas"]) for number in range(after)]
    assert isinstance(found[2][1], BrokenLine)


def test_each_broken_line_says_why() -> None:
    assert broken("a,b\n1," + "x" * (MAX_CELL + 1) + "\n2,y\n") == {2: f"a cell of more than {MAX_CELL} characters"}
    assert broken('a,b\n1,"x\n2,y\n') == {2: "a quote is not closed"}
    assert broken('a,b\n1,"x') == {2: "a quote is not closed"}
    assert broken('a,b\n1,"x"\n2,5" pipe\n3,"two\nlines"') == {}


def test_many_unclosed_quotes_cost_no_more_than_their_lines() -> None:
    text = 'a,b\n1,"\n' + "2,x\n" * 40_000
    found = read(text * 20)
    assert sum(isinstance(cells, BrokenLine) for _, cells in found) == 20
    assert len(found) == 20 * 40_002


def test_an_open_quote_in_the_header_is_told(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text('"inn,offers\n7736050003,gas\n', encoding="utf-8")
    with pytest.raises(UnreadableFile, match="line 1: a quote is not closed"):
        choose(take_sample(probe(table)))


def test_a_table_that_must_be_whole_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text('inn,offers\n7736050003,"gas\n', encoding="utf-8")
    assert [line for line, _ in read_rows(probe(table))] == [1, 2]
    with pytest.raises(UnreadableFile, match="line 2: a quote is not closed"):
        list(whole_rows(probe(table)))
