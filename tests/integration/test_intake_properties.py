"""What import promises, for registers nobody thought of: what goes out comes back, and no order of files matters."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.intake.fields import is_missing, read_item, read_text
from matcher.intake.run import import_file
from matcher.pipeline.register.export import export
from matcher.pipeline.workspace import Workspace
from models.check import check_store
from models.events import RunHeader
from models.fold import PRECEDENCE, one_report_a_year
from models.records import COMPANY_FIELDS, FIGURE_NAMES, CompanyFacts, Figure, Link
from models.settings import Settings
from models.store import Store
from tests.integration.store_databases import url_in

INNS = ("7736050003", "7706107510", "7727547261", "0105012349")
PERSON = "500100732259"

DATES = ("2011-06-30", "2012-06-30", "2013-12-31", "2024-01-01")

Fields = dict[str, str | float | tuple[str, ...]]


@dataclass(frozen=True)
class File:
    """What one import says."""

    kind: str
    as_of: str
    rows: tuple[tuple[str, Fields, tuple[Figure, ...]], ...]
    links: tuple[Link, ...]


LETTERS = st.one_of(st.characters(codec="utf-8"), st.sampled_from("\"';,|\t\r\n=+-@＝\x00\x07\xa0 «»ёЁ/."))
TEXT = st.text(LETTERS, min_size=1, max_size=12).map(read_text).filter(lambda text: not is_missing(text))
ITEM = TEXT.map(read_item)
WEBSITE = TEXT.map(lambda text: "".join(text.split()) + ".рф")
OKVED = st.sampled_from(["20", "20.15", "20.15.3", "46.75", "01.11"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "ogrn": st.sampled_from(["1027700132195", "1027700070518"]),
    "name": TEXT,
    "okved_main": OKVED,
    "okved1_main": st.sampled_from(["24", "24.15", "51"]),
    "okved_extra": st.lists(OKVED, min_size=1, unique=True).map(tuple),
    "products_okpd2": st.lists(st.sampled_from(["20.15.10.130", "20.15", "01.11"]), min_size=1, unique=True).map(tuple),
    "region_code": st.sampled_from(["01", "26", "77"]),
    "lat": st.floats(-90, 90),
    "lon": st.floats(-180, 180),
    "status": st.sampled_from(["active", "reorganizing", "liquidating", "bankrupt", "liquidated"]),
    "founded": st.dates(date(1800, 1, 1)).map(date.isoformat) | st.sampled_from(["1899", "2004"]),
    "website": WEBSITE,
    "category": st.sampled_from(["micro", "small", "medium", "large"]),
    "founders": st.lists(st.sampled_from(INNS), min_size=1, unique=True).map(tuple),
    "managed_by": st.lists(st.sampled_from(INNS), min_size=1, unique=True).map(tuple),
    "licences": st.lists(ITEM, min_size=1, max_size=3, unique=True).map(tuple),
    "tax_regimes": st.lists(st.sampled_from(["usn", "psn"]), min_size=1, unique=True).map(tuple),
}
FIELDS = st.fixed_dictionaries({}, optional={name: VALUES.get(name, TEXT) for name in COMPANY_FIELDS})
FIGURE = st.builds(
    Figure, st.sampled_from(FIGURE_NAMES), st.integers(2013, 2014), st.floats(allow_nan=False, allow_infinity=False)
)
FIGURES = st.lists(FIGURE, max_size=4, unique_by=lambda each: (each.name, each.year)).map(tuple)
LATEST = Figure("assets_rub", 2014, 1.0)
LINK = st.builds(
    Link,
    supplier_inn=st.sampled_from(INNS[:2]),
    buyer_inn=st.sampled_from((*INNS[2:], PERSON)),
    line=st.integers(1, 9),
    okpd2=st.none() | VALUES["products_okpd2"].map(lambda codes: codes[0]),
    amount_rub=st.none() | st.floats(0, 1e13),
    date=st.none() | st.dates(date(1990, 1, 1), date(2024, 12, 31)),
    source=st.just("") | TEXT,
    text=st.just("") | TEXT,
)
FILE = st.builds(
    File,
    kind=st.sampled_from(sorted(PRECEDENCE)),
    as_of=st.sampled_from(["", *DATES]),
    rows=st.lists(st.tuples(st.sampled_from(INNS[:3]), FIELDS, FIGURES), max_size=4).map(tuple),
    links=st.lists(LINK, max_size=2).map(tuple),
)


#: Files of one kind differ in their dates; files of one kind and date are corrections of one another.
DIFFERENT = st.lists(FILE, min_size=2, max_size=4, unique_by=lambda file: (file.kind, file.as_of))


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty register, which is quicker to copy than to make."""
    folder = tmp_path_factory.mktemp("blank")
    Store.open(url_in(folder, kind="sqlite")).close()
    return folder / "zveno.db"


