import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.resolve.evaluate import Guess, evaluate_pairs, precision_at_recall, wrong
from matcher.resolve.index import NameIndex, greatest
from matcher.resolve.request import LONGEST, place_named
from matcher.resolve.resolver import Resolver
from matcher.resolve.spelling import fold, key_words, plain
from models.errors import DataError
from models.identifiers import parse_inn

CASES = Path(__file__).parents[1] / "cases" / "name_pairs.csv"

REGISTER = [
    ("2631015563", "Невинномысский Азот", "Невинномысск"),
    ("2631006752", "Арнест", "Невинномысск"),
    ("2631026460", 'Компания "Арнест"', None),
    ("2635075274", "Монокристалл", None),
    ("2635116509", "Монокристалл", "Ставрополь"),
    ("2635108152", "Альянс", None),
    ("7814528378", "Альянс", None),
    ("7736050003", "Газпром", None),
    ("2636032629", "Газпром трансгаз Ставрополь", None),
    ("2634056293", "Стилсофт", "Ставрополь"),
    ("7710360850", "Капитал Груп", None),
    ("2628009249", "Капитал Групп", None),
    ("2631001810", "Ёлка-Сервис", None),
    ("2632004973", "Вектор Сервис", None),
    ("2632002528", "Норд Сервис", None),
]


@pytest.fixture(scope="module")
def resolver():
    return Resolver(NameIndex(REGISTER))


@pytest.fixture(scope="module")
def pairs():
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("text", "inn"),
    [
        ("OOO Arnest", "2631006752"),
        ("АО «АРНЕСТ», г. Невинномысск", "2631006752"),
        ("ООО Компания Арнест", "2631026460"),
        ("Nevinnomyssky Azot JSC", "2631015563"),
        ("невиномысский азот", "2631015563"),
        ("Невинномысский Азот (ЕвроХим)", "2631015563"),
        ("ООО «Альянс» (Ставрополь)", "2635108152"),
        ("Альянс Санкт-Петербург", "7814528378"),
        ("Газпром трансгаз Ставрополь", "2636032629"),
        ("Стил Софт", "2634056293"),
        ("Капитал Групп", "2628009249"),
        ("Капитал Груп", "7710360850"),
        ("Aрнeст", "2631006752"),
        ("поставщик, ИНН 2631006752", "2631006752"),
        ("Филиал ОАО «Елка Сервис» в г. Невинномысск", "2631001810"),
    ],
)
def test_any_spelling_finds_the_company(resolver, text, inn):
    answer = resolver.resolve(text)
    assert answer.decision == "match"
    assert answer.candidates[0].inn == inn
    assert all(candidate.reasons for candidate in answer.candidates)


@pytest.mark.parametrize("text", ["Монокристалл", "ООО «Монокристалл», г. Ставрополь", "Альянс"])
def test_firms_of_one_name_are_for_a_person_to_choose(resolver, text):
    answer = resolver.resolve(text)
    assert answer.decision == "ambiguous"
    assert len(answer.candidates) >= 2


@pytest.mark.parametrize(
    "text", ["ООО", "ООО «Альянс», г. Казань", "Сервис", "Зенит Сервис", "ООО Ромашка", "Газпром нефтехим Салават"]
)
def test_no_company_is_made_to_fit(resolver, text):
    assert resolver.resolve(text).decision == "none"


def test_a_common_word_tells_less_than_a_rare_one(resolver):
    by_inn = {candidate.inn: candidate.score for candidate in resolver.resolve("Вектор Плюс").candidates}
    common = {candidate.inn: candidate.score for candidate in resolver.resolve("Плюс Сервис").candidates}
    assert by_inn["2632004973"] > common.get("2632004973", 0.0)


def test_a_word_that_names_a_neighbour_elsewhere_names_one_here():
    firms = [name for town in ("Ока", "Кама", "Обь", "Лена") for name in (f"{town}нефть", f"{town}нефть Сервис")]
    factories = [f"Завод {name}" for name in ("Каучук", "Салют", "Маяк", "Прогресс", "Восход", "Рубин")]
    names = NameIndex((f"26{n:08d}", name, None) for n, name in enumerate(["Ставролен", *firms, *factories]))
    assert names.sets_apart("servis") > 0.2
    assert names.sets_apart("zavod") == names.sets_apart("stavrolen") == 0.0
    said = Resolver(names).resolve("Ставролен Сервис")
    assert (said.decision, said.candidates[0].name) == ("none", "Ставролен")
    assert Resolver(names).resolve("ПАО Ставролен").decision == "match"


def test_the_town_puts_the_namesake_of_its_region_first(resolver):
    first, second = resolver.resolve("Альянс, Пятигорск").candidates[:2]
    assert (first.inn, second.inn) == ("2635108152", "7814528378")
    assert first.score > second.score
    assert "Пятигорск" in str(first.reasons[-1])
    assert "elsewhere" in str(second.reasons[-1])


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Невинномысский", "Nevinnomysskii"),
        ("Хлеб", "Khleb"),
        ("Хлеб", "Hleb"),
        ("Щёлково", "Shchelkovo"),
        ("Щёлково", "Schelkovo"),
        ("Юность", "Yunost"),
        ("Юность", "Iunost'"),
        ("Цемент", "Tsement"),
        ("Жуковский", "Zhukovsky"),
        ("Заря", "Zarja"),
        ("ФосАгро", "PhosAgro"),
    ],
)
def test_transliterations_meet_in_one_key(cyrillic, latin):
    assert fold(plain(cyrillic)) == fold(plain(latin))


