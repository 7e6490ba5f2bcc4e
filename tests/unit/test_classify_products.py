import pytest

from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.products import PER_GROUP, half_of, names, pieces
from matcher.classify.text import TextClassifier
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


def test_no_reference_text_of_a_hidden_family_is_heard(tmp_path):
    classifier = TextClassifier(Embedder(BUNDLED, tmp_path), None)
    asked = [piece for piece, _ in pieces("test", "family")][:8]
    items = classifier.scorer.index.documents.items
    measured = classifier.scorer.measure(asked)
    for row, piece in enumerate(asked):
        heard = {items[n].text for n in measured.spelled[row].nonzero()[0]}
        meant = {classifier.scorer.vectors.texts[n] for n in measured.meant[row].nonzero()[0]}
        assert meant
        assert (heard | meant).isdisjoint(piece.hidden)


def test_a_hidden_product_is_mostly_told_from_what_is_left(tmp_path):
    classifier = TextClassifier(Embedder(BUNDLED, tmp_path), None)
    asked = list(pieces("test", "family"))[::10]
    found = classifier.likely([piece for piece, _ in asked])
    firsts = [groups()[max(one, key=lambda likely: likely.chance).number] if one else "" for one in found]
    right = sum(first == group for first, (_, group) in zip(firsts, asked, strict=True))
    assert right > 0.55 * len(asked)
