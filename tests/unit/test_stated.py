"""What a firm says it needs, item by item, and which inputs are trusted to be meant."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from matcher.index.economy import economy
from matcher.match.pairs import Party
from matcher.pipeline.described import SURE
from matcher.pipeline.shelf import Shelf
from matcher.pipeline.stated import stated_needs
from matcher.report.ranking.stated import MOST_STATED, stated_items
from models.channels import goods_handled
from models.records import Company

INN = "2631015563"
SACKS, PUMPS, REPAIR, HEATERS = "22.22", "28.13", "33.12", "28.25"
TRADE = "46.61"


def heard(needs, answers, has_words=True):
    """Return what a firm that needs these words is heard to need, and how often the classifier was asked."""
    asked = []

    def wanted_many(texts):
        asked.append(texts)
        return [[SimpleNamespace(code=c, confidence=p) for c, p in answers.get(text, ())] for text in texts]

    workspace = SimpleNamespace(
        economy=economy(),
        columns=SimpleNamespace(inn_of=lambda _firm: INN),
        companies=lambda _inns: {INN: Company(inn=INN, needs=needs)},
        classifier=SimpleNamespace(texts=SimpleNamespace(wanted_many=wanted_many)),
        stated=Shelf(5),
    )
    shares = np.zeros(len(economy().codes))
    shares[economy().codes.index("20.15")] = 1.0
    buyer = Party(shares, 1e9, 0, 0, need=np.zeros((1, 2), dtype=np.float32) if has_words else None)
    found = [stated_needs(workspace, buyer) for _ in range(2)]
    assert found[0] == found[1]
    codes = economy().codes
    return {need.words: [codes[code] for code in need.codes] for need in found[0]}, len(asked)


@pytest.mark.parametrize(
    ("words", "answers", "codes", "why"),
    [
        ("мешки", ((SACKS, 0.9), ("13.92", 0.08)), [SACKS], "what is heard with less trust is not meant"),
        ("насосы и теплообменники", ((HEATERS, 0.4), (PUMPS, 0.7)), [PUMPS, HEATERS], "two things, the surer first"),
        ("насосы", ((PUMPS, 0.9), (HEATERS, 0.5), (REPAIR, 0.4)), [PUMPS, HEATERS], "two at most"),
        ("что-нибудь", ((SACKS, SURE - 0.01),), [], "below that it is not clear what is meant"),
        ("нужности", (), [], "nothing is heard"),
    ],
)
def test_a_need_is_trusted_from_a_confidence_on(words, answers, codes, why):
    assert heard(words, {words: answers})[0] == {words: codes}, why


def test_a_need_heard_as_a_trade_is_one_of_its_goods():
    (code,) = heard("запчасти для тракторов", {"запчасти для тракторов": ((TRADE, 0.9),)})[0].popitem()[1]
    assert code in goods_handled(TRADE)


def test_items_of_a_list_are_heard_at_once_and_kept():
    found, asked = heard("мешки; ремонт насосов", {"мешки": ((SACKS, 0.9),), "ремонт насосов": ((REPAIR, 0.8),)})
    assert found == {"мешки": [SACKS], "ремонт насосов": [REPAIR]}
    assert asked == 1


def test_who_says_nothing_costs_nothing():
    assert heard("", {}, has_words=False) == ({}, 0)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("катализаторы, мешки, ремонт насосов", ["катализаторы", "мешки", "ремонт насосов"]),
        ("сода;  мешки\nмешки", ["сода", "мешки"]),
        ("; ".join(f"товар {n}" for n in range(30)), [f"товар {n}" for n in range(MOST_STATED)]),
        ("x" * 501, []),
    ],
)
def test_needs_are_parted_by_what_parts_them_and_bounded(text, items):
    assert stated_items(text) == items
