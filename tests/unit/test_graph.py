"""Chain graph, L3 paths, relatedness and gaps on cases small enough to check by hand."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csc_array, csr_array

from graph.chain import Edge, activity_node, chain_graph, company_projection, missing_links
from graph.gaps import find_gaps, input_coverage, plant_share
from graph.network import network
from graph.relatedness import recipe_proximity


def links(pairs, size):
    rows, columns = zip(*pairs, strict=True)
    return csr_array((np.ones(len(pairs)), (rows, columns)), shape=(size, size))


def brute_l3(matrix, target):
    """Count paths i → b ← k → target one by one."""
    dense, size = matrix.toarray(), matrix.shape[0]
    sold, bought = np.maximum(dense.sum(1), 1), np.maximum(dense.sum(0), 1)
    score = np.zeros(size)
    for i in range(size):
        for b in range(size):
            for k in range(size):
                if i not in (k, target) and b != target and dense[i, b] and dense[k, b] and dense[k, target]:
                    score[i] += 1 / np.sqrt(sold[k] * bought[b])
    return score


def paths_to(known, firm):
    return known.paths(np.array([firm])).toarray()[0]


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda p: p[0] != p[1]), min_size=1))
def test_l3_equals_counting_the_paths(pairs):
    matrix = links(sorted(pairs), 7)
    np.testing.assert_allclose(paths_to(network(matrix), 3), brute_l3(matrix, 3), atol=1e-12)


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda p: p[0] != p[1]), min_size=1))
def test_paths_to_many_are_the_paths_to_each(pairs):
    known, everyone = network(links(sorted(pairs), 7)), np.arange(7)
    together = known.paths(everyone).toarray()
    np.testing.assert_allclose(together, [paths_to(known, firm) for firm in everyone], atol=1e-12)


def test_l3_from_the_suppliers_side_is_l3_of_the_turned_graph():
    matrix = links([(0, 2), (1, 2), (1, 3)], 4)
    turned = paths_to(network(matrix).turned(), 0)
    np.testing.assert_allclose(turned, brute_l3(matrix.T, 0), atol=1e-12)
    assert turned[3] > 0


def test_what_everyone_buys_does_not_make_activities_alike():
    """Two activities share electricity only, two share a polymer: the second pair is closer."""
    coefficients = csc_array(np.array([[0.1, 0.1, 0.1], [0.3, 0.3, 0.0], [0.0, 0.0, 0.3]]))
    proximity = recipe_proximity(coefficients, np.array([0.05, 0.001, 0.001]))
    assert proximity[0, 1] > 0.9
    assert proximity[0, 2] < 0.1
    assert np.allclose(proximity, proximity.T)


@pytest.mark.parametrize(
    ("demand", "supply", "high", "largest", "use", "kinds"),
    [
        (10, 0, 0, 0, 10, {"missing", "broken_chain"}),
        (10, 4, 4, 2, 10, {"shortage"}),
        (10, 4, 4, 4, 10, {"shortage", "single_source"}),
        (1, 40, 40, 20, 1, {"unprocessed_output"}),
        (0, 0, 0, 0, 0, set()),
        (10, 0, 7, 7, 10, {"missing", "broken_chain"}),
    ],
)
def test_kinds_of_a_gap(demand, supply, high, largest, use, kinds):
    """Code 0 is asked about; code 1 is made here and is all of its recipe."""
    coefficients = csc_array(np.array([[0.0, 0.0], [0.5, 0.0]]))

    def pair(first, second):
        return np.array([float(first), float(second)])

    gaps = find_gaps(pair(demand, 0), pair(supply, 9), pair(high, 9), pair(largest, 3), pair(use, 9), coefficients)
    names = ("missing", "shortage", "single_source", "unprocessed_output", "broken_chain")
    assert {name for name in names if getattr(gaps, name)[0]} == kinds
    assert gaps.gap[0] == max(demand - supply, 0)
    assert gaps.gap_low[0] == max(demand - high, 0)


def test_vague_firms_make_a_gap_a_range_and_do_not_close_it():
    one = np.array([10.0])
    gaps = find_gaps(one, np.array([0.0]), np.array([25.0]), np.array([25.0]), one, csc_array((1, 1)))
    assert (gaps.gap[0], gaps.gap_low[0]) == (10.0, 0.0)


def test_a_gap_too_small_for_any_plant_has_no_share():
    assert plant_share(np.array([1.0, 1e9]), [np.array([5.0, 6.0]), np.array([5.0])]).tolist() == [0.0, 1.0]


def test_input_coverage_of_an_activity_without_inputs_is_nothing():
    assert input_coverage(csc_array((2, 2)), np.array([True, True])).tolist() == [0.0, 0.0]


def graph():
    return chain_graph(
        {"1": {"name": "А"}, "2": {"name": "Б"}, "3": {"name": "В"}},
        {"20.15": {"name": "Удобрения"}},
        [
            Edge("1", activity_node("20.15"), "makes", {"share": 0.5}),
            Edge("1", "2", "observed", {"amount_rub": 5.0}),
            Edge("1", "2", "inferred", {"expected_rub": 9.0}),
            Edge("3", "2", "inferred", {"expected_rub": 7.0}),
        ],
    )


def test_observed_and_inferred_edges_stay_apart():
    assert sorted(key for _, _, key in graph().edges("2", keys=True)) == []
    assert sorted(key for *_, key in graph().in_edges("2", keys=True)) == ["inferred", "inferred", "observed"]
    projection = company_projection(graph())
    assert set(projection) == {"1", "2", "3"}
    assert projection.edges["1", "2"] == {"observed": True, "observed_rub": 5.0, "expected_rub": 9.0}
    assert missing_links(projection) == [("3", "2", 7.0)]


def test_an_edge_to_nowhere_is_refused():
    with pytest.raises(ValueError, match="not in the graph"):
        chain_graph({"1": {}}, {}, [Edge("1", "9", "observed")])


def test_graphml_comes_back_as_it_was(tmp_path):
    nx.write_graphml(graph(), tmp_path / "g.graphml", named_key_ids=True)
    back = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert back.number_of_edges() == graph().number_of_edges()
    assert back.nodes["1"]["name"] == "А"
