"""What observed links say: the counts against a plain loop, and that no link speaks for itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from graph.ceilings import TradeCeilings, buyers_ceiling, buyers_doubt, kindred_to, place_ceiling
from graph.network import network
from graph.observed import Observed
from graph.seen import COUNTED

SHARES = np.array([[1.0, 0, 0], [0.5, 0.3, 0], [0, 1.0, 0], [0, 0.2, 0.8], [0, 0, 1.0], [0, 0, 0]])
FIRMS = len(SHARES)
PLACE = np.array([0, 1, 0, 1, 1, 0])
PAIRS = st.sets(st.tuples(st.integers(0, FIRMS - 1), st.integers(0, FIRMS - 1)).filter(lambda p: p[0] != p[1]))
KEPT = st.sampled_from([0.3, 1.0, 40.0])


def observed(pairs, kept=1.0):
    rows, columns = (np.array([pair[side] for pair in sorted(pairs)], dtype=np.int64) for side in (0, 1))
    links = csr_array((np.ones(len(rows)), (rows, columns)), shape=(FIRMS, FIRMS))
    return Observed(network(links), csr_array(SHARES), PLACE, kept)


def trade_ceilings(buyers):
    """Return what trades bring at most to all kinds of firms at once, shape (kinds, buyers)."""
    trades = TradeCeilings(buyers)
    return trades.of(slice(None), np.ascontiguousarray((buyers.observed.kinds.shares @ trades.sold).T)).T


def most_of_buyers(seller):
    """Return the three parts of the ceiling of a seller's buyers together, shape (n,)."""
    known, found = seller.observed, buyers_ceiling(seller)
    return found.of_firm + found.of_kind[known.kinds.of] + found.of_place[known.place]


def alike(one, other):
    return float(SHARES[one] @ SHARES[other]) / (SHARES[one].max() or 1.0)


def plain(pairs, i, j):
    """Return what is seen of a pair by counting."""
    others = [pair for pair in pairs if pair[1] != j]
    return (
        sum(a == i and b != j for a, b in pairs),
        sum(b == j and a != i for a, b in pairs),
        sum(alike(i, a) * alike(j, b) for a, b in others),
        len(others)
        / FIRMS**2
        * sum(alike(i, k) for k in range(FIRMS))
        * sum(alike(j, k) for k in range(FIRMS) if k != j),
        sum(a == i and PLACE[b] == PLACE[j] for a, b in others),
        sum(a == i for a, _ in others) * sum(PLACE[b] == PLACE[j] for _, b in others) / max(len(others), 1),
        sum(alike(j, b) for a, b in others if a == i),
        sum(a == i for a, _ in others) * sum(alike(j, b) for _, b in others) / max(len(others), 1),
    )


@settings(max_examples=40)
@given(PAIRS.filter(bool))
def test_counts_agree_with_a_plain_loop_from_either_side(pairs):
    known = observed(pairs)
    for j in range(FIRMS):
        seen = known.to_buyer(j, SHARES[j], PLACE[j])
        for i in set(range(FIRMS)) - {j}:
            names = ("clients", "suppliers", "sales", "chance", "near", "chance_near", "kindred", "chance_kindred")
            found = [getattr(seen, name)[i] for name in names]
            np.testing.assert_allclose(found, plain(pairs, i, j), atol=1e-12)
            other = known.to_supplier(i, SHARES[i])
            np.testing.assert_allclose(other.log_odds[j], seen.log_odds[i], atol=1e-12)


@settings(max_examples=40)
@given(PAIRS, st.integers(0, FIRMS - 1), st.integers(0, FIRMS - 1))
def test_a_link_more_changes_nothing_that_it_is_itself_judged_by(pairs, i, j):
    before = pairs - {(i, j)} | {(0, 5)}
    if i == j or (i, j) == (0, 5):
        return
    old, new = (observed(each).to_buyer(j, SHARES[j], PLACE[j]).log_odds[i] for each in (before, before | {(i, j)}))
    assert new == pytest.approx(old, abs=1e-12)


@settings(max_examples=40)
@given(PAIRS.filter(bool), st.sampled_from([0, 1]), KEPT)
def test_a_ceiling_is_above_every_pair_and_exact_for_a_buyer_alone_and_pairs_without_a_link(pairs, place, kept):
    known = observed(pairs, kept)
    buyers = np.flatnonzero(place == PLACE)
    everyone = np.arange(FIRMS)
    asked = known.buyers(buyers)
    trades, kindred = trade_ceilings(asked)[known.kinds.of], kindred_to(asked).toarray()
    for column, j in enumerate(buyers):
        paths = np.log1p(asked.paths.toarray()[column]) + kindred[column]
        exact = known.to_buyer(j, SHARES[j], place).log_odds
        together, alone = (
            place_ceiling(known, place, int(most)) + trades[:, column] + paths
            for most in (known.suppliers[buyers].max(), known.suppliers[j])
        )
        others = everyone != j
        assert (together[others] >= exact[others] - 1e-5).all()
        unlinked = others & ~np.isin(everyone, [a for a, b in pairs if b == j])
        np.testing.assert_allclose(alone[unlinked], exact[unlinked], atol=1e-5)


