"""What notes exclude pushes away."""

import numpy as np
import pytest

from matcher.classify.chances import probabilities
from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.exclusions import exclusions
from matcher.classify.features import NAMES
from matcher.classify.text import TextClassifier
from models.classifications import group_index

COLUMN = NAMES.index("excluded")


@pytest.fixture(scope="module")
def classifier(cache_folder):
    return TextClassifier(Embedder(BUNDLED, cache_folder), cache_folder)


def test_halves_do_not_meet():
    one, other = ({item.piece.text for item in exclusions(half)} for half in ("development", "test"))
    assert not one & other
    assert min(len(one), len(other)) > 300


def test_a_group_that_excludes_a_text_is_less_likely_for_it(classifier):
    """Texts of the half that fitted nothing, each with the feature and without it."""
    items = list(exclusions("test"))[::4]
    values = classifier.scorer.measure([item.piece for item in items]).values
    without = values.copy()
    without[:, :, COLUMN] = 0
    number = [group_index()[item.excluding] for item in items]
    heard = [i for i, column in enumerate(number) if values[i, column, COLUMN] > 0]
    assert len(heard) > len(items) / 2
    for i in heard:
        assert probabilities(values[i])[number[i]] < probabilities(without[i])[number[i]]


def test_a_group_that_excludes_a_text_seldom_stands_above_the_one_it_is_sent_to(classifier):
    items = list(exclusions("test"))[1::4]
    measured = classifier.scorer.measure([item.piece for item in items]).values
    chances = [probabilities(row) for row in measured]
    wrong = [
        chance[group_index()[item.excluding]] > chance[group_index()[item.right]]
        for item, chance in zip(items, chances, strict=True)
    ]
    assert np.mean(wrong) < 0.15


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("чемоданы и сумки из пластмасс", "15.12"),
        ("обувь из пластмассы", "15.20"),
        ("мойка автомобилей", "45.20"),
        ("деятельность страховых агентов", "66.22"),
        ("выращивание новогодних ёлок", "01.29"),
    ],
)
def test_an_excluded_text_goes_where_the_notes_send_it(classifier, text, right):
    assert classifier.candidates(text)[0].code == right
