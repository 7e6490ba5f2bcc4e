"""Where a firm that is in no register is taken to be, and whom its words name as customers."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from matcher.classify.purpose import all_makers, customers, purposes
from matcher.index.economy import economy
from matcher.index.generated import alike_firms, generated_index, generated_inn
from matcher.pipeline.described import Described, described_place, named_customers, need_recipe
from models.channels import goods_handled
from models.errors import UsageError
from models.resources import read_table


@pytest.mark.parametrize(
    ("region", "city", "found"),
    [
        ("26", None, "Ставрополь"),
        ("26", "Невинномысск", "Ставрополь"),
        (None, "Казань", "Казань"),
        (None, "Неттакого", None),
        (None, None, None),
    ],
)
def test_a_town_is_enough_and_no_region_stands_in_for_an_unknown_one(region, city, found):
    towns = {"Ставрополь": "26", "Казань": "16"}
    firms = [
        replace(firm, inn=generated_inn(number))
        for number, (town, code) in enumerate(towns.items(), 1)
        for firm in alike_firms({"20.15"}, code, town, 1e8)
    ]
    columns = generated_index(firms, economy())
    place = described_place(SimpleNamespace(columns=columns), Described("мешки", (), region, city))
    where = {town: int(columns.place[columns.firm(firm.inn)]) for town, firm in zip(towns, firms, strict=True)}
    assert place == (where[found] if found else -1)


@pytest.mark.parametrize("region", ["00", "abc", "999"])
def test_a_region_that_is_none_is_refused_and_not_passed_over(region):
    nowhere = SimpleNamespace(columns=generated_index([], economy()))
    with pytest.raises(UsageError, match=region):
        described_place(nowhere, Described("мешки", (), region, "Невинномысск"))


def test_an_empty_register_has_no_place():
    nowhere = SimpleNamespace(columns=generated_index([], economy()))
    assert described_place(nowhere, Described("мешки", (), "26", "Невинномысск")) == -1


@pytest.mark.parametrize(
    ("phrase", "divisions"),
    [
        ("промышленных предприятий", {"05", "06", "07", "08", *map(str, range(10, 33))}),
        ("пищевых производств", {"10", "11"}),
        ("химических предприятий и нефтяников", {"06", "09", "20"}),
        ("строителей", {"41", "42", "43"}),
        ("магазинов и ресторанов", {"47", "56"}),
        ("food factories", {"10", "11"}),
        ("минеральных удобрений", set()),
        ("погружных насосов", set()),
    ],
)
def test_words_for_customers_stand_for_their_activities(phrase, divisions):
    assert {group[:2] for group in customers(phrase)} == divisions


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("поставляем тару пищевым производствам", ("производствам",)),
        ("ремонт по чертежам и заявкам", ()),
        ("Спецодежда для заводов, обувь строителям", ("заводов", "строителям")),
    ],
)
def test_customers_are_named_after_for_or_in_the_dative(text, named):
    assert purposes(text) == named


def test_every_word_for_customers_stands_for_groups():
    for row in read_table("reference/customer_words.csv"):
        assert customers(row["stem"]), row


def _understood_as(*candidates):
    found = [SimpleNamespace(code=code, confidence=confidence) for code, confidence in candidates]
    texts = SimpleNamespace(candidates_many=lambda phrases: [found for _ in phrases])
    return SimpleNamespace(economy=economy(), classifier=SimpleNamespace(texts=texts))


@pytest.mark.parametrize(
    ("text", "heard", "named", "why"),
    [
        (
            "спецодежда для заводов",
            (("71.12", 0.8),),
            all_makers(),
            "factories are makers, whatever the words resemble",
        ),
        ("мешки для сахарных заводов", (("10.81", 0.9),), {"10.81"}, "a factory of sugar makes sugar"),
        ("тара для пищевых производств", (("10.89", 0.9),), customers("пищевых"), "food is more than one group of it"),
        ("флаконы для духов", (("20.42", 0.9),), {"20.42"}, "a purpose names who makes it"),
    ],
)
def test_the_customers_that_a_seller_names(text, heard, named, why):
    aim = named_customers(_understood_as(*heard), text)
    assert {code for code, part in zip(economy().codes, aim, strict=True) if part > 0} == set(named), why


def test_a_need_heard_as_a_trade_is_one_of_its_goods():
    """Who needs parts of tractors needs no wholesaler of machines."""
    wanted = [SimpleNamespace(code="46.61", confidence=0.9)]
    texts = SimpleNamespace(wanted_many=lambda texts: [wanted for _ in texts])
    workspace = SimpleNamespace(economy=economy(), classifier=SimpleNamespace(texts=texts))
    spent = np.zeros(len(economy().codes))
    asked = need_recipe(workspace, economy(), "запчасти для тракторов", spent)
    made = {code for code, part in zip(economy().codes, asked, strict=True) if part > 0 and code < "45"}
    assert made == set(goods_handled("46.61"))
    assert asked[economy().codes.index("46.61")] > 0
