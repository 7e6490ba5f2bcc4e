import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.bench.classify import bench_classify, descriptions
from matcher.bench.resolve import bench_resolve, invented, queries
from matcher.classify.embedding import BUNDLED
from matcher.pipeline.register.resolve import evaluate_names
from matcher.pipeline.workspace import Workspace
from models.errors import DataError
from models.identifiers import parse_inn
from models.settings import Settings

NAMES = ["Завод Арнест", "Арнест Сервис", "Газпром трансгаз Ставрополь"]


def test_descriptions_are_different_and_the_same_each_time():
    assert descriptions(300) == descriptions(300)
    assert len(set(descriptions(300))) == 300


def test_known_texts_are_answered_faster_than_new_ones_in_less_memory():
    figures = bench_classify(12, BUNDLED)
    assert figures["cached_texts_per_s"] > figures["cold_texts_per_s"]
    assert figures["cached_peak_memory_mib"] < figures["cold_peak_memory_mib"] < 1024


@given(st.integers(0, 200))
def test_invented_firms_have_well_formed_inns_of_their_own(count):
    rows = list(invented(NAMES, count))
    assert len({parse_inn(inn) for inn, _, _ in rows}) == count
    assert all(name.split() for _, name, _ in rows)


def test_a_query_is_a_name_with_two_letters_swapped():
    for name, text in queries([("2631006752", name, None) for name in NAMES]):
        assert sorted(text) == sorted(f"ООО «{name}»")


def test_names_cannot_be_looked_up_in_an_empty_register(tmp_path):
    workspace = Workspace(Settings.read(db=f"sqlite:///{tmp_path / 'empty.db'}"))
    with pytest.raises(DataError, match="empty"):
        bench_resolve(workspace, 10)


def test_names_cannot_be_judged_in_an_empty_register(tmp_path):
    workspace = Workspace(Settings.read(db=f"sqlite:///{tmp_path / 'empty.db'}"))
    with pytest.raises(DataError, match="empty"):
        evaluate_names(workspace, [])
