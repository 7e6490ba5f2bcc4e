"""The tables a profile is shown as, laid out once for terminal, page and workbook; each formats cells its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from matcher.report.chain.dynamics import MEASURES
from models.clusters import STAGE_NAMES
from models.text import T, Text

Part = Mapping[str, Any]

MEASURE_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "revenue_rub": T("revenue"),
        "workers": T("workers"),
        "taxes_paid_rub": T("taxes paid"),
        "expenses_rub": T("expenses"),
        "profit_rub": T("net profit"),
        "profit_to_revenue": T("net profit / revenue"),
        "profit_to_expenses": T("net profit / expenses"),
        "surplus_to_revenue": T("(revenue − expenses) / revenue"),
        "revenue_per_worker_rub": T("revenue per worker"),
        "workers_per_firm": T("workers per firm"),
    }
)
CLASS_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "large": T("large"),
        "medium": T("medium"),
        "small": T("small"),
        "micro": T("micro"),
        "unknown": T("unknown"),
        "sole_trader": T("sole traders"),
        "under_3": T("under 3 years"),
        "3_to_5": T("3 to 5 years"),
        "5_to_10": T("5 to 10 years"),
        "10_to_20": T("10 to 20 years"),
        "over_20": T("20 years and more"),
    }
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and how it reads.

    ``unit`` is ``rub``, ``people``, ``count``, ``year``, ``share``, ``growth`` (a share with its sign), ``points``
    (a difference of shares), ``gain`` (a difference of roubles), ``index``, ``ratio`` or ``text``; ``few`` marks
    values of fewer than three firms.
    """

    value: Any
    unit: str
    few: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a heading for each column, rows of cells, and the columns drawn as bars too.

    A parameter of ``remark`` may be a cell; see :func:`worded`.
    """

    key: str
    title: Text
    headings: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    bars: frozenset[int] = field(default_factory=frozenset)
    remark: Text | None = None

    def full(self, column: int) -> float:
        """Return what a full bar of a column stands for: the whole for shares, else the largest value."""
        cells = [row[column] for row in self.rows]
        if any(cell.unit == "share" for cell in cells):
            return 1.0
        return max((float(cell.value) for cell in cells if cell.value is not None), default=0.0)


def worded(remark: Text, show: Callable[[Cell], str]) -> Text:
    """Return a remark with its cells written out.

    >>> worded(T("mean age, years: {years}", years=Cell(12.5, "people")), lambda cell: str(cell.value)).render("en")
    'mean age, years: 12.5'
    """
    written = {name: show(value) if isinstance(value, Cell) else value for name, value in remark.params.items()}
    return Text(remark.msgid, written)


def scope_name(scope: Part) -> Text:
    """Return what a scope is called."""
    named = {"cluster": T("the cluster in all"), "core": T("main activities")}
    if scope["scope"] in named:
        return named[scope["scope"]]
    return Text(scope["segment_name"]) if scope["scope"] == "segment" else STAGE_NAMES[scope["stage"]]


def shown(scopes: Sequence[Part]) -> Part:
    """Return the scope that is shown in full: the cluster, or the one segment that was asked for."""
    return scopes[0]


def of_year(rows: Sequence[Part], year: int, key: str = "year") -> Part:
    """Return the row of a year, an empty one where there is none."""
    return next((row for row in rows if row[key] == year), {})


def overview(scopes: Sequence[Part], year: int) -> Grid:
    """Return one line for each scope: its firms, and its main figures of one year."""
    headings = (
        T("segment"), T("legal entities"), T("sole traders"), T("with revenue"), T("revenue"),
        T("same firms as before"), T("their growth"), T("workers"), T("net profit / revenue"), T("first 3"),
    )  # fmt: skip
    rows = tuple(_overview_row(scope, year) for scope in scopes)
    return Grid("overview", T("Stages and segments, {year}", year=year), headings, rows, remark=overview_remark())


def overview_remark() -> Text:
    """Return what the short headings mean."""
    return T(
        "same firms as before: with revenue also in the year before that has figures; first 3: share of the three "
        "largest firms in revenue"
    )


def _overview_row(scope: Part, year: int) -> tuple[Cell, ...]:
    revenue, workers, margin = (scope["measures"][key] for key in ("revenue_rub", "workers", "profit_to_revenue"))
    now, panel = of_year(revenue["years"], year), of_year(revenue["panels"], year, "to")
    held = of_year(scope["structure"], year)["concentration"]
    return (
        Cell(scope_name(scope), "text"),
        Cell(scope["legal_entities"], "count"),
        Cell(scope["sole_traders"], "count"),
        Cell(now["firms"], "count"),
        Cell(now["value"], "rub", now["few"]),
        Cell(panel.get("firms"), "count"),
        Cell(panel.get("growth"), "growth", panel.get("few", False)),
        _value(of_year(workers["years"], year), "people"),
        _value(of_year(margin["years"], year), "share"),
        Cell(held["first"]["3"], "share", held["few"]),
    )


def _value(row: Part, unit: str) -> Cell:
    return Cell(row["value"], unit, row["few"])


def measure_grids(scope: Part) -> Iterator[Grid]:
    """Yield a table for each measure that any firm states."""
    for measure in MEASURES:
        trend = scope["measures"][measure.key]
        if any(row["firms"] for row in trend["years"]):
            yield measure_grid(measure.key, trend)


def not_stated(scope: Part) -> list[Text]:
    """Return the measures that no firm states."""
    trends = scope["measures"]
    return [MEASURE_NAMES[m.key] for m in MEASURES if not any(row["firms"] for row in trends[m.key]["years"])]


def measure_grid(key: str, trend: Part) -> Grid:
    """Return a measure by year: all firms with the figure at the left, the same firms as before at the right."""
    headings: tuple[Text, ...] = (
        T("year"), T("all firms with the figure"), T("number of firms"), T("of firms"), T("coverage"),
        T("compared with"), T("same firms"), T("their change"),
    )  # fmt: skip
    rows = tuple(_measure_row(row, trend) for row in trend["years"] if row["firms"])
    headings = (*headings, T("index of same firms")) if trend["grows"] else headings
    return Grid(key, MEASURE_NAMES[key], headings, rows, frozenset({1}), whole_remark(trend))


def _measure_row(row: Part, trend: Part) -> tuple[Cell, ...]:
    panel = of_year(trend["panels"], row["year"], "to")
    cells = (
        Cell(row["year"], "year"),
        Cell(row["value"], trend["unit"], row["few"]),
        Cell(row["firms"], "count"),
        Cell(row["of_firms"], "count"),
        Cell(row["share"], "share"),
        Cell(panel.get("from"), "year"),
        Cell(panel.get("firms"), "count"),
        change_of(trend, panel),
    )
    return (*cells, Cell(index_of(trend, row["year"]), "index")) if trend["grows"] else cells


def change_of(trend: Part, panel: Part) -> Cell:
    """Return how a panel changed: by a percentage what grows, else by points or roubles."""
    few = panel.get("few", False)
    if trend["grows"]:
        return Cell(panel.get("growth"), "growth", few)
    return Cell(panel.get("change"), "points" if trend["unit"] == "share" else "gain", few)


def index_of(trend: Part, year: int) -> float | None:
    """Return the chained index of a year: 100 in the first year that is compared, none where the chain is broken."""
    panels = trend["panels"]
    if panels and panels[0]["from"] == year:
        return 100.0 if panels[0]["index"] is not None else None
    index: float | None = of_year(panels, year, "to").get("index")
    return index


def whole_remark(trend: Part) -> Text | None:
    """Return in words what the firms of both the first and the last year did, where more than two years are known."""
    whole = trend["whole"]
    if whole is None or len(trend["panels"]) < 2:
        return None
    words = {"first": whole["from"], "last": whole["to"], "firms": whole["firms"]}
    if whole["few"]:
        return T("{first} to {last}: firms with figures in both years: {firms}, not enough data", **words)
    return T("{first} to {last}: firms with figures in both years: {firms}, change {change}",
             change=change_of(trend, whole), **words)  # fmt: skip


def structure_grids(scope: Part, year: int) -> Iterator[Grid]:
    """Yield sizes and ages in one year, and concentration over all years."""
    parts = of_year(scope["structure"], year)
    yield class_grid("sizes", T("Size, {year}", year=year), parts["sizes"], sizes_remark(parts["sizes_by"]))
    mean = parts["mean_age_years"]
    aged = None if mean is None else T("mean age, years: {years}", years=Cell(mean, "people"))
    yield class_grid("ages", T("Age at the end of {year}", year=year), parts["ages"], aged)
    yield concentration_grid(scope["structure"])


def sizes_remark(by: Part) -> Text:
    """Return where sizes come from."""
    return T(
        "size of legal entities: {stated} from a source, {limits} from the limits of the law, {unknown} unknown", **by
    )


def class_grid(key: str, title: Text, classes: Sequence[Part], remark: Text | None) -> Grid:
    """Return number, revenue and workers by class."""
    headings = (
        T("class"), T("firms"), T("share of firms"), T("firms with revenue"), T("revenue"), T("share of revenue"),
        T("firms with workers"), T("workers"), T("share of workers"),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(CLASS_NAMES[row["class"]], "text"),
            Cell(row["firms"], "count"),
            Cell(row["firms_share"], "share"),
            Cell(row["revenue_rub_firms"], "count"),
            Cell(row["revenue_rub"], "rub", 0 < row["revenue_rub_firms"] < 3),
            Cell(row["revenue_rub_share"], "share"),
            Cell(row["workers_firms"], "count"),
            Cell(row["workers"], "people", 0 < row["workers_firms"] < 3),
            Cell(row["workers_share"], "share"),
        )
        for row in classes
    )
    return Grid(key, title, headings, rows, frozenset({2, 5, 8}), remark)


def concentration_grid(structures: Sequence[Part]) -> Grid:
    """Return how much of the revenue the largest firms hold, by year."""
    headings = (T("year"), T("firms with revenue"), T("first firm"), T("first 3"), T("first 10"), T("HHI"))
    rows = tuple(
        (
            Cell(each["year"], "year"),
            Cell(each["concentration"]["firms"], "count"),
            *(Cell(each["concentration"]["first"][top], "share", each["concentration"]["few"])
              for top in ("1", "3", "10")),
            Cell(each["concentration"]["hhi"], "ratio", each["concentration"]["few"]),
        )
        for each in structures
        if each["concentration"]["firms"]
    )  # fmt: skip
    remark = T("HHI: sum of squared shares, 1 when one firm has all; shares of the firms that state revenue")
    return Grid("concentration", T("Share of the largest firms in revenue"), headings, rows, frozenset({2}), remark)


def notes() -> tuple[Text, ...]:
    """Return what has to be known to read a profile."""
    return (
        T("prices are those of each year (nominal): no deflator is applied"),
        T("all firms: sums over the legal entities that state the figure; they move with coverage too"),
        T("same firms: legal entities that state the figure in both years; growth is computed on them alone"),
        T("of firms: legal entities that have a figure of the year, or were founded by its end, or when is not known"),
        T("sole traders publish no accounts and are counted apart"),
        T("* fewer than three firms: not enough data to speak of a group"),
    )
