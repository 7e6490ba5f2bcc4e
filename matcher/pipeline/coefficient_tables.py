"""Reading the published tables, concordances and hand-made keys that the matrix A is assembled from.

Every table is compared with its sidecar first: a table that is not what it says stops the build.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.capital import capital_pattern
from graph.coefficients import Override, Pattern, Published
from graph.concordance import OUTSIDE, Bridge, Links, bridge, join, link_strengths, merged, without_source
from graph.detail_keys import Key, factors, unmatched
from graph.labels import Label, parse_label
from graph.recipes import Price, Recipe, blend, recipe_coefficients
from graph.us_pattern import SupplyUse, carry, commodity_bridge, industry_technology, with_neighbours
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
        "okved1_to_okved2.csv", "okved1_detail.csv", "us_use_2017.csv.gz", "us_make_2017.csv.gz", "us_output_2017.csv",
        "us_investment_2017.csv", "bea2017_to_naics2017.csv", "naics2017_to_nace2.csv", "bea_okved2.csv",
        "chemistry_recipes.csv", "price_assumptions.csv", "input_keys.csv", "coefficient_overrides.csv",
        "capital_users.csv", "symbiosis_pairs.csv", "channels.csv",
    )
)  # fmt: skip
#: Least size of a group in the American table, million dollars, where it knows none: keeps every group in its block.
LEAST_SIZE = 100.0
#: Least output of a group, million roubles, where its products have none: keeps it in its industry.
LEAST_OUTPUT = 1000.0


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


def number(text: str) -> float:
    """Return a published figure; empty means zero.

    >>> number("12.5"), number("")
    (12.5, 0.0)
    """
    return float(text) if text else 0.0


def _nested(name: str, outer: str, inner: str) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for row in read_table(name):
        table[row[outer]][row[inner]] = float(row["weight"])
    return dict(table)


def read_keys(name: str, supply: str, buyer: str, value: str) -> tuple[Key, ...]:
    """Read a table of prefixes.

    Raises
    ------
    SourceDrift
        If a prefix begins no group.
    """
    keys = tuple(Key(row[supply], row[buyer], float(row[value])) for row in read_table(name))
    if lost := unmatched(keys, groups()):
        raise SourceDrift(
            T("{name}: no group begins with {prefixes}", name=name, prefixes=", ".join(lost)), T("correct the prefix")
        )
    return keys


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
    return _nested("reference/bea_okved2.csv", "bea_code", "okved2_group")


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


def read_links() -> dict[str, dict[str, float]]:
    """Return the links from OKVED-1 classes to groups."""
    detail = _nested("reference/okved1_detail.csv", "okved1_prefix", "okved2_group")
    rows = read_table("reference/okved1_to_okved2.csv")
    return link_strengths(
        ((row["okved1_code"], row["okved2_code"]) for row in rows if row["basis"] != "first edition"), detail
    )


def read_axis(table: str) -> tuple[tuple[Label, ...], Floats, Floats]:
    """Return the labels of the industry or product axis with output and value added, million roubles."""
    name = "reference/rosstat_output_2016.csv"
    rows = [(line, row) for line, row in enumerate(read_table(name), start=2) if row["table"] == table]
    labels = tuple(parse_label(row["code"], table=name, line=line) for line, row in rows)
    output = np.array([number(row["output_mln_rub"]) for _, row in rows])
    return labels, output, np.array([number(row["value_added_mln_rub"]) for _, row in rows])


def _together(axis: str, labels: Sequence[str]) -> list[list[int]]:
    sets: dict[str, list[int]] = defaultdict(list)
    for row in read_table("reference/rosstat_joined.csv"):
        if row["axis"] == axis:
            sets[row["joined_as"]].append(labels.index(row["label"]))
    return list(sets.values())


def read_blocks(table: str, links: Links, size: Floats) -> tuple[Bridge, dict[str, int]]:
    """Return the bridge of one axis, and the block of every published label.

    Raises
    ------
    SourceDrift
        If a group has no block and is not known to lie outside the industries' table.
    """
    labels, totals, _ = read_axis(table)
    whole = bridge(labels, totals, links, size, group_index())
    sets = merged(whole, _together(table, whole.labels))
    if table == "industry" and (lost := set(without_source(whole, groups())) - set(OUTSIDE)):
        raise SourceDrift(
            T("no published industry holds the groups {groups}", groups=", ".join(sorted(lost))),
            T("add a line for them to reference/okved1_detail.csv"),
        )
    return join(whole, sets), {whole.labels[row]: at for at, rows in enumerate(sets) for row in rows}


def read_published(us_output: Floats) -> Published:
    """Read Rosstat's tables into blocks; groups inside a block are sized by American output."""
    links = read_links()
    products, product_at = read_blocks("product", links, np.maximum(us_output, LEAST_SIZE))
    industries, industry_at = read_blocks("industry", links, np.maximum(products.output, LEAST_OUTPUT))
    use = np.zeros((3, len(products.labels), len(industries.labels)))
    for row in read_table("reference/rosstat_use_2016.csv.gz"):
        at = product_at[row["supply_code"]], industry_at[row["buyer_code"]]
        use[:, *at] += [number(row[name]) for name in ("purchaser_mln_rub", "value_mln_rub", "import_mln_rub")]
    investment = np.zeros((2, len(products.labels)))
    for row in read_table("reference/rosstat_final_use_2016.csv.gz"):
        if row["category_code"] == "P51":
            investment[:, product_at[row["supply_code"]]] += [
                number(row["value_mln_rub"]),
                number(row["import_mln_rub"]),
            ]
    return Published(products, industries, use[0], use[1], use[2], investment[0], investment[1])


def read_value_added(industries: Bridge) -> Floats:
    """Return value added by group, shape (groups,): each group has its published industries' ratio to output."""
    labels, output, value_added = read_axis("industry")
    ratio = {
        label.text: added / total for label, total, added in zip(labels, output, value_added, strict=True) if total
    }
    ratios = np.array([ratio.get(label, 0.5) for label in industries.labels])
    return np.asarray(ratios @ industries.mass, dtype=np.float64)


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


def read_pattern(us: tuple[Floats, Floats, Floats], recipes: Sequence[Recipe], published: Published) -> Pattern:
    """Shape the blocks: American coefficients, sharpened by recipes, turned by keys."""
    coefficients, _, investment = us
    from_recipes, _ = recipe_coefficients(recipes, read_prices(), group_index())
    keys = factors(read_keys("reference/input_keys.csv", "supply_prefix", "buyer_prefix", "factor"), groups())
    users = read_keys("reference/capital_users.csv", "product_prefix", "user_prefix", "weight")
    bought = np.maximum(investment, 1e-3 * published.products.output)
    capital = capital_pattern(users, bought, read_value_added(published.industries), groups())
    makers = np.array([not is_channel(group) for group in groups()])
    marks = {"us_bea_2017": coefficients > 0, "recipes": from_recipes > 0, "detail_keys": keys != 1.0}
    return Pattern(blend(coefficients, from_recipes) * keys, capital, keys, marks, makers)
