"""Who says what of a company: the value in force is the fold's, its reason is told, contradictions are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.events import Observation
from models.fold import fold
from models.records import CompanyFacts, Figure
from models.statements import Statement, statements
from tests.unit.test_intake_fold import SEEN

INN = "7736050003"


def said(run: int, kind: str, as_of: str, figures: tuple[Figure, ...] = (), **values: object) -> Observation:
    facts = CompanyFacts(INN, run, values, figures)  # type: ignore[arg-type]
    return Observation(run, kind, f"{kind} {run}", as_of, facts)


def told(*observations: Observation) -> dict[tuple[str, int | None], Statement]:
    return {(each.field, each.year): each for each in statements(observations)}


@pytest.mark.parametrize(
    ("name", "one", "other", "disputed"),
    [
        ("name", 'ООО "Ёлка"', "ЕЛКА", False),
        ("name", "Ёлка", "Сосна", True),
        ("city", "Будённовск", "БУДЕННОВСК", False),
        ("okved_main", "20.15", "20.15.1", False),
        ("okved_main", "20.15", "20.16", True),
        ("okved_extra", ("20.15", "46.12"), ("46.12", "20.15"), False),
        ("founders", ("7736050003",), ("2631015563",), True),
        ("licences", ("№ 1",), ("№ 1", "№ 2"), True),
        ("products_okpd2", ("20.15.1",), ("20.16.1",), False),
        ("offers", "краски", "лаки", False),
        ("status", "active", "bankrupt", True),
        ("lat", 45.031, 45.035, False),
        ("lat", 45.0, 46.0, True),
        ("region_code", "26", "77", True),
    ],
)
def test_what_is_a_contradiction(name: str, one: object, other: object, disputed: bool) -> None:
    found = told(said(1, "table", "2023", **{name: one}), said(2, "accounts", "2016", **{name: other}))
    assert found[name, None].disputed is disputed


def test_licences_and_entries_of_a_catalogue_do_not_contradict_each_other() -> None:
    licence, entry = ("перевозки № 7",), ("запись № 1",)
    found = told(said(1, "sme_register", "2024", licences=licence), said(2, "catalogue", "2024", licences=entry))
    statement = found["licences", None]
    assert statement.value == (*licence, *entry)
    assert not statement.disputed
    assert [each.in_force for each in statement.said] == [True, True]
    assert statement.why.render("en") == "what all sources list, together"


@pytest.mark.parametrize(("one", "other", "disputed"), [(1e9, 1.0004e9, False), (1e9, 1.02e9, True), (0.0, 0.0, False)])
def test_a_rounded_figure_is_the_same_figure(one: float, other: float, disputed: bool) -> None:
    found = told(
        said(1, "accounts", "2022", (Figure("revenue_rub", 2022, one),)),
        said(2, "open_data", "2022", (Figure("revenue_rub", 2022, other),)),
    )
    assert found["revenue_rub", 2022].disputed is disputed


def test_figures_are_compared_year_by_year() -> None:
    found = told(
        said(1, "accounts", "2021", (Figure("revenue_rub", 2021, 1e9),)),
        said(2, "accounts", "2022", (Figure("revenue_rub", 2022, 2e9),)),
    )
    assert not any(each.disputed for each in found.values())
    assert [each.year for each in found.values()] == [2022, 2021]


def why(*observations: Observation) -> str:
    return told(*observations)["city", None].why.render("en")


def test_the_reason_is_kind_then_date_then_import() -> None:
    assert why(said(1, "table", "2023", city="Пермь")) == "the only source"
    assert why(said(1, "table", "2023", city="Пермь"), said(2, "accounts", "2016", city="Пермь")) == "sources agree"
    assert why(said(1, "table", "2012", city="Пермь"), said(2, "accounts", "2016", city="Омск")).startswith(
        "weightier kind of source: someone of the cluster"
    )
    assert "later date" in why(said(1, "accounts", "2016", city="Пермь"), said(2, "accounts", "2012", city="Омск"))
    assert "imported last" in why(said(1, "accounts", "2016", city="Пермь"), said(2, "accounts", "2016", city="Омск"))


def test_a_more_detailed_code_is_told_as_such() -> None:
    found = told(said(1, "table", "2023", okved_main="20.15"), said(2, "accounts", "2016", okved_main="20.15.1"))
    statement = found["okved_main", None]
    assert (statement.value, statement.why.render("en")) == ("20.15.1", "sources agree; the more detailed code")
    assert [each.in_force for each in statement.said] == [False, True]


def test_lists_that_grow_are_all_in_force() -> None:
    found = told(
        said(1, "table", "2023", products_okpd2=("20.15.1",)), said(2, "catalogue", "2022", products_okpd2=("20.16.1",))
    )
    statement = found["products_okpd2", None]
    assert statement.value == ("20.15.1", "20.16.1")
    assert all(each.in_force for each in statement.said)


@given(st.lists(SEEN, max_size=6, unique_by=lambda o: o.run_id))
def test_what_is_in_force_is_what_the_register_shows(observations: list[Observation]) -> None:
    folded = fold(INN, observations)
    found = told(*observations)
    for (name, year), (value, _) in folded.figures.items():
        assert found[name, year].value == value
    for (name, year), statement in found.items():
        assert any(each.in_force for each in statement.said)
        if year is None and folded.company is not None:
            assert getattr(folded.company, name) == statement.value
