import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.labels import parse_label
from models.errors import SourceDrift

CASES = Path(__file__).parents[1] / "cases" / "rosstat_labels.csv"


def label_cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", label_cases(), ids=lambda case: case["label"])
def test_every_published_label_is_read(case):
    label = parse_label(case["label"])
    assert ";".join(label.included) == case["included"]
    assert ";".join(label.excluded) == case["excluded"]


@pytest.mark.parametrize(
    "text", ["", "A", "24.6 without 24.61", "24.6 без", "24..6", "2", "24.6 +", "01.1 - 01.3", "24.6 без 1 без 2"]
)
def test_a_label_outside_the_grammar_says_where_it_stands(text):
    with pytest.raises(SourceDrift) as caught:
        parse_label(text, table="reference/x.csv", line=7)
    assert "reference/x.csv" in str(caught.value)
    assert "7" in str(caught.value)
    assert repr(text) in str(caught.value)


codes = st.from_regex(r"\A\d{2}(\.\d{1,2}){0,2}\Z")


@given(st.lists(codes, min_size=1, max_size=5), st.lists(codes, max_size=2))
def test_a_composed_label_is_taken_apart_again(included, excluded):
    text = " + ".join(included) + (" кроме " + " + ".join(excluded) if excluded else "")
    label = parse_label(text)
    assert label.included == tuple(included)
    assert label.excluded == tuple(excluded)


@given(codes, codes)
def test_an_excluded_code_is_never_covered(code, other):
    label = parse_label(f"{other} без {code}")
    assert not label.covers(code)
