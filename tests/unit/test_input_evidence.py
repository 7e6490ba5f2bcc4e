"""What shapes the matrix besides the totals, and how it is judged."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from graph.ranking import ndcg_at
from graph.recipes import Recipe
from graph.symbiosis import Exchange, receiver_scores
from graph.typical import evened, needed, typical_coefficients, weight
from matcher.evaluate.evidence import evaluate_symbiosis, split_by_product
from matcher.evaluate.input_ranking import expert_cases, ranking
from matcher.pipeline.coefficients import tables
from matcher.pipeline.coefficients.blocks import read_detail, read_gas_in_distribution, read_published
from matcher.pipeline.coefficients.keys import read_typical
from models.classifications import group_index, groups
from models.clusters import clusters, membership
from models.coefficients import load
from models.resources import read_table
from models.typical import Typical, own_inputs, typical, typical_level, typical_of_kind

CASES = Path(__file__).parents[1] / "cases"


def _test_pairs() -> set[tuple[str, str]]:
    with (CASES / "expert_inputs.csv").open(encoding="utf-8", newline="") as file:
        return {(r["input_okved"], r["okved_code"]) for r in csv.DictReader(file) if r["half"] == "test"}


def test_the_expert_cases_span_all_clusters_in_both_halves():
    """At least 60 activities a half, each with 4 to 8 inputs and a reason for every one; no activity in both."""
    with (CASES / "expert_inputs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    halves = ("test", "development")
    tested, developed = (Counter(row["okved_code"] for row in rows if row["half"] == half) for half in halves)
    assert not tested.keys() & developed.keys()
    assert tested.total() + developed.total() == len(rows)
    assert all(row["why"] and row["input_okved"] in group_index() for row in rows)
    for counts in (tested, developed):
        assert len(counts) >= 60
        assert 4 <= min(counts.values()) <= max(counts.values()) <= 8
        for one in clusters():
            assert any(membership(code, one.key) for code in counts), one.key


def test_no_override_repeats_a_pair_of_the_test_half():
    rows = read_table("reference/coefficient_overrides.csv")
    set_by_hand = {(r["okved_supply"], r["okved_buyer"]) for r in rows if float(r["coefficient"]) > 0}
    assert not set_by_hand & _test_pairs()


def test_typical_inputs_speak_of_classes_and_subclasses():
    rows = list(read_table("reference/typical_inputs.csv"))
    assert {len(row["buyer_prefix"]) for row in rows} == {2, 4}
    assert len({(row["buyer_prefix"], row["supply_okved"]) for row in rows}) == len(rows)


def test_gas_is_bought_of_its_producers_by_those_who_burn_it():
    matrix, index = load().current, group_index()
    for buyer in ("23.13", "23.51", "24.10", "35.30"):
        gas, delivery = matrix[index["06.20"], index[buyer]], matrix[index["35.22"], index[buyer]]
        assert gas > delivery > 0


def test_most_of_what_a_gas_distributor_sells_is_gas():
    """Rosstat 2016: 1,093,439 of 1,442,975 million roubles."""
    assert read_gas_in_distribution() == pytest.approx(1_093_439 / 1_442_975)


def test_the_finer_year_covers_the_groups_of_the_totals():
    detail = read_detail(tables.read_us_pattern()[1])
    published_total = sum(
        float(row["purchaser_mln_rub"] or 0) for row in read_table("reference/rosstat_use_2011.csv.gz")
    )
    assert detail.purchases.sum() == pytest.approx(published_total)
    assert len(detail.industries.labels) > 1.5 * 98
    assert (detail.industries.output > 0).sum() == len(groups()) - 3


def test_the_finer_year_tells_pipes_from_steel():
    """One block in 2016 (27.1 + 27.2 + 27.3), three in 2011: scrap and coke belong to steel."""
    matrix, index = load().current, group_index()
    for supply in ("38.32", "19.10", "07.10"):
        assert matrix[index[supply], index["24.10"]] > 3 * matrix[index[supply], index["24.20"]]


def test_services_are_left_out_of_the_ranking_and_of_the_right_answers():
    rows = [
        {"okved_code": "20.15", "input_okved": "06.20", "half": "a"},
        {"okved_code": "20.15", "input_okved": "69.20", "half": "a"},
    ]
    assert expert_cases(rows) == [("20.15", frozenset({"06.20"}))]
    assert all(group < "45" for group in ranking(load().current.toarray()[:, group_index()["20.15"]]))


def test_a_better_order_has_the_higher_gain():
    assert ndcg_at(["a", "b", "x"], {"a", "b"}, 3) > ndcg_at(["x", "a", "b"], {"a", "b"}, 3)


def test_a_by_product_is_offered_to_those_who_take_it_from_the_donors_kin():
    index = group_index()
    known = [
        Exchange(index["35.11"], index["23.51"], "ash_slag"),
        Exchange(index["10.81"], index["10.91"], "food_residues"),
    ]
    values = receiver_scores(known, index["35.30"], np.zeros(len(groups())), groups())
    assert values[index["23.51"]] > values[index["10.91"]] > values[index["26.11"]]


def test_known_exchanges_name_receivers_of_a_hidden_material_better_than_the_matrix_or_custom():
    figures = evaluate_symbiosis()
    assert figures["n"] > 100
    assert figures["recall_at_10"] > figures["baselines"]["usual"]["recall_at_10"]
    assert figures["recall_at_10"] > 2 * figures["baselines"]["matrix_alone"]["recall_at_10"]


def test_a_place_further_down_the_list_weighs_less():
    weights = [weight(Typical("main", place)) for place in range(1, 60)]
    assert weights == sorted(weights, reverse=True)
    assert (
        weights[0] > weight(Typical("main")) > weight(Typical("regular")) > weight(Typical("minor")) > weights[-1] > 0
    )


def test_reading_by_need_puts_the_trades_inputs_before_larger_sums():
    """Fire bricks are ninth of what is listed for cement, forwarding is not listed."""
    bricks, forwarding = (weight(typical(supply, "23.51")) for supply in ("23.20", "52.29"))
    assert needed(0.001, bricks) > needed(0.07, forwarding) > needed(0.01, forwarding)


def test_an_incidental_purchase_does_not_fall_on_the_smallest_group_of_an_industry():
    """Rosstat's chemistry buys computers; the American table shows them for blank media, a hundredth of it."""
    computers, work_clothes = (load().current.toarray()[group_index()[code]] for code in ("26.20", "14.12"))
    media, chemistry = (computers[group_index()[code]] for code in ("26.80", "20.59"))
    assert chemistry / 3 < media < chemistry * 3
    repair, ships = (work_clothes[group_index()[code]] for code in ("33.17", "30.11"))
    assert 0 < repair < ships * 5


