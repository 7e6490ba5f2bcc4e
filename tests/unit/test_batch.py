"""Shortlists made all at once are those made one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.index.economy import economy
from matcher.index.generated import generated_firms, generated_index, generated_links
from matcher.match.batch import Batch, every_shortlist, whole_register
from matcher.match.pairs import firm_party
from matcher.match.shortlist import Decisions, Filters, rank_buyers, rank_suppliers
from models.classifications import groups
from tests.unit.small import MINERAL, PRODUCT, Firm, columns_of, small_economy, with_texts

TOP = 20


@pytest.fixture(scope="module")
def columns():
    firms = generated_firms(1500, groups())
    return generated_index(firms, economy(), generated_links(firms, 4))


def one_by_one(columns, matrices, decisions, firm, top):
    ranking = rank_suppliers(columns, matrices, firm_party(columns, firm), Filters(), decisions)
    rows = ranking.order[:top]
    return ranking.firms[rows], ranking.scores.score[rows]


def test_the_batch_finds_what_a_single_question_finds(columns):
    decisions = Decisions({(3, 5): "accept", (7, 5): "decline", (9, 20): "decline"})
    asked = np.arange(0, 1500, 23)
    for firm, suppliers, scores in every_shortlist(Batch(columns, economy(), decisions), asked, TOP):
        expected, points = one_by_one(columns, economy(), decisions, firm, TOP)
        np.testing.assert_allclose(scores, points, rtol=1e-12)
        assert set(suppliers) == set(expected)


def test_buyers_of_one_region_are_those_of_the_country_there(columns):
    region = int(np.bincount(columns.region[columns.region >= 0]).argmax())
    here, filters = np.flatnonzero(columns.region == region), Filters(region=region, makers_only=True, new_only=True)
    for firm in range(0, 1500, 111):
        party = firm_party(columns, firm)
        whole = rank_buyers(columns, economy(), party, filters, Decisions())
        part = rank_buyers(columns, economy(), party, filters, Decisions(), among=here)
        assert part.firms[part.order].tolist() == whole.firms[whole.order].tolist()
        np.testing.assert_allclose(part.scores.score[part.order], whole.scores.score[whole.order], rtol=1e-12)
        mine, theirs = part.scores.expected_rub[part.order], whole.scores.expected_rub[whole.order]
        np.testing.assert_allclose(mine, theirs, rtol=1e-12)


def test_what_decisions_say_of_a_code_counts_the_code_that_carries_most_of_each_pair(columns, monkeypatch):
    monkeypatch.setattr("matcher.match.shortlist.AT_ONCE", 7)
    rng, nation = np.random.default_rng(2), economy()
    pairs = {(int(one), int(other)): "accept" for one, other in rng.integers(0, 1500, (40, 2))}
    said = Decisions(pairs).feedback(columns, nation)
    carried = [
        int((columns.share_row(one) * nation.spending(columns.share_row(other))).argmax()) for one, other in pairs
    ]
    assert set(np.flatnonzero(said).tolist()) == set(carried)
    order = {code: carried.count(code) for code in set(carried)}
    assert all((said[one] > said[other]) == (order[one] > order[other]) for one in order for other in order)


def test_processes_share_the_work_and_leave_nobody_out(columns):
    suppliers, scores = whole_register(Batch(columns, economy(), Decisions()), 5, 2)
    assert suppliers.shape == scores.shape == (1500, 5)
    for firm in range(0, 1500, 301):
        assert suppliers[firm].tolist() == one_by_one(columns, economy(), Decisions(), firm, 5)[0].tolist()


def test_words_and_links_are_part_of_the_bound():
    small = small_economy()
    firms = [Firm("1000", {PRODUCT: 1.0}, 50e6), *(Firm(str(2000 + n), {MINERAL: 1.0}) for n in range(300))]
    columns = columns_of(firms, small, links=[("2299", "1000")])
    columns = with_texts(columns, {250: [1.0, 0.0]}, {0: [1.0, 0.0]})
    ((_, suppliers, _),) = every_shortlist(Batch(columns, small, Decisions()), np.array([0]), 1)
    assert suppliers.tolist() == [250]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 3), st.floats(1e5, 1e9), st.integers(0, 1)), min_size=3, max_size=12))
def test_any_register(drawn):
    small = small_economy()
    firms = [Firm(str(1000 + n), {code: 1.0}, output, region) for n, (code, output, region) in enumerate(drawn)]
    columns = columns_of(firms, small)
    for firm, suppliers, scores in every_shortlist(Batch(columns, small, Decisions()), np.arange(len(columns)), 2):
        expected, points = one_by_one(columns, small, Decisions(), firm, 2)
        assert suppliers.tolist() == expected.tolist()
        np.testing.assert_allclose(scores, points)
