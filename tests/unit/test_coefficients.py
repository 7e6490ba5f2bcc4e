import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.capital import capital_cells, user_weights
from graph.coefficient_parts import Pattern, Published
from graph.coefficients import SPENT, temper
from graph.concordance import Bridge, bridge, classes_of, link_strengths, merged
from graph.detail_keys import Key, factors, unmatched
from graph.fitting import aggregate, fit_blocks
from graph.labels import parse_label
from graph.recipes import Price, Recipe, blend, cost_shares, recipe_coefficients
from graph.us_pattern import SupplyUse, carry, industry_technology
from matcher.pipeline.coefficients import tables
from matcher.pipeline.coefficients.blocks import read_published
from matcher.pipeline.coefficients.build import build
from models import channels
from models.classifications import group_index, groups
from models.coefficients import LAYERS, SOURCES, load
from models.errors import SourceDrift
from models.resources import data_path, open_text, read_table

#: Services besides repair and waste that are current inputs.
SERVICES_KEPT = ("45.20", "71.12", "71.20")


@pytest.fixture(scope="module")
def published():
    return read_published(tables.read_us_pattern()[1])


# --- fitting


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_aggregating_a_fit_gives_the_blocks_back(seed):
    """Overlapping blocks: four groups, the last of which belongs to both row blocks."""
    random = np.random.default_rng(seed)
    rows = np.array([[1.0, 1.0, 0.0, 0.3], [0.0, 0.0, 1.0, 0.7]])
    columns = np.array([[1.0, 0.0, 0.5, 0.0], [0.0, 1.0, 0.5, 1.0]])
    totals = random.uniform(1, 100, (2, 2))
    fit = fit_blocks(random.uniform(0, 1, (4, 4)), totals, rows, columns, np.ones((4, 4)), np.ones((4, 4), dtype=bool))
    assert np.allclose(aggregate(fit.flows, rows, columns), totals, rtol=1e-6)
    assert (fit.flows >= 0).all()


def test_a_block_without_pattern_is_filled_by_size_and_named():
    rows = columns = np.eye(2)
    pattern, size = np.array([[0.0, 1.0], [1.0, 1.0]]), np.full((2, 2), 3.0)
    fit = fit_blocks(pattern, np.full((2, 2), 5.0), rows, columns, size, pattern >= 0)
    assert fit.even == ((0, 0),)
    assert np.allclose(fit.flows, 5.0)


def test_a_block_whose_cells_are_all_forbidden_is_named_and_stays_empty():
    allowed = np.array([[False, True], [True, True]])
    fit = fit_blocks(np.ones((2, 2)), np.full((2, 2), 5.0), np.eye(2), np.eye(2), np.ones((2, 2)), allowed)
    assert fit.empty == ((0, 0),)
    assert fit.flows[0, 0] == 0.0


# --- concordance


def test_a_label_that_no_class_answers_stops_the_build():
    with pytest.raises(SourceDrift, match=r"98\.1"):
        classes_of(parse_label("98.1"), ["24.11", "24.12"])


def test_a_pair_between_unlike_divisions_counts_only_without_a_better_one():
    pairs = [("24.15", "20.15"), ("24.15", "38.21"), *((f"90.0{n}", "38.21") for n in range(1, 5)), ("24.16", "20.16")]
    assert set(link_strengths(pairs, {})["24.15"]) == {"20.15"}


def test_a_bridge_keeps_the_totals():
    index = {"20.11": 0, "20.12": 1}
    links = {"24.11": {"20.11": 1.0}, "24.12": {"20.12": 1.0}}
    labels = (parse_label("24.11 + 24.12"),)
    made = bridge(labels, np.array([90.0]), links, np.array([1.0, 2.0]), index)
    assert made.mass.tolist() == [[30.0, 60.0]]


def test_two_labels_with_one_class_are_refused():
    links = {"24.11": {"20.11": 1.0}}
    labels = (parse_label("24"), parse_label("24.1"))
    with pytest.raises(SourceDrift):
        bridge(labels, np.ones(2), links, np.ones(1), {"20.11": 0})


def test_every_block_ends_with_a_group_of_its_own():
    mass = np.array([[1.0, 1.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 1.0]])
    sets = merged(Bridge(("a", "b", "c"), mass))
    assert sets == ((0, 1), (2,))


def test_every_group_is_in_a_published_industry_or_known_to_be_outside(published):
    empty = {g for g, x in zip(groups(), published.industries.output, strict=True) if x == 0}
    assert empty == {"98.10", "98.20", "99.00"}


def test_groups_share_out_the_whole_published_output(published):
    total = sum(
        float(r["output_mln_rub"]) for r in read_table("reference/rosstat_output_2016.csv") if r["table"] == "industry"
    )
    assert published.industries.output.sum() == pytest.approx(total)
    assert load().output_rub.sum() == pytest.approx(total * 1e6, rel=1e-6)


# --- United States


