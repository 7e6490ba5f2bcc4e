import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array

from graph.linkages import backward, forward
from graph.upstreamness import trophic_levels, upstreamness
from models.coefficients import load


def economies():
    """Random flows whose rows use at most nine tenths of an output of 1."""
    return st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).dirichlet(np.ones(5), 4)[:, :4] * 0.9)


def test_half_of_the_output_sold_one_step_up():
    """U_1 = 1 + 0.5 U_2 and U_2 = 1 + 0.25 U_1, solved by hand: 12/7 and 10/7."""
    flows = csc_array(np.array([[0.0, 5.0], [5.0, 0.0]]))
    assert upstreamness(flows, np.array([10.0, 20.0])).tolist() == pytest.approx([12 / 7, 10 / 7])


def test_imports_make_the_same_flow_a_smaller_share_of_what_is_available():
    flows, output = csc_array(np.array([[0.0, 5.0], [0.0, 0.0]])), np.array([10.0, 10.0])
    closed, importing = upstreamness(flows, output), upstreamness(flows, output, net_exports=np.array([-10.0, 0.0]))
    assert closed[0] == pytest.approx(1.5)
    assert importing[0] == pytest.approx(1.25)


def test_additions_to_stocks_are_not_available():
    flows, output = csc_array(np.array([[0.0, 5.0], [0.0, 0.0]])), np.array([10.0, 10.0])
    assert upstreamness(flows, output, inventories=np.array([5.0, 0.0]))[0] == pytest.approx(2.0)


@settings(max_examples=40)
@given(economies())
def test_upstreamness_is_the_row_sum_of_the_ghosh_inverse(flows):
    """Antràs et al. (2012) show the identity with Jones' total forward linkage."""
    output = np.ones(4)
    assert np.allclose(upstreamness(csc_array(flows), output), forward(csc_array(flows), output))


@settings(max_examples=40)
@given(economies())
def test_weighted_by_final_use_backward_linkages_give_total_output(flows):
    """Σ_q b_q y_q = Σ_p x_p, as x = L y."""
    coefficients = csc_array(flows)
    final = np.ones(4) - flows.sum(axis=1)
    assert backward(coefficients) @ final == pytest.approx(4.0)


def test_the_two_sector_economy_of_miller_and_blair():
    """2nd edition, section 2.3: [[1.2541, 0.3300], [0.2640, 1.1221]]; outputs 1247.52 and 1841.58."""
    coefficients = csc_array(np.array([[0.15, 0.25], [0.20, 0.05]]))
    assert backward(coefficients).tolist() == pytest.approx([1.2541 + 0.2640, 0.3300 + 1.1221], abs=2e-4)
    assert backward(coefficients) @ np.array([600.0, 1500.0]) == pytest.approx(1247.52 + 1841.58, abs=0.2)


def test_trophic_levels_agree_with_networkx():
    coefficients = np.array([[0.1, 0.4, 0.0], [0.0, 0.0, 0.3], [0.2, 0.1, 0.0]])
    value_added = 1.0 - coefficients.sum(axis=0)
    web = nx.DiGraph()
    web.add_weighted_edges_from(("value added", q, value_added[q]) for q in range(3))
    web.add_weighted_edges_from((p, q, coefficients[p, q]) for p in range(3) for q in range(3) if coefficients[p, q])
    expected = nx.trophic_levels(web)
    made = trophic_levels(csc_array(coefficients), value_added)
    assert made.tolist() == pytest.approx([expected[q] for q in range(3)])


def test_levels_of_the_stored_matrix_rise_along_a_chain():
    matrix = load()
    levels = dict(zip(matrix.groups, trophic_levels(matrix.current, 1.0 - matrix.current.sum(axis=0)), strict=True))
    assert levels["06.10"] < levels["19.20"] < levels["20.16"] < levels["22.22"]
    assert levels["07.10"] < levels["24.10"] < levels["25.11"]
