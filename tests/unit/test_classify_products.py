from dataclasses import replace

import numpy as np
import pytest

from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.features import NAMES, Piece, tail_weight
from matcher.classify.lexical import Documents
from matcher.classify.products import PER_GROUP, half_of, names, pieces
from matcher.classify.products import without as without_texts
from matcher.classify.text import TextClassifier
from matcher.classify.word_evidence import WordEvidence
from matcher.classify.words import lemmas
from models.classifications import groups, okpd2


@pytest.mark.parametrize("hidden", ["leaf", "family"])
def test_halves_share_no_name_and_are_the_same_each_time(hidden):
    halves = [{piece.text for piece, _ in pieces(half, hidden)} for half in ("development", "test")]
    assert halves[0] == {piece.text for piece, _ in pieces("development", hidden)}
    assert all(len(half) > 1000 for half in halves)
    assert halves[1] <= {name for name, _ in names("test")}
    assert {group for _, group in names("test")} <= set(groups())


def test_at_most_a_few_names_of_a_group_are_asked():
    asked = [group for _, group in pieces("test", "leaf")]
    assert max(asked.count(group) for group in set(asked)) <= PER_GROUP


def test_a_family_hides_what_a_leaf_hides_and_its_siblings():
    for (leaf, _), (family, _) in zip(pieces("test", "leaf"), pieces("test", "family"), strict=True):
        assert leaf.text == family.text
        assert leaf.hidden <= family.hidden


def test_a_family_lies_in_one_half():
    assert {half_of(code[:8]) for code in okpd2() if code.startswith("20.15.31")} == {half_of("20.15.31")}


@pytest.fixture(scope="module")
def classifier(tmp_path_factory):
    return TextClassifier(Embedder(BUNDLED, tmp_path_factory.mktemp("cache")), None)


@pytest.mark.parametrize("hidden", ["leaf", "family"])
def test_no_trade_term_that_says_a_hidden_name_is_heard(hidden):
    for piece, _ in pieces("development", hidden):
        said = sorted(lemmas(piece.text))
        assert not [match.term for match in piece.matches if sorted(lemmas(match.term)) == said]


def test_a_term_is_hidden_in_whatever_order_its_words_stand():
    heard = Piece.of("концентраты цинковые")
    hidden = without_texts(heard, frozenset({"концентраты цинковые"}))
    assert "цинковый концентрат" in {match.term for match in heard.matches} & hidden.hidden
    assert "цинковый концентрат" not in {match.term for match in hidden.matches}


def test_no_reference_text_of_a_hidden_family_is_heard(classifier):
    asked = [piece for piece, _ in pieces("test", "family")][:8]
    items = classifier.scorer.index.documents.items
    measured = classifier.scorer.measure(asked)
    for row, piece in enumerate(asked):
        heard = {items[n].text for n in measured.spelled[row].nonzero()[0]}
        meant = {classifier.scorer.vectors.texts[n] for n in measured.meant[row].nonzero()[0]}
        assert meant
        assert (heard | meant).isdisjoint(piece.hidden)


def test_words_tell_as_if_the_hidden_texts_had_never_been_read(classifier):
    scorer, asked = classifier.scorer, [piece for piece, _ in pieces("test", "family")][:8]
    columns = [NAMES.index(name) for name in ("evidence", "evidence_share", "class_evidence")]
    heard = scorer.measure(asked).values[:, :, columns]
    everything = scorer.measure([replace(piece, hidden=frozenset()) for piece in asked]).values[:, :, columns]
    every = np.ones((1, len(groups())))
    for row, piece in enumerate(asked):
        tail = tail_weight(piece.thing.head, scorer.head_spread)
        unread = WordEvidence(without(scorer.index, piece.hidden))
        told = unread.measure([piece.thing], [tail], [np.zeros(0, dtype=np.int64)], every)[0]
        assert heard[row] == pytest.approx(told, abs=1e-5)
    assert np.abs(everything - heard).max() > 1, "or the test could not see a leak"


def without(index, hidden):
    """Return the words of an index that never had some texts."""
    known = index.documents
    kept = [number for number, item in enumerate(known.items) if item.text not in hidden]
    rest = Documents.of([known.items[n] for n in kept], [known.heads[n] for n in kept])
    return replace(index, documents=rest, words=index.words[:, kept])


def test_a_hidden_product_is_mostly_told_from_what_is_left(classifier):
    asked = list(pieces("test", "family"))[::10]
    found = classifier.likely([piece for piece, _ in asked])
    firsts = [groups()[max(one, key=lambda likely: likely.chance).number] if one else "" for one in found]
    right = sum(first == group for first, (_, group) in zip(firsts, asked, strict=True))
    assert right > 0.55 * len(asked)
