"""How a portfolio of joint projects, and one project in full, is told on the screen."""

import io

import pytest
from rich.console import Console

from matcher.cli.screen import Screen
from matcher.cli.views_projects import project, projects

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


ITEM = {
    "id": "joint_purchase.20.14.2631015563",
    "title": "Buy together: acids",
    "value_rub": 5e6,
    "value_low_rub": 2e6,
    "value_high_rub": 9e6,
    "cost_rub": 3e5,
    "cost_low_rub": 1e5,
    "cost_high_rub": 8e5,
    "directions": [{"direction": "С3–У2", "name": "Savings"}],
    "participants": [
        {
            "inn": "2631015563",
            "name": "Азот",
            "role": "buyer",
            "gain": {"what": "saving", "rub": 5e6, "low_rub": 2e6, "high_rub": 9e6},
        }
    ],
    "affiliates": [],
    "gap": {"name": "acids", "demand_rub": 4e7, "supply_rub": 0},
    "kpis": [{"no": 3, "name": "Services", "unit": "units", "by": 1, "target": 15.0, "target_year": 2024}],
    "risks": ["Specifications may differ"],
    "steps": ["Collect volumes"],
    "facts": ["Prices paid today"],
    "reasons": ["together they spend much"],
    "assumptions": ["value: the saving"],
    "assumed": [{"name": "discount", "value": 0.03, "low": 0.01, "high": 0.06}],
}  # fmt: skip


def on_screen(view, document, lang: str) -> str:
    """Return what a view prints, in one line."""
    page = io.StringIO()
    view(Screen(Console(file=page, width=120), lang), document)
    return " ".join(page.getvalue().split())


def told(lang: str) -> str:
    """Return what the screen says of a portfolio."""
    return on_screen(projects, {"portfolio": REACHED, "items": []}, lang)


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
    assert "не взяты, так как в них конкурентам пришлось бы договариваться о ценах: 2" in told("ru")


def test_candidates_are_not_told_as_chosen():
    assert "всего кандидатов: 63; отобранные дают 507" in told("ru")


def shown(item, evidence) -> str:
    """Return what the screen says of one project."""
    found = {"title": "Buy together: acids", "item": item, "evidence": evidence, "changes": None, "steps": []}
    return on_screen(project, found, "en")


@pytest.mark.parametrize(
    "part",
    [
        "5.0 mln roubles a year (2.0 mln roubles to 9.0 mln roubles)",
        "preparing it costs 300 k roubles (100 k roubles to 800 k roubles, assumed)",
        "Азот 2631015563 buyer saving 5.0 mln roubles",
        "gap it closes: acids, need 40.0 mln roubles",
        "3. Services +1 units 15 (2024)",
        "1. Collect volumes",
        "Risks Specifications may differ",
        "To ask for Prices paid today",
        "discount: 3.0% (1.0% – 6.0%)",
    ],
)
def test_one_project_is_shown_in_full_today_and_as_it_was(part):
    assert part in shown(ITEM, None)
    assert part in shown(None, ITEM)


def test_a_project_of_which_nothing_was_kept_is_said_to_be_gone():
    assert "no longer give this candidate" in shown(None, None)
