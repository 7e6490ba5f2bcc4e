"""Titles call goods by short plain names in both languages."""

import pytest

from models.classifications import groups
from models.good_names import good_name

GOODS = [code for code in groups() if code < "34"]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_good_has_a_short_name_in_small_letters(lang):
    for code in GOODS:
        name = good_name(code, lang)
        assert 3 <= len(name) <= 100, code
        assert not name.startswith(("Производство", "производство", "Manufacture", "manufacture")), code
        assert name[:1].islower(), (code, name)


def test_names_tell_goods_apart():
    for lang in ("ru", "en"):
        assert len({good_name(code, lang) for code in GOODS}) == len(GOODS)
