"""What words tell of groups: naive Bayes on a handful of texts whose figures can be worked out by hand."""

import numpy as np
import pytest

from matcher.classify.lexical import Documents, build_index
from matcher.classify.reference import Document
from matcher.classify.word_evidence import LEAST, PRIOR_TEXTS, WordEvidence
from matcher.classify.words import phrase
from models.classifications import group_index, groups

GLASS, PLASTIC, PUMPS = (group_index()[code] for code in ("23.13", "22.29", "28.13"))
TEXTS = [
    ("перчатки пластмассовые", "22.29", "product"),
    ("вешалки пластмассовые", "22.29", "product"),
    ("колбы стеклянные", "23.13", "product"),
    ("насосы центробежные", "28.13", "product"),
    ("насосы стеклянные", "28.13", "excluded"),
]
FOUND = sorted((Document(text, group, "", kind) for text, group, kind in TEXTS), key=lambda item: item.group)
EVERY = np.ones(len(groups()))
NONE = np.zeros(0, dtype=np.int64)


@pytest.fixture(scope="module")
def evidence():
    return WordEvidence(build_index(Documents.of(FOUND, [phrase(item.text).head for item in FOUND])))


def told(evidence, text, hidden=NONE, allowed=EVERY):
    return evidence.measure([phrase(text)], [0.5], [hidden], np.stack([allowed]))[0]


def test_the_log_odds_are_those_of_the_counts(evidence):
    """Of four texts two have the word, both among the two of the group; the head noun is in none, so half is known."""
    rows = told(evidence, "крышки пластмассовые")
    plastic = np.log((2 + PRIOR_TEXTS / 2) / ((2 + PRIOR_TEXTS) / 2))
    glass = np.log((PRIOR_TEXTS / 2) / ((1 + PRIOR_TEXTS) / 2))
    assert rows[PLASTIC, 0] == 0
    assert rows[GLASS, 0] == pytest.approx((glass - plastic) / 2, abs=1e-5)
    assert rows[:, 1].sum() == pytest.approx(0.5, abs=1e-5)


def test_the_class_shares_what_its_groups_are_told_of(evidence):
    rows = told(evidence, "крышки пластмассовые")
    assert rows[group_index()["22.21"], 2] == rows[PLASTIC, 2] == 0 > rows[GLASS, 2]


def test_what_notes_exclude_and_what_is_hidden_is_not_counted(evidence):
    rows = told(evidence, "изделия стеклянные")
    assert np.argmax(rows[:, 0]) == GLASS
    assert rows[PUMPS, 0] < rows[group_index()["01.11"], 0], "a group with texts, none of them of glass"
    glass = np.array([n for n, item in enumerate(FOUND) if item.text == "колбы стеклянные"])
    assert (told(evidence, "изделия стеклянные", glass)[:, 0] == LEAST).all()


@pytest.mark.parametrize("text", ["", "крышки", "кзщшмтр"])
def test_unknown_words_tell_nothing(evidence, text):
    rows = told(evidence, text)
    assert (rows[:, [0, 2]] == LEAST).all()
    assert not rows[:, 1].any()


def test_groups_that_are_not_allowed_have_no_share(evidence):
    allowed = EVERY.copy()
    allowed[PLASTIC] = 0
    rows = told(evidence, "вешалки пластмассовые", allowed=allowed)
    assert (rows[PLASTIC, 0], rows[PLASTIC, 1]) == (LEAST, 0)
    assert rows[:, 1].sum() == pytest.approx(1, abs=1e-5)
