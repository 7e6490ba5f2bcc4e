"""What a list says of a pair's place and size: what stands in for what is not known is said to do so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.index.columns import OUTPUT_ESTIMATED
from matcher.index.economy import economy
from matcher.index.generated import alike_firms, generated_index, generated_inn
from matcher.match.pairs import firm_party
from matcher.match.shortlist import TOO_FAR, Decisions, Filters, rank_suppliers
from matcher.report.figures import percent
from matcher.report.frame import Frame
from matcher.report.ranking.layout import laid_out
from matcher.report.ranking.listing import Listing
from matcher.report.ranking.shortlists import pair_item, shortlist
from matcher.report.ranking.told import told_of
from tests.unit.small import MINERAL, PRODUCT, Firm, columns_of, small_economy

ECONOMY = small_economy()
FIRMS = [Firm("1000", {PRODUCT: 1.0}, 50e6), Firm("2000", {MINERAL: 1.0}), Firm("3000", {MINERAL: 1.0}, region=1)]


def told(columns, filters=Filters()):  # noqa: B008 - frozen
    party = firm_party(columns, 0)
    listing = Listing(rank_suppliers(columns, ECONOMY, party, filters, Decisions()), party, "supplier")
    return shortlist(Frame(columns, ECONOMY, {}, "en"), listing, laid_out(listing, ECONOMY, 20), {}, {})


def of_place(item):
    return next(reason["text"] for reason in item["reasons"] if reason["part"] == "distance")


def test_a_centre_that_stands_in_for_a_town_is_said_to():
    columns = columns_of(FIRMS, ECONOMY)
    vague = replace(columns, place_exact=np.array([True, False]))
    near, far = (of_place(item) for item in told(vague)["items"])
    assert near.startswith("20 km between the towns")
    assert far.startswith("about 1,000 km (a town is not known, the region's centre stands in)")
    assert of_place(told(columns)["items"][1]).startswith("1,000 km between the towns")


@pytest.mark.parametrize(("limit", "says"), [(880, "120 km beyond the limit of 880 km"), (1000, None)])
def test_who_is_too_far_is_told_by_how_much(limit, says):
    missed = told(columns_of(FIRMS, ECONOMY), Filters(radius_km=limit))["near_misses"]
    assert [(miss["inn"], miss["rule"], miss["text"]) for miss in missed] == ([("3000", TOO_FAR, says)] if says else [])


def test_an_output_that_is_estimated_is_marked_and_the_expected_sales_have_a_range():
    columns = columns_of(FIRMS, ECONOMY)
    guessed = replace(columns, output_kind=np.array([1, OUTPUT_ESTIMATED, 1]))
    known = {item["inn"]: item for item in told(columns)["items"]}
    items = {item["inn"]: item for item in told(guessed)["items"]}
    assert {inn: item["output_estimated"] for inn, item in items.items()} == {"2000": True, "3000": False}
    for item in items.values():
        assert item["expected_value_low_rub"] <= item["expected_value_rub"] <= item["expected_value_high_rub"]
    spread = [
        each["2000"]["expected_value_high_rub"] - each["2000"]["expected_value_low_rub"] for each in (items, known)
    ]
    assert spread[0] > spread[1]


@pytest.mark.parametrize(
    ("supplier", "buyer", "rival"),
    [("10.51", "10.51", True), ("29.10", "29.10", True), ("22.22", "10.51", False), ("10.51", "10.52", False)],
)
@pytest.mark.parametrize(("lang", "says"), [("en", "does the same as the buyer"), ("ru", "занимается тем же, что и")])
def test_who_does_the_same_as_the_buyer_is_said_to(supplier, buyer, rival, lang, says):
    """A dairy that buys milk powder of a dairy reads its rival in the list: what they buy of one another is told."""
    matrices = economy()
    firms = [replace(firm, inn=generated_inn(number)) for number, code in enumerate((supplier, buyer), 1)
             for firm in alike_firms([code], "26", "Ставрополь", 1e9)]  # fmt: skip
    columns = generated_index(firms, matrices)
    party = firm_party(columns, columns.firm(firms[1].inn))
    ranking = rank_suppliers(columns, matrices, party, Filters(), Decisions())
    frame, listing = Frame(columns, matrices, {}, lang), Listing(ranking, party, "supplier")
    item = pair_item(frame, listing, told_of(frame, listing, [0]), 0, {})
    text = next(reason["text"] for reason in item["reasons"] if reason["part"] == "input_fit")
    code = matrices.codes.index(supplier)
    assert text.startswith(supplier)
    assert (says in text) == rival
    if rival:
        assert percent(float(matrices.match[code, code]), lang) in text
