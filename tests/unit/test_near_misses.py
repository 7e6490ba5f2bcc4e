"""A certificate that lapses before it is no longer needed: the one rule broken, in words and figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matcher.index.economy import economy
from matcher.index.generated import alike_firms, generated_index
from matcher.match.pairs import firm_party
from matcher.match.shortlist import LAPSES, Decisions, Filters, rank_suppliers
from matcher.report.frame import Frame
from matcher.report.ranking.near_misses import near_miss
from matcher.report.ranking.not_loaded import not_loaded
from models.licences import product_entries
from models.records import Link
from tests.unit.small import MINERAL, PRODUCT, Firm, columns_of, small_economy

TODAY, WANTED = date(2026, 3, 1), date(2026, 9, 1)


@pytest.mark.parametrize(
    ("until", "says"),
    [
        (date(2026, 6, 1), "in 3 months, on 2026-06-01, its product certificate lapses, one until 2026-09-01 was"),
        (date(2026, 3, 20), "within a month, on 2026-03-20, its product certificate lapses"),
        (date(2026, 2, 1), "its product certificate lapsed on 2026-02-01, one until 2026-09-01 was asked for"),
    ],
)
def test_a_lapse_is_told_with_its_day_and_what_was_asked_for(until, says):
    small = small_economy()
    firms = [Firm("1000", {PRODUCT: 1.0}), Firm("2000", {MINERAL: 1.0}, certified_until=until.toordinal())]
    columns = columns_of(firms, small)
    filters = Filters(certified_until=WANTED.toordinal())
    ranking = rank_suppliers(columns, small, firm_party(columns, 0), filters, Decisions())
    ((row, rule),) = ranking.blocked
    miss = near_miss(Frame(columns, small, {}, "en", today=TODAY), ranking, row, rule, ("2000", "1000"), None)
    assert miss["rule"] == LAPSES
    assert miss["text"].startswith(says)


def test_who_asks_for_certificates_is_told_that_no_register_of_products_is_loaded():
    small, wanted = small_economy(), Filters(certified_until=WANTED.toordinal())
    bare, loaded = (
        columns_of([Firm("1000", {PRODUCT: 1.0}), Firm("2000", {MINERAL: 1.0}, certified_until=until)], small)
        for until in (0, TODAY.toordinal())
    )
    (told,) = not_loaded(Frame(bare, small, {}, "en", today=TODAY), wanted)
    assert told["format"] == "gisp_products"
    assert told["text"].startswith("no register of Russian products is loaded")
    assert "zveno import" in told["hint"]
    assert not_loaded(Frame(bare, small, {}, "en", today=TODAY), Filters()) == []
    assert not_loaded(Frame(loaded, small, {}, "en", today=TODAY), wanted) == []


def test_an_index_holds_the_last_day_of_product_entries_and_the_codes_of_sales():
    maker, other = alike_firms(["08.91", "20.15"], "26", "Невинномысск", 1e9)
    entries = (
        product_entries("1", 2, date(2026, 6, 1)),
        product_entries("3", 1, date(2027, 1, 1)),
        "хим. (до 2030-01-01)",
    )
    links = [
        Link(maker.inn, other.inn, n, okpd2=code) for n, code in enumerate(("08.91.11", "08.91.12", "99.99", None))
    ]
    columns = generated_index([replace(maker, licences=entries), other], economy(), links)
    assert columns.certified_until.tolist() == [date(2027, 1, 1).toordinal(), 0]
    assert columns.link_count.tolist() == [4]
    assert (columns.sale_link.tolist(), columns.sale_count.tolist()) == ([0], [2])
    assert economy().codes[int(columns.sale_code[0])] == "08.91"
    np.testing.assert_allclose(columns.sold.sold, [4.0, 0.0])
