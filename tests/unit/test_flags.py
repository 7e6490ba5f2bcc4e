"""What a partner should know first: licences and product entries that end, and licences nobody tells of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.classify.licences import licence_needed, licensed_groups
from matcher.index.columns import Columns
from matcher.index.economy import economy
from matcher.index.generated import alike_firms, generated_index
from matcher.report.flags import flags
from matcher.report.frame import Frame
from models.classifications import okved2
from models.licences import product_entries
from models.reader import RunOrigin
from models.records import Company
from models.resources import read_table
from tests.unit.small import MINERAL, PRODUCT, Firm, columns_of, small_economy

TODAY = date(2026, 3, 1)


def flagged(*licences):
    columns = columns_of([Firm("1000", {MINERAL: 1.0})], small_economy())
    company = Company("1000", licences=licences, provenance={"licences": (1, "ФНС, реестр МСП")})
    return flags(Frame(columns, small_economy(), {"1000": company}, "en", today=TODAY), 0)


@pytest.mark.parametrize(
    ("licence", "kind", "says"),
    [
        ("перевозки (№ 7 до 28.02.2026)", "licence_lapsed", "licence lapsed, перевозки (№ 7 до 28.02.2026), ФНС"),
        ("перевозки (№ 7 до 01.03.2026)", "licence_lapses", "lapses in 0 days"),
        ("перевозки (№ 7 до 30.05.2026)", "licence_lapses", "lapses in 90 days"),
    ],
)
def test_a_licence_that_ends_is_a_warning(licence, kind, says):
    (flag,) = flagged(licence)
    assert flag["kind"] == kind
    assert says in flag["text"]
    assert flag["source"] == "ФНС, реестр МСП"


@pytest.mark.parametrize("licence", ["перевозки (№ 7 до 31.05.2026)", "медицина (№ 7)", "бессрочно", "до 31.02.2026"])
def test_one_that_holds_or_names_no_day_is_none(licence):
    assert flagged(licence) == []


def test_the_earliest_comes_first():
    found = flagged("б (№ 2 до 15.04.2026)", "а (№ 1 до 31.12.2020)", "в (№ 3 до 2026-03-20)")
    assert [flag["date"] for flag in found] == ["2020-12-31", "2026-03-20", "2026-04-15"]


def test_of_product_entries_the_last_that_lapsed_and_the_next_that_will_are_told_with_their_register():
    ends = [date(2025, 6, 1), date(2026, 2, 1), date(2026, 5, 20), date(2026, 5, 25), date(2027, 1, 1)]
    found = flagged(*(product_entries(str(number), 1, day) for number, day in enumerate(ends)), "а (№ 1 до 02.03.2026)")
    assert [(flag["kind"], flag["date"], flag["source"]) for flag in found] == [
        ("licence_lapses", "2026-03-02", "ФНС, реестр МСП"),
        ("product_entry_lapsed", "2026-02-01", "ГИСП"),
        ("product_entry_lapses", "2026-05-20", "ГИСП"),
    ]
    assert found[2]["text"] == "lapses in 80 days: запись в реестре ГИСП № 2, действует до 2026-05-20"


SALT = "пользование недрами: добыча соли (№ 7)"
NEEDED = list(read_table("reference/licensed_activities.csv"))
FNS = {3: RunOrigin("ФНС, реестр МСП", "2026-02-10")}


def told_by(run: int, *shares: dict[int, float]) -> Columns:
    columns = columns_of([Firm(f"{row}000", share) for row, share in enumerate(shares, 1)], small_economy())
    return replace(columns, licence_run=columns.licence_run + run)


@pytest.mark.parametrize(
    ("shares", "licences", "run", "missing"),
    [
        ({MINERAL: 0.5, PRODUCT: 0.3}, (), 3, True),
        ({MINERAL: 1.0}, ("услуги связи (№ 8)", product_entries("1", 1, date(2027, 1, 1))), 3, True),
        ({MINERAL: 1.0}, (SALT,), 3, False),
        ({MINERAL: 1.0}, ("услуги связи (№ 8)", SALT), 3, False),
        ({MINERAL: 1.0}, ("№ 9",), 3, False),
        ({MINERAL: 1.0}, (), 0, False),
        ({MINERAL: 0.4, PRODUCT: 0.4}, (), 3, False),
        ({PRODUCT: 1.0}, (), 3, False),
    ],
    ids=["none", "of another kind", "licensed", "licensed besides", "in words that tell nothing",
         "sources tell of nobody's", "less than half of its output", "an activity that needs none"],
)  # fmt: skip
def test_a_licence_that_the_main_activity_needs_and_no_source_tells_is_missing(shares, licences, run, missing):
    companies = {"1000": Company("1000", licences=licences)}
    found = flags(Frame(told_by(run, shares), small_economy(), companies, "ru", origins=FNS, today=TODAY), 0)
    assert [(flag["kind"], flag["source"], flag["date"]) for flag in found] == (
        [("licence_missing", "ФНС, реестр МСП", "2026-02-10")] if missing else []
    )
    said = "лицензии на пользование недрами в загруженных источниках нет (закон РФ 2395-1; "
    assert all(flag["text"].startswith(said) for flag in found)


def test_an_index_holds_the_latest_import_that_tells_the_licence_a_group_needs():
    plant, hospital, practice = alike_firms(["20.15", "86.10", "86.21"], "26", "Невинномысск", 1e9)
    medical = "медицинская деятельность (№ 1)"
    told = [(plant, medical, 9), (hospital, medical, 6), (replace(hospital, inn="9999999999"), medical, 8),
            (practice, "услуги связи (№ 3)", 7)]  # fmt: skip
    stated = [replace(firm, licences=(words,), provenance={"licences": (run, "ФНС")}) for firm, words, run in told]
    runs = generated_index(stated, economy()).licence_run
    assert {economy().codes[at]: int(runs[at]) for at in runs.nonzero()[0]} == {"86.10": 8}


@pytest.mark.parametrize("row", NEEDED, ids=[row["okved_code"] for row in NEEDED])
def test_lines_of_licensed_activities_are_codes_with_all_words_or_exceptions_to_a_wider_line(row):
    code = row["okved_code"]
    assert code in okved2()
    told = [row[column] for column in ("licence", "licence_en", "law", "law_en")]
    wider = [line for line in NEEDED if line != row and code.startswith(line["okved_code"])]
    assert all(told) or (wider and not any(told))


@pytest.mark.parametrize("purpose", sorted({row["licence"] for row in NEEDED} - {""}))
def test_the_licence_an_activity_needs_would_be_known_by_its_words(purpose):
    code = next(row["okved_code"] for row in NEEDED if row["licence"] == purpose)
    stems = [row["okved_prefixes"].split(";") for row in read_table("reference/licence_activities.csv")]
    groups = licence_needed(code).groups
    assert any(group.startswith(prefix) for prefixes in stems for prefix in prefixes for group in groups)


@pytest.mark.parametrize(
    ("licence", "code"),
    [
        ("Медицинская деятельность", "86.23"),
        ("Образовательная деятельность", "85.42.1"),
        ("Производство лекарственных средств", "21.10"),
        ("Услуги связи по предоставлению каналов связи", "61.10.1"),
        ("Деятельность по перевозкам пассажиров и иных лиц автобусами", "49.39.11"),
        ("Сбор, транспортирование, обработка, утилизация, обезвреживание, размещение отходов", "38.12"),
        ("Заготовка, хранение, переработка и реализация лома черных металлов, цветных металлов", "38.32.3"),
        ("Фармацевтическая деятельность", "46.46.1"),
        ("Частная охранная деятельность", "80.10"),
        ("Деятельность по перевозкам воздушным транспортом пассажиров", "51.10"),
        ("Деятельность по перевозкам железнодорожным транспортом пассажиров", "49.10"),
        ("Деятельность по перевозкам внутренним водным транспортом, морским транспортом пассажиров", "50.30.1"),
        ("Розничная продажа алкогольной продукции", "47.25.11"),
        ("Производство, хранение и поставки произведенных спиртных напитков, алкогольной продукции", "11.01"),
        ("Банковские операции", "64.19"),
        ("Деятельность по организации и проведению азартных игр в букмекерских конторах и тотализаторах", "92.13"),
        ("Разработка, производство, испытание и ремонт авиационной техники", "30.30.1"),
        ("Деятельность, связанная с обращением взрывчатых материалов промышленного назначения", "20.51"),
    ],
)
def test_licences_as_the_law_names_them_are_not_taken_for_another_kind(licence, code):
    named, need = licensed_groups(licence), licence_needed(code)
    assert not named or named.keys() & need.groups