def test_repair_lives_on_the_parts_of_what_it_repairs():
    matrix, index = load().current.toarray(), group_index()
    for buyer, parts in (("33.15", "30.11"), ("33.16", "30.30"), ("33.17", "30.20")):
        column = matrix[:, index[buyer]]
        assert groups()[int(column.argmax())] == parts


def test_cells_known_from_lists_keep_their_pattern():
    pattern, shares = np.array([[0.4, 0.0], [0.4, 0.0]]), np.ones((1, 2))
    found = evened(pattern, np.array([[True, False], [False, False]]), shares, np.array([1.0, 3.0]))
    assert found.tolist() == [[0.4, 0.1], [0.1, 0.1]]


def test_a_group_with_a_list_of_its_own_goes_by_it():
    own = own_inputs("23.51")
    assert [entry.place for entry in own.values()] == list(range(1, len(own) + 1))
    assert typical("23.20", "23.51") == own["23.20"]
    only_of_the_kind = next(code for code in groups() if code not in own and typical_of_kind(code, "23.51"))
    assert typical(only_of_the_kind, "23.51") is None
    assert typical("26.20", "84.11") == typical_of_kind("26.20", "84.11")


def test_every_producing_group_has_a_list_of_inputs_each_named_once():
    rows = list(read_table("reference/group_inputs.csv"))
    assert {row["buyer_okved"] for row in rows} >= {code for code in groups() if code < "44"}
    assert len({(row["buyer_okved"], row["supply_okved"]) for row in rows}) == len(rows)
    assert {row["level"] for row in rows} == {"main", "regular", "minor"}
    for buyer in {row["buyer_okved"] for row in rows}:
        own = list(own_inputs(buyer).values())
        assert [entry.place for entry in own] == list(range(1, len(own) + 1))
        assert [entry.level for entry in own] == sorted(
            (entry.level for entry in own), key=("main", "regular", "minor").index
        )


def test_listed_inputs_add_up_to_what_the_industry_spends_on_goods():
    weights = read_typical()
    goods = tables.spent_on_goods(read_published(tables.read_us_pattern()[1]))
    sums = typical_coefficients(weights, goods).sum(axis=0)
    assert sums == pytest.approx(np.where(weights.any(axis=0), goods, 0.0))
    assert 0.3 < goods[group_index()["23.51"]] < 0.6


def test_inputs_are_shown_by_the_lists_they_are_judged_by():
    """The list of one buyer looks entries up one by one, the evaluation as a matrix."""
    judged = read_typical()
    for supply in ("08.11", "20.13", "35.11", "69.20"):
        shown = [typical_level(supply, buyer) for buyer in groups()]
        assert (judged[group_index()[supply]] > 0).tolist() == [level is not None for level in shown]


def test_hiding_a_product_hides_all_its_lines():
    lines = [
        Recipe("a", "x", "1", 1.0, "20.14", "19.20"), Recipe("a", "y", "1", 1.0, "20.14", "20.13"),
        Recipe("b", "x", "1", 1.0, "20.15", "19.20"),
    ]  # fmt: skip
    kept, hidden = split_by_product(lines, 0)
    assert {line.product for line in kept} == {"b"}
    assert len(hidden) == 2
