"""How a portfolio of joint projects is told on the screen."""

import io

import pytest
from rich.console import Console

from matcher.cli.screen import Screen
from matcher.cli.views_projects import projects

REACHED = {
    "candidates": 63,
    "benefit_rub": 507e6,
    "expected_rub": 191e6,
    "optimality_gap": 0.0,
    "greedy_rub": None,
    "random_rub": 15.7e6,
    "cost_rub": 3.8e6,
    "smes": 5,
    "rivals_left_out": 2,
}


def told(lang: str) -> str:
    """Return what the screen says of a portfolio, in one line."""
    page = io.StringIO()
    projects(Screen(Console(file=page, width=120), lang), {"portfolio": REACHED, "items": []})
    return " ".join(page.getvalue().split())


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "the most valuable first would reach too few small and medium firms, chance 15.7"),
        ("ru", "если брать по очереди самое ценное: слишком мало малых и средних предприятий, если наугад: 15,7"),
    ],
)
def test_a_simpler_choice_that_keeps_to_no_limit_is_told_in_words(lang, sentence):
    assert sentence in told(lang)


def test_what_is_left_out_is_told():
    assert "не взяты, так как соперники договаривались бы в них о ценах: 2" in told("ru")


def test_candidates_are_not_told_as_chosen():
    assert "всего кандидатов: 63; отобранные дают 507" in told("ru")