def test_kinds_of_company_have_one_short_form():
    assert (
        key_words(plain("Торговый дом «Заря»")) == key_words(plain("ТД Заря")) == key_words(plain("Torgovyi Dom Zaria"))
    )
    assert key_words(plain("Механический з-д")) == key_words(plain("механический завод"))


def test_a_town_of_several_regions_names_them_all():
    assert len(place_named("советск").regions) > 1


@pytest.mark.parametrize("text", ["", "   ", "«»!?", "я" * (LONGEST + 1)])
def test_what_names_nobody_is_refused_with_a_hint(resolver, text):
    with pytest.raises(DataError) as error:
        resolver.resolve(text)
    assert str(error.value.hint)


def test_an_empty_register_knows_nobody():
    assert Resolver(NameIndex([])).resolve("Арнест").decision == "none"


hostile = st.text(max_size=300) | st.text(alphabet="аА 'ОoOг.,()[]«»\"-12345\x00\n{}%", max_size=300)


@given(hostile)
@settings(max_examples=300)
def test_any_text_gets_an_answer_or_a_clear_error(resolver, text):
    if not plain(text):
        with pytest.raises(DataError):
            resolver.resolve(text)
        return
    answer = resolver.resolve(text)
    assert answer.decision in {"match", "ambiguous", "none"}
    assert all(0.0 <= candidate.score <= 1.0 for candidate in answer.candidates)
    assert [c.score for c in answer.candidates] == sorted((c.score for c in answer.candidates), reverse=True)
    for candidate in answer.candidates:
        assert all(reason.render("ru") for reason in candidate.reasons)


@given(st.lists(st.text(max_size=30), max_size=20))
def test_any_names_can_be_indexed_and_found(names):
    index = NameIndex((f"26{number:08}", name, None) for number, name in enumerate(names))
    for row, words in enumerate(index.words):
        if words and index.words.count(words) == 1:
            assert row in index.nearest(words, frozenset())


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), max_size=40), st.integers(1, 50))
def test_the_greatest_are_those_of_a_whole_sorting(values, count):
    assert greatest(np.array(values), count).tolist() == np.argsort(-np.array(values), kind="stable")[:count].tolist()


def test_every_inn_of_the_register_is_found_and_no_other():
    index = NameIndex(REGISTER)
    assert [index.row(inn) for inn, _, _ in REGISTER] == list(range(len(REGISTER)))
    assert [index.row(inn) for inn in ("0000000000", "2631015564", "999999999999")] == [None, None, None]
    assert NameIndex([]).row("2631015563") is None


@given(st.sampled_from(REGISTER), st.sampled_from(["ООО", "ПАО", "LLC", ""]), st.sampled_from([str.upper, str.lower]))
def test_legal_form_and_case_change_nothing(resolver, company, form, case):
    plain_answer = resolver.resolve(company[1])
    answer = resolver.resolve(f"{form} «{case(company[1])}»")
    assert answer.decision == plain_answer.decision
    assert answer.candidates[0].inn == plain_answer.candidates[0].inn


def test_rivals_halve_the_confidence(resolver):
    assert resolver.resolve("Монокристалл").confidence == pytest.approx(0.5)
    assert resolver.resolve("Стилсофт").confidence == pytest.approx(1.0)


def test_precision_at_recall_is_unknown_where_recall_is_not_reached():
    cases = [{"inn": "1", "decision": "match"}, {"inn": "2", "decision": "match"}]
    assert precision_at_recall(cases, [Guess("match", "1", 0.9), Guess("match", "3", 0.8)]) is None


def test_the_pairs_are_labelled_consistently(pairs):
    assert len(pairs) >= 300
    assert len({pair["text"] for pair in pairs}) == len(pairs)
    for pair in pairs:
        inns = [parse_inn(inn) for inn in pair["inn"].split(";") if inn]
        expected = {"match": len(inns) == 1, "none": not inns, "ambiguous": len(inns) > 1}
        assert expected[pair["decision"]], pair
        assert pair["half"] in {"test", "development"}
        assert pair["why"]


def test_register_names_are_resolved_better_than_by_plain_similarity(demo_workspace, pairs):
    from matcher.pipeline.register.resolve import resolver as resolver_of

    development = [pair for pair in pairs if pair["half"] == "development"][::3]
    found = resolver_of(demo_workspace)
    figures = evaluate_pairs(development, found)
    assert len(wrong(development, found)) < 0.1 * len(development)
    for baseline in figures["baselines"].values():
        assert figures["f1"] > baseline["f1"]


def test_one_text_gives_the_document_of_the_contract(demo_workspace):
    from matcher.pipeline.register.resolve import resolve

    document = resolve(demo_workspace, top=3)("OOO Arnest")
    assert document["decision"] == "match"
    assert list(document["candidates"][0]) == ["inn", "name", "score", "reasons"]
    assert document["candidates"][0]["inn"] == "2631006752"
