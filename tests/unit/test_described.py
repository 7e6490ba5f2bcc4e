"""Where a firm that is in no register is taken to be."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from matcher.index.economy import economy
from matcher.index.generated import alike_firms, generated_index, generated_inn
from matcher.pipeline.described import Described, described_place


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
