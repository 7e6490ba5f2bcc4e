import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.classify.chances import probabilities
from matcher.classify.channels import channels_of
from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.lexicon import find_terms, key_of
from matcher.classify.pieces import MAX_CHARACTERS, made, pieces_of
from matcher.classify.reference import documents, excluded_items, included_items
from matcher.classify.text import TextClassifier
from matcher.classify.verbs import AGENT, ALLOWED, FEE, NAME, SEEK, SHOP, allowed_groups, dealing, verb_rules
from matcher.classify.words import clauses, lemmas, phrase, words
from models.classifications import group_of, groups, okved2
from models.errors import DataError
from models.resources import read_table


@pytest.fixture(scope="module")
def classifier(cache_folder):
    return TextClassifier(Embedder(BUNDLED, cache_folder), cache_folder)


def first(classifier, text):
    found = classifier.candidates(text)
    return found[0].code if found else None


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("мешки полипропиленовые для удобрений", "22.22", "the head noun outweighs what it is for"),
        ("минеральные удобрения", "20.15", "the tail of the case above, alone"),
        ("polypropylene bags for fertilizers", "22.22", "the same in English"),
        ("оборудование для переработки молока", "28.93", "a general head noun leaves the word to its purpose"),
        ("ремонт насосов", "33.12", "repair is not making"),
        ("насосы центробежные", "28.13", "the thing alone is made"),
        ("насосы оптом", "46.69", "wholesale of the thing"),
        ("продажа минеральных удобрений оптом", "46.75", "wholesale of the thing"),
        ("утилизация опасных отходов", "38.22", "waste"),
        ("проектирование промышленных предприятий", "71.12", "design"),
        ("перевозка опасных грузов автотранспортом", "49.41", "carriage"),
        ("аренда экскаватора", "77.32", "hire"),
        ("производство цемента", "23.51", "the verb of making adds nothing"),
        ("СЕРНАЯ КИСЛОТА", "20.13", "case does not matter"),
        ("щебёнка, щебень", "08.12", "ё does not matter"),
        ("Свожу мельницы с пекарнями, продаю муку за комиссию", "46.17", "who sells for a fee is an agent"),
        ("Цемент, кирпич, арматура — оптом", "46.73", "a word of trade speaks for the whole list"),
        ("Кофе и чай — магазин", "47.29", "and so does a shop"),
        ("Производство кирпича, продажа от производителя", "23.32", "who makes a thing and sells it is its maker"),
        ("Охраняем магазины и склады", "80.10", "something is done with a shop: the firm is none"),
        ("pipe fittings of stainless steel", "24.20", "a thing that is called like a deed"),
        ("Продуктовый", "47.11", "a lone adjective is a shop"),
        ("льём чугун в кокиль", "24.51", "a verb is the noun that classifications have for it"),
        ("ремонт насосов и перевозка грузов", "33.12", "two deeds joined by «и», the first first"),
        ("Завод бетона. Есть магазин, бухгалтерия и столовая", "23.63", "the first sentence says what a firm is"),
    ],
)
def test_what_a_text_speaks_of(classifier, text, expected, why):
    assert first(classifier, text) == expected, why


def test_several_products_give_several_codes(classifier):
    codes = [c.code for c in classifier.candidates("Серная кислота, полипропиленовые мешки, автошины")[:3]]
    assert set(codes) == {"20.13", "22.22", "22.11"}


def test_every_candidate_has_reasons_and_a_probability(classifier):
    for candidate in classifier.candidates("Продаём оптом карбамид, производим мешки", 8):
        assert candidate.reasons
        assert all(reason.render("en") for reason in candidate.reasons)
        assert 0 < candidate.confidence < 1
        assert candidate.detail_code is None or group_of(candidate.detail_code) == candidate.code


def test_confidence_falls_along_the_list(classifier):
    found = classifier.candidates("краска фасадная акриловая", 5)
    assert [c.confidence for c in found] == sorted((c.confidence for c in found), reverse=True)


def test_a_plain_product_is_surer_than_a_vague_phrase(classifier):
    clear, vague = classifier.candidates("карбамид")[0], classifier.candidates("качественные решения для вашего успеха")
    assert clear.confidence > 0.8
    assert not vague or vague[0].confidence < clear.confidence


def test_many_texts_answer_as_one_by_one(classifier):
    texts = ["цемент", "", "ремонт насосов", "цемент"]
    assert classifier.candidates_many(texts) == [classifier.candidates(text) for text in texts]


@pytest.mark.parametrize(
    "text", ["", "   ", "12345", "!!! ??", "\0", "\ud800", "ъ" * 500, "a" * 5000, "<script>", "'; DROP TABLE"]
)
def test_hostile_texts_are_answered(classifier, text):
    assert isinstance(classifier.candidates(text), list)


