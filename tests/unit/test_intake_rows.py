"""A row of a table of companies: what is right is kept, what is wrong is set aside with a reason."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.intake.company_rows import CompanyRows
from matcher.intake.headers import read_header
from matcher.intake.manifest import read_manifest
from matcher.intake.registry import format_names, load
from matcher.intake.rows import Options, Parsed
from models.fold import PRECEDENCE
from models.records import CompanyFacts, Figure

TODAY = date(2024, 6, 1)
TITLES = ("inn", "name", "okved_main", "okved_extra", "offers", "region_code", "Выручка, тыс. руб.", "workers", "year")
PERSON = "500100732259"


def read(*, titles: tuple[str, ...] = TITLES, sole_traders: bool = False, **cells: str) -> Parsed:
    row = {"inn": "7736050003", "name": "Газпром", "okved_main": "46.71", **cells}
    options = Options(TODAY, sole_traders=sole_traders)
    rows = CompanyRows(read_header(1, titles), read_manifest("plain_table"), options)
    by_title = {"revenue": "Выручка, тыс. руб."}
    values = {by_title.get(name, name): value for name, value in row.items()}
    return rows.row(2, [values.get(title, "") for title in titles])


def complaints(parsed: Parsed) -> list[tuple[str, str]]:
    return [(each.field, each.value) for each in parsed.rejections]


def test_a_good_row_is_kept_whole() -> None:
    parsed = read(okved_extra="06.20; 35.30", region_code="Москва", revenue="1 000,5", workers="12", year="2018")
    assert parsed.facts is not None
    assert parsed.facts.values == {
        "name": "Газпром", "okved_main": "46.71", "okved_extra": ("06.20", "35.30"), "region_code": "77",
    }  # fmt: skip
    assert parsed.facts.figures == (Figure("revenue_rub", 2018, 1000500.0), Figure("workers", 2018, 12.0))
    assert (parsed.rejections, parsed.assumed_year) == ((), None)


@pytest.mark.parametrize(("inn", "name"), [("", ""), ("123", "Газпром"), ("7736050004", "Газпром"), ("-", "")])
def test_with_a_wrong_inn_or_neither_inn_nor_name_a_row_is_refused(inn: str, name: str) -> None:
    parsed = read(inn=inn, name=name)
    assert (parsed.facts, parsed.unidentified) == (None, ())
    assert complaints(parsed) == [("inn", inn)]


@pytest.mark.parametrize("inn", ["", "-"])
def test_with_a_name_and_no_inn_a_row_waits_for_a_person(inn: str) -> None:
    parsed = read(inn=inn, region_code="Москва", workers="12", year="2018")
    assert (parsed.facts, parsed.rejections) == (None, ())
    (waits,) = parsed.unidentified
    assert (waits.field, waits.name, waits.place) == ("inn", "Газпром", "Москва")
    assert waits.told == CompanyFacts("", 2, {"name": "Газпром", "okved_main": "46.71", "region_code": "77"},
                                      (Figure("workers", 2018, 12.0),))  # fmt: skip


def test_a_named_row_without_activity_and_offer_is_refused_all_the_same() -> None:
    parsed = read(inn="", okved_main="")
    assert parsed.unidentified == ()
    assert complaints(parsed) == [("okved_main", "")]
    assert parsed.rejections[0].cells[0] == ("inn", "")


def test_without_activity_and_offer_a_row_is_noted_and_its_other_cells_are_kept() -> None:
    parsed = read(okved_main="")
    assert parsed.facts is not None
    assert parsed.facts.values["name"] == "Газпром"
    assert complaints(parsed) == [("okved_main", "")]
    assert parsed.rejections[0].inn == "7736050003"


def test_an_unknown_activity_is_what_is_noted_of_a_row_without_one() -> None:
    parsed = read(okved_main="99.99.9")
    assert parsed.facts is not None
    assert complaints(parsed) == [("okved_main", "99.99.9")]


def test_a_row_that_says_nothing_but_its_inn_is_refused() -> None:
    parsed = read(okved_main="", name="")
    assert parsed.facts is None


def test_with_an_offer_an_unknown_activity_is_set_aside_alone() -> None:
    parsed = read(okved_main="99.99.9", offers="природный газ")
    assert parsed.facts is not None
    assert parsed.facts.values["offers"] == "природный газ"
    assert complaints(parsed) == [("okved_main", "99.99.9")]


@pytest.mark.parametrize(
    ("field", "value"),
    [("region_code", "Нарния"), ("revenue", "-5"), ("revenue", "много"), ("workers", "-1"), ("workers", "16 - 50"),
     ("year", "2050"), ("year", "1913"), ("year", "вчера"), ("revenue", "1e15")],
)  # fmt: skip
def test_a_bad_field_is_set_aside_and_the_rest_kept(field: str, value: str) -> None:
    parsed = read(**{"revenue": "5", "workers": "7", "year": "2018", field: value})
    assert parsed.facts is not None
    assert [found for _, found in complaints(parsed)] == [value]
    assert parsed.facts.values["name"] == "Газпром"


def test_one_bad_code_of_a_list_is_set_aside_alone() -> None:
    parsed = read(okved_extra="06.20; 99.99; 06.20")
    assert parsed.facts is not None
    assert parsed.facts.values["okved_extra"] == ("06.20",)
    assert complaints(parsed) == [("okved_extra", "99.99")]


def test_a_name_with_broken_characters_is_kept_and_reported() -> None:
    parsed = read(name="Газ\ufffdром")
    assert parsed.facts is not None
    assert parsed.facts.values["name"] == "Газ\ufffdром"
    assert complaints(parsed) == [("name", "Газ\ufffdром")]


def test_a_year_is_assumed_and_said_to_be() -> None:
    assert read(revenue="5").assumed_year == 2023
    assert read(revenue="5", year="2019").assumed_year is None
    parsed = read(revenue="5", year="")
    assert parsed.facts is not None
    assert parsed.facts.figures[0].year == 2023
    assert read().assumed_year is None


def test_the_year_of_a_title_is_the_year_of_its_figure() -> None:
    titles = ("inn", "okved_main", "Выручка 2018, млн руб.", "Выручка 2019, млн руб.")
    header = read_header(1, titles)
    rows = CompanyRows(header, read_manifest("plain_table"), Options(TODAY))
    facts = rows.row(2, ["7736050003", "46.71", "1,5", "2"]).facts
    assert facts is not None
    assert facts.figures == (Figure("revenue_rub", 2018, 1.5e6), Figure("revenue_rub", 2019, 2e6))


def test_a_sole_trader_is_not_kept_and_not_named() -> None:
    parsed = read(inn=PERSON, name="ИП Иванов Иван Иванович")
    assert parsed.facts is None
    assert complaints(parsed) == [("inn", "5001********")]
    assert "Иванов" not in repr(parsed)
    assert PERSON not in repr(parsed)


@pytest.mark.parametrize(
    "name",
    [
        "ИП Иванов Иван Иванович",
        "Индивидуальный предприниматель Петрова А.С.",
        "ИП Петров И. И.",
        "ип сидорова анна львовна",
    ],
)
def test_a_sole_trader_under_a_companys_inn_is_one(name: str) -> None:
    assert read(name=name).facts is None


@pytest.mark.parametrize("name", ["ИП Стройинвест Плюс", "ИПК Колос", "Типография Иванов и сын"])
def test_a_company_with_a_similar_name_is_none(name: str) -> None:
    assert read(name=name).facts is not None


def test_a_sole_trader_kept_on_demand_has_neither_name_nor_address() -> None:
    titles = (*TITLES, "address", "city")
    parsed = read(
        titles=titles, sole_traders=True, inn=PERSON, name="ИП Иван\ufffdв", region_code="26", city="Невинномысск",
        address="ул. Мира, 1",
    )  # fmt: skip
    assert parsed.facts is not None
    assert parsed.facts.values == {
        "okved_main": "46.71", "region_code": "26", "city": "Невинномысск", "name": "ИП (26)",
    }  # fmt: skip
    assert "Иван" not in repr(parsed)


def test_a_row_longer_than_the_header_is_refused() -> None:
    rows = CompanyRows(read_header(1, TITLES), read_manifest("plain_table"), Options(TODAY))
    parsed = rows.row(2, ["7736050003", "Газпром", " ПАО", "46.71", "", "", "", "", "", "2018"])
    assert parsed.facts is None
    assert [each.field for each in parsed.rejections] == ["row"]


@pytest.mark.parametrize(
    ("version", "field", "code"),
    [
        ("OKVED-1 (OK 029-2001), class only", "okved1_main", "51"),
        ("OKVED-2 (OK 029-2014)", "okved_main", "51"),
        ("2014", "okved_main", "51"),
        ("", "okved_main", "51"),
    ],
)
def test_the_edition_of_a_code_decides_its_field(version: str, field: str, code: str) -> None:
    parsed = read(titles=("inn", "okved_code", "okved_version"), okved_code=code, okved_version=version)
    assert parsed.facts is not None
    assert dict(parsed.facts.values) == {field: code}


@pytest.mark.parametrize("name", format_names())
def test_every_format_has_a_manifest_and_does_its_part(name: str) -> None:
    module, manifest = load(name)
    assert all(hasattr(module, part) for part in ("recognises", "label", "read"))
    assert manifest.kind in PRECEDENCE
    assert manifest.title
    assert manifest.licence
    assert manifest.fields


def read_several(**cells: str) -> list[Parsed]:
    row = {"inn": "7736050003", "name": "Газпром", "okved_main": "46.71", **cells}
    rows = CompanyRows(read_header(1, TITLES), read_manifest("plain_table"), Options(TODAY))
    return list(rows.read([(2, [row.get(title, "") for title in TITLES])]))


@pytest.mark.parametrize(
    "inn", ["7736050003; 7707083893", "7736050003\n7707083893", "7736050003/997250001, 7707083893"]
)
def test_a_row_of_several_firms_is_one_of_each_with_names_in_order(inn: str) -> None:
    first, second = read_several(inn=inn, name="Газпром; Сбербанк", region_code="77")
    assert [each.facts and each.facts.inn for each in (first, second)] == ["7736050003", "7707083893"]
    assert [each.facts and each.facts.values["name"] for each in (first, second)] == ["Газпром", "Сбербанк"]
    assert second.facts is not None
    assert second.facts.values["region_code"] == "77"


def test_a_figure_and_a_name_of_several_firms_are_nobodys() -> None:
    first, second = read_several(inn="7736050003 7707083893", workers="12")
    assert complaints(first) == [("name", ""), ("workers", "12")]
    assert first.facts is not None
    assert (first.facts.figures, "name" in first.facts.values, second.rejections) == ((), False, ())


def test_of_several_firms_a_wrong_inn_costs_only_its_own() -> None:
    first, second = read_several(inn="7736050004; 7707083893")
    assert first.facts is None
    assert second.facts is not None
    assert ("inn", "7736050004") in complaints(first)


def test_a_tax_office_code_after_the_inn_is_left_out() -> None:
    (only,) = read_several(inn="7736050003/997250001")
    assert only.facts is not None
    assert only.facts.inn == "7736050003"
