import csv
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import spearmanr

from graph.rank_correlation import rank_gaps, spearman
from matcher.pipeline.coefficients.blocks import read_intermediate_shares
from matcher.pipeline.coefficients.positions import agreement, evaluate_positions, group_rows, positions
from matcher.pipeline.coefficients.tables import read_us_pattern
from models.classifications import group_index
from models.clusters import cluster_groups
from models.coefficients import load

CASES = Path(__file__).parents[1] / "cases"


@pytest.fixture(scope="module")
def rows():
    return group_rows(load(), "en")


def test_spearman_agrees_with_scipy_on_ties():
    first, second = np.array([1.0, 2.0, 2.0, 5.0, 4.0]), np.array([0.0, 0.0, 1.0, 2.0, 1.0])
    assert spearman(first, second) == pytest.approx(spearmanr(first, second).statistic)
    assert spearman(first, np.ones(5)) is None


def test_a_thing_placed_the_same_twice_has_no_gap():
    assert rank_gaps(np.array([3.0, 1.0, 2.0]), np.array([30.0, 10.0, 20.0])).tolist() == [0.0, 0.0, 0.0]


def test_every_group_that_is_bought_has_a_place(rows):
    assert len(rows) == len(group_index())
    for row in rows:
        assert row["upstreamness"] is None or row["upstreamness"] >= 1.0
        assert row["trophic_level"] >= 2 - 1e-9
        assert row["backward_linkage"] >= 1 - 1e-9
    makers = [row for row in rows if row["okved_code"] < "45"]
    assert sum(row["upstreamness"] is None for row in makers) < 0.06 * len(makers)


def test_ore_is_farther_from_final_use_than_steel_and_bread_is_at_it(rows):
    place = {row["okved_code"]: row["upstreamness"] for row in rows}
    assert place["07.10"] > place["24.10"] > place["10.71"]
    assert place["10.71"] == pytest.approx(1.0, abs=0.3)


def test_shares_of_intermediate_use_are_shares_and_ore_is_nearly_all_bought_by_makers():
    shares = dict(zip(group_index(), read_intermediate_shares(read_us_pattern()[1]), strict=True))
    assert 0.0 <= min(shares.values()) <= max(shares.values()) <= 1.0
    assert shares["07.10"] > 0.95 > 0.5 > shares["10.71"]


def test_stages_and_positions_agree_where_goods_are_made(rows):
    """1 is full agreement; a cluster of services is no chain of goods, and light industry has no trophic order."""
    for key in ("chemical", "agro_industrial", "light_industry", "pharma_medical", "urban_environment"):
        found = agreement(key, rows, 3)["makers"]
        assert found["upstreamness"] > 0.3, key
        assert found["trophic_level"] > 0.0 or key == "light_industry", key


def test_codes_that_disagree_are_of_the_cluster_and_the_worst_comes_first(rows):
    found = agreement("chemical", rows, 4)["disagree"]
    assert {row["okved_code"] for row in found} <= set(cluster_groups("chemical"))
    gaps = [abs(row["rank_gap"]) for row in found]
    assert gaps == sorted(gaps, reverse=True)


def test_upstreamness_agrees_with_what_is_published_for_russia():
    with (CASES / "upstreamness_russia_2011.csv").open(encoding="utf-8", newline="") as file:
        found = evaluate_positions(csv.DictReader(file))["published"]
    assert found["n"] == 25
    assert found["spearman"] > 0.85
    assert found["pearson"] > 0.85


def test_a_cluster_shows_its_own_groups_only():
    shown = positions("light_industry", 2, "ru")
    assert {row["okved_code"] for row in shown["groups"]} == set(cluster_groups("light_industry"))
    assert [one["cluster"] for one in shown["clusters"]] == ["light_industry"]
