"""Sub-clusters, joints and bridges of networks whose structure is known."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.structure import between, bridges, communities, joints, trade_graph
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


def test_amounts_of_both_directions_add_up():
    graph = graph_of([(0, 1), (1, 0), (2, 2)], [2, 3, 4])
    assert graph.number_of_edges() == 1
    assert graph[0][1]["weight"] == 5.0


def test_a_region_is_joined_by_sales_on_record_and_expected_ones():
    economy = small_economy()
    firms = [Firm("1", {MINERAL: 1.0}), Firm("2", {PRODUCT: 1.0}), Firm("3", {PRODUCT: 1.0})]
    columns = columns_of(firms, economy, [("1", "2"), ("2", "3")])
    network = local_network(columns, economy, region_gaps(columns, economy, Scope(0, np.ones(4, dtype=bool))))
    assert (network.observed, network.expected) == (2, 2)
    assert network.graph.number_of_edges() == 3
    assert network.graph[1][2]["weight"] == 1e6
    assert network.graph[0][1]["weight"] > 1e6


def test_nobody_has_no_structure():
    economy = small_economy()
    columns = columns_of([Firm("1", {MINERAL: 1.0})], economy)
    network = local_network(columns, economy, region_gaps(columns, economy, Scope(1, np.ones(4, dtype=bool))))
    assert len(network.graph) == 0
    assert network.communities == network.joints == network.bridges == []
    assert pytest.approx(0) == network.expected
