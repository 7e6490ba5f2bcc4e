"""Offers side by side: one unit, the lowest marked, totals only of what can be compared; letters that ask for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from matcher.report.files.letters import letter, letter_text
from matcher.report.offers import comparison
from models.offers import Ask, Asked, Call, Line, Offer, Offered, Step

AZOT, SACKS, REPAIR, TARA = "2631015563", "2635000014", "2635000021", "7707083893"
NOW = datetime(2030, 5, 1, tzinfo=UTC)
LINES = (Line("соль", 20.0, "т"), Line("мешки", 1000.0, "шт"))


def step(inn, state, lines=(), offer=None):
    return Step(inn, state, inn, "anna", NOW, lines, "", offer)


def call(offers, lines=LINES):
    asked = tuple(range(len(lines)))
    firms = tuple(
        Asked(inn, (step(inn, "asked", asked), step(inn, "answered", offer=offer))) for inn, offer in offers.items()
    )
    ask = Ask("Соль и мешки", lines, date(2030, 6, 1), "с доставкой в Невинномысск", "закупки@пример.рф")
    return Call(1, 1, AZOT, ask, "azot", NOW, firms, ())


def test_prices_stand_in_the_unit_of_the_line_and_the_lowest_is_marked():
    found = comparison(
        call({SACKS: Offer({0: Offered(5.0, "кг", 20_000.0)}), REPAIR: Offer({0: Offered(4900.0, "тонн", 20.0)})})
    )
    salt = found.rows[0]
    assert (salt.unit, salt.differs) == ("т", False)
    assert {inn: cell.per_rub for inn, cell in salt.cells.items()} == {SACKS: 5000.0, REPAIR: 4900.0}
    assert [inn for inn, cell in salt.cells.items() if cell.lowest] == [REPAIR]
    assert found.rows[1].cells == {}


def test_another_unit_is_said_to_differ_and_compared_with_nothing():
    found = comparison(call({SACKS: Offer({0: Offered(1.0, "мешок")}), REPAIR: Offer({0: Offered(4900.0)})}))
    salt = found.rows[0]
    assert salt.differs
    assert salt.cells[SACKS].per_rub is None
    assert not any(cell.lowest for cell in salt.cells.values()), "one price is lower than none"
    assert not any(total.whole for total in found.totals.values())


def test_totals_hold_delivery_and_only_whole_offers_are_compared():
    dear = Offer({0: Offered(5000.0, "т"), 1: Offered(10.0, "шт")}, 5000.0)
    cheap_but_short = Offer({0: Offered(1.0, "т", 5.0), 1: Offered(1.0, "шт")})
    free = Offer({0: Offered(5100.0, "т", 25.0), 1: Offered(10.0, "шт")})
    found = comparison(call({SACKS: dear, REPAIR: cheap_but_short, TARA: free}))
    assert found.totals[SACKS].total_rub == 20 * 5000 + 1000 * 10 + 5000
    assert found.totals[TARA].total_rub == 112_000
    assert [(inn, total.whole, total.lowest) for inn, total in found.totals.items()] == [
        (SACKS, True, False), (REPAIR, False, False), (TARA, True, True),
    ]  # fmt: skip
    assert found.rows[0].cells[REPAIR].short
    assert found.rows[0].cells[REPAIR].cost_rub == 5.0, "what it offers costs, not what is wanted"


def test_without_a_volume_prices_are_compared_and_totals_are_not():
    found = comparison(call({SACKS: Offer({0: Offered(10.0, "шт", 5.0)})}, (Line("мешки"),)))
    assert found.rows[0].unit == "шт"
    assert (found.totals[SACKS].goods_rub, found.totals[SACKS].whole) == (50.0, False)


def test_totals_of_firms_asked_for_different_lines_are_not_compared():
    one = call({SACKS: Offer({0: Offered(1.0, "т")}), REPAIR: Offer({0: Offered(2.0, "т"), 1: Offered(1.0, "шт")})})
    asked_less = Asked(SACKS, (step(SACKS, "asked", (0,)), *one.firms[0].steps[1:]))
    totals = comparison(replace(one, firms=(asked_less, one.firms[1]))).totals
    assert [(total.whole, total.lowest) for total in totals.values()] == [(True, False), (True, False)]


def test_who_took_its_answer_back_is_not_compared():
    one = call({SACKS: Offer({0: Offered(1.0)})})
    firm = one.firms[0]
    back = replace(one, firms=(Asked(SACKS, (*firm.steps, step(SACKS, "asked"))),))
    assert comparison(back).totals == {}


@pytest.mark.parametrize(("lang", "words"), [
    ("ru", ("Кому: Мешок", "ИНН 2635000014", "1 июня 2030", "без НДС", "Азот", "соль", "закупки@пример.рф")),
    ("en", ("To: Мешок", "June 1, 2030", "Jun 1, 2030", "without VAT", "1. соль · 20 т")),
])  # fmt: skip
def test_a_letter_says_who_asks_for_what_by_when(lang, words):
    one = call({SACKS: Offer({0: Offered(1.0)})})
    sheet = letter(one, one.firms[0], {"inn": AZOT, "name": "Азот"}, {"inn": SACKS, "name": "Мешок"}, lang)
    text = letter_text(sheet)
    date_forms = {"1 июня 2030", "June 1, 2030", "Jun 1, 2030"}
    assert all(word in text for word in words if word not in date_forms)
    assert "2030" in text
    reminder = letter(one, one.firms[0], {"inn": AZOT, "name": "Азот"}, {"inn": SACKS, "name": "Мешок"}, lang, True)
    assert letter_text(reminder) != text
