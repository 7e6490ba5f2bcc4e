"""Firms of one group: found by founders, never offered as new to each other."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.ownership import LONGEST, MOST_DAUGHTERS, ownership
from matcher.gaps.closers import own_group
from matcher.index.build import ownership_columns
from matcher.match.bars import AFFILIATE, CLOSED
from matcher.match.pairs import firm_party
from matcher.match.shortlist import Decisions, Filters, rank_buyers, rank_suppliers
from matcher.projects.candidates import Candidate
from matcher.projects.ground import apart, independent
from matcher.report.affiliates import affiliation
from matcher.report.frame import Frame
from models.records import Company
from tests.unit.small import MINERAL, PRODUCT, Firm, columns_of, small_economy

ECONOMY = small_economy()
HOLDING, OTHER = "9000", "9001"


def graph(nodes, *pairs):
    """Return the ownership of pairs (owner, daughter)."""
    owner, daughter = (np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True))
    return ownership(nodes, daughter, owner)


def suppliers_of(buyer, *firms, filters=Filters(), links=()):  # noqa: B008
    columns = columns_of([buyer, *firms], ECONOMY, links)
    party = firm_party(columns, columns.firm(buyer.inn))
    ranking = rank_suppliers(columns, ECONOMY, party, filters, Decisions())
    name = lambda row: columns.inn_of(int(ranking.firms[row]))  # noqa: E731
    return (
        [name(row) for row in ranking.order],
        {name(row): tuple(map(columns.node_inn, tie.path)) for row, tie in ranking.affiliates},
        {name(row): rule for row, rule in ranking.blocked},
    )


def test_founder_daughter_and_sister_are_affiliates():
    ties = graph(4, (0, 1), (0, 2), (3, 0)).ties(1)
    assert {node: tie.path for node, tie in ties.items()} == {0: (1, 0), 2: (1, 0, 2), 3: (1, 0, 3)}
    assert ties[2].summit == 0


def test_two_owners_of_one_joint_venture_are_not():
    assert set(graph(3, (0, 2), (1, 2)).ties(0)) == {2}


def test_a_chain_counts_up_to_its_bound():
    chain = graph(LONGEST + 2, *((at, at + 1) for at in range(LONGEST + 1)))
    assert set(chain.ties(0)) == set(range(1, LONGEST + 1))


def test_the_shortest_path_is_the_reason():
    ties = graph(4, (3, 0), (3, 1), (2, 3), (2, 0), (2, 1), (0, 1)).ties(0)
    assert ties[1].path == (0, 1)


def test_owners_in_a_circle_end_the_walk():
    assert set(graph(3, (0, 1), (1, 2), (2, 0)).ties(0)) == {1, 2}


@pytest.mark.parametrize(("daughters", "affiliated"), [(MOST_DAUGHTERS, True), (MOST_DAUGHTERS + 1, False)])
def test_a_founder_of_very_many_makes_no_group(daughters, affiliated):
    ties = graph(daughters + 1, *((0, at) for at in range(1, daughters + 1))).ties(1)
    assert 0 in ties
    assert (2 in ties) is affiliated


@given(
    st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] != p[1]), min_size=1, max_size=25)
)
def test_affiliation_is_mutual_and_its_path_is_made_of_foundings(pairs):
    whole = graph(12, *pairs)
    ties = {node: whole.ties(node) for node in range(12)}
    for one, found in ties.items():
        assert one not in found
        for other, tie in found.items():
            assert len(ties[other][one].path) == len(tie.path)
            steps = list(zip(tie.path, tie.path[1:], strict=False))
            assert all((b, a) in pairs for a, b in steps[: tie.ups])
            assert all((a, b) in pairs for a, b in steps[tie.ups :])


def test_an_affiliate_is_left_out_of_the_ranking_and_shown_with_its_path():
    order, affiliates, blocked = suppliers_of(
        Firm("1000", {PRODUCT: 1.0}, founders=(HOLDING,)),
        Firm("2000", {MINERAL: 1.0}, founders=(HOLDING,)),
        Firm("3000", {MINERAL: 1.0}, founders=(OTHER,)),
    )
    assert order == ["3000"]
    assert affiliates == {"2000": ("1000", HOLDING, "2000")}
    assert blocked == {}


@pytest.mark.parametrize(
    ("firms", "asked", "said"),
    [
        ([("1000", (), (HOLDING,)), ("2000", (), (HOLDING,))], "2000", f"shared managing company, INN {HOLDING}"),
        ([("1000", (HOLDING,), (HOLDING,)), ("2000", (HOLDING,), ())], "2000", f"shared founder, INN {HOLDING}"),
        ([("1000", (HOLDING,), ()), ("2000", (), (HOLDING,))], "2000", "one group by founders and managing companies"),
        ([("1000", (), ("2000",)), ("2000", (), ())], "2000", "managing company of INN 1000"),
        ([("1000", (), ()), ("2000", (), ("1000",))], "2000", "run by INN 1000"),
    ],
)
def test_a_managing_company_joins_firms_as_a_founder_does_and_is_called_so(firms, asked, said):
    codes = {"1000": PRODUCT, "2000": MINERAL}
    columns = columns_of(
        [Firm(inn, {codes[inn]: 1.0}, founders=own, managed_by=run) for inn, own, run in firms], ECONOMY
    )
    ranking = rank_suppliers(columns, ECONOMY, firm_party(columns, 0), Filters(), Decisions())
    ((row, tie),) = ranking.affiliates
    assert columns.inn_of(int(ranking.firms[row])) == asked
    assert not len(ranking.order)
    assert affiliation(Frame(columns, ECONOMY, {}, "en"), tie)["text"].startswith(said)


def test_both_sides_see_the_same_affiliates():
    columns = columns_of(
        [Firm("1000", {PRODUCT: 1.0}), Firm("2000", {MINERAL: 1.0}, founders=("1000",)), Firm("3000", {PRODUCT: 1.0})],
        ECONOMY,
    )
    ranking = rank_buyers(columns, ECONOMY, firm_party(columns, 1), Filters(), Decisions())
    assert [int(ranking.firms[row]) for row in ranking.order] == [2]
    assert [int(ranking.firms[row]) for row, _ in ranking.affiliates] == [0]


def test_a_closed_affiliate_is_closed_and_a_filter_holds_for_affiliates_too():
    buyer = Firm("1000", {PRODUCT: 1.0}, founders=(HOLDING,))
    closed = Firm("2000", {MINERAL: 1.0}, founders=(HOLDING,), status=3)
    far = Firm("3000", {MINERAL: 1.0}, founders=(HOLDING,), region=1)
    _, affiliates, blocked = suppliers_of(buyer, closed, far, filters=Filters(region=0))
    assert (affiliates, blocked) == ({}, {"2000": CLOSED})
    assert AFFILIATE not in blocked.values()


def test_what_a_state_body_founded_is_no_group():
    companies = [
        Company(inn="1", okved_main="84.11"),
        Company(inn="2", founders=("1", "2")),
        Company(inn="3", founders=("1", "9")),
    ]
    found = ownership_columns(companies, {"1": 0, "2": 1, "3": 2})
    assert found["owned_firm"].tolist() == [2]
    assert found["owner_inn"].tolist() == [b"9"]


def test_projects_bring_together_firms_of_different_groups():
    columns = columns_of(
        [Firm("1000", {PRODUCT: 1.0}), Firm("2000", {MINERAL: 1.0}, founders=("1000",)), Firm("3000", {MINERAL: 1.0}),
         Firm("4000", {PRODUCT: 1.0}, founders=("3000",)), Firm("5000", {PRODUCT: 1.0})],
        ECONOMY,
    )  # fmt: skip
    made = Candidate("import_substitution", 0, ((1, "producer"), (2, "producer"), (0, "buyer"), (4, "buyer")), 1.0, 0.5)
    kept = independent(columns, made)
    assert kept is not None
    assert kept.participants == ((1, "producer"), (2, "producer"), (4, "buyer"))
    assert [(firm, of) for firm, of, _ in kept.affiliates] == [(0, 1)]
    assert independent(columns, Candidate("symbiosis", 0, ((1, "donor"), (0, "receiver")), None, 0.5)) is None
    assert (
        independent(columns, Candidate("joint_export", 0, ((0, "exporter"), (1, "exporter"), (2, "exporter")), None, 0))
        is None
    )
    assert apart(columns, ((2, "user"), (3, "user"), (4, "user")))[0] == ((2, "user"), (4, "user"))


def test_a_gap_is_closed_by_others_than_the_group_that_holds_most_of_it():
    columns = columns_of(
        [Firm("1000", {PRODUCT: 1.0}), Firm("2000", {MINERAL: 1.0}, founders=("1000",)), Firm("3000", {MINERAL: 1.0})],
        ECONOMY,
    )
    assert set(own_group(columns, [(0, 6.0), (2, 5.0)])) == {1}
    assert own_group(columns, [(2, 6.0), (0, 5.0)]) == {}


def test_a_register_of_a_million_firms_is_asked_in_milliseconds():
    count = 1_000_000
    daughter = np.arange(1, count, dtype=np.int64)
    whole = ownership(count, daughter, daughter // 20)  # a tree: every firm founded twenty
    start = time.perf_counter()
    for node in range(count - 200, count):
        assert whole.ties(node)
    assert (time.perf_counter() - start) / 200 < 0.01
