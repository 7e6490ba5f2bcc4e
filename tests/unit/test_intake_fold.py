"""What many sources say of one company becomes one company by written precedence, in any order."""

from __future__ import annotations

import csv
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.events import Observation
from models.fold import NOTHING, PRECEDENCE, fold, keep_all, one_report_a_year
from models.records import CompanyFacts, Figure

INN = "7736050003"
TEXT = (Path(__file__).parents[1] / "cases/precedence.csv").read_text(encoding="utf-8")
CASES = list(csv.DictReader(TEXT.splitlines()))


def seen(run: int, kind: str, as_of: str, values: dict, figures: tuple[Figure, ...] = (), line: int = 2) -> Observation:
    return Observation(run, kind, f"source {run}", as_of, CompanyFacts(INN, line, values, figures))


@pytest.mark.parametrize("case", CASES, ids=[f"{c['field']}: {c['why']}" for c in CASES])
def test_precedence(case: dict[str, str]) -> None:
    both = [
        seen(1, case["kind_a"], case["as_of_a"], {case["field"]: case["value_a"], "name": case["value_a"]}),
        seen(2, case["kind_b"], case["as_of_b"], {case["field"]: case["value_b"], "name": case["value_b"]}),
    ]
    for order in permutations(both):
        assert getattr(fold(INN, order).company, case["field"]) == case["expected"]


def test_of_equal_weight_the_later_import_wins() -> None:
    company = fold(INN, [seen(1, "table", "2020", {"name": "A"}), seen(2, "table", "2020", {"name": "B"})]).company
    assert company is not None
    assert (company.name, company.provenance["name"]) == ("B", (2, "source 2"))


def test_each_field_remembers_its_source() -> None:
    company = fold(
        INN,
        [
            seen(1, "accounts", "2013", {"name": "A", "okved1_main": "51"}, (Figure("revenue_rub", 2013, 5.0),)),
            seen(2, "accounts", "2016", {"name": "B", "okved_main": "46.71"}, (Figure("workers", 2016, 9.0),)),
        ],
    ).company
    assert company is not None
    runs = {name: run for name, (run, _) in company.provenance.items()}
    assert runs == {"name": 2, "okved1_main": 1, "okved_main": 2, "revenue_rub": 1, "workers": 2}
    assert (company.revenue_year, company.workers_year) == (2013, 2016)


@pytest.mark.parametrize(
    ("new", "old", "expected", "why"),
    [
        ("23.20", "23", (None, "23.20"), "refining of the old edition is no maker of refractories"),
        ("27.1", "27", (None, "27.1"), "nor steel a maker of motors"),
        ("52.10", "52", (None, "52"), "a code that the old edition never had leaves the class"),
        ("20.15", "24.15", ("20.15", "24.15"), "codes of two editions, each in its own"),
        ("01.47", "01", ("01.47", "01"), "farming kept its class"),
        ("46.71", "40", ("46.71", "40"), "another class is another activity"),
    ],
)
def test_a_code_that_repeats_an_old_class_is_of_that_edition(new: str, old: str, expected: tuple, why: str) -> None:
    both = [
        seen(1, "accounts", "2013", {"name": "A", "okved1_main": old}),
        seen(2, "accounts", "2016", {"name": "A", "okved_main": new}),
    ]
    for order in permutations(both):
        company = fold(INN, order).company
        assert company is not None
        assert (company.okved_main, company.okved1_main) == expected, why


def test_the_latest_year_is_shown_and_all_years_are_kept() -> None:
    figures = (Figure("revenue_rub", 2013, 5.0), Figure("revenue_rub", 2016, 3.0))
    known = fold(INN, [seen(1, "accounts", "2016", {"name": "A"}, figures)])
    assert known.company is not None
    assert (known.company.revenue_rub, known.company.revenue_year) == (3.0, 2016)
    assert known.figures == {("revenue_rub", 2013): (5.0, 1), ("revenue_rub", 2016): (3.0, 1)}


def test_accounts_outrank_a_table_in_revenue_and_not_in_the_name() -> None:
    table = seen(2, "table", "2016", {"name": "Наш завод"}, (Figure("revenue_rub", 2016, 1.0),))
    accounts = seen(1, "accounts", "2016", {"name": "ЗАВОД"}, (Figure("revenue_rub", 2016, 2.0),))
    company = fold(INN, [table, accounts]).company
    assert company is not None
    assert (company.name, company.revenue_rub) == ("Наш завод", 2.0)


def test_products_of_all_sources_add_up_and_offers_of_one_file_too() -> None:
    rows = [
        seen(1, "catalogue", "2020", {"products_okpd2": ("20.15.10",), "offers": "селитра"}, line=2),
        seen(1, "catalogue", "2020", {"products_okpd2": ("20.15.31",), "offers": "карбамид"}, line=3),
        seen(2, "table", "2019", {"products_okpd2": ("20.15.10", "20.13")}),
    ]
    company = fold(INN, rows).company
    assert company is not None
    assert set(company.products_okpd2) == {"20.15.10", "20.15.31", "20.13"}
    assert company.offers == "селитра; карбамид"


def licences_of(*observations: Observation) -> tuple[str, ...]:
    company = fold(INN, [seen(9, "register", "2024", {"name": "ЗАВОД"}), *observations]).company
    assert company is not None
    return company.licences


