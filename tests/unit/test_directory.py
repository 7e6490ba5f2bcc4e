"""Lists of companies: words find their other forms, filters narrow one another, counts are what a click would show."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.index.directory import build_directory, load_directory, save_directory
from matcher.index.economy import economy
from matcher.index.filters import FILTERS, NONE, SORTS, Sieve, Wanted, in_order
from matcher.index.generated import generated_firms, generated_index
from matcher.index.words import word_index, words_asked, words_of
from matcher.report.chain.regions import all_places
from models.classifications import groups
from models.errors import UsageError
from models.records import Company

CHEMICAL = "chemical"
LABELS = {"ours": ["0000000018", "0000000025"]}


@pytest.fixture(scope="module")
def held():
    firms = generated_firms(300, groups())
    told = {0: "Мешки полипропиленовые, ёмкости", 1: "Ремонт насосов"}
    spoken = [Company(**{**_fields(firm), "offers": told.get(row, "")}) for row, firm in enumerate(firms)]
    columns = generated_index(spoken, economy())
    return columns, build_directory(spoken, {spoken[2].inn: 5.0}, all_places(columns)), spoken


def _fields(company):
    return {name: getattr(company, name) for name in company.__dataclass_fields__}


def found(held, **wanted):
    columns, directory, _ = held
    return Sieve(columns, directory, Wanted(CHEMICAL, **wanted), LABELS)


@pytest.mark.parametrize("asked", ["мешок", "мешков", "МЕШКАМИ", "полипроп", "емкость", "ёмкостей", "мешки емкость"])
def test_a_word_is_found_in_any_form_or_by_a_part_of_it(held, asked):
    assert found(held, text=asked).firms().tolist() == [0]


def test_all_words_must_be_there(held):
    assert found(held, text="мешки насосы").firms().tolist() == []


def test_an_inn_a_town_and_a_code_are_found(held):
    firms = held[2]
    assert 7 in found(held, text=firms[7].inn[2:9]).firms()
    town = found(held, text=firms[7].city).firms()
    assert all(firms[firm].city == firms[7].city or firms[7].city.lower() in firms[firm].city.lower() for firm in town)
    code = firms[7].okved_main
    assert 7 in found(held, text=code).firms()


@pytest.mark.parametrize("name", [name for name in FILTERS if name != "has"])
def test_a_count_is_the_number_of_firms_that_its_value_would_leave(held, name):
    before = found(held, size=("small", "medium"), text="0")
    counts = dict(before.counts())[name]
    assert counts
    for value, count in list(counts.items())[:6]:
        asked = {"size": ("small", "medium"), "text": "0", name: (value,)}
        assert len(found(held, **asked).firms()) == count, value


def test_the_values_of_one_filter_are_alternatives_and_cover_everybody(held):
    counts = dict(found(held).counts())
    for name in ("stage", "segment", "region", "size", "state"):
        assert sum(counts[name].values()) == 300
    both = found(held, size=("small", "large"))
    assert len(both.firms()) == counts["size"]["small"] + counts["size"]["large"]


def test_marks_must_all_hold(held):
    assert found(held, has=("texts",)).firms().tolist() == [0, 1]
    assert found(held, has=("arrears",)).firms().tolist() == [2]
    assert found(held, has=("texts", "arrears")).firms().tolist() == []
    assert len(found(held, has=("no_texts",)).firms()) == 298
    member = found(held, has=("member",)).firms()
    assert set(member) == set(range(300)) - set(found(held, segment=(NONE,)).firms())


def test_labels_are_alternatives(held):
    columns, _, _ = held
    assert [columns.inn_of(int(firm)) for firm in found(held, label=("ours",)).firms()] == LABELS["ours"]
    assert found(held, label=("nobody's",)).firms().tolist() == []


def test_a_town_and_a_part_of_the_map_narrow_the_list(held):
    directory = held[1]
    row = int(directory.town[5])
    key = f"{directory.town_region[row]}:{directory.town_name[row]}"
    assert set(found(held, town=key).firms()) == set(np.flatnonzero(directory.town == row))
    lat, lon = float(directory.town_lat[row]), float(directory.town_lon[row])
    near = found(held, box=(lat - 0.01, lon - 0.01, lat + 0.01, lon + 0.01)).firms()
    assert 5 in near
    assert found(held, box=(-90.0, -180.0, 90.0, 180.0)).firms().tolist() == list(range(300))


@pytest.mark.parametrize("sort", SORTS)
def test_an_order_holds_every_firm_once(held, sort):
    columns, directory, firms = held
    order = in_order(columns, directory, np.arange(300), sort)
    assert sorted(order.tolist()) == list(range(300))
    if sort == "revenue":
        assert [firms[firm].revenue_rub for firm in order] == sorted((f.revenue_rub for f in firms), reverse=True)
    if sort == "town":
        towns = [directory.town_name[directory.town[firm]] for firm in order]
        assert towns == sorted(towns)


@pytest.mark.parametrize("wanted", [{"stage": ("?",)}, {"region": ("00",)}, {"has": ("money",)}, {"size": ("",)}])
def test_a_value_that_there_is_not_is_refused(held, wanted):
    with pytest.raises(UsageError):
        found(held, **wanted).firms()


def test_a_region_without_firms_is_empty_and_no_error(held):
    columns, _, _ = held
    absent = next(code for code in ("95", "94", "87", "83", "01") if code not in columns.region_code)
    assert found(held, region=(absent,)).firms().tolist() == []


def test_what_is_kept_on_disk_answers_the_same(held, tmp_path):
    columns, directory, _ = held
    assert load_directory(tmp_path) is None
    save_directory(directory, tmp_path)
    again = load_directory(tmp_path)
    for text in ("мешков", "насос", "26"):
        asked = Wanted(CHEMICAL, text=text)
        assert (
            Sieve(columns, again, asked, {}).firms().tolist() == Sieve(columns, directory, asked, {}).firms().tolist()
        )
    save_directory(directory, tmp_path / "gone")
    assert not (tmp_path / "gone").exists()


@given(st.lists(st.sets(st.text("абвгдеклмно", min_size=1, max_size=6), max_size=5), max_size=8), st.data())
def test_parts_of_words_are_found_where_they_are_and_nowhere_else(said, data):
    index = word_index(said)
    words = sorted(set().union(*said)) or ["а"]
    word = data.draw(st.sampled_from(words))
    part = word[: data.draw(st.integers(1, len(word)))]
    by_part = np.zeros(len(said), dtype=bool)
    for row in index.rows_with(part):
        by_part[index.firms[index.indptr[row] : index.indptr[row + 1]]] = True
    assert by_part.tolist() == [any(part in each for each in words) for words in said]
    assert not (by_part & ~index.saying(part, len(said))).any()


@given(st.text(max_size=40))
def test_any_query_can_be_asked(query):
    index = word_index([words_of(["ООО «Азот»"], ["мешки"]), set()])
    for word in words_asked(query):
        assert not re.search(r"\s", word)
        assert len(index.saying(word, 2)) == 2