@settings(max_examples=40)
@given(PAIRS, KEPT)
def test_a_ceiling_is_above_every_buyer(pairs, kept):
    known = observed(pairs, kept)
    for i in range(FIRMS):
        seller, exact = known.seller(i, SHARES[i]), known.to_supplier(i, SHARES[i]).log_odds
        most = most_of_buyers(seller) + np.log1p(seller.paths.toarray()[0])
        others = np.flatnonzero(np.arange(FIRMS) != i)
        assert (most[others] >= exact[others] - 1e-5).all()
        strangers = np.setdiff1d(others, known.network.buyers_of(i))
        assert (most[strangers] - buyers_doubt(seller, strangers) <= exact[strangers] + 1e-5).all()


@given(PAIRS, st.lists(st.integers(0, FIRMS - 1), unique=True).map(sorted))
def test_some_firms_are_seen_as_among_all(pairs, some):
    everyone = observed(pairs).to_buyer(3, SHARES[3], PLACE[3])
    seen = observed(pairs).to_buyer(3, SHARES[3], PLACE[3], np.array(some, dtype=np.int64))
    np.testing.assert_array_equal(seen.log_odds, everyone.log_odds[some])
    everyone = observed(pairs).to_supplier(3, SHARES[3])
    seen = observed(pairs).to_supplier(3, SHARES[3], np.array(some, dtype=np.int64))
    np.testing.assert_array_equal(seen.log_odds, everyone.log_odds[some])


@settings(max_examples=40)
@given(PAIRS, st.sampled_from([0, 1]))
def test_buyers_of_a_place_are_seen_together_as_one_by_one(pairs, place):
    known, buyers = observed(pairs), np.flatnonzero(place == PLACE)
    of, firms = np.repeat(np.arange(len(buyers)), FIRMS), np.tile(np.arange(FIRMS), len(buyers))
    together = known.buyers(buyers).seen(firms, of)
    for number, j in enumerate(buyers):
        alone = known.to_buyer(int(j), SHARES[j], place)
        for name in COUNTED:
            np.testing.assert_allclose(getattr(together, name)[of == number], getattr(alone, name), atol=1e-12)


def test_a_firm_in_no_register_is_judged_by_its_trade_alone():
    known = observed({(0, 2), (1, 2), (0, 3)})
    seen = known.to_buyer(None, np.array([0, 1.0, 0]), 1)
    assert seen.sales[0] > seen.sales[4]
    np.testing.assert_allclose(seen.suppliers, seen.mean_suppliers)
    assert seen.near.tolist() == [1, 0, 0, 0, 0, 0]
    sold = known.to_supplier(None, np.array([1.0, 0, 0]))
    assert sold.sales[4] > sold.sales[0]


def test_who_serves_the_peers_of_a_buyer_is_before_who_serves_others():
    """Firms 0 and 2 have a client each; that of 2 is of the trade of firm 4."""
    seen = observed({(0, 1), (2, 3)}).to_buyer(4, SHARES[4], PLACE[4])
    assert seen.kindred[2] > 0
    assert seen.kindred[0] == 0
    without = replace(seen, kindred=np.zeros(FIRMS))
    assert (seen.log_odds >= without.log_odds).all()
    assert seen.log_odds[2] > without.log_odds[2]


def test_without_links_nothing_is_said():
    assert not observed(set()).to_buyer(0, SHARES[0], 0).log_odds.any()
    assert not place_ceiling(observed(set()), 0, 0).any()
    assert not trade_ceilings(observed(set()).buyers(np.array([0]))).any()
    assert not observed(set()).to_supplier(0, SHARES[0]).log_odds.any()


def test_the_less_places_keep_to_their_sellers_the_less_a_client_there_says():
    pairs = {(0, 2), (1, 4), (3, 4), (4, 3)}
    odds = [observed(pairs, kept).to_buyer(5, SHARES[5], PLACE[5]).log_odds for kept in (0.5, 1.0, 50.0)]
    assert odds[0][0] > odds[1][0] > odds[2][0]
    seen = observed(pairs, 1e9).to_buyer(5, SHARES[5], PLACE[5])
    assert seen.near[0] == 1
    assert np.log((seen.near + seen.kept) / (seen.chance_near + seen.kept))[0] == pytest.approx(0.0, abs=1e-6)
