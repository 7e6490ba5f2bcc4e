"""Dynamics and structure of a group of firms: numbers worked out by hand, and what must hold of any group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matcher.report.chain.dynamics import MEASURES, counts, dynamics
from matcher.report.chain.history import STATED, History, history
from matcher.report.chain.structure import AGE_CLASSES, SIZE_CLASSES, concentration, judge, structure
from models.records import Figure

#: Five legal entities and a sole trader; the last two figures of a line are for 2017 and 2018.
ENTITIES = ("2635000014", "2635000021", "2635000039", "2635000046", "2635000053")
TRADER = "263500000012"
TOLD = {
    "revenue_rub": [(100, 150), (200, 180), (700, 990), (None, 80), (None, None)],
    "workers": [(10, 10), (20, 20), (None, 60), (None, 5), (None, None)],
    "expenses_rub": [(80, 120), (250, 200), (None, 900), (None, None), (None, None)],
    "profit_rub": [(16, 24), (-40, -16), (70, 99), (None, None), (None, None)],
    "taxes_paid_rub": [(5, 6), (None, 9), (None, None), (None, None), (None, None)],
}
FOUNDED = {
    ENTITIES[0]: "1998-05-01", ENTITIES[1]: "2013-12-31", ENTITIES[2]: "2008", ENTITIES[3]: "2018-12-30",
    TRADER: "2016-01-01",
}  # fmt: skip


@pytest.fixture
def group():
    told = [
        (inn, Figure(name, year, float(value)))
        for name, rows in TOLD.items()
        for inn, row in zip(ENTITIES, rows, strict=True)
        for year, value in zip((2017, 2018), row, strict=True)
        if value is not None
    ]
    told.append((TRADER, Figure("workers", 2018, 3.0)))
    return history((*ENTITIES, TRADER), (2017, 2018), told, np.array([0, 1, 0, 0, 0, 0]), FOUNDED)


@pytest.fixture
def measures(group):
    return dynamics(group.legal_entities())


def test_firms_are_counted_with_sole_traders_and_the_silent_apart(group):
    found = counts(group)
    assert (found["firms"], found["legal_entities"], found["sole_traders"], found["without_figures"]) == (6, 5, 1, 1)
    # the fourth is founded in 2018; when the fifth was, nobody says
    assert [(row["year"], row["firms"], row["of_firms"]) for row in found["years"]] == [(2017, 3, 4), (2018, 4, 5)]


@pytest.mark.parametrize(
    ("key", "values", "firms"),
    [
        ("revenue_rub", [1000, 1400], [3, 4]),
        ("workers", [30, 95], [2, 4]),
        ("taxes_paid_rub", [5, 15], [1, 2]),
        ("expenses_rub", [330, 1220], [2, 3]),
        ("profit_rub", [46, 107], [3, 3]),
        ("profit_to_revenue", [0.046, round(107 / 1320, 4)], [3, 3]),
        ("profit_to_expenses", [round(-24 / 330, 4), round(107 / 1220, 4)], [2, 3]),
        ("surplus_to_revenue", [-0.1, round(100 / 1320, 4)], [2, 3]),
        ("revenue_per_worker_rub", [10, round(1400 / 95)], [2, 4]),
        ("workers_per_firm", [15, 23.8], [2, 4]),
    ],
)
def test_all_firms_with_the_figure_are_summed_beside_their_number(measures, key, values, firms):
    years = measures[key]["years"]
    assert [row["value"] for row in years] == values
    assert [row["firms"] for row in years] == firms
    assert [row["of_firms"] for row in years] == [4, 5]
    assert [row["few"] for row in years] == [count < 3 for count in firms]


def test_growth_is_of_the_same_firms_only(measures):
    (panel,) = measures["revenue_rub"]["panels"]
    # all firms: 1000 -> 1400; but the fourth firm is new in the figures, the other three went from 1000 to 1320
    assert (panel["was"], panel["now"], panel["firms"], panel["growth"], panel["index"]) == (1000, 1320, 3, 0.32, 132.0)
    assert measures["revenue_rub"]["whole"]["growth"] == 0.32


def test_two_firms_are_too_few_for_an_index(measures):
    (panel,) = measures["workers"]["panels"]
    assert (panel["firms"], panel["few"], panel["growth"], panel["index"]) == (2, True, 0.0, None)


@pytest.mark.parametrize(("key", "change"), [("profit_rub", 61), ("profit_to_revenue", round(107 / 1320 - 0.046, 4))])
def test_what_may_be_negative_has_a_difference_and_no_growth(measures, key, change):
    (panel,) = measures[key]["panels"]
    assert (panel["growth"], panel["change"]) == (None, change)


def test_sizes_come_from_the_source_first_and_then_from_the_law(group):
    found = structure(group, 1)
    rows = {row["class"]: row for row in found["sizes"]}
    # 60 people make the third small, whatever its revenue; the fifth has no figure
    assert {name: rows[name]["firms"] for name in SIZE_CLASSES} == {
        "large": 0, "medium": 0, "small": 1, "micro": 3, "unknown": 1, "sole_trader": 1,
    }  # fmt: skip
    assert rows["small"]["revenue_rub_share"] == round(990 / 1400, 4)
    assert rows["micro"]["workers"] == 35
    assert found["sizes_by"] == {"stated": 1, "limits": 3, "unknown": 1}


@pytest.mark.parametrize(
    ("workers", "revenue", "year", "size"),
    [
        (15, None, 2018, 1),
        (16, None, 2018, 2),
        (100, 1.0, 2018, 2),
        (101, 1.0, 2018, 3),
        (251, 1.0, 2018, 4),
        (1, 120e6, 2018, 1),
        (1, 120e6 + 1, 2018, 2),
        (1, 120e6, 2014, 2),  # the limit was 60 million then
        (None, 2e9, 2018, 3),
        (None, 2e9, 2014, 4),
        (None, None, 2018, 0),
    ],
)
def test_the_limits_of_the_law_are_those_of_the_year(workers, revenue, year, size):
    given_ = [np.array([np.nan if value is None else float(value)]) for value in (workers, revenue)]
    assert judge(*given_, year).tolist() == [size]


@pytest.mark.parametrize(
    ("founded", "age_class"),
    [
        ("2018", "under_3"),
        ("2016", "under_3"),
        ("2015-12-31", "3_to_5"),
        ("2013-01-01", "5_to_10"),
        ("2008", "10_to_20"),
        ("1998-12-31", "over_20"),
        (None, "unknown"),
    ],
)
def test_age_is_completed_years_at_the_end_of_the_year(founded, age_class):
    inn = ENTITIES[0]
    told = [(inn, Figure("revenue_rub", 2018, 1.0))]
    one = history([inn], [2018], told, np.array([0]), {} if founded is None else {inn: founded})
    assert [row["class"] for row in structure(one, 0)["ages"] if row["firms"]] == [age_class]


def test_mean_age_is_of_those_whose_founding_is_known(group):
    assert structure(group, 1)["mean_age_years"] == round((20 + 5 + 10 + 0) / 4, 1)


def test_concentration_is_that_of_the_shares():
    found = concentration(np.array([10.0, 40.0, 20.0, 30.0, np.nan, 0.0]))
    assert found["first"] == {"1": 0.4, "3": 0.9, "10": 1.0}
    assert (found["hhi"], found["firms"], found["few"]) == (0.3, 4, False)
    assert concentration(np.array([np.nan])) == {
        "firms": 0, "first": {"1": None, "3": None, "10": None}, "hhi": None, "few": True,
    }  # fmt: skip


@st.composite
def groups(draw):
    """Any group: figures known or not, negative profits, founding years before and after the figures."""
    firms, years = draw(st.integers(0, 12)), draw(st.integers(1, 4))
    amounts = st.one_of(st.just(np.nan), st.integers(0, 10**12).map(float))
    figures = {name: draw(arrays(np.float64, (firms, years), elements=amounts)) for name in STATED}
    figures["profit_rub"] = -figures["profit_rub"]
    figures["surplus_rub"] = figures["revenue_rub"] - figures["expenses_rub"]
    founded = draw(arrays(np.float64, firms, elements=st.one_of(st.just(np.nan), st.integers(1990, 2024).map(float))))
    category = draw(arrays(np.int64, firms, elements=st.integers(0, 4)))
    sole = draw(arrays(np.bool_, firms))
    return History(tuple(range(2016, 2016 + years)), figures, category, founded, sole)


@given(groups())
def test_parts_sum_to_the_whole(group):
    for column in range(len(group.years)):
        found = structure(group, column)
        assert sum(row["firms"] for row in found["sizes"]) == found["firms"]
        entities = group.legal_entities()
        assert sum(row["firms"] for row in found["ages"]) == int(entities.exists()[:, column].sum())
        of_entities = [row for row in found["sizes"] if row["class"] != "sole_trader"]
        for name in ("revenue_rub", "workers"):
            year = dynamics(entities)[name]["years"][column]
            for rows in (of_entities, found["ages"]):
                assert sum(row[f"{name}_firms"] for row in rows) == year["firms"]
                assert sum(row[name] or 0 for row in rows) == pytest.approx(year["value"] or 0)
        assert len(found["ages"]) == len(AGE_CLASSES) + 1
        assert sum(found["sizes_by"].values()) == sum(row["firms"] for row in of_entities)


@given(groups())
def test_a_panel_is_never_larger_than_either_year(group):
    for measure in MEASURES:
        trend = dynamics(group)[measure.key]
        firms = {row["year"]: row["firms"] for row in trend["years"]}
        for panel in [*trend["panels"], *([trend["whole"]] if trend["whole"] else [])]:
            assert panel["firms"] <= min(firms[panel["from"]], firms[panel["to"]])
        assert all(row["firms"] <= row["of_firms"] for row in trend["years"])


@given(groups(), st.data())
def test_two_halves_make_the_group(group, data):
    half = data.draw(arrays(np.bool_, len(group)))
    whole, left, right = (dynamics(part) for part in (group, group.of(half), group.of(~half)))
    for measure in MEASURES:
        for row, *parts in zip(*(each[measure.key]["years"] for each in (whole, left, right)), strict=True):
            assert row["firms"] == sum(part["firms"] for part in parts)
            if not measure.under:
                assert (row["value"] or 0) == pytest.approx(sum(part["value"] or 0 for part in parts))


@given(st.lists(st.floats(1, 1e12), min_size=1, max_size=30))
def test_concentration_lies_between_equal_firms_and_one_firm(revenue):
    found = concentration(np.array(revenue))
    assert 1 / len(revenue) - 1e-4 <= found["hhi"] <= 1
    assert found["first"]["1"] <= found["first"]["3"] <= found["first"]["10"] <= 1
