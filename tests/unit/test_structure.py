"""Sub-clusters, joints and bridges of networks whose structure is known."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.structure import between, bridges, communities, joints, reach, trade_graph
from matcher.gaps.flows import pair_trade
from matcher.gaps.network import local_network
from matcher.gaps.regional import Scope, region_gaps
from tests.unit.small import MINERAL, PRODUCT, Firm, columns_of, small_economy


def graph_of(pairs, weights=None):
    source, target = np.array(pairs).T
    return trade_graph(source, target, np.ones(len(source)) if weights is None else np.array(weights, dtype=float))


def test_planted_sub_clusters_are_found_with_their_inner_trade():
    """Four groups of ten firms, dense inside, with one link each to the next group."""
    pairs = [(10 * g + a, 10 * g + b) for g in range(4) for a in range(10) for b in range(a)]
    pairs += [(10 * g, 10 * g + 11) for g in range(3)]
    found = communities(graph_of(pairs))
    assert sorted(each.members for each in found) == [tuple(range(10 * g, 10 * g + 10)) for g in range(4)]
    assert all(each.inside > 0.95 for each in found)


edges = st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda p: p[0] < p[1]), min_size=1)


@given(edges)
def test_joints_cut_off_what_taking_them_out_cuts_off(pairs):
    graph = graph_of(sorted(pairs))
    found = {joint.firm: joint.cut_off for joint in joints(graph)}
    for firm in graph:
        own = nx.node_connected_component(graph, firm) - {firm}
        rest = graph.subgraph(own)
        parts = sorted(nx.connected_components(rest), key=len)
        assert len(found.get(firm, ())) == sum(len(part) for part in parts[:-1])


@given(edges)
def test_without_a_bridge_its_ends_are_apart_and_both_have_others(pairs):
    graph = graph_of(sorted(pairs))
    for a, b, _ in bridges(graph):
        cut = graph.copy()
        cut.remove_edge(a, b)
        assert not nx.has_path(cut, a, b)
        assert cut.degree(a)
        assert cut.degree(b)


def test_the_middle_of_a_chain_lies_between_all_others():
    found = between(graph_of([(0, 1), (1, 2)]))
    assert found == {0: 0.0, 1: 1.0, 2: 0.0}


@given(st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda p: p[0] != p[1]), min_size=1))
def test_a_firm_reaches_all_that_can_be_walked_to(pairs):
    source, target = np.array(sorted(pairs)).T
    found = reach(source, target)
    graph = nx.DiGraph(list(pairs))
    assert found == {firm: len(nx.descendants(graph, firm)) for firm in graph}


def test_amounts_of_both_directions_add_up():
    graph = graph_of([(0, 1), (1, 0), (2, 2)], [2, 3, 4])
    assert graph.number_of_edges() == 1
    assert graph[0][1]["weight"] == 5.0


def test_a_region_is_joined_by_sales_on_record_and_expected_ones():
    economy = small_economy()
    firms = [Firm("1", {MINERAL: 1.0}), Firm("2", {PRODUCT: 1.0}), Firm("3", {PRODUCT: 1.0})]
    columns = columns_of(firms, economy, [("1", "2"), ("2", "3")])
    network = local_network(columns, economy, region_gaps(columns, economy, Scope(0, np.ones(4, dtype=bool))))
    assert (network.observed, network.expected) == (2, 1)
    assert network.graph.number_of_edges() == 3
    assert network.graph[0][1]["weight"] == network.graph[1][2]["weight"] == 1e6
    links = network.links
    assert list(links.rub) == sorted(links.rub, reverse=True)
    assert {
        *zip(
            links.supplier.tolist(), links.buyer.tolist(), links.observed.tolist(), links.missing.tolist(), strict=True
        )
    } == {
        (0, 1, True, False),
        (1, 2, True, False),
        (0, 2, False, True),
    }


def test_a_sale_without_an_amount_counts_as_expected_and_else_as_the_median_one():
    economy = small_economy()
    firms = [Firm("1", {MINERAL: 1.0}), Firm("2", {PRODUCT: 1.0}), Firm("3", {PRODUCT: 1.0})]
    columns = columns_of(firms, economy, [("1", "2"), ("2", "3"), ("1", "3")])
    columns = replace(columns, link_amount_rub=np.array([0.0, 2e6, 0.0]))
    links = local_network(columns, economy, region_gaps(columns, economy, Scope(0, np.ones(4, dtype=bool)))).links
    rub = {(a, b): amount for a, b, amount in zip(links.supplier, links.buyer, links.rub, strict=True)}
    assert rub[0, 2] == 2e6
    assert rub[0, 1] == pytest.approx(pair_trade(columns, economy, np.array([0]), np.array([1]))[0])
    assert rub[1, 2] == pytest.approx(np.median([rub[0, 1], 2e6]))


def test_no_link_is_missing_within_a_group():
    economy = small_economy()
    firms = [Firm("1", {MINERAL: 1.0}), Firm("2", {PRODUCT: 1.0}, founders=("1",)), Firm("3", {PRODUCT: 1.0})]
    columns = columns_of(firms, economy)
    links = local_network(columns, economy, region_gaps(columns, economy, Scope(0, np.ones(4, dtype=bool)))).links
    missing = {(a, b): gone for a, b, gone in zip(links.supplier, links.buyer, links.missing, strict=True)}
    assert (missing[0, 1], missing[0, 2]) == (False, True)


def test_nobody_has_no_structure():
    economy = small_economy()
    columns = columns_of([Firm("1", {MINERAL: 1.0})], economy)
    network = local_network(columns, economy, region_gaps(columns, economy, Scope(1, np.ones(4, dtype=bool))))
    assert len(network.graph) == 0
    assert network.communities == network.joints == network.bridges == []
    assert pytest.approx(0) == network.expected
