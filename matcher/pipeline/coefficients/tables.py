"""Reading the American tables, the recipes and what else shapes the matrix A.

Every table is compared with its sidecar first: a table that is not what it says stops the build.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.capital import capital_pattern
from graph.coefficient_parts import Override, Pattern, Published
from graph.detail_keys import factors
from graph.detail_year import through, touched
from graph.recipes import Price, Recipe, raised, recipe_coefficients
from graph.typical import evened, lean, typical_coefficients
from graph.us_pattern import SupplyUse, carry, commodity_bridge, delivered, industry_technology, with_neighbours
from matcher.pipeline.coefficients.blocks import (
    nested,
    number,
    read_detail,
    read_gas_in_distribution,
    read_value_added,
)
from matcher.pipeline.coefficients.keys import SERVICES, in_own_lists, known_cells, read_keys
from models.channels import is_channel
from models.classifications import group_index, groups
from models.errors import SourceDrift
from models.resources import data_path, read_sidecar, read_table, sha256_of
from models.text import T

Floats = NDArray[np.float64]

#: Every table the build reads, below ``data/``.
TABLES = tuple(
    f"reference/{name}"
    for name in (
        "rosstat_use_2016.csv.gz", "rosstat_output_2016.csv", "rosstat_final_use_2016.csv.gz", "rosstat_joined.csv",
        "rosstat_use_2011.csv.gz", "rosstat_output_2011.csv",
        "okved1_to_okved2.csv", "okved1_detail.csv", "us_use_2017.csv.gz", "us_make_2017.csv.gz", "us_output_2017.csv",
        "us_investment_2017.csv", "bea2017_to_naics2017.csv", "naics2017_to_nace2.csv", "bea_okved2.csv",
        "chemistry_recipes.csv", "price_assumptions.csv", "input_keys.csv", "coefficient_overrides.csv",
        "typical_inputs.csv", "group_inputs.csv", "capital_users.csv", "symbiosis_pairs.csv", "channels.csv",
    )
)  # fmt: skip
#: The group that produces gas, and the subclass that delivers it.
GAS, GAS_NETWORK = "06.20", "35.2"


def verify_tables(names: Iterable[str] = TABLES) -> None:
    """Compare every table with its sidecar.

    Raises
    ------
    SourceDrift
        If a table's bytes are not those its sidecar was written for.
    """
    for name in names:
        if sha256_of(data_path(name)) != read_sidecar(name)["sha256"]:
            raise SourceDrift(
                T("{name} is not the table its sidecar describes", name=name),
                T("restore the table, or describe the new one in its sidecar"),
            )


def read_us() -> SupplyUse:
    """Read the American tables as matrices."""
    rows = list(read_table("reference/us_output_2017.csv"))
    industry = {row["code"]: number(row["output_musd"]) for row in rows if row["table"] == "industry"}
    commodity = {row["code"]: number(row["output_musd"]) for row in rows if row["table"] == "commodity"}
    use = _matrix("reference/us_use_2017.csv.gz", ("supply_code", commodity), ("buyer_code", industry))
    make = _matrix("reference/us_make_2017.csv.gz", ("industry_code", industry), ("commodity_code", commodity))
    outputs = np.array(list(industry.values())), np.array(list(commodity.values()))
    return SupplyUse(tuple(commodity), tuple(industry), use, make, *outputs)


def _matrix(name: str, row_axis: tuple[str, Iterable[str]], column_axis: tuple[str, Iterable[str]]) -> Floats:
    rows, columns = ({code: at for at, code in enumerate(axis[1])} for axis in (row_axis, column_axis))
    matrix = np.zeros((len(rows), len(columns)))
    for row in read_table(name):
        matrix[rows[row[row_axis[0]]], columns[row[column_axis[0]]]] += number(row["value_musd"])
    return matrix


def read_stated() -> dict[str, dict[str, float]]:
    """Return the stated shares of American commodities in groups."""
    return nested("reference/bea_okved2.csv", "bea_code", "okved2_group")


def us_shares(commodities: Sequence[str], stated: Mapping[str, Mapping[str, float]]) -> Floats:
    """Return the share of each American commodity in each group, shape (commodities, groups)."""
    regrouped: dict[str, list[str]] = defaultdict(list)
    for row in read_table("reference/okved1_to_okved2.csv"):
        if row["okved2_code"] not in regrouped[row["nace2_code"]]:
            regrouped[row["nace2_code"]].append(row["okved2_code"])
    naics: dict[str, list[str]] = defaultdict(list)
    for row in read_table("reference/naics2017_to_nace2.csv"):
        naics[row["naics2017_code"]].append(row["nace2_code"])
    codes: dict[str, list[str]] = defaultdict(list)
    for row in read_table("reference/bea2017_to_naics2017.csv"):
        codes[row["bea_code"]].append(row["naics2017_code"])
    split = {code: _split(classes, regrouped) for code, classes in naics.items()}
    return commodity_bridge(commodities, codes, split, stated, group_index())


def _split(classes: Sequence[str], regrouped: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Split a NAICS code equally over its classes, and a class over the groups it became."""
    shares: dict[str, float] = defaultdict(float)
    for code in classes:
        under = regrouped.get(code) or [group for group in groups() if group.startswith(code)]
        for group in under:
            shares[group] += 1.0 / len(classes) / len(under)
    return shares