def test_entries_of_a_catalogue_stand_beside_the_licences_of_other_sources_and_the_latest_of_each_counts() -> None:
    old = seen(1, "sme_register", "2022", {"licences": ("перевозки до 2024-01-01",)})
    new = seen(2, "sme_register", "2024", {"licences": ("перевозки до 2030-01-01",)})
    entry = seen(3, "catalogue", "2023", {"licences": ("запись № 1 до 2024-05-01",)})
    renewed = seen(4, "catalogue", "2024", {"licences": ("запись № 1 до 2027-05-01",)})
    for order in permutations([old, new, entry, renewed]):
        assert licences_of(*order) == ("перевозки до 2030-01-01", "запись № 1 до 2027-05-01")
    assert licences_of(new, entry) == ("перевозки до 2030-01-01", "запись № 1 до 2024-05-01")
    checked = seen(5, "manual", "2024", {"licences": ("медицина № 7",)})
    assert licences_of(new, renewed, checked) == ("медицина № 7",)


def test_facts_alone_wait_for_the_company() -> None:
    waiting = fold(INN, [seen(1, "open_data", "2023", {}, (Figure("workers", 2023, 7.0),))])
    assert waiting.company is None
    assert waiting.figures == {("workers", 2023): (7.0, 1)}
    assert fold(INN, []) == NOTHING


VALUES = st.dictionaries(
    st.sampled_from(["name", "okved_main", "status", "offers", "city"]), st.sampled_from(["20", "20.1", "20.15", "x"])
)
FIGURES = st.lists(
    st.builds(Figure, st.sampled_from(["revenue_rub", "workers"]), st.integers(2012, 2015), st.floats(0, 9)), max_size=3
).map(tuple)
SEEN = st.builds(seen, st.integers(1, 4), st.sampled_from(sorted(PRECEDENCE)), st.sampled_from(["2012", "2015-12-31"]),
                 VALUES, FIGURES, st.integers(2, 9))  # fmt: skip


@given(st.lists(SEEN, max_size=6, unique_by=lambda o: (o.run_id, o.facts.line)), st.randoms())
def test_the_order_of_statements_does_not_matter(statements: list[Observation], random) -> None:
    one_kind_a_run = {o.run_id: o for o in statements}
    same = [o for o in statements if o.kind == one_kind_a_run[o.run_id].kind]
    shuffled = list(same)
    random.shuffle(shuffled)
    assert fold(INN, shuffled) == fold(INN, same)


ROWS = st.lists(st.tuples(st.integers(2012, 2014), st.integers(0, 5)), min_size=1, max_size=6).map(
    lambda pairs: [
        CompanyFacts(INN, line, {}, (Figure("revenue_rub", year, float(value)),))
        for line, (year, value) in enumerate(pairs, start=2)
    ]
)


@given(ROWS)
def test_one_report_a_year_is_kept_and_it_is_the_largest(rows: list[CompanyFacts]) -> None:
    kept, lost = one_report_a_year(rows)
    largest = {
        year: max(f.value for r in rows for f in r.figures if f.year == year)
        for year in {r.figures[0].year for r in rows}
    }
    assert {r.figures[0].year: r.figures[0].value for r in kept} == largest
    assert [r.line for r in kept] == [r.line for r in rows if r.figures[0].value == largest[r.figures[0].year]]
    assert sorted([r.line for r in kept] + [each.line for each in lost]) == [r.line for r in rows]
    assert {each.kept_line for each in lost} <= {r.line for r in kept}


@given(ROWS)
def test_settling_in_two_goes_keeps_the_same_reports(rows: list[CompanyFacts]) -> None:
    """A file is read in batches: what was kept of the first meets the second."""
    for cut in range(len(rows)):
        first, _ = one_report_a_year(rows[:cut]) if cut else ([], [])
        kept, _ = one_report_a_year([*first, *rows[cut:]])
        assert kept == one_report_a_year(rows)[0]


def test_a_row_for_each_product_with_the_same_figures_is_kept() -> None:
    figures = (Figure("revenue_rub", 2022, 9.0), Figure("revenue_rub", 2023, 7.0))
    rows = [CompanyFacts(INN, 2, {"offers": "a"}, figures), CompanyFacts(INN, 3, {"offers": "b"}, figures)]
    assert one_report_a_year(rows) == (rows, [])


def test_what_is_told_of_a_smaller_report_is_its_revenue_of_the_year_that_clashes() -> None:
    larger = CompanyFacts(INN, 2, {}, (Figure("revenue_rub", 2022, 9.0), Figure("revenue_rub", 2023, 7.0)))
    smaller = CompanyFacts(INN, 3, {}, (Figure("revenue_rub", 2022, 1.0), Figure("revenue_rub", 2023, 6.0)))
    _, (lost,) = one_report_a_year([larger, smaller])
    assert (lost.year, lost.value, lost.kept_line) == (2023, 6.0, 2)


def test_rows_without_figures_do_not_compete() -> None:
    rows = [CompanyFacts(INN, 2, {"offers": "a"}), CompanyFacts(INN, 3, {"offers": "b"})]
    assert one_report_a_year(rows) == (rows, [])
    assert keep_all(rows) == (rows, [])
