"""Sales between groups of firms: the sums of all pairs, every rouble once, records before expectations."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.gaps.flows import chain_flows, paid, pair_trade
from tests.unit.small import MINERAL, PRODUCT, SERVICE, TRADE, Firm, columns_of, small_economy

ECONOMY = small_economy()
#: Of the firms below: miners, plants, then others here and firms elsewhere.
MINERS, PLANTS, OTHERS, BEYOND = range(4)


def pairs_of(columns, group, one, other):
    sellers, buyers = np.flatnonzero(group == one), np.flatnonzero(group == other)
    supplier, buyer = np.repeat(sellers, len(buyers)), np.tile(buyers, len(sellers))
    apart = supplier != buyer
    return supplier[apart], buyer[apart]


a_firm = st.tuples(
    st.sampled_from([MINERAL, PRODUCT, SERVICE, TRADE]),
    st.sampled_from([MINERAL, PRODUCT]),
    st.floats(1e5, 1e8),
    st.integers(0, 1),
    st.integers(0, 3),
)


@given(st.lists(a_firm, min_size=1, max_size=8))
def test_groups_trade_what_their_pairs_do_and_all_output_goes_somewhere(drawn):
    firms = [
        Firm(str(number), {main: 1.0} if main == second else {main: 0.7, second: 0.3}, output, region)
        for number, (main, second, output, region, _) in enumerate(drawn)
    ]
    columns = columns_of(firms, ECONOMY)
    group = np.array([each[4] for each in drawn])
    flows = chain_flows(columns, ECONOMY, group, 2)
    for one, other in [(0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 1)]:
        supplier, buyer = pairs_of(columns, group, one, other)
        expected = pair_trade(columns, ECONOMY, supplier, buyer).sum()
        assert flows.inferred[one, other] == pytest.approx(expected, rel=1e-6, abs=1e-3)
    known = flows.observed + flows.inferred
    assert known[:2].sum(axis=1) + flows.own == pytest.approx(flows.output, rel=1e-5, abs=1.0)
    assert not known[2:, 2:].any()


def test_a_sale_on_record_takes_the_place_of_the_expected_one():
    firms = [Firm("1", {MINERAL: 1.0}), Firm("2", {PRODUCT: 1.0}), Firm("3", {PRODUCT: 1.0})]
    group = np.array([MINERS, PLANTS, PLANTS])
    without = chain_flows(columns_of(firms, ECONOMY), ECONOMY, group, 2)
    columns = columns_of(firms, ECONOMY, [("1", "2")])
    flows = chain_flows(columns, ECONOMY, group, 2)
    assert flows.observed[MINERS, PLANTS] == 1e6
    assert flows.records[MINERS, PLANTS] == 1
    assert flows.inferred[MINERS, PLANTS] == pytest.approx(without.inferred[MINERS, PLANTS] / 2)
    assert flows.inferred[MINERS, BEYOND] < without.inferred[MINERS, BEYOND] + 1e6


def test_a_sale_without_an_amount_counts_as_expected_and_one_larger_than_all_output_leaves_nothing_beyond():
    firms = [Firm("1", {MINERAL: 1.0}), Firm("2", {PRODUCT: 1.0})]
    group = np.array([MINERS, PLANTS])
    columns = columns_of(firms, ECONOMY, [("1", "2")])
    silent = chain_flows(replace(columns, link_amount_rub=np.array([0.0])), ECONOMY, group, 2)
    expected = chain_flows(columns_of(firms, ECONOMY), ECONOMY, group, 2).inferred[MINERS, PLANTS]
    assert silent.observed[MINERS, PLANTS] == pytest.approx(expected)
    large = chain_flows(replace(columns, link_amount_rub=np.array([1e9])), ECONOMY, group, 2)
    assert large.inferred[MINERS, BEYOND] == 0
    assert large.observed[MINERS, PLANTS] > large.output[MINERS]


def test_a_sale_to_a_firm_elsewhere_is_on_record_beyond():
    firms = [Firm("1", {MINERAL: 1.0}), Firm("2", {PRODUCT: 1.0}, region=1)]
    flows = chain_flows(columns_of(firms, ECONOMY, [("1", "2")]), ECONOMY, np.array([MINERS, BEYOND]), 2)
    assert flows.observed[MINERS, BEYOND] == 1e6
    assert flows.inferred[MINERS, BEYOND] == pytest.approx(flows.output[MINERS] - 1e6 - flows.own[MINERS])


def test_what_goes_through_a_wholesaler_is_paid_once_a_sale():
    economy = small_economy()
    economy.through[TRADE, MINERAL] = 0.4
    economy.match[:] = economy.recipe + economy.through @ economy.recipe
    assert paid(economy)[MINERAL, PRODUCT] == pytest.approx(0.6 * 0.3)
    assert paid(economy).sum(axis=0) == pytest.approx(economy.recipe.sum(axis=0))


def test_a_document_adds_up_to_the_chain_table(demo_workspace):
    from matcher.pipeline.chain.table import chain

    document = chain(demo_workspace, "chemical", "26")
    table = {row["segment"]: row for row in document["rows"]}
    sold = {}
    for link in document["flows"]["links"]:
        sold[link["source"]] = sold.get(link["source"], 0) + link["observed_rub"] + link["inferred_rub"]
    segments = [node for node in document["flows"]["nodes"] if "stage" in node]
    assert [node["key"] for node in segments] == list(table)
    for node in segments:
        assert node["firms"] == table[node["key"]]["companies"]
        assert node["stated_rub"] == (table[node["key"]]["revenue_rub"] or 0)
        assert sold.get(node["key"], 0) + node["own_use_rub"] == pytest.approx(node["output_rub"], abs=60)