def test_industry_technology_gives_a_by_product_the_inputs_of_its_makers():
    """Industry 1 makes 8 of a and 2 of b; industry 2 makes 10 of b. b has inputs of both, weighted 2 to 10."""
    use = np.array([[0.0, 3.0], [5.0, 0.0]])
    make = np.array([[8.0, 2.0], [0.0, 10.0]])
    table = SupplyUse(("a", "b"), ("1", "2"), use, make, np.array([10.0, 10.0]), np.array([8.0, 12.0]))
    made = industry_technology(table)
    assert made[:, 0].tolist() == pytest.approx([0.0, 0.5])
    assert made[:, 1].tolist() == pytest.approx([0.3 * 10 / 12, 0.5 * 2 / 12])


def test_carrying_keeps_all_flows():
    coefficients, output = np.array([[0.1, 0.2], [0.3, 0.0]]), np.array([10.0, 20.0])
    shares = np.array([[0.5, 0.5, 0.0], [0.0, 0.2, 0.8]])
    carried, size = carry(coefficients, output, shares)
    assert (carried * size).sum() == pytest.approx((coefficients * output).sum())


def test_stated_shares_of_a_commodity_sum_to_one():
    for commodity, shares in tables.read_stated().items():
        assert sum(shares.values()) == pytest.approx(1.0, abs=2e-3), commodity


# --- recipes


def test_co_products_carry_their_part_of_the_cost():
    lines = [Recipe("ethylene", "naphtha", "cracking", 2.0, "20.14", "19.20", (("propylene", 0.5),))]
    prices = {"ethylene": Price(100, 1), "propylene": Price(200, 1), "naphtha": Price(50, 1)}
    assert cost_shares(lines, prices)["ethylene"]["naphtha"] == pytest.approx(0.5)


def test_a_process_with_an_unpriced_input_is_left_out():
    lines = [
        Recipe("gas", "straw", "gasification", 2.0, "20.11", ""),
        Recipe("gas", "methane", "reforming", 1.0, "20.11", "06.20"),
    ]
    assert cost_shares(lines, {"gas": Price(100, 1), "methane": Price(50, 1)}) == {"gas": {"methane": 0.5}}


def test_a_substance_without_a_group_is_replaced_by_its_inputs():
    lines = [
        Recipe("ammonia", "syngas", "synthesis", 2.0, "20.15", ""),
        Recipe("syngas", "methane", "reforming", 0.5, "", "06.20"),
    ]
    prices = {"ammonia": Price(200, 1), "syngas": Price(50, 0), "methane": Price(80, 0)}
    matrix, spoken = recipe_coefficients(lines, prices, group_index())
    assert matrix[group_index()["06.20"], group_index()["20.15"]] == pytest.approx(0.5 * 0.8)
    assert spoken.sum() == 1


def test_recipes_never_touch_cells_they_do_not_name():
    assert blend(np.array([[0.1, 0.2]]), np.array([[0.0, 0.4]]), 0.5)[0].tolist() == pytest.approx([0.1, 0.3])


# --- keys and capital


def test_the_longer_supplying_prefix_wins_over_the_longer_buying_one():
    keys = [Key("23", "10.51", 9.0), Key("23.13", "*", 2.0)]
    assert factors(keys, ["10.51", "23.13"])[1, 0] == 2.0


def test_a_prefix_no_group_begins_with_is_reported():
    assert unmatched([Key("99.99", "*", 1.0)], groups()) == ("99.99",)


def test_a_named_machine_serves_only_the_users_named_for_it():
    weights = user_weights([Key("28", "*", 1.0), Key("28.93", "10", 1.0)], ["10.51", "13.10", "28.22", "28.93"])
    assert weights[3].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert weights[2].tolist() == [1.0, 1.0, 1.0, 1.0]


def test_the_capital_layer_never_takes_the_only_cell_of_a_current_block():
    current, capital = np.array([[1.0, 0.0], [1.0, 1.0]]), np.full((2, 2), 5.0)
    both = np.ones((1, 2))
    assert not capital_cells(capital, current, both, np.eye(2))[:, 0].all()


# --- the stored matrix


def test_a_cell_belongs_to_one_layer():
    matrix = load()
    taken = sum((matrix.layer(name) != 0).astype(int) for name in LAYERS)
    assert taken.max() == 1
    assert matrix.source_bits.nnz == sum(matrix.layer(name).nnz for name in LAYERS)


def test_coefficients_are_positive_and_every_cell_names_its_sources():
    matrix = load()
    assert matrix.current.data.min() > 0
    assert (matrix.current.data < 1e-6).mean() < 0.1
    assert matrix.import_share.data.min() >= 0.0
    assert matrix.import_share.data.max() <= 1.0
    assert (matrix.source_bits.data > 0).all()
    assert (matrix.source_bits.data < 1 << len(SOURCES)).all()


def test_the_stored_matrix_aggregates_to_the_published_blocks(published):
    """Σ over the cells of a block, in roubles of 2016, is Rosstat's purchase of the block by the industry."""
    matrix = load()
    flows = matrix.current.toarray() * matrix.output_rub / 1e6
    now = aggregate(flows, published.products.shares, published.industries.shares)
    filled = (now > 0) & (published.purchases > 0)
    relative = np.abs(now - published.purchases)[filled] / published.purchases[filled]
    assert relative.max() < 1e-6
    left = published.purchases[(now <= 0)].sum() / published.purchases.sum()
    assert left < 0.02