def test_a_huge_text_is_refused_with_its_length():
    with pytest.raises(DataError, match="20001"):
        pieces_of("a" * (MAX_CHARACTERS + 1))


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text_is_cut_into_pieces(text):
    for piece in pieces_of(text):
        assert piece.mode == "make" or piece.mode in ALLOWED
        assert all(0 < match.weight <= 1 for match in piece.matches)


@settings(max_examples=200)
@given(st.text(alphabet="абвгдеёжз .,;-abc\n", max_size=120))
def test_no_word_is_lost_between_clauses(text):
    cut = [word for parts in clauses(text) for part in parts for word in words(part)]
    assert set(cut) <= set(words(text)) | {word for w in words(text) for word in words(w.replace("-", " "))}


def test_terms_within_longer_terms_are_not_heard():
    text = "аммиачная селитра"
    assert [match.term for match in find_terms(text, phrase(text))] == ["аммиачная селитра"]


def test_a_verbal_noun_counts_only_at_the_head():
    assert dealing("Ремонт и монтаж насосов").modes == ("repair", "install")
    assert dealing("система хранения данных").modes == ()


@pytest.mark.parametrize(
    ("text", "modes", "why"),
    [
        ("оборудование для магазинов", (), "what is for a shop is no shop"),
        ("магазин обуви", ("retail",), "a shop sells by retail"),
        ("онлайн магазин обуви", ("online",), "a shop of the net"),
        ("online clothing store", ("online",), "the same in English"),
        ("поставка насосов", ("supply",), "who supplies is no shop"),
        ("производство и поставка насосов", ("make",), "a maker supplies what he makes"),
        ("металлопрокат со склада", ("supply",), "goods from stock are traded"),
        ("продажа и ремонт насосов", ("trade", "repair"), "two ways at once"),
        ("лизинг оборудования", ("lease",), "leasing is finance"),
        ("опрыскивание полей", ("till",), "work on another's field"),
        ("аренда автобусов", ("rent",), "a thing is hired"),
        ("аренда автобусов с водителем", ("carry",), "with its driver it carries"),
        ("продажа земли за вознаграждение", ("agent",), "who sells for a fee sells what belongs to another"),
        ("ремот насосов", ("repair",), "a slip in a verb is heard"),
        ("чиним насосы", ("repair",), "who mends repairs"),
        ("вывоз мусора", ("waste",), "who carries waste away collects it"),
        ("утилизация мусора", ("dispose",), "who disposes of waste does more than collect it"),
        ("мойва", (), "a word that looks like a verb is none"),
        ("сбыв", (), "a short word has too many neighbours"),
    ],
)
def test_ways_of_dealing(text, modes, why):
    assert dealing(text).modes == modes, why


def test_a_set_phrase_of_classifications_says_nothing_of_the_thing():
    asked = pieces_of("Услуги по производству резиновых изделий отдельные, выполняемые субподрядчиком")
    assert [(piece.mode, piece.thing.main) for piece in asked] == [("make", ("резиновый",))]


def test_a_service_may_be_work_of_any_maker_but_no_trade():
    assert "24.51" in allowed_groups("serve")
    assert allowed_groups("serve").isdisjoint({"46.72", "47.52"})


def test_channels_are_trade_activities():
    for row in read_table("reference/trade_channels.csv"):
        for mode in ("wholesale", "retail", AGENT):
            for channel in channels_of(row["okved_prefix"], mode):
                assert channel in groups()
                assert channel.startswith(("35.14", "35.23", "45", "46", "47"))


def test_verbs_are_one_word_or_two():
    assert all(1 <= len(lemma.split()) <= 2 for lemma in verb_rules())


def test_every_mode_leads_somewhere():
    for mode in {*verb_rules().values()} - {FEE, NAME, SEEK, SHOP}:
        assert allowed_groups(mode)


def test_terms_have_codes_of_the_classification_and_are_written_once():
    rows = list(read_table("reference/trade_terms.csv"))
    assert len(rows) >= 1500
    assert all(row["okved_code"] in okved2() and group_of(row["okved_code"]) for row in rows)
    told = [row["term"].lower().replace("ё", "е") for row in rows]
    assert len(told) == len(set(told))


def test_the_table_of_terms_keeps_their_lemmas():
    for row in read_table("reference/trade_terms.csv"):
        assert row["lemmas"] == key_of(lemmas(row["term"])), "tools/term_lemmas.py writes them anew"


def test_every_group_is_described():
    assert {item.group for item in documents() if item.kind != "excluded"} == set(groups())


def test_notes_are_read_as_included_and_excluded():
    notes = okved2()["22.22"].notes
    assert any("мешков" in item for item in included_items(notes))
    assert ("производство чемоданов и сумок", ("15.12",)) in excluded_items(notes)
    assert not any("чемодан" in item for item in included_items(notes))


