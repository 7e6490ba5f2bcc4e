"""Slips, mixed scripts, grades, sizes and lists: what people write, not what a classification says."""

import csv
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.text import TextClassifier
from matcher.pipeline.described import UNDERSTOOD

CASES_FILE = Path(__file__).parents[1] / "cases" / "hard_spellings.csv"
CASES = list(csv.DictReader(CASES_FILE.read_text(encoding="utf-8").splitlines()))
THINGS = {"серная кислота": "20.13", "мешки полипропиленовые": "22.22", "портландцемент": "23.51", "насосы": "28.13"}


@pytest.fixture(scope="module")
def classifier(cache_folder):
    return TextClassifier(Embedder(BUNDLED, cache_folder), cache_folder)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_hard_spellings(classifier, case):
    assert classifier.candidates(case["text"])[0].code == case["okved_code"], case["why"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(THINGS)), st.integers(1, 9999), st.sampled_from(["кг", "т", "мм", "шт.", "л", "м3", "%"]))
def test_a_quantity_changes_nothing(classifier, thing, number, unit):
    assert classifier.candidates(f"{thing} {number} {unit}")[0].code == THINGS[thing]


@pytest.mark.parametrize("between", [", ", "; ", ". ", "\n"])
def test_every_product_of_a_list_is_heard_and_shown_with_its_words(classifier, between):
    lists = [things for count in range(1, 5) for things in permutations(sorted(THINGS), count)]
    for things, candidates in zip(
        lists, classifier.candidates_many([between.join(each) for each in lists]), strict=True
    ):
        found = {one.code: one for one in candidates[: len(things)]}
        assert set(found) == {THINGS[thing] for thing in things}, things
        for thing in things:
            assert thing in found[THINGS[thing]].words
            assert found[THINGS[thing]].confidence > UNDERSTOOD, things


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(THINGS)), st.randoms(use_true_random=False))
def test_case_does_not_matter(classifier, thing, chance):
    said = "".join(chance.choice([letter.upper(), letter.lower()]) for letter in thing)
    assert classifier.candidates(said)[0].code == THINGS[thing]