def read_recipes() -> tuple[Recipe, ...]:
    """Read the main steps of all recipes that have a figure."""
    rows = read_table("reference/chemistry_recipes.csv")
    return tuple(
        Recipe(
            row["product"], row["input"], row["process"] + row["source"].split(":")[0], float(row["t_per_t"]),
            row["product_okved"], row["input_okved"], _coproducts(row["coproducts_per_t"]),
        )
        for row in rows
        if row["step"] == "main" and row["t_per_t"]
    )  # fmt: skip


def _coproducts(text: str) -> tuple[tuple[str, float], ...]:
    pairs = (pair.split("=") for pair in text.split(";") if pair)
    return tuple((name.strip(), float(tonnes)) for name, tonnes in pairs)


def read_prices() -> dict[str, Price]:
    """Read the price assumptions."""
    rows = read_table("reference/price_assumptions.csv")
    return {row["product"]: Price(float(row["price_usd_per_t"]), number(row["weight_mt"])) for row in rows}


def read_price_ranges() -> dict[str, tuple[float, float]]:
    """Return the plausible range of every assumed price."""
    return {
        row["product"]: (float(row["low"]), float(row["high"])) for row in read_table("reference/price_assumptions.csv")
    }


def read_overrides() -> tuple[Override, ...]:
    """Read the coefficients set by hand."""
    index = group_index()
    rows = read_table("reference/coefficient_overrides.csv")
    return tuple(
        Override(index[row["okved_supply"]], index[row["okved_buyer"]], float(row["coefficient"])) for row in rows
    )


def read_exchanges() -> NDArray[np.int64]:
    """Return the number of by-product exchanges known from each group to each other one, shape (groups, groups)."""
    counts = np.zeros((len(groups()),) * 2, dtype=np.int64)
    for row in read_table("reference/symbiosis_pairs.csv"):
        if row["donor_okved"] != row["receiver_okved"]:
            counts[group_index()[row["donor_okved"]], group_index()[row["receiver_okved"]]] += 1
    return counts


def read_us_pattern() -> tuple[Floats, Floats, Floats]:
    """Return American coefficients by group, output by group and investment by group, million dollars."""
    table = read_us()
    shares = us_shares(table.commodities, read_stated())
    coefficients, output = carry(industry_technology(table), table.commodity_output, shares)
    at = {code: row for row, code in enumerate(table.commodities)}
    bought = np.zeros(len(table.commodities))
    for row in read_table("reference/us_investment_2017.csv"):
        bought[at[row["commodity_code"]]] = float(row["value_musd"])
    return with_neighbours(coefficients, output, groups()), output, np.asarray(shares.T @ bought)


def spent_on_goods(published: Published) -> Floats:
    """Return what a group's industry spends on goods, energy, water and works per rouble of output, shape (groups,)."""
    makes = np.array([group < SERVICES for group in groups()])
    goods = published.purchases[published.products.shares[:, makes].any(axis=1)].sum(axis=0)
    output = published.industries.mass.sum(axis=1)
    shares = np.divide(goods, output, out=np.zeros_like(goods), where=output > 0)
    return np.asarray(published.industries.shares.T @ shares, dtype=np.float64)


def priced(recipes: Sequence[Recipe], prices: Mapping[str, Price]) -> Floats:
    """Return the coefficients that recipes give at prices, shape (groups, groups)."""
    return recipe_coefficients(recipes, prices, group_index())[0]


def read_pattern(
    us: tuple[Floats, Floats, Floats], from_recipes: Floats, published: Published, typical: Floats
) -> Pattern:
    """Shape the blocks: American coefficients, turned by keys, the finer year, typical inputs and recipes.

    Parameters
    ----------
    us
        From :func:`read_us_pattern`.
    from_recipes, typical
        From :func:`priced` and :func:`read_typical`; zeros for a pattern without them.
    published
        The totals, for what is spent on goods and for the pattern of investment.
    """
    american, output, investment = us
    keys = factors(read_keys("reference/input_keys.csv", "supply_prefix", "buyer_prefix", "factor"), groups())
    makers = np.array([not is_channel(group) for group in groups()])
    detail, own = read_detail(output), in_own_lists()
    known = known_cells(typical, own)
    shaped = evened(_with_gas(american) * keys, known, detail.industries.shares, detail.industries.output)
    fitted, fit = through(shaped, keys, makers, detail)
    listed = typical_coefficients(typical, spent_on_goods(published))
    leaning = lean(fitted, listed, from_recipes > 0)
    coefficients = raised(leaning, from_recipes)
    marks = {
        "us_bea_2017": shaped > 0,
        "recipes": coefficients > leaning,
        "detail_keys": keys != 1.0,
        "typical_inputs": (listed > 0) & ~own,
        "group_inputs": (listed > 0) & own,
        "rosstat_2011": touched(detail),
    }
    return Pattern(coefficients, _capital(investment, published), keys, marks, makers, fit)


def _with_gas(american: Floats) -> Floats:
    """Show the gas that distributors deliver as bought of its producers."""
    index = group_index()
    network = [index[group] for group in groups() if group.startswith(GAS_NETWORK)]
    return delivered(american, index[GAS], network, read_gas_in_distribution())


def _capital(investment: Floats, published: Published) -> Floats:
    users = read_keys("reference/capital_users.csv", "product_prefix", "user_prefix", "weight")
    bought = np.maximum(investment, 1e-3 * published.products.output)
    return capital_pattern(users, bought, read_value_added(published.industries), groups())
