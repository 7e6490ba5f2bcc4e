"""The table of what single activities buy holds only lines that can be true and that move something."""

from collections import Counter

import numpy as np
import pytest

from graph.concordance import without_source
from matcher.pipeline.coefficients import tables
from matcher.pipeline.coefficients.blocks import read_detail, read_published
from models.channels import is_channel
from models.classifications import group_index, groups
from models.coefficients import load
from models.resources import read_table

#: Lines of which neither the American table nor Rosstat's of 2011 shows any trace: buyer, input and why they stay.
UNSEEN = {
    ("06.10", "10.62"): "starch of drilling mud",
    ("07.21", "25.91"): "drums of uranium concentrate",
    ("07.21", "33.12"): "repair of mining machines",
    ("10.20", "16.29"): "chips for smoking fish",
    ("10.42", "21.10"): "margarine is vitaminised",
    ("10.83", "13.10"): "thread of tea bags",
    ("23.51", "25.50"): "forged parts of mills and kilns",
    ("23.65", "17.11"): "cellulose in fibre cement",
    ("28.41", "26.70"): "laser cutting heads",
    ("53.20", "15.12"): "couriers' bags",
    ("75.00", "20.11"): "gases of anaesthesia",
    ("75.00", "20.20"): "disinfectants",
}


@pytest.fixture(scope="module")
def lines():
    return list(read_table("reference/group_inputs.csv"))


@pytest.fixture(scope="module")
def american():
    return tables.read_us_pattern()


@pytest.fixture(scope="module")
def published(american):
    return read_published(american[1])


def cell(line):
    return group_index()[line["supply_okved"]], group_index()[line["buyer_okved"]]


def bought(blocks):
    """Return the cells of blocks with a purchase."""
    seen = (blocks.purchases > 0).astype(float)
    return blocks.products.shares.T @ seen @ blocks.industries.shares > 0


def test_both_codes_of_a_line_are_groups(lines):
    assert {line[column] for line in lines for column in ("buyer_okved", "supply_okved")} <= set(groups())


def test_an_input_is_made_by_somebody_who_sells_it(lines, published):
    """Goods, energy, water, works, care for waste and repair of vehicles; no trade, offices or public services."""
    unsold = set(without_source(published.products, groups()))
    for line in lines:
        supply = line["supply_okved"]
        assert supply < "45" or supply == "45.20", line
        assert not is_channel(supply), line
        assert supply not in unsold, line


def test_who_lists_itself_says_which_goods_of_its_own_it_buys(lines):
    """Malt is no input of malting; a glass works buys glass for coating: not what its many other buyers take."""
    own = [line for line in lines if line["supply_okved"] == line["buyer_okved"]]
    others = Counter((line["supply_okved"], line["what"]) for line in lines if line not in own)
    assert len(own) > 50
    assert [line for line in own if others[line["supply_okved"], line["what"]] > 2] == []


def test_every_line_has_roubles_to_divide(lines, published):
    """Where Rosstat's industry buys nothing of the product, only a coefficient set by hand gives a line a figure."""
    overrides = read_table("reference/coefficient_overrides.csv")
    by_hand = {(row["okved_supply"], row["okved_buyer"]) for row in overrides if float(row["coefficient"]) > 0}
    cells = bought(published)
    without = {(line["supply_okved"], line["buyer_okved"]) for line in lines if not cells[cell(line)]}
    assert without <= by_hand


def test_nearly_every_line_is_seen_by_one_of_the_detailed_tables(lines, american):
    seen = (american[0] > 0) | bought(read_detail(american[1]))
    assert {(line["buyer_okved"], line["supply_okved"]) for line in lines if not seen[cell(line)]} == set(UNSEEN)


def test_what_both_tables_show_to_be_large_is_listed(lines, american):
    """An input of five hundredths of the output in America and in the matrix is no surprise to the list."""
    listed = {(line["supply_okved"], line["buyer_okved"]) for line in lines}
    large = (american[0] > 0.05) & (load().current.toarray() > 0.05)
    buyers = {line["buyer_okved"] for line in lines}
    lacking = {
        (groups()[p], groups()[q])
        for p, q in np.argwhere(large)
        if groups()[p] < "45" and groups()[q] < "45" and groups()[q] in buyers
    } - listed
    assert lacking == set()


def test_ores_crops_and_timber_are_not_bought_by_makers_of_machines(lines):
    """But for minerals that go into a product as they are, and wicker."""
    raw = ("01", "02", "03", "05", "06.10", "07", "08.91", "08.92", "08.93")
    machines = [str(division) for division in range(26, 32)]
    found = [line for line in lines if line["supply_okved"].startswith(raw) and line["buyer_okved"][:2] in machines]
    assert {(line["buyer_okved"], line["supply_okved"]) for line in found} <= {("31.09", "02.30")}


@pytest.mark.parametrize(
    ("goods", "group", "elsewhere"),
    [
        ("charcoal", "20.14", "16.29"),
        ("bentonite", "08.12", "08.99"),
        ("titanium dioxide", "20.12", "20.13"),
        ("alumina", "24.42", "20.13"),
        ("growth regulators", "20.20", "20.14"),
        ("linters", "10.41", "01.16"),
        ("felts", "13.99", "13.95"),
        ("trellis wire", "24.34", "25.93"),
        ("nails", "25.93", "25.94"),
        ("shot", "24.10", "25.99"),
        ("sealants", "20.30", "20.52"),
        ("carbon fibre", "23.99", "20.60"),
    ],
)
def test_goods_stand_where_the_classification_puts_them(lines, goods, group, elsewhere):
    named = [line for line in lines if goods in line["what"].replace(",", " ,")]
    assert group in {line["supply_okved"] for line in named}
    assert [line for line in named if line["supply_okved"] == elsewhere and line["what"] == goods] == []
