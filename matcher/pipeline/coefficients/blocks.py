"""Rosstat's tables as blocks of groups: what each published industry bought of each published product.

The year 2016 gives the totals, with imports and investment; 2011, published in finer classes, tells the pattern inside
them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.coefficient_parts import Published
from graph.concordance import OUTSIDE, Bridge, Links, bridge, join, link_strengths, merged, without_source
from graph.detail_year import Blocks
from graph.labels import Label, parse_label
from models.classifications import group_index, groups
from models.errors import SourceDrift
from models.resources import read_table
from models.text import T

Floats = NDArray[np.float64]
Figures = tuple[int, dict[str, str], list[float]]

_CHANGED = T("compare the table with its sidecar; the publisher may have changed its classes")
#: Year of the totals, and of the finer table.
TOTALS_YEAR, DETAIL_YEAR = 2016, 2011
#: Least size of a group in the American table, million dollars, where it knows none: keeps every group in its block.
LEAST_SIZE = 100.0
#: Least output of a group, million roubles, where its products have none: keeps it in its industry.
LEAST_OUTPUT = 1000.0
#: Final uses by category: investment; all at home (without exports and changes of stocks, which may be negative).
INVESTMENT = ("P51",)
AT_HOME = ("P3_S14", "P3_S15", "P31_S13", "P32_S13", "P51", "P53")
#: The published classes between which gas changes hands: its producers and its distributors.
GAS_PRODUCERS, GAS_DISTRIBUTORS = "11.10.2 + 11.10.3", "40.2"


def number(text: str) -> float:
    """Return a published figure; empty means zero.

    >>> number("12.5"), number("")
    (12.5, 0.0)
    """
    return float(text) if text else 0.0


def figures(
    table: str, label: str, columns: Sequence[str], kept: Callable[[dict[str, str]], bool] = lambda _row: True
) -> Iterator[Figures]:
    """Yield line, row and figures of a published table, checked.

    Parameters
    ----------
    table
        Path below ``data/``.
    label
        Column that names the row in errors.
    columns
        Columns of figures that are published from 0 up.
    kept
        Which rows to read.

    Raises
    ------
    SourceDrift
        If a column is missing, or a figure is negative or no number.
    """
    for line, row in enumerate(read_table(table), start=2):
        if missing := [column for column in (label, *columns) if row.get(column) is None]:
            raise SourceDrift(T("{table}: there is no column {column}", table=table, column=missing[0]), _CHANGED)
        if kept(row):
            yield line, row, [_figure(row, column, table, line, row[label]) for column in columns]


def _figure(row: dict[str, str], column: str, table: str, line: int, label: str) -> float:
    try:
        value = number(row[column])
    except ValueError:
        value = -1.0
    if not value >= 0.0:
        raise SourceDrift(
            T(
                "{table}, line {line}: {column} of {label!r} is {value!r}, not a figure from 0 up",
                table=table,
                line=line,
                column=column,
                label=label,
                value=row[column],
            ),
            _CHANGED,
        )
    return value


def nested(name: str, outer: str, inner: str) -> dict[str, dict[str, float]]:
    """Return a table of weights as outer code → inner code → weight."""
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for row in read_table(name):
        table[row[outer]][row[inner]] = float(row["weight"])
    return dict(table)


def read_links() -> dict[str, dict[str, float]]:
    """Return the links from OKVED-1 classes to groups."""
    detail = nested("reference/okved1_detail.csv", "okved1_prefix", "okved2_group")
    rows = read_table("reference/okved1_to_okved2.csv")
    return link_strengths(
        ((row["okved1_code"], row["okved2_code"]) for row in rows if row["basis"] != "first edition"), detail
    )


def read_axis(table: str, year: int = TOTALS_YEAR) -> tuple[tuple[Label, ...], Floats]:
    """Return the labels of the industry or product axis and their output, million roubles."""
    name = f"reference/rosstat_output_{year}.csv"
    rows = figures(name, "code", ("output_mln_rub",), lambda row: row["table"] == table)
    axis = [(line, row["code"], output) for line, row, (output,) in rows]
    labels = tuple(parse_label(code, table=name, line=line) for line, code, _ in axis)
    return labels, np.array([output for *_, output in axis])


def _together(axis: str, year: int, labels: Sequence[str]) -> list[list[int]]:
    sets: dict[str, list[int]] = defaultdict(list)
    for row in read_table("reference/rosstat_joined.csv"):
        if (row["axis"], row["year"]) == (axis, str(year)):
            sets[row["joined_as"]].append(labels.index(row["label"]))
    return list(sets.values())


def read_blocks(table: str, links: Links, size: Floats, year: int = TOTALS_YEAR) -> tuple[Bridge, dict[str, int]]:
    """Return the bridge of one axis, and the block of every published label.

    Raises
    ------
    SourceDrift
        If a group has no block and is not known to lie outside the industries' table.
    """
    labels, totals = read_axis(table, year)
    whole = bridge(labels, totals, links, size, group_index())
    sets = merged(whole, _together(table, year, whole.labels))
    if table == "industry" and (lost := set(without_source(whole, groups())) - set(OUTSIDE)):
        raise SourceDrift(
            T("no published industry holds the groups {groups}", groups=", ".join(sorted(lost))),
            T("add a line for them to reference/okved1_detail.csv"),
        )
    return join(whole, sets), {whole.labels[row]: at for at, rows in enumerate(sets) for row in rows}


def _read_axes(us_output: Floats, year: int) -> tuple[tuple[Bridge, dict[str, int]], tuple[Bridge, dict[str, int]]]:
    """Return products and industries of a year, each with the block of every label; groups have American sizes."""
    links = read_links()
    products, product_at = read_blocks("product", links, np.maximum(us_output, LEAST_SIZE), year)
    industries, industry_at = read_blocks("industry", links, np.maximum(products.output, LEAST_OUTPUT), year)
    return (products, product_at), (industries, industry_at)


def _read_use(year: int, product_at: dict[str, int], industry_at: dict[str, int], columns: Sequence[str]) -> Floats:
    """Return columns of the use table added up by block, shape (columns, product blocks, industry blocks)."""
    use = np.zeros((len(columns), max(product_at.values()) + 1, max(industry_at.values()) + 1))
    name = f"reference/rosstat_use_{year}.csv.gz"
    for line, row, values in figures(name, "supply_code", columns):
        at = _block(product_at, row["supply_code"], name, line), _block(industry_at, row["buyer_code"], name, line)
        use[:, *at] += values
    return use


def _block(at: dict[str, int], label: str, table: str, line: int) -> int:
    """Return the block of a label.

    Raises
    ------
    SourceDrift
        If the label is on no axis.
    """
    if label not in at:
        raise SourceDrift(
            T("{table}, line {line}: no output is published for label {label!r}", table=table, line=line, label=label),
            _CHANGED,
        )
    return at[label]


def _read_final(product_at: dict[str, int], columns: Sequence[str], categories: Container[str]) -> Floats:
    """Return columns of final use of the categories added up by block, shape (columns, product blocks)."""
    final = np.zeros((len(columns), max(product_at.values()) + 1))
    name = f"reference/rosstat_final_use_{TOTALS_YEAR}.csv.gz"
    for line, row, values in figures(name, "supply_code", columns, lambda row: row["category_code"] in categories):
        final[:, _block(product_at, row["supply_code"], name, line)] += values
    return final


def read_published(us_output: Floats) -> Published:
    """Read the tables of :data:`TOTALS_YEAR` into blocks."""
    (products, product_at), (industries, industry_at) = _read_axes(us_output, TOTALS_YEAR)
    columns = ("purchaser_mln_rub", "value_mln_rub", "import_mln_rub")
    use = _read_use(TOTALS_YEAR, product_at, industry_at, columns)
    investment = _read_final(product_at, ("value_mln_rub", "import_mln_rub"), INVESTMENT)
    return Published(products, industries, use[0], use[1], use[2], investment[0], investment[1])


def read_detail(us_output: Floats) -> Blocks:
    """Read the finer use table of :data:`DETAIL_YEAR` into blocks."""
    (products, product_at), (industries, industry_at) = _read_axes(us_output, DETAIL_YEAR)
    use = _read_use(DETAIL_YEAR, product_at, industry_at, ("purchaser_mln_rub",))
    return Blocks(products, industries, use[0])


def read_intermediate_shares(us_output: Floats) -> Floats:
    """Return which share of a group's goods available at home other activities buy, shape (groups,).

    Available is total use at basic prices less exports and changes of stocks; known by published product.
    """
    (products, product_at), (_, industry_at) = _read_axes(us_output, TOTALS_YEAR)
    bought = _read_use(TOTALS_YEAR, product_at, industry_at, ("value_mln_rub",))[0].sum(axis=1)
    final = _read_final(product_at, ("value_mln_rub",), AT_HOME)[0]
    shares = np.divide(bought, bought + final, out=np.zeros_like(bought), where=bought + final > 0)
    return np.asarray(products.shares.T @ np.clip(shares, 0.0, 1.0), dtype=np.float64)


def read_value_added(industries: Bridge) -> Floats:
    """Return value added by group, shape (groups,): each group has its published industries' ratio to output."""
    ratio = {
        row["code"]: number(row["value_added_mln_rub"]) / number(row["output_mln_rub"])
        for row in _industries()
        if number(row["output_mln_rub"])
    }
    ratios = np.array([ratio.get(label, 0.5) for label in industries.labels])
    return np.asarray(ratios @ industries.mass, dtype=np.float64)


def _industries() -> list[dict[str, str]]:
    return [row for row in read_table(f"reference/rosstat_output_{TOTALS_YEAR}.csv") if row["table"] == "industry"]


def read_gas_in_distribution() -> float:
    """Return the share of the gas distributors' output that is gas bought of its producers."""
    bought = sum(
        number(row["purchaser_mln_rub"])
        for row in read_table(f"reference/rosstat_use_{TOTALS_YEAR}.csv.gz")
        if (row["supply_code"], row["buyer_code"]) == (GAS_PRODUCERS, GAS_DISTRIBUTORS)
    )
    output = {row["code"]: number(row["output_mln_rub"]) for row in _industries()}
    return bought / output[GAS_DISTRIBUTORS]
