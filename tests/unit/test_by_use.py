"""Buyers by what they would do with the goods: use them up, or sell them on."""

from __future__ import annotations

import pytest

from matcher.index.economy import economy, priced, without_layers
from matcher.index.generated import alike_firms, generated_index
from matcher.match.pairs import firm_party
from matcher.match.shortlist import RESELLS, Decisions, Filters, rank_buyers
from matcher.report.frame import Frame
from matcher.report.ranking.inputs import laid_out_apart
from matcher.report.ranking.layout import laid_out
from matcher.report.ranking.listing import Listing
from matcher.report.ranking.shortlists import shortlist
from tests.unit.small import MINERAL, PRODUCT, SERVICE, TRADE, Firm, columns_of, small_economy

ECONOMY = small_economy()
QUARRY = Firm("1000", {MINERAL: 1.0}, 20e6)
PLANTS = [Firm(str(2000 + n), {PRODUCT: 1.0}, 50e6, region=1) for n in range(4)]
TRADERS = [Firm(str(3000 + n), {TRADE: 1.0}, 50e6) for n in range(3)]


def told(firms, filters=Filters(), layout="whole", top=20, links=()):  # noqa: B008 - frozen
    columns = columns_of(firms, ECONOMY, links=links)
    party = firm_party(columns, 0)
    listing = Listing(rank_buyers(columns, ECONOMY, party, filters, Decisions()), party, "buyer")
    laid = laid_out(listing, ECONOMY, top, layout)
    return shortlist(Frame(columns, ECONOMY, {}, "en"), listing, laid, {}, {})


def inns(items):
    return [item["inn"] for item in items]


def test_who_uses_it_and_who_sells_it_on_are_each_whole_and_the_one_list_keeps_all():
    document = told([QUARRY, *PLANTS, *TRADERS], top=3)
    assert inns(document["items"]) == inns(told([QUARRY, *PLANTS, *TRADERS], layout="flat", top=3)["items"])
    assert inns(document["users"]) == ["2000", "2001", "2002"]
    assert inns(document["channels"]) == ["3000", "3001"]
    assert [item["rank"] for item in document["users"]] == [1, 2, 3]
    assert [item["rank"] for item in document["channels"]] == [1, 2]
    assert laid_out_apart(document, flat=False)
    assert not laid_out_apart(document, flat=True)


@pytest.mark.parametrize(
    ("firms", "users", "channels"),
    [
        ([QUARRY, *PLANTS], 0, 0),
        ([QUARRY, *TRADERS], 0, 3),
        ([QUARRY], 0, 0),
        ([QUARRY, *PLANTS, *TRADERS], 4, 3),
    ],
)
def test_they_are_apart_only_where_there_are_both(firms, users, channels):
    document = told(firms)
    assert (len(document["users"]), len(document["channels"])) == (users, channels)
    assert laid_out_apart(document, flat=False) == bool(users and channels)


@pytest.mark.parametrize(("layout", "items", "apart"), [("whole", 7, True), ("by_input", 1, True), ("flat", 7, False)])
def test_a_page_is_told_one_of_the_two(layout, items, apart):
    document = told([QUARRY, *PLANTS, *TRADERS], layout=layout)
    assert len(document["items"]) == items
    assert bool(document["users"] and document["channels"]) == apart


def test_partners_on_record_are_no_new_buyers():
    document = told([QUARRY, *PLANTS, *TRADERS], links=[("1000", "2000"), ("1000", "3000")])
    assert "2000" not in inns(document["users"])
    assert "3000" not in inns(document["channels"])
    assert set(inns(document["partners"])) == {"2000", "3000"}


def test_asking_for_makers_alone_leaves_out_who_would_sell_it_on():
    document = told([QUARRY, *PLANTS, *TRADERS], Filters(makers_only=True))
    assert set(inns(document["items"])) == {"2000", "2001", "2002", "2003"}
    assert document["channels"] == []
    assert {miss["rule"] for miss in document["near_misses"]} == {RESELLS}
    assert "would sell it on" in document["near_misses"][0]["text"]


def test_who_buys_of_a_trader_uses_it():
    """What goes through a wholesaler is used by who buys it there: it is no channel, and asking for users finds it."""
    document = told([Firm("1000", {TRADE: 1.0}, 20e6), *PLANTS], Filters(makers_only=True))
    assert len(document["items"]) == 4
    assert document["channels"] == []


@pytest.mark.parametrize(
    ("shares", "resells", "why"),
    [
        ({PRODUCT: 1.0}, 0.0, "a plant uses all of it"),
        ({TRADE: 1.0}, 1.0, "a trader sells all of it on"),
        ({PRODUCT: 0.5, TRADE: 0.5}, 0.8 / 1.1, "of both, in the proportion of what each takes"),
    ],
)
def test_how_far_a_buyer_sells_on_is_a_share_of_the_flow(shares, resells, why):
    columns = columns_of([QUARRY, Firm("2000", shares)], ECONOMY)
    ranking = rank_buyers(columns, ECONOMY, firm_party(columns, 0), Filters(), Decisions())
    assert ranking.channel_share.tolist() == pytest.approx([resells]), why


@pytest.mark.parametrize(("made", "trade"), [("20.15", "46.75"), ("20.42", "47.75"), ("29.32", "45.31")])
@pytest.mark.parametrize("price", [1.0, 1.5])
def test_traders_of_the_bundled_tables_sell_on_what_they_handle(made, trade, price):
    dear = priced(economy(), {made: price})
    companies = alike_firms([made, "01.11", trade], "26", "Ставрополь", 1e9)
    firms = {company.name: company.inn for company in companies}
    columns = generated_index(companies, economy())
    seller = firm_party(columns, columns.firm(firms[made]))
    for tables, resells in ((dear, 1.0), (without_layers(dear, ["channel"]), 0.0)):
        ranking = rank_buyers(columns, tables, seller, Filters(), Decisions())
        part = dict(zip((columns.inn_of(int(firm)) for firm in ranking.firms), ranking.channel_share, strict=True))
        assert part.get(firms[trade], 0.0) == pytest.approx(resells, abs=0.1)
        assert part.get(firms["01.11"], 0.0) == 0.0


def test_services_are_used_by_whoever_buys_them():
    columns = columns_of([Firm("1000", {SERVICE: 1.0}), *PLANTS, *TRADERS], ECONOMY)
    ranking = rank_buyers(columns, ECONOMY, firm_party(columns, 0), Filters(), Decisions())
    assert not ranking.channels.any()
