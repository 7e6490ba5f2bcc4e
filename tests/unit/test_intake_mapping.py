"""What a person says of columns overrules the table of names, is remembered, and is asked for in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.intake.column_meanings import MEANINGS
from matcher.intake.detect import probe
from matcher.intake.header_rows import find_header
from matcher.intake.headers import column_names, read_header
from matcher.intake.mapping import Choice, Profile, parse_pairs
from matcher.intake.mapping_files import find_profile, profile_paths, read_profile, write_profile
from matcher.intake.questions import converse, seen_columns
from matcher.intake.registry import Sample, choose, take_sample
from matcher.intake.run import import_file
from models.errors import DataError, UsageError, ZvenoError
from models.settings import Settings
from models.store import Store
from models.text import Text

TITLES = ("Код партнёра", "Фирма", "Что делают", "Оборот 2018, млн", "Менеджер")
ROWS = ("7736050003;Газпром;природный газ;100;—", "7706107510;Роснефть;нефть;90;Петров")
SALES = Profile("сбыт", {"Код партнёра": "inn", "Что делают": "offers", "Менеджер": None}, TITLES)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text("\n".join(("Партнёры;;", ";".join(TITLES), *ROWS)) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'zveno.db'}") as opened:
        yield opened


def sample(path: Path, profile: Profile | None = None) -> Sample:
    return take_sample(probe(path), Choice(named=profile))


def test_a_title_given_overrules_the_table_of_names() -> None:
    header = read_header(1, ["ИНН", "Код", "Регион", "Имя"], {"код": "inn", "регион": "city", "имя": None})
    assert [(column.title, column.name) for column in header.columns] == [("Код", "inn"), ("Регион", "city")]
    assert header.ignored == ("ИНН",), "a second column for the INN does not count; one left out is no question"


def test_the_unit_and_year_in_a_title_hold_for_what_it_is_said_to_be() -> None:
    column = read_header(1, ["Продано, тыс. руб., 2018"], {"продано тыс руб 2018": "revenue_rub"}).columns[0]
    assert (column.factor, column.year) == (1000.0, 2018)
    plain = read_header(1, ["Комментарий 2018, тыс"], {"комментарий 2018 тыс": "offers"}).columns[0]
    assert (plain.factor, plain.year) == (1.0, None)


def test_if_nothing_is_understood_the_first_well_filled_row_is_the_header() -> None:
    assert find_header([(1, ["Отчёт"]), (3, ["Код", "Фирма", ""]), (4, ["1", "2", "3"])]).line == 3


def test_titles_are_the_same_in_any_order_and_writing() -> None:
    profile = Profile("", {}, ("Код №", "Фирма", "№"))
    assert profile.fits(["ФИРМА", "", "код", "№"])
    assert not profile.fits(["Фирма", "Код №"])
    assert not Profile("", {"Код": "inn"}).fits([]), "one that remembers no titles is used only when asked for"


def test_the_next_file_with_the_same_titles_is_read_by_what_was_said(table: Path) -> None:
    found = take_sample(probe(table), Choice(remembered=[Profile("b", {"x": "inn"}, ("x",)), SALES]))
    assert found.mapping is SALES
    assert (found.header.line, choose(found), found.header.ignored) == (2, "plain_table", ("Фирма",))


def test_an_import_says_by_which_mapping_it_read(table: Path, store: Store) -> None:
    with pytest.raises(DataError):
        import_file(store, table)
    report = import_file(store, table, mapping=Choice(named=SALES))
    assert report.as_document()["mapping"] == {"name": "сбыт", "columns": dict(SALES.columns)}
    assert report.tally.added == 2
    assert [figure.value for _, figure in store.all_figures("revenue_rub")] == [9e7, 1e8]


def test_another_mapping_is_another_import_and_another_name_is_not(table: Path, store: Store) -> None:
    first = import_file(store, table, mapping=Choice(named=SALES))
    renamed = import_file(store, table, mapping=Choice(named=Profile("b", {**SALES.columns, "нет такого": "city"})))
    other = import_file(store, table, mapping=Choice(named=Profile("b", {**SALES.columns, "Фирма": "name"})))
    assert (renamed.repeats, renamed.mapping) == (first.run, "b")
    assert (other.repeats, other.tally.changed) == (None, 2)


def test_a_mapping_of_another_file_is_refused(table: Path, store: Store) -> None:
    with pytest.raises(UsageError, match="names none of its columns") as caught:
        import_file(store, table, mapping=Choice(named=Profile("b", {"ID": "inn"})))
    assert "Код партнёра" in str(caught.value.hint)


def test_a_saved_profile_is_read_back(tmp_path: Path) -> None:
    odd = Profile(
        "с 1.2", {"123": "inn", "yes: no": None, "null": "offers", "№": "city", "# a\tb": "name"}, ("123", "~")
    )
    path = write_profile(tmp_path / "mappings", odd)
    assert read_profile(path) == odd == find_profile(path.parent, "с 1.2") == find_profile(tmp_path, str(path))
    assert profile_paths(path.parent) == [path]


def test_a_profile_is_not_written_over_by_another(tmp_path: Path) -> None:
    write_profile(tmp_path, SALES)
    write_profile(tmp_path, SALES)
    other = Profile("сбыт", {"Код": "inn"})
    with pytest.raises(UsageError, match="says something else"):
        write_profile(tmp_path, other)
    write_profile(tmp_path, other, replace=True)
    assert find_profile(tmp_path, "сбыт") == other


@pytest.mark.parametrize("name", ["", " ", "none", "..", ".a", "a/b", "a\\b", "a\n", "x" * 90, "a "])
def test_a_name_that_is_no_name_of_a_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be called"):
        write_profile(tmp_path, Profile(name, {"a": "inn"}))


WRONG = [
    ("name: a\ncolumns:\n  ИНН: inn\n  Фирма: nam\n", "line 4: there is no column nam", "columns: inn, "),
    ("columns:\n  ИНН: inn\nколонки: {}\n", "line 3: “колонки” is not known", "columns"),
    ("name: a\n", "line 1: columns are missing", ""),
    ("columns: [inn]\n", "line 1: entries of the form", ""),
    ("columns:\n  Код: [inn]\n", "line 2: a text is expected", ""),
    ("columns:\n  Код: inn\n  КОД: ogrn\n", "line 3: the title “КОД” is blank or stands twice", ""),
    ("columns:\n  '': inn\n", "line 2: the title “” is blank", ""),
    ("columns: {}\ntitles: inn\n", "line 2: a list is expected", ""),
    ("columns:\n  a: 'b\n", "line 3: this is no YAML", ""),
    ("", "is empty", ""),
]


@pytest.mark.parametrize(("text", "message", "hint"), WRONG, ids=[message for _, message, _ in WRONG])
def test_what_a_profile_cannot_say_is_told_with_its_line(tmp_path: Path, text: str, message: str, hint: str) -> None:
    path = tmp_path / "a.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_profile(path)
    assert message in str(caught.value.message)
    assert hint in str(caught.value.hint)


@pytest.mark.parametrize("data", [b"\xff\xfe\xff", b"a: \x00", b"x" * (2 << 20), b"a: &b [*b, *c]"])
def test_a_file_that_is_no_profile_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.yml").write_bytes(data)
    with pytest.raises(ZvenoError):
        read_profile(tmp_path / "a.yml")


def test_a_name_not_saved_is_told_with_those_that_are(tmp_path: Path) -> None:
    write_profile(tmp_path, SALES)
    with pytest.raises(UsageError) as caught:
        find_profile(tmp_path, "снабжение")
    assert str(caught.value.hint) == "saved mappings: сбыт"
    with pytest.raises(DataError, match="cannot be read"):
        find_profile(tmp_path, "other.yml")


@pytest.mark.parametrize(
    ("pair", "message"), [("Код", "is not TITLE=NAME"), ("=inn", "is not TITLE=NAME"), ("Код=inm", "no column inm")]
)
def test_a_pair_that_says_nothing_is_refused(pair: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse_pairs([pair])


def test_every_column_has_a_meaning() -> None:
    assert set(MEANINGS) == set(column_names())


class Person:
    """Somebody at a terminal who answers one thing after another."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.heard: list[str] = []
        self.asked: list[str] = []

    def ask(self, question: Text) -> str:
        self.asked.append(str(question))
        return self._answers.pop(0)

    def tell(self, text: Text) -> None:
        self.heard.append(str(text))

    def says(self, path: Path, profile: Profile | None = None) -> dict[str, str | None]:
        answers = converse(seen_columns(sample(path, profile)), self.ask, self.tell)
        assert not self._answers, "every answer was asked for"
        return answers


