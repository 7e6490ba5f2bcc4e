"""What the wording of a text tells: naive Bayes on a handful of texts, and what is no language tells nothing."""

import numpy as np
import pytest

from matcher.classify.lexical import read_arrays, write_arrays
from matcher.classify.reference import Document
from matcher.classify.wording import LETTERS, SAID, Wording, counts_of
from models.classifications import group_index, groups

PLASTIC, GLASS, PUMPS = (group_index()[code] for code in ("22.29", "23.13", "28.13"))
TEXTS = [
    Document("вешалки пластмассовые", "22.29", "", "product"),
    Document("крышки пластмассовые для банок", "22.29", "", "product"),
    Document("колбы стеклянные лабораторные", "23.13", "", "product"),
    Document("насосы центробежные", "28.13", "", "product"),
    Document("насосы стеклянные", "23.13", "", "excluded"),
]


@pytest.fixture(scope="module")
def known():
    return Wording(*counts_of(TEXTS))


def test_the_best_group_is_that_of_the_words_and_no_other_fits_better(known):
    fits = known.fits(["пластмассовые крышки", "стеклянная колба", "центробежный насос"])
    assert fits.shape == (3, len(groups()))
    assert fits.argmax(axis=1).tolist() == [PLASTIC, GLASS, PUMPS]
    assert fits.max(axis=1).tolist() == [0.0, 0.0, 0.0]


def test_what_notes_exclude_is_not_counted():
    without = [item for item in TEXTS if item.kind != "excluded"]
    assert (counts_of(TEXTS)[0] != counts_of(without)[0]).nnz == 0


def test_a_word_of_another_case_is_the_same_word(known):
    one, other = known.fits(["насосы центробежные", "насосов центробежных"])
    assert one.argmax() == other.argmax() == PUMPS


@pytest.mark.parametrize("text", ["", "123", "zzxq wvvk", "ъъъ щщщ"])
def test_what_is_no_language_fits_every_group_alike(known, text):
    assert not known.fits([text]).any()


def test_a_text_of_a_firm_counts_as_several_of_a_classification():
    told, said = (counts_of([Document("вешалки", "22.29", "", kind)])[0] for kind in ("product", "said"))
    assert said.sum() == pytest.approx(SAID * told.sum())


def test_the_words_that_speak_for_a_group_are_told_and_none_that_do_not(known):
    plastic, pumps = known.telling("крышки пластмассовые и насосы для воды", [PLASTIC, PUMPS])
    assert set(plastic) == {"крышка", "пластмассовый"}
    assert pumps == ("насос",)
    assert known.telling("", [PLASTIC]) == [()]


def test_letters_and_lemmas_weigh_the_same():
    counts, _ = counts_of([Document("вешалки пластмассовые", "22.29", "", "product")])
    halves = counts[:LETTERS].power(2).sum(), counts[LETTERS:].power(2).sum()
    assert halves == pytest.approx((1.0, 1.0))


def test_arrays_come_back_as_they_were_written_and_a_damaged_file_is_none(tmp_path):
    counts, idf = counts_of(TEXTS)
    path = tmp_path / "folder" / "w.npz"
    write_arrays(path, {"counts": counts, "idf": idf})
    kept = read_arrays(path)
    assert (kept["counts"] != counts).nnz == 0
    np.testing.assert_array_equal(kept["idf"], idf)
    path.write_bytes(path.read_bytes()[:100])
    assert read_arrays(path) is None
    assert read_arrays(None) is read_arrays(tmp_path / "none.npz") is None
