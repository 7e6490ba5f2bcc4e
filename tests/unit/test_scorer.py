"""Every part of the score against two pairs that differ only in what it measures, and what holds for all pairs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.said import Said, class_rows, nothing_said, unclassed
from matcher.classify.taken import taken_goods
from matcher.classify.text import Candidate
from matcher.match.bars import CLOSED, DECLINED, SAME_NAME
from matcher.match.pairs import firm_party
from matcher.match.scorer import PARTS, default_weights, size_fit
from matcher.match.shortlist import Decisions, Filters, rank_buyers, rank_suppliers
from matcher.match.words import alike, text_fit
from models.assumptions import assumption
from models.classifications import group_index, groups
from models.taken import goods
from tests.unit.small import MINERAL, PRODUCT, SERVICE, TRADE, Firm, columns_of, small_economy, with_texts

ECONOMY = small_economy()
BUYER = Firm("1000", {PRODUCT: 1.0}, output=50e6)
ALL, NOTHING = Filters(), Decisions()


def ranked(firms, links=(), filters=ALL, decisions=NOTHING, columns=None, distance_km=1000.0):
    """Return INN → (rank, parts) of the suppliers of the buyer."""
    columns = columns or columns_of([BUYER, *firms], ECONOMY, links, distance_km)
    party = firm_party(columns, columns.firm(BUYER.inn))
    ranking = rank_suppliers(columns, ECONOMY, party, filters, decisions)
    return {
        columns.inn_of(int(ranking.firms[row])): (rank, dict(zip(PARTS, ranking.scores.parts[row], strict=True)))
        for rank, row in enumerate(ranking.order)
    }, ranking


def compared(better, worse, part, others=(), **options):
    """Assert that one of two candidates is ahead, by this part alone."""
    found, _ = ranked([better, worse, *others], **options)
    (rank_a, a), (rank_b, b) = found[better.inn], found[worse.inn]
    assert a[part] > b[part]
    assert rank_a < rank_b
    for other in PARTS:
        if other != part:
            assert a[other] == pytest.approx(b[other]), other


def test_input_fit_the_recipes_input_is_ahead_of_what_everyone_buys():
    found, _ = ranked([Firm("2000", {MINERAL: 1.0}), Firm("3000", {SERVICE: 1.0})])
    assert found["2000"][1]["input_fit"] > found["3000"][1]["input_fit"]


def test_input_fit_a_maker_known_for_certain_is_ahead_of_one_that_may_make_many_things():
    found, _ = ranked([Firm("2000", {MINERAL: 1.0}), Firm("3000", {MINERAL: 0.02})])
    assert found["2000"][1]["input_fit"] > found["3000"][1]["input_fit"]


def test_size_fit_a_supplier_that_covers_the_need_is_ahead_of_one_that_covers_a_tenth():
    compared(Firm("2000", {MINERAL: 1.0}, 20e6), Firm("3000", {MINERAL: 1.0}, 1.5e6), "size_fit")


def test_size_fit_a_supplier_that_would_live_by_one_buyer_is_behind_one_with_a_tenth_of_its_sales_there():
    compared(Firm("3000", {MINERAL: 1.0}, 150e6), Firm("2000", {MINERAL: 1.0}, 17e6), "size_fit")


def test_size_fit_a_very_large_supplier_is_held_back_by_a_factor_of_three_at_most():
    least, whole = size_fit(np.array([1.0, 1.0]), np.array([1e12, 1e3]))
    assert whole - np.log(3) <= least < whole


def test_distance_the_nearer_of_two_alike_is_ahead():
    compared(Firm("3000", {MINERAL: 1.0}, region=0), Firm("2000", {MINERAL: 1.0}, region=1), "distance")


def test_standing_a_firm_in_bankruptcy_is_behind():
    compared(Firm("3000", {MINERAL: 1.0}), Firm("2000", {MINERAL: 1.0}, status=2), "standing")


def test_network_a_firm_whose_clients_buy_from_the_buyers_supplier_is_ahead():
    others = [Firm("4000", {MINERAL: 1.0}), Firm("5000", {PRODUCT: 1.0}), Firm("6000", {PRODUCT: 1.0})]
    links = [("4000", "1000"), ("4000", "5000"), ("3000", "5000"), ("2000", "6000")]
    compared(Firm("3000", {MINERAL: 1.0}), Firm("2000", {MINERAL: 1.0}), "network", links=links, others=others)


def test_network_a_firm_with_other_clients_is_ahead_of_one_without():
    others, links = [Firm("4000", {SERVICE: 1.0})], [("3000", "4000")]
    compared(Firm("3000", {MINERAL: 1.0}), Firm("2000", {MINERAL: 1.0}), "network", links=links, others=others)


def test_network_a_firm_that_delivers_to_the_buyers_place_is_ahead_of_one_that_delivers_elsewhere():
    others = [Firm("4000", {SERVICE: 1.0}), Firm("5000", {SERVICE: 1.0}, region=1)]
    links = [("3000", "4000"), ("2000", "5000")]
    compared(Firm("3000", {MINERAL: 1.0}), Firm("2000", {MINERAL: 1.0}), "network", links=links, others=others)


def test_network_a_trade_that_is_seen_to_sell_to_firms_like_the_buyer_is_ahead():
    sellers = [Firm(str(number), {MINERAL: 1.0}) for number in range(4000, 4005)]
    buyers = [Firm(str(number), {PRODUCT: 1.0}) for number in range(5000, 5005)]
    found, ranking = ranked(
        [Firm("2000", {MINERAL: 1.0}), Firm("3000", {SERVICE: 1.0}), *sellers, *buyers],
        [(seller.inn, buyer.inn) for seller in sellers for buyer in buyers],
    )
    assert found["2000"][1]["network"] > found["3000"][1]["network"]
    seen = ranking.scores.seen
    assert seen.sales[ranking.firms == 1][0] == 25


def test_network_without_links_is_no_evidence_either_way():
    found, _ = ranked([Firm("2000", {MINERAL: 1.0})])
    assert found["2000"][1]["network"] == 0


def test_text_fit_an_offer_near_to_the_need_is_ahead():
    columns = columns_of([BUYER, Firm("2000", {MINERAL: 1.0}), Firm("3000", {MINERAL: 1.0})], ECONOMY)
    columns = with_texts(columns, {1: [0.6, 0.8], 2: [1.0, 0.0]}, {0: [1.0, 0.0]})
    found, _ = ranked([], columns=columns)
    assert found["3000"][1]["text_fit"] > found["2000"][1]["text_fit"]
    assert found["3000"][0] < found["2000"][0]


def test_text_fit_a_long_list_is_judged_by_its_nearest_item():
    columns = columns_of([BUYER, Firm("2000", {MINERAL: 1.0}), Firm("3000", {MINERAL: 1.0})], ECONOMY)
    one = with_texts(columns, {1: [1.0, 0.0], 2: [0.6, 0.8]}, {0: [1.0, 0.0]})
    several = replace(
        one,
        offer_firm=np.array([1, 1, 2]),
        offer_vector=np.float32([[1, 0], [0, 1], [0.6, 0.8]]),
        offer_class=nothing_said(3).classes,
    )
    first, second = (ranked([], columns=each)[0] for each in (one, several))
    assert first["2000"][1]["text_fit"] == second["2000"][1]["text_fit"] > second["3000"][1]["text_fit"]


ALIKE, UNLIKE = [1.0, 0.0], [-1.0, 0.0]


@pytest.mark.parametrize(
    ("vector", "offered", "asked", "share"),
    [
        (ALIKE, {"22.22": 0.9}, {"22.22": 0.4}, 1.0),
        (ALIKE, {"22.22": 0.9}, {"22.29": 0.9}, 1.0),
        (ALIKE, {"22.22": 0.9}, {"20.16": 0.9}, 0.0),
        (ALIKE, {"22.22": 0.3, "22.29": 0.2, "20.16": 0.5}, {"20.16": 0.9}, 0.5**0.5),
        (ALIKE, {}, {"20.16": 0.9}, 1.0),
        (ALIKE, {"22.22": 0.9}, {}, 1.0),
        (UNLIKE, {"22.22": 0.9}, {"20.16": 0.9}, 1.0),
        (UNLIKE, {"22.22": 0.9}, {"22.22": 0.9}, 1.0),
    ],
)
def test_text_fit_words_that_are_alike_count_as_far_as_they_are_of_one_class(vector, offered, asked, share):
    one, other = (
        Said(np.float32([words]), class_rows([[Candidate(code, None, sure, (), "") for code, sure in codes.items()]]))
        for words, codes in ((vector, offered), (ALIKE, asked))
    )
    fit = text_fit(one, other)[0, 0]
    assert fit == pytest.approx(share * alike(one.near(other), one.same_class(other))[0, 0], abs=1e-6)
    assert fit == pytest.approx(text_fit(other, one)[0, 0])
    assert text_fit(one, unclassed(other.vectors))[0, 0] == pytest.approx(alike(one.near(other), 1.0)[0, 0])


@pytest.mark.parametrize("cosine", [0.2, 0.35, 0.5])
def test_text_fit_unrelated_things_of_one_class_are_no_evidence_for_what_their_class_has_in_common(cosine):
    lift = assumption("text_class_lift").value
    same = alike(np.array([cosine + lift]), 1.0)
    assert same == pytest.approx(alike(np.array([cosine]), 0.0))
    assert alike(np.array([cosine + lift]), 0.0) > same


def test_what_things_of_one_class_have_in_common_is_as_measured():
    """Over all pairs of things that activities take: of one class but different groups, against different classes."""
    number = np.array([group_index()[good.group] for good in goods()])
    of_class = np.array([group[:2] for group in groups()])[number]
    vectors = taken_goods(Embedder(BUNDLED, None)).vectors[::3]
    number, of_class = number[::3], of_class[::3]
    cosine = vectors @ vectors.T
    same = of_class[:, None] == of_class[None, :]
    lift = cosine[same & (number[:, None] != number[None, :])].mean() - cosine[~same].mean()
    assert lift == pytest.approx(assumption("text_class_lift").value, abs=0.015)


def test_gap_an_input_without_local_makers_counts_for_more():
    """The same distant maker of the mineral, with and without a local one beside the buyer."""
    far = Firm("2000", {MINERAL: 1.0}, region=1)
    alone, _ = ranked([far])
    covered, _ = ranked([far, Firm("3000", {MINERAL: 1.0}, 500e6)])
    assert alone["2000"][1]["gap"] > covered["2000"][1]["gap"]


def test_feedback_accepted_pairs_lift_and_declined_pairs_lower_pairs_of_the_same_input():
    firms = [Firm("2000", {MINERAL: 1.0}), Firm("3000", {MINERAL: 1.0}), Firm("4000", {SERVICE: 1.0})]
    lifted, _ = ranked(firms, decisions=Decisions({(1, 0): "accept"}))
    lowered, _ = ranked(firms, decisions=Decisions({(1, 0): "decline"}))
    assert lifted["3000"][1]["feedback"] > 0 > lowered["3000"][1]["feedback"]
    assert lifted["4000"][1]["feedback"] == 0


def test_base_is_rarer_in_a_larger_register():
    few, _ = ranked([Firm("2000", {MINERAL: 1.0})])
    many, _ = ranked([Firm(str(number), {MINERAL: 1.0}) for number in range(2000, 2200)])
    assert few["2000"][1]["base"] > many["2000"][1]["base"]


def test_what_never_appears_as_new_is_listed_with_its_rule():
    buyer = Firm("1000", {PRODUCT: 1.0, MINERAL: 0.2}, name_key=7)
    firms = [
        buyer,
        Firm("2000", {MINERAL: 1.0}, status=3),
        Firm("3000", {MINERAL: 1.0}, name_key=7),
        Firm("4000", {MINERAL: 1.0}),
        Firm("5000", {MINERAL: 1.0}),
    ]
    columns = columns_of(firms, ECONOMY)
    ranking = rank_suppliers(columns, ECONOMY, firm_party(columns, 0), ALL, Decisions({(3, 0): "decline"}))
    assert [columns.inn_of(int(ranking.firms[row])) for row in ranking.order] == ["5000"]
    rules = {columns.inn_of(int(ranking.firms[row])): rule for row, rule in ranking.blocked}
    assert rules == {"2000": CLOSED, "3000": SAME_NAME, "4000": DECLINED}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(region=1), {"3000"}),
        (Filters(sme=True), {"2000"}),
        (Filters(makers_only=True), {"2000", "3000"}),
        (Filters(new_only=True), {"3000", "4000"}),
        (Filters(), {"2000", "3000", "4000"}),
    ],
)
def test_filters_narrow_the_list(filters, expected):
    firms = [
        Firm("2000", {MINERAL: 1.0}, category=2),
        Firm("3000", {MINERAL: 1.0}, region=1),
        Firm("4000", {TRADE: 1.0}),
    ]
    found, _ = ranked(firms, links=[("2000", "1000")], filters=filters)
    assert set(found) == expected


def test_a_wholesaler_is_found_as_a_channel_behind_the_maker():
    found, ranking = ranked([Firm("2000", {MINERAL: 1.0}), Firm("3000", {TRADE: 1.0})])
    assert found["2000"][0] < found["3000"][0]
    assert ranking.scores.channel_share.tolist() == [0.0, 1.0]


FIRMS = st.lists(
    st.tuples(
        st.dictionaries(st.integers(0, 3), st.floats(0.05, 0.25), min_size=1, max_size=4),
        st.floats(1e5, 1e9),
        st.integers(0, 1),
    ),
    min_size=3,
    max_size=8,
)


def register(drawn, scale=1.0):
    return [Firm(str(1000 + n), shares, output * scale, region) for n, (shares, output, region) in enumerate(drawn)]


def links_among(firms):
    number = st.integers(0, len(firms) - 1)
    return st.sets(st.tuples(number, number).filter(lambda pair: pair[0] != pair[1]), max_size=8)


@settings(max_examples=60)
@given(FIRMS, st.data())
def test_parts_sum_to_the_score_and_both_sides_see_the_same_score(drawn, data):
    firms = register(drawn)
    columns = columns_of(firms, ECONOMY, [(firms[a].inn, firms[b].inn) for a, b in data.draw(links_among(firms))])
    for buyer in range(len(columns)):
        from_buyer = rank_suppliers(columns, ECONOMY, firm_party(columns, buyer), ALL, NOTHING)
        np.testing.assert_allclose(from_buyer.scores.parts.sum(axis=1), from_buyer.scores.score, rtol=1e-12)
        for row in from_buyer.order:
            supplier = int(from_buyer.firms[row])
            other = rank_buyers(columns, ECONOMY, firm_party(columns, supplier), ALL, NOTHING)
            at = int(np.flatnonzero(other.firms == buyer)[0])
            np.testing.assert_allclose(other.scores.parts[at], from_buyer.scores.parts[row], rtol=1e-9, atol=1e-9)
            np.testing.assert_allclose(other.scores.expected_rub[at], from_buyer.scores.expected_rub[row], rtol=1e-9)


@settings(max_examples=30)
@given(FIRMS)
def test_no_supplier_is_expected_to_sell_more_than_it_makes_nor_a_buyer_to_buy_more_than_it_needs(drawn):
    columns = columns_of(register(drawn), ECONOMY)
    sold = np.zeros(len(columns))
    for buyer in range(len(columns)):
        party = firm_party(columns, buyer)
        ranking = rank_suppliers(columns, ECONOMY, party, ALL, NOTHING)
        need = float((ECONOMY.match @ party.shares).sum()) * party.output_rub
        assert ranking.scores.expected_rub.sum() <= need * (1 + 1e-3) + 1
        np.add.at(sold, ranking.firms, ranking.scores.expected_rub)
    made = columns.shares.sum(axis=1) * columns.output_rub
    assert (sold <= made * (1 + 1e-3) + 1).all()


@settings(max_examples=20)
@given(FIRMS, st.randoms())
def test_the_order_of_firms_changes_nothing(drawn, random):
    firms = register(drawn)
    shuffled = firms.copy()
    random.shuffle(shuffled)
    one, other = columns_of(firms, ECONOMY), columns_of(shuffled, ECONOMY)
    a = rank_suppliers(one, ECONOMY, firm_party(one, 0), ALL, NOTHING)
    b = rank_suppliers(other, ECONOMY, firm_party(other, 0), ALL, NOTHING)
    assert a.order.tolist() == b.order.tolist()
    np.testing.assert_array_equal(a.scores.score, b.scores.score)


@settings(max_examples=30)
@given(FIRMS, st.data())
def test_a_link_more_never_lowers_the_evidence_it_gives_itself(drawn, data):
    """A sale of i to j is seen as observed, and takes nothing from the paths i → b ← k → j with k ≠ i and b ≠ j."""
    firms = register(drawn)
    number = st.integers(0, len(firms) - 1)
    pairs = data.draw(st.lists(st.tuples(number, number).filter(lambda pair: pair[0] != pair[1]), max_size=8))
    supplier, buyer = data.draw(st.tuples(number, number).filter(lambda pair: pair[0] != pair[1]))
    before = {(firms[a].inn, firms[b].inn) for a, b in pairs}
    added = (firms[supplier].inn, firms[buyer].inn)
    old, new = (
        rank_suppliers(columns, ECONOMY, firm_party(columns, buyer), ALL, NOTHING)
        for columns in (columns_of(firms, ECONOMY, sorted(each)) for each in (before - {added}, before | {added}))
    )
    row = np.flatnonzero(new.firms == supplier)
    network = PARTS.index("network")
    assert new.observed[row].all()
    assert (new.scores.parts[row, network] >= old.scores.parts[row, network] - 1e-12).all()


@settings(max_examples=30)
@given(FIRMS)
def test_counting_money_in_thousands_changes_no_score_and_no_order(drawn):
    """Totals of the country are in the same unit as those of firms."""
    fields = ("turnover_rub", "imports_rub", "intermediate_rub", "final_rub")
    in_thousands = replace(ECONOMY, **{name: getattr(ECONOMY, name) / 1000 for name in fields})
    roubles, thousands = columns_of(register(drawn), ECONOMY), columns_of(register(drawn, 1 / 1000), in_thousands)
    one = rank_suppliers(roubles, ECONOMY, firm_party(roubles, 0), ALL, NOTHING)
    other = rank_suppliers(thousands, in_thousands, firm_party(thousands, 0), ALL, NOTHING)
    np.testing.assert_allclose(other.scores.parts, one.scores.parts, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(other.scores.expected_rub * 1000, one.scores.expected_rub, rtol=1e-3)


@given(st.floats(1, 1e12), st.floats(1, 1e12))
def test_size_fit_is_never_positive_and_depends_on_the_ratio_only(need, capacity):
    one, scaled = (size_fit(np.array([need * k]), np.array([capacity * k]))[0] for k in (1.0, 1000.0))
    assert one <= 0
    assert one == pytest.approx(scaled, abs=1e-9)


def test_every_part_has_a_weight_and_a_reason():
    assert set(default_weights()) == set(PARTS)


def test_where_no_size_is_stated_the_output_tells_small_firms_from_large():
    firms = [
        Firm("2000", {MINERAL: 1.0}, category=0, output=5e7),
        Firm("3000", {MINERAL: 1.0}, category=0, output=5e9),
        Firm("4000", {MINERAL: 1.0}, category=0, output=0.0),
        Firm("5000", {MINERAL: 1.0}, category=2, output=5e9),
    ]
    found, _ = ranked(firms, filters=Filters(sme=True))
    assert set(found) == {"2000", "5000"}