def test_what_notes_make_an_exception_of_is_no_thing_of_the_group():
    of_salts = {item.text for item in documents() if item.group == "20.13" and item.kind == "note"}
    assert not any("кроме" in text for text in of_salts)
    assert "азотной кислоты" not in of_salts


@pytest.mark.parametrize("kind", ["name", "note", "product"])
def test_no_reference_text_is_a_rest_of_a_sentence(kind):
    scraps = {"т", "п", "д", "др", "эта", "см", "кроме", "исключением"}
    found = [item.text for item in documents() if item.kind == kind and scraps & {item.text.split()[-1]}]
    assert all(text.endswith((" т", " см")) for text in found), "a measure («не более 20 см») may stand at an end"


def test_the_nearest_text_is_quoted_in_the_language_of_the_reader(classifier):
    for text in ("перевозка грузов автотранспортом", "freight carriage by truck"):
        closest = classifier.candidates(text)[0].reasons[-1]
        assert not re.search("[a-z]{3}", closest.render("ru"))
        assert not re.search("[а-я]", closest.render("en"))


def test_probabilities_of_a_phrase_sum_to_at_most_one():
    import numpy as np

    from matcher.classify.features import NAMES

    values = np.ones((len(groups()), len(NAMES)), dtype=np.float32)
    assert probabilities(values).sum() <= 1 + 1e-9


@pytest.mark.parametrize(
    "text",
    ["качественные решения для вашего успеха", "Надёжный партнёр для вашего бизнеса, индивидуальный подход",
     "Динамично развивающаяся компания с большим опытом", "Your reliable partner",
     "Мы лидер рынка! На рынке более 20 лет"],
)  # fmt: skip
def test_praise_tells_no_activity(classifier, text):
    found = classifier.candidates(text)
    assert not found or found[0].confidence < 0.3


@pytest.mark.parametrize(
    "text", ["не производим мешки", "мы НЕ делаем удобрения, мы их покупаем", "We do not produce bags"]
)
def test_what_is_not_done_is_not_heard(classifier, text):
    assert not [one for one in classifier.candidates(text) if one.confidence > 0.3]


def test_what_is_not_done_ends_with_the_next_verb():
    assert [piece.text for piece in pieces_of("Не производим мешки, ящики. Делаем канаты")] == ["Делаем канаты"]
    assert len(pieces_of("не только производим, но и продаём мешки")) > 1


@pytest.mark.parametrize("text", ["кзщшмтр", "фывапролдж", "зюмбракс", "абракадабра", "xkjhgf zzz", "Lorem ipsum"])
def test_words_that_mean_nothing_are_answered_by_guesses(classifier, text):
    found = classifier.candidates(text)
    assert not found or found[0].confidence < 0.1


def test_what_is_wanted_is_the_thing_not_its_trader(classifier):
    assert classifier.wanted_many(["Закупка полипропиленовых мешков"])[0][0].code == "22.22"
    assert first(classifier, "ищем поставщика полипропиленовых мешков") == "22.22"


def test_a_piece_that_is_scored_otherwise_has_another_key():
    """Asked for as a need, the wholesale of pumps is a wish for pumps, heard without the words that say who makes."""
    maker, trader = pieces_of("Производство и оптовая продажа насосов")
    assert (maker.mode, trader.mode, made(trader).mode) == ("make", "wholesale", "make")
    assert len({maker.key, trader.key, made(trader).key}) == 3


def test_a_maker_who_sells_what_he_makes_is_a_maker(classifier):
    assert first(classifier, "производство и продажа цемента") == "23.51"


def test_a_verb_alone_at_the_end_is_said_of_all_before_it():
    assert {piece.mode for piece in pieces_of("насосы, задвижки, продажа")} == {"trade"}


ANY_TEXT = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="абвгдёжзиклмнопрст ABCpqz0123456789.,;:-–—()/«»\"'\n\t\0", max_size=300),
    st.lists(st.sampled_from(["производство", "оптом", "ремонт", "мешки", "для", "и", "насосы", "urea", "не", ","]))
    .map(" ".join),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANY_TEXT)
def test_any_text_gets_known_groups_with_reasons_or_none(classifier, text):
    found = classifier.candidates(text)
    assert len({candidate.code for candidate in found}) == len(found) <= 5
    for candidate in found:
        assert candidate.code in groups()
        assert 0 <= candidate.confidence < 1
        assert candidate.reasons


@given(st.text(min_size=1, max_size=30), st.integers(1, 3))
def test_any_longer_text_is_refused(part, more):
    with pytest.raises(DataError):
        pieces_of((part * (MAX_CHARACTERS + 1))[: MAX_CHARACTERS + more])