@contextmanager
def register(blank: Path) -> Iterator[tuple[Store, Path]]:
    """Give an empty store and its folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(blank, folder / "zveno.db")
        with Store.open(url_in(folder)) as store:
            yield store, folder


def take(store: Store, number: int, file: File) -> int:
    """Import what a file says."""
    with store.begin() as unit:
        header = RunHeader(f"{number}.csv", "plain_table", f"{number:064d}", f"source {number}", file.kind, file.as_of)
        run = unit.record_run(header)
        facts = [CompanyFacts(inn, line, values, told) for line, (inn, values, told) in enumerate(file.rows, 2)]
        unit.apply_facts(run, facts, one_report_a_year)
        unit.apply_links(run, file.links)
    return run


def shown(store: Store) -> tuple[Any, ...]:
    """All that is shown: companies without the number of the import, their figures, sales without their line."""
    companies = [replace(company, provenance={}) for company in store.companies()]
    links = [link._replace(line=0) for link in store.links()]
    return companies, [store.figures(company.inn) for company in companies], links


def imported(blank: Path, files: Sequence[File]) -> tuple[Any, ...]:
    """What is shown once files were imported in this order."""
    with register(blank) as (store, _):
        for number, file in enumerate(files):
            take(store, number, file)
        return shown(store)


def workspace(folder: Path, lang: str) -> Workspace:
    return Workspace(Settings.read({}, db=url_in(folder), lang=lang))


@settings(max_examples=40)
@given(
    files=st.lists(FILE, min_size=1, max_size=2),
    kind=st.sampled_from(["csv", "xlsx"]),
    lang=st.sampled_from(["ru", "en"]),
)
def test_what_is_exported_is_imported_as_it_was(blank: Path, files: list[File], kind: str, lang: str) -> None:
    with register(blank) as (store, folder), register(blank) as (other, _):
        for number, file in enumerate(files):
            take(store, number, file)
        written = export(workspace(folder, lang), str(folder / f"out.{kind}"))
        for path in filled(written):
            report = import_file(other, path, sole_traders=True)
            assert all(each.field == "name" for each in report.quarantined)  # broken letters are kept, and noted
            assert not report.ignored_columns
        assert shown(other) == shown(store)


def filled(written: dict[str, Any]) -> list[str]:
    """The files written that have rows."""
    if written["links_file"]:
        return [written["file"], written["links_file"]] if written["companies"] else [written["links_file"]]
    return [written["file"]] if written["companies"] or written["links"] else []


@settings(max_examples=30)
@given(data=st.data(), files=DIFFERENT)
def test_no_order_of_files_makes_a_difference(blank: Path, data: st.DataObject, files: list[File]) -> None:
    assert imported(blank, data.draw(st.permutations(files))) == imported(blank, files)


@settings(max_examples=20)
@given(FIELDS, FIELDS, FIGURES, FIGURES, st.sampled_from(sorted(PRECEDENCE)))
def test_an_older_file_changes_nothing_that_a_newer_one_states(
    blank: Path, old: Fields, new: Fields, old_figures: Any, new_figures: Any, kind: str
) -> None:
    newer = File(kind, DATES[1], ((INNS[0], new, (*new_figures, LATEST)),), ())
    older = File(kind, DATES[0], ((INNS[0], old, (*old_figures, LATEST)),), ())
    with register(blank) as (store, _):
        take(store, 0, newer)
        before = store.companies_by_inn(INNS[:1]).get(INNS[0])
        told = store.figures(INNS[0])
        take(store, 1, older)
        assert set(told) <= set(store.figures(INNS[0]))
        if before is not None:
            after = store.company(INNS[0])
            stated = set(new) - {"products_okpd2", "okved_main", "okved1_main"}
            assert {name: getattr(after, name) for name in stated} == {name: getattr(before, name) for name in stated}
            assert set(before.products_okpd2) <= set(after.products_okpd2)
            assert (after.okved_main or "").startswith(before.okved_main or "")


def test_of_two_tables_without_a_date_the_later_is_a_correction(blank: Path) -> None:
    wrong, right = (File("table", "", ((INNS[0], {"name": name}, ()),), ()) for name in ("Ромашко", "Ромашка"))
    companies, _, _ = imported(blank, [wrong, right])
    assert companies[0].name == "Ромашка"


@settings(max_examples=25)
@given(data=st.data(), files=DIFFERENT)
def test_undoing_is_exact_and_importing_again_brings_all_back(
    blank: Path, data: st.DataObject, files: list[File]
) -> None:
    with register(blank) as (store, _):
        runs = [take(store, number, file) for number, file in enumerate(files)]
        whole, version, decisions = shown(store), store.data_version(), store.decision_version()
        undone = data.draw(st.lists(st.sampled_from(range(len(files))), min_size=1, unique=True))
        for number in undone:
            with store.begin() as unit:
                unit.undo(runs[number])
            assert store.data_version() == version + 1
            version += 1
        assert shown(store) == imported(blank, [file for number, file in enumerate(files) if number not in undone])
        assert check_store(store).sound
        for number in undone:
            take(store, number, files[number])
        assert shown(store) == whole
        assert store.data_version() >= version
        assert store.decision_version() == decisions


TABLE = st.lists(
    st.tuples(st.sampled_from((*INNS, "7736050004")), st.sampled_from(["20.15", "20.30", "99.99"]), st.integers(-2, 9)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=20)
@given(TABLE)
def test_the_same_file_again_and_an_undone_one_leave_the_log_in_order(blank: Path, rows: list[Any]) -> None:
    with register(blank) as (store, folder):
        path = folder / "t.csv"
        lines = ("inn;okved_main;revenue_rub;year", *(f"{inn};{code};{told};2012" for inn, code, told in rows))
        path.write_text("\n".join(lines), encoding="utf-8")
        first = import_file(store, path)
        before, version = shown(store), store.data_version()
        again = import_file(store, path)
        assert (again.run, again.repeats, again.quarantined) == (None, first.run, first.quarantined)
        assert (again.tally.added, again.tally.changed) == (0, 0)
        assert (shown(store), store.data_version(), len(store.runs())) == (before, version, 1)
        assert first.run is not None
        with store.begin() as unit:
            unit.undo(first.run)
        assert shown(store) == ([], [], [])
        assert tuple(store.quarantine(first.run)) == first.quarantined  # the log keeps what was refused
        redone = import_file(store, path)
        assert replace(redone, run=first.run) == first
        assert shown(store) == before
