"""Things that a text names together."""

from __future__ import annotations

import pytest

from matcher.classify.conjoined import things
from matcher.index.items import MOST_ITEMS, offered_items


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("антифриз и омыватели", ["антифриз", "омыватели"]),
        ("хлористый калий и фосфатное сырьё", ["хлористый калий", "фосфатное сырьё"]),
        ("Производим мешки, биг-бэги, плёнку", ["Производим мешки", "Производим биг-бэги", "Производим плёнку"]),
        ("насосы, теплообменники и трубопроводная арматура", ["насосы", "теплообменники", "трубопроводная арматура"]),
        ("ПНД 2,5 мм и фитинги", ["ПНД 2,5 мм", "фитинги"]),
        ("antifreeze and screen wash", ["antifreeze", "screen wash"]),
    ],
)
def test_what_stands_by_itself_is_taken_apart(text, found):
    assert things(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "ремонт насосов и компрессоров",
        "ремонт и обслуживание насосов",
        "моющие и дезинфицирующие средства",
        "пластмассовая тара и упаковка",
        "полипропиленовые мешки и биг-бэги",
        "пильные цепи и шины бензопил",
        "катализаторы синтеза аммиака, метанола и конверсии",
        "печать афиш и билетов",
        "мешки (50 кг, с печатью)",
        "бутылка водочная 0,5 литра",
        "repair of pumps and compressors",
        "столы, стулья из дуба и для",
        "и",
        ",",
        "",
    ],
)
def test_what_lacks_something_of_the_rest_stays_together(text):
    assert things(text) == [text]


def test_an_offer_has_no_more_things_than_are_compared():
    assert len(offered_items("; ".join(["мешки и плёнка"] * 30))) == MOST_ITEMS
