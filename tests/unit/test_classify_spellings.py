"""Slips, mixed scripts, grades, sizes and lists: what people write, not what a classification says."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.text import TextClassifier

CASES_FILE = Path(__file__).parents[1] / "cases" / "hard_spellings.csv"
CASES = list(csv.DictReader(CASES_FILE.read_text(encoding="utf-8").splitlines()))
THINGS = {"серная кислота": "20.13", "мешки полипропиленовые": "22.22", "портландцемент": "23.51", "насосы": "28.13"}


@pytest.fixture(scope="module")
def classifier(tmp_path_factory):
    cache = tmp_path_factory.mktemp("cache")
    return TextClassifier(Embedder(BUNDLED, cache), cache)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_hard_spellings(classifier, case):
    assert classifier.candidates(case["text"])[0].code == case["okved_code"], case["why"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(THINGS)), st.integers(1, 9999), st.sampled_from(["кг", "т", "мм", "шт.", "л", "м3", "%"]))
def test_a_quantity_changes_nothing(classifier, thing, number, unit):
    assert classifier.candidates(f"{thing} {number} {unit}")[0].code == THINGS[thing]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(sorted(THINGS)), min_size=1, max_size=4, unique=True),
    st.sampled_from([", ", "; ", ". ", "\n"]),
)
def test_every_product_of_a_list_is_heard_and_shown_with_its_words(classifier, things, between):
    found = {one.code: one for one in classifier.candidates(between.join(things), len(things))}
    assert set(found) == {THINGS[thing] for thing in things}
    for thing in things:
        assert thing in found[THINGS[thing]].words


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(THINGS)), st.randoms(use_true_random=False))
def test_case_does_not_matter(classifier, thing, chance):
    said = "".join(chance.choice([letter.upper(), letter.lower()]) for letter in thing)
    assert classifier.candidates(said)[0].code == THINGS[thing]