def test_the_inn_is_asked_for_first_and_then_each_column_not_understood(table: Path) -> None:
    person = Person("1", "3", "offers", "")
    assert person.says(table) == {"Код партнёра": "inn", "Фирма": "name", "Что делают": "offers", "Менеджер": None}
    assert "INN" in person.asked[0]
    assert person.asked[1] == "2 “Фирма” (Газпром, Роснефть)"
    assert any("offers: what the company makes or sells" in line for line in person.heard)


def test_an_answer_that_means_nothing_is_asked_for_again(table: Path) -> None:
    person = Person("9", "код", "1", "0", "?", "999999", "name", "-")
    assert person.says(table) == {"Код партнёра": "inn", "Фирма": "name", "Что делают": None, "Менеджер": None}
    assert [line for line in person.heard if "there is no column" in line] == [
        f"there is no column {answer}" for answer in ("9", "код", "0", "999999")
    ]


def test_what_a_profile_says_is_not_asked_again(table: Path) -> None:
    assert Person("").says(table, SALES) == {"Фирма": None}


def test_a_column_understood_may_still_be_the_inn(table: Path) -> None:
    assert Person("4", "-").says(table)["Оборот 2018, млн"] == "inn"


def test_nobody_is_asked_about_the_inn_of_a_table_of_sales(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("ИНН поставщика;ИНН покупателя;Примечание\n7736050003;7706107510;—\n", encoding="utf-8")
    person = Person("source")
    assert person.says(path) == {"Примечание": "source"}


def test_a_column_is_shown_with_what_it_may_mean(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"ИННН;Фирма;\n7736050003;{'я' * 50};x\n7736050003;b\n", encoding="utf-8")
    seen = seen_columns(sample(path))
    assert (seen[0].meant, seen[0].samples) == ("inn", ("7736050003",))
    assert seen[1].samples == ("я" * 29 + "…", "b")


def test_titles_over_several_lines_and_twice_are_one_question(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('inn;"Вид\nтовара";Вид товара\n7736050003;"газ";нефть\n', encoding="utf-8")
    person = Person("offers")
    assert person.says(path) == {"Вид\nтовара": "offers"}
    assert person.asked == ["2 “Вид товара” (газ)"]


def test_mappings_lie_beside_the_database() -> None:
    assert Settings.read({}, db="/data/pilot.db").mappings_dir == Path("/data/mappings")
    assert Settings.read({}, db="postgresql://host/zveno").mappings_dir.name == "mappings"