def test_no_group_spends_more_on_current_inputs_than_its_output():
    """Nor more than nine tenths, unless its industry does: then half of what the industry leaves on top of it."""
    spent = np.asarray(load().current.sum(axis=0)).ravel()
    assert spent.max() < 1.0


def test_a_buyer_leaves_to_others_what_it_cannot_pay():
    """Two buyers of one industry, one with a pattern of more than its output: the block still adds up."""
    one = Bridge(("p",), np.array([[5.0, 5.0]]))
    industry = Bridge(("j",), np.array([[1.0, 9.0]]))
    total, nothing = np.array([[5.0]]), np.zeros((1, 1))
    published = Published(one, industry, total, total, nothing, np.zeros(1), np.zeros(1))
    flat = np.full((2, 2), 0.1)
    pattern = Pattern(np.array([[9.0, 0.1], [9.0, 0.1]]), flat, np.ones((2, 2)), {}, np.array([True, True]), None)
    tempered = temper(published, pattern, total, np.zeros((2, 2)), np.ones((2, 2), dtype=bool))
    wanted = tempered.coefficients * industry.output
    flows = fit_blocks(wanted, total, one.shares, industry.shares, flat, flat > 0).flows
    assert flows.sum() == pytest.approx(5.0)
    assert flows.sum(axis=0)[0] == pytest.approx(SPENT, abs=0.02)


def test_the_table_of_record_and_its_fast_twin_hold_the_same_cells():
    matrix = load()
    with open_text(data_path("reference/technical_coefficients.csv.gz")) as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == matrix.source_bits.nnz
    for row in rows[:: len(rows) // 50]:
        cells = {cell.supply_okved: cell for cell in matrix.inputs(row["buyer_okved"])}
        cell = cells[row["supply_okved"]]
        assert cell.layer == row["layer"]
        assert ";".join(cell.sources) == row["sources"]
        assert (cell.coefficient is None) == (row["coefficient"] == "")
        if row["coefficient"]:
            assert cell.coefficient == pytest.approx(float(row["coefficient"]))


def test_channels_supply_nothing():
    matrix = load()
    rows = [group_index()[group] for group in groups() if channels.is_channel(group)]
    assert matrix.current.tocsr()[rows].nnz == 0
    assert matrix.capital.tocsr()[rows].nnz == 0


def test_wholesale_of_chemicals_handles_fertilisers_and_makes_none():
    assert "20.15" in channels.goods_handled("46.75")
    assert "20.15" in channels.goods_handled("46.75.1")
    assert channels.goods_handled("20.15") == ()
    assert not any(channels.is_channel(goods) for goods in channels.goods_handled("46.90"))


def test_every_trade_group_has_goods_and_every_line_names_groups():
    without = [group for group in groups() if channels.is_channel(group) and not channels.goods_handled(group)]
    assert without == []


@pytest.mark.parametrize(
    ("buyer", "more", "less"),
    [
        ("10.51", "01.41", "01.42"),
        ("20.15", "06.20", "05.10"),
        ("22.22", "20.16", "20.17"),
        ("10.81", "01.13", "10.82"),
        ("24.10", "07.10", "07.29"),
        ("23.12", "23.11", "23.13"),
        ("20.42", "23.13", "23.11"),
        ("11.05", "11.06", "11.02"),
    ],
)
def test_what_an_activity_lives_on_stands_above_its_neighbour(buyer, more, less):
    matrix, index = load().current, group_index()
    assert matrix[index[more], index[buyer]] > matrix[index[less], index[buyer]]


def test_machines_are_capital_for_their_users():
    cells = {cell.supply_okved: cell.layer for cell in load().inputs("10.51")}
    assert cells["28.93"] == "capital"


def test_services_that_users_look_for_stay_current_inputs():
    """Repair, testing, engineering, care for waste."""
    capital = load().capital.tocsr()
    services = [code for code in groups() if code.startswith(("33.1", "37", "38", "39")) or code in SERVICES_KEPT]
    assert capital[[group_index()[code] for code in services]].nnz == 0


def test_the_capital_layer_sums_back_to_the_published_investment(published):
    matrix = load()
    allocated = published.products.shares @ (matrix.capital @ (matrix.output_rub / 1e6))
    held = allocated > 0
    assert np.allclose(allocated[held], published.investment[held], rtol=1e-6)
    assert published.investment[held].sum() > 0.9 * published.investment.sum()


def test_by_product_cells_have_evidence_and_no_figure():
    found = [cell for group in groups() for cell in load().inputs(group) if cell.layer == "symbiosis"]
    assert found
    assert all(cell.coefficient is None and cell.sources == ("symbiosis",) for cell in found)


def test_a_changed_table_stops_the_build_and_leaves_the_matrix(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "read_sidecar", lambda name: {"sha256": "0"})
    with pytest.raises(SourceDrift, match="sidecar"):
        build(tmp_path)
    assert list(tmp_path.iterdir()) == []
