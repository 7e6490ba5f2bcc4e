"""A shortlist by input: the largest spending first, each input with its own best, wholesalers apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.index.economy import economy
from matcher.index.generated import alike_firms, generated_index, generated_inn
from matcher.match.pairs import firm_party
from matcher.match.shortlist import Decisions, Filters, rank_suppliers
from matcher.report.frame import Frame
from matcher.report.ranking.inputs import by_input
from matcher.report.ranking.layout import laid_out
from matcher.report.ranking.listing import Listing
from matcher.report.ranking.partners import partner_item, sales_between
from matcher.report.ranking.shortlists import shortlist
from matcher.report.ranking.stated import Stated, words_of
from tests.unit.small import MINERAL, PRODUCT, SERVICE, TRADE, Firm, columns_of, small_economy

ECONOMY = small_economy()
PLANT = Firm("1000", {PRODUCT: 1.0}, 50e6)
QUARRIES = [Firm(str(2000 + n), {MINERAL: 1.0}, 20e6, region=n % 2) for n in range(6)]
TRADERS = [Firm("4000", {TRADE: 1.0}, 20e6, region=1), Firm("4100", {TRADE: 1.0}, 20e6)]


def listing(firms, filters=None, **asked):
    columns = columns_of(firms, ECONOMY)
    party = firm_party(columns, 0)
    ranking = rank_suppliers(columns, ECONOMY, party, filters or Filters(), Decisions())
    return columns, Listing(ranking, party, "supplier", **asked)


def named(columns, ranking, rows):
    return [columns.inn_of(int(ranking.firms[row])) for row in rows]


def test_the_largest_spending_comes_first_and_each_input_keeps_the_order_of_the_list():
    columns, found = listing([PLANT, *QUARRIES, Firm("3000", {SERVICE: 1.0}, 20e6), *TRADERS])
    groups = by_input(found, ECONOMY, 20)
    assert [code for code, _ in groups] == [MINERAL, SERVICE]
    (_, minerals), (_, services) = groups
    assert named(columns, found.ranking, minerals) == ["2000", "2002", "2004"]
    assert named(columns, found.ranking, services) == ["3000"]


def test_a_poor_candidate_of_a_large_input_does_not_hide_the_only_one_of_another():
    """Five quarries score above the repairer, yet it is the first of its own input."""
    columns, found = listing([PLANT, *QUARRIES, Firm("3000", {SERVICE: 1.0}, 20e6, region=1)])
    assert named(columns, found.ranking, found.ranking.order[:5]) == ["2000", "2002", "2004", "2001", "2003"]
    assert "3000" in named(columns, found.ranking, by_input(found, ECONOMY, 5)[1][1])


def test_wholesalers_are_ranked_apart_and_a_filter_leaves_them_out():
    columns, found = listing([PLANT, *QUARRIES, *TRADERS])
    assert named(columns, found.ranking, laid_out(found, ECONOMY, 20).channels) == ["4100", "4000"]
    assert all(not ECONOMY.channel[code] for code, _ in by_input(found, ECONOMY, 20))
    assert laid_out(listing([PLANT, *QUARRIES, *TRADERS], Filters(makers_only=True))[1], ECONOMY, 20).channels == []


def test_nobody_to_ask_makes_no_group():
    _, found = listing([PLANT])
    assert by_input(found, ECONOMY, 20) == []
    assert laid_out(found, ECONOMY, 20).channels == []


SERVED = [PLANT, *QUARRIES, Firm("3000", {SERVICE: 1.0}, 20e6)]


@pytest.mark.parametrize(
    ("stated", "groups", "why"),
    [
        ((), [MINERAL, SERVICE], "without words the largest spending leads"),
        ((Stated("ремонт", (SERVICE,)),), [SERVICE, MINERAL], "what is asked for in words leads"),
        ((Stated("ремонт", (SERVICE,)), Stated("руда", (MINERAL,))), [MINERAL, SERVICE], "among them, spending"),
        ((Stated("плёнка", ()),), [MINERAL, SERVICE], "words that are not trusted move nothing"),
        ((Stated("удобрения", (PRODUCT,)),), [PRODUCT, MINERAL, SERVICE], "a need without candidates is told"),
        ((Stated("удобрения и ремонт", (PRODUCT, SERVICE)),), [SERVICE, MINERAL], "one of its codes has candidates"),
    ],
)
def test_what_the_buyer_says_it_needs_leads(stated, groups, why):
    columns, found = listing(SERVED, stated=stated)
    told = by_input(found, ECONOMY, 20)
    assert [code for code, _ in told] == groups, why
    _, silent = listing(SERVED)
    assert {code: rows for code, rows in told if rows} == dict(by_input(silent, ECONOMY, 20)), "only the order changes"
    document = shortlist(Frame(columns, ECONOMY, {}, "en"), found, laid_out(found, ECONOMY, 20), {}, {})
    words = {code: words_of(stated, code) for code in groups}
    assert {group["okved_code"]: group["stated"] for group in document["groups"]} == {
        ECONOMY.codes[code]: said for code, said in words.items()
    }
    assert (
        document["items"]
        == shortlist(Frame(columns, ECONOMY, {}, "en"), silent, laid_out(silent, ECONOMY, 20), {}, {})["items"]
    )


def test_one_need_is_not_grouped():
    _, found = listing([PLANT, *QUARRIES], recipe=np.array([0.3, 0.0, 0.0, 0.0]), need=True)
    assert not found.by_input


def test_partners_on_record_stand_apart_with_their_sales():
    columns = columns_of([PLANT, *QUARRIES], ECONOMY, links=[("2000", "1000")])
    party = firm_party(columns, 0)
    ranking = rank_suppliers(columns, ECONOMY, party, Filters(), Decisions())
    found = Listing(ranking, party, "supplier")
    assert named(columns, ranking, ranking.partners) == ["2000"]
    assert "2000" not in named(columns, ranking, by_input(found, ECONOMY, 20)[0][1])
    item = partner_item(Frame(columns, ECONOMY, {}, "en"), found, int(ranking.partners[0]))
    assert (item["inn"], item["sales"], item["amount_rub"]) == ("2000", 1, 1_000_000)
    assert item["text"] == "sales on record: 1, 1.0 mln roubles in all"


def test_a_sale_to_someone_else_makes_no_partner():
    columns = columns_of([PLANT, *QUARRIES], ECONOMY, links=[("2000", "2001")])
    assert sales_between(columns, 1, 0) == (0, None)
    ranking = rank_suppliers(columns, ECONOMY, firm_party(columns, 0), Filters(), Decisions())
    assert len(ranking.partners) == 0


@pytest.mark.parametrize(("stated", "told"), [(0, 10), (4, 10), (9, 12), (11, 14)])
def test_a_buyer_that_states_much_is_told_some_of_the_rest(stated, told):
    """Ten inputs in all, but never fewer than three of those that it does not name."""
    matrices = economy()
    codes = np.flatnonzero(matrices.goods & (matrices.match[:, matrices.codes.index("20.15")] > 0))[:20]
    firms = [
        replace(firm, inn=generated_inn(number))
        for number, code in enumerate(["20.15", *(matrices.codes[code] for code in codes)], 1)
        for firm in alike_firms([code], "26", "Ставрополь", 1e9)
    ]
    columns = generated_index(firms, matrices)
    party = firm_party(columns, columns.firm(firms[0].inn))
    ranking = rank_suppliers(columns, matrices, party, Filters(), Decisions())
    carried = [code for code, _ in by_input(Listing(ranking, party, "supplier"), matrices, 20)]
    rest = sorted({int(code) for code in ranking.flow.lead} - set(carried))
    needs = tuple(Stated(str(code), (code,)) for code in [*rest, *carried][:stated])
    found = by_input(Listing(ranking, party, "supplier", stated=needs), matrices, 20)
    assert len(found) == told
    assert {code for code, _ in found[:stated]} == {need.codes[0] for need in needs}
