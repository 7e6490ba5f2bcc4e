import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from matcher.classify.reliability import calibration_error, reliability
from matcher.cli.screen import Screen
from matcher.cli.views_quality import bar, evaluate

ANSWERS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60)


def bins_of(answers):
    return reliability([sure for sure, _ in answers], [right for _, right in answers])


@given(ANSWERS)
def test_every_answer_is_in_one_bin_and_bins_rise(answers):
    bins = bins_of(answers)
    assert sum(each.count for each in bins) == len(answers)
    assert all(low.greatest <= high.least for low, high in itertools.pairwise(bins))
    assert 0 <= calibration_error(bins) <= 1


def test_honest_confidence_has_no_error_and_boasting_has_much():
    right = [True] * 9 + [False]
    assert calibration_error(reliability([0.9] * 10, right, 1)) == pytest.approx(0, abs=1e-9)
    assert calibration_error(reliability([0.99] * 10, [False] * 10, 1)) == 0.99


def test_no_answers_have_no_error():
    assert bins_of([]) == ()
    assert calibration_error(()) == 0


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_bar_has_one_length_and_one_mark(right, sure):
    assert len(bar(right, sure)) == len(bar(0, 1))
    assert bar(right, sure).count("│") == 1


@pytest.mark.parametrize(("lang", "said"), [("ru", "насколько ответы уверены"), ("en", "how sure the answers are")])
def test_the_diagram_is_printed_with_its_suite(lang, said):
    page = io.StringIO()
    row = {"least": 0.1, "greatest": 0.4, "confidence": 0.3, "accuracy": 0.5, "count": 7}
    document = {"suites": {"classify": {"acc_at_1": 0.5, "reliability": [row]}}}
    evaluate(Screen(Console(file=page, width=120), lang), document)
    assert said in page.getvalue()
    assert "█│█" in page.getvalue()
