"""The store opens what it can, refuses what it must, and changes whole or not at all."""

from __future__ import annotations

import gc
import sqlite3
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from models import database, migrations
from models.check import check_store
from models.errors import DataError, StorageError, UnknownCompany, UsageError
from models.events import Rejection, RunHeader, Tally
from models.learned import in_force
from models.records import CompanyFacts, Figure, Link
from models.store import Store
from models.tables import metadata
from models.text import T

GAZPROM, ROSNEFT, SIBUR = "7736050003", "7706107510", "7727547261"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'var' / 'zveno.db'}"


def header(sha256: str = "0", kind: str = "accounts") -> RunHeader:
    return RunHeader("file.csv", "plain_table", sha256, f"source {sha256}", kind)


def record(store: Store, sha256: str, *facts: CompanyFacts, links: tuple[Link, ...] = ()) -> int:
    with store.begin() as unit:
        run = unit.record_run(header(sha256))
        tally, _ = unit.apply_facts(run, facts)
        unit.apply_links(run, links)
        unit.finish_run(run, tally)
    return run


def named(inn: str, name: str, line: int = 2, *figures: Figure) -> CompanyFacts:
    return CompanyFacts(inn, line, {"name": name}, figures)


def test_a_missing_file_is_created_with_its_folder(sqlite_url: str, tmp_path: Path) -> None:
    Store.open(sqlite_url).close()
    assert (tmp_path / "var" / "zveno.db").is_file()


def test_a_new_database_is_empty(store: Store) -> None:
    assert store.counts() == dict.fromkeys(("companies", "figures", "links", "imports", "decisions"), 0)
    assert store.data_version() == 0


def test_an_up_to_date_database_opens_at_once_and_without_alembic(sqlite_url: str) -> None:
    Store.open(sqlite_url).close()
    code = (
        "import sqlalchemy, sys, time\n"
        "from models.store import Store\n"
        "begin = time.perf_counter(); Store.open(sys.argv[1]).close()\n"
        "assert 'alembic' not in sys.modules; print(time.perf_counter() - begin)"
    )
    command = [sys.executable, "-c", code, sqlite_url]
    runs = [subprocess.run(command, capture_output=True, text=True, check=False) for _ in range(3)]
    assert all(run.returncode == 0 for run in runs), runs[0].stderr
    assert min(float(run.stdout) for run in runs) < 0.05


def test_a_store_that_is_forgotten_closes_its_connections(url: str) -> None:
    store = Store.open(url)
    pool = store._engine.pool
    assert list(store.companies()) == []
    assert pool.checkedin() == 1
    del store
    gc.collect()
    assert pool.checkedin() == 0


def test_the_migrations_make_the_tables(store: Store) -> None:
    assert migrations.head() == database.HEAD
    with store.read() as reader:
        found = compare_metadata(MigrationContext.configure(reader.connection, opts={"compare_type": True}), metadata)
    assert found == []


def test_the_first_migration_can_be_taken_back(store: Store) -> None:
    from alembic import command

    config = migrations.configuration()
    with store.begin() as unit:
        config.attributes["connection"] = unit.connection
        command.downgrade(config, "base")
        assert sa.inspect(unit.connection).get_table_names() == ["alembic_version"]
        migrations.run(unit.connection)


def test_processes_that_open_a_missing_database_at_once_make_one(url: str) -> None:
    code = "import sys; from models.store import Store; print(Store.open(sys.argv[1]).data_version())"
    several = [
        subprocess.Popen([sys.executable, "-c", code, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    results = [process.communicate(timeout=60) for process in several]
    assert [out for out, _ in results] == ["0\n"] * 4, results


def test_a_newer_database_is_refused_and_left_as_it_is(sqlite_url: str, tmp_path: Path) -> None:
    Store.open(sqlite_url).close()
    path = tmp_path / "var" / "zveno.db"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'v9999'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StorageError, match="newer version of Zveno"):
        Store.open(sqlite_url)
    assert path.read_bytes() == before


def test_what_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("buy milk\n" * 1000)
    with pytest.raises(StorageError, match="is not a database"):
        Store.open(f"sqlite:///{path}")
    assert path.read_text() == "buy milk\n" * 1000
    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]


def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE diary (day TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StorageError, match="tables of another program"):
        Store.open(f"sqlite:///{path}")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense://x", "no driver for the database"),
        ("://", "no database URL"),
        ("sqlite:////proc/zveno/x.db", "cannot be created"),
        ("sqlite:////proc/x.db", "cannot be opened"),
        ("sqlite:////tmp", "is a folder"),
    ],
)
def test_what_cannot_be_opened_says_why_in_one_line(url: str, message: str) -> None:
    with pytest.raises(StorageError, match=message) as caught:
        Store.open(url)
    assert "\n" not in str(caught.value.message)
    assert str(caught.value.hint)


def test_a_password_is_never_shown() -> None:
    shown = database.shown(sa.make_url("postgresql://zveno:secret@host/zveno"))
    assert "secret" not in shown
    assert "zveno:***@host" in shown
    with pytest.raises(StorageError) as caught:
        Store.open("postgresql//zveno:secret@host/zveno")
    assert "secret" not in str(caught.value.message)


def test_a_writer_that_waits_too_long_is_told_so(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.1)
    with Store.open(sqlite_url) as store, Store.open(sqlite_url) as other, store.begin():
        second = other.begin()
        with pytest.raises(StorageError, match="another process is writing"):
            second.__enter__()


def test_a_reader_sees_the_state_before_while_a_writer_writes(store: Store, url: str) -> None:
    record(store, "a", named(GAZPROM, "Газпром"))
    with store.begin() as unit:
        run = unit.record_run(header("b"))
        unit.apply_facts(run, [named(ROSNEFT, "Роснефть")])
        with Store.open(url) as other:
            assert [company.name for company in other.companies()] == ["Газпром"]
            assert other.data_version() == 1
    assert [company.name for company in store.companies()] == ["Роснефть", "Газпром"]


def test_one_reading_sees_one_state(store: Store, url: str) -> None:
    record(store, "a", named(GAZPROM, "Газпром"))
    with store.read() as reader, Store.open(url) as other:
        assert reader.data_version() == 1
        record(other, "b", named(ROSNEFT, "Роснефть"))
        assert (reader.data_version(), len(list(reader.companies()))) == (1, 1)
    assert store.data_version() == 2


def test_a_change_that_fails_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.begin() as unit:
            unit.apply_facts(unit.record_run(header()), [named(GAZPROM, "Газпром")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.counts()["companies"] == 0
    assert store.runs() == []
    assert store.data_version() == 0


def test_a_rehearsal_shows_all_and_leaves_nothing(store: Store) -> None:
    with store.rehearse() as unit:
        unit.apply_facts(unit.record_run(header()), [named(GAZPROM, "Газпром")])
        assert unit.company(GAZPROM).name == "Газпром"
    assert store.counts()["companies"] == 0


def test_companies_come_in_inn_order_and_by_inn(store: Store) -> None:
    record(store, "a", named(SIBUR, "Сибур", 2), named(GAZPROM, "Газпром", 3), named(ROSNEFT, "Роснефть", 4))
    assert [company.inn for company in store.companies()] == [ROSNEFT, SIBUR, GAZPROM]
    assert list(store.companies_by_inn([GAZPROM, "0000000000", ROSNEFT, GAZPROM])) == [GAZPROM, ROSNEFT]
    with pytest.raises(UnknownCompany, match="0000000000"):
        store.company("0000000000")


def test_all_that_a_source_states_comes_back(store: Store) -> None:
    values = {
        "name": 'ПАО «Газпром»; "юг"', "ogrn": "1027700070518", "okved_main": "46.71", "okved1_main": "51",
        "okved_extra": ("06.20", "35.30"), "products_okpd2": ("06.20.10",), "offers": "газ", "needs": "трубы",
        "region_code": "77", "city": "Москва", "address": "ул. Намёткина, 16", "lat": 55.66, "lon": 37.56,
        "status": "active", "founded": "1993-02-25", "website": "gazprom.ru", "category": "large",
    }  # fmt: skip
    run = record(store, "a", CompanyFacts(GAZPROM, 2, values, (Figure("revenue_rub", 2016, 3.9e12),)))
    company = store.company(GAZPROM)
    assert {name: getattr(company, name) for name in values} == values
    assert (company.revenue_rub, company.revenue_year) == (3.9e12, 2016)
    assert set(company.provenance) == {*values, "revenue_rub"}
    assert set(company.provenance.values()) == {(run, "source a")}


def test_facts_wait_for_their_company(store: Store) -> None:
    with store.begin() as unit:
        run = unit.record_run(header("a"))
        tally, _ = unit.apply_facts(run, [CompanyFacts(GAZPROM, 2, {}, (Figure("workers", 2023, 9.0),))])
        assert tally == Tally(waiting=1)
    assert list(store.companies()) == []
    assert store.figures(GAZPROM) == (Figure("workers", 2023, 9.0),)
    record(store, "b", named(GAZPROM, "Газпром"))
    assert (store.company(GAZPROM).workers, store.company(GAZPROM).workers_year) == (9.0, 2023)


def test_figures_of_all_years(store: Store) -> None:
    record(store, "a", named(GAZPROM, "Газпром", 2, Figure("revenue_rub", 2016, 2.0), Figure("workers", 2016, 5.0)))
    record(store, "b", named(GAZPROM, "Газпром", 2, Figure("revenue_rub", 2013, 1.0)))
    revenue = [Figure("revenue_rub", 2013, 1.0), Figure("revenue_rub", 2016, 2.0)]
    assert store.figures(GAZPROM) == (*revenue, Figure("workers", 2016, 5.0))
    assert list(store.all_figures("revenue_rub")) == [(GAZPROM, figure) for figure in revenue]


def test_the_same_sale_from_two_files_is_one_link(store: Store) -> None:
    sale = Link(ROSNEFT, GAZPROM, 2, "06.10", 5e6, date(2020, 1, 2), "contract 1")
    other = Link(ROSNEFT, GAZPROM, 3, "06.10", 5e6, date(2020, 1, 3), "contract 2")
    first = record(store, "a", links=(sale, sale, other))
    with store.begin() as unit:
        run = unit.record_run(header("b"))
        assert unit.apply_links(run, [other, sale, Link(SIBUR, GAZPROM, 4)]) == [False, False, True]
    assert store.counts()["links"] == 3
    assert [link.supplier_inn for link in store.links()] == [ROSNEFT, ROSNEFT, SIBUR]
    assert len(store.links_of(SIBUR)) == 1
    with store.begin() as unit:
        assert unit.undo(first).links == 2
    assert store.counts()["links"] == 3, "the second file still tells of them"


def test_what_is_refused_is_kept_and_read_in_either_language(store: Store) -> None:
    with store.begin() as unit:
        run = unit.record_run(header())
        wrong = T("not a valid {kind}", kind=T("INN"))
        unit.reject(run, [Rejection(9, None, "inn", "123", wrong), Rejection(3, GAZPROM, "year", "1", T("x"))])
    found = list(store.quarantine(run, "en"))
    assert [(each.line, each.field, each.error) for each in found] == [(3, "year", "x"), (9, "inn", "not a valid INN")]


def test_decisions_are_remembered_and_the_last_is_in_force(store: Store) -> None:
    with store.begin() as unit:
        unit.decide(ROSNEFT, GAZPROM, "later", reason="позвонить", by="Анна")
    with store.begin() as unit:
        last = unit.decide(ROSNEFT, GAZPROM, "accept")
    assert [each.decision for each in store.decisions()] == ["later", "accept"]
    assert store.decisions_in_force() == {(ROSNEFT, GAZPROM): last}
    assert (store.decision_version(), store.data_version()) == (2, 0)


def test_a_reopened_pair_has_no_decision_in_force_and_keeps_its_history(store: Store) -> None:
    with store.begin() as unit:
        unit.decide(ROSNEFT, GAZPROM, "decline", reason_code="price")
        unit.decide(ROSNEFT, GAZPROM, "reopen", reason="новая цена")
    assert store.decisions_in_force() == {}
    assert [(each.decision, each.reason_code) for each in store.decisions()] == [("decline", "price"), ("reopen", "")]
    with pytest.raises(DataError), store.begin() as unit:
        unit.decide(ROSNEFT, GAZPROM, "reopen")
    with store.begin() as unit:
        again = unit.decide(ROSNEFT, GAZPROM, "accept")
    assert store.decisions_in_force() == {(ROSNEFT, GAZPROM): again}


def test_decisions_are_asked_for_by_moment_and_by_company(store: Store) -> None:
    with store.begin() as unit:
        first = unit.decide(ROSNEFT, GAZPROM, "later")
        second = unit.decide(GAZPROM, SIBUR, "accept")
    with store.read() as reader:
        assert reader.decisions(of=ROSNEFT) == [first]
        assert reader.decisions(of=GAZPROM) == reader.decisions(since=first.at) == [first, second]
        assert reader.decisions(since=second.at + timedelta(seconds=1)) == []
        assert reader.decisions(since=first.at, of=SIBUR) == [second]


@pytest.mark.parametrize(("verdict", "code"), [("decline", "nonsense"), ("accept", "competitor"), ("reopen", "price")])
def test_a_reason_that_does_not_go_with_a_decision_is_refused(store: Store, verdict: str, code: str) -> None:
    with pytest.raises(UsageError), store.begin() as unit:
        unit.decide(ROSNEFT, GAZPROM, verdict, reason_code=code)


def test_undoing_learned_weights_puts_the_version_before_in_force_again(store: Store) -> None:
    with store.begin() as unit:
        first = unit.keep_weights("chemical", {"distance": 0.9}, None, {})
        unit.keep_weights("chemical", {"distance": 0.8}, {"kind": "platt"}, {})
    with store.begin() as unit:
        undone = unit.undo_weights("chemical")
    assert (undone.weights, undone.calibration) == ({"distance": 0.8}, {"kind": "platt"})
    assert in_force(store.learned()) == {"chemical": first}
    with store.begin() as unit:
        unit.undo_weights()
    assert in_force(store.learned()) == {}
    with pytest.raises(DataError), store.begin() as unit:
        unit.undo_weights()


@pytest.mark.parametrize(("supplier", "verdict"), [(ROSNEFT, "maybe"), (GAZPROM, "accept")])
def test_a_decision_without_meaning_is_refused(store: Store, supplier: str, verdict: str) -> None:
    with pytest.raises(UsageError), store.begin() as unit:
        unit.decide(supplier, GAZPROM, verdict)
    assert store.decisions() == []


def test_the_data_version_grows_with_what_answers_depend_on(store: Store) -> None:
    record(store, "a", named(GAZPROM, "Газпром"))
    assert store.data_version() == 1
    with store.begin():
        pass
    assert store.data_version() == 1
    with store.begin() as unit:
        unit.undo(1)
    assert store.data_version() == 2


def test_undoing_what_is_not_there_or_twice_is_refused(store: Store) -> None:
    record(store, "a", named(GAZPROM, "Газпром"))
    with store.begin() as unit:
        unit.undo(1)
    for run, message in ((1, "undone already"), (7, "no import number 7")):
        with pytest.raises(DataError, match=message), store.begin() as unit:
            unit.undo(run)


def test_the_check_finds_what_is_not_in_the_log(store: Store) -> None:
    record(store, "a", named(GAZPROM, "Газпром"), named(ROSNEFT, "Роснефть", 3))
    assert check_store(store).sound
    with store.begin() as unit:
        unit.connection.execute(sa.text("UPDATE company SET name = 'x' WHERE inn = :inn"), {"inn": GAZPROM})
    report = check_store(store)
    assert [str(problem) for problem in report.problems] == [f"the entry of {GAZPROM} is not what its imports say"]


def test_seventeen_thousand_companies_are_read_in_half_a_second(store: Store) -> None:
    facts = (named(f"{number:010d}", f"Фирма {number}", number) for number in range(17_000))
    record(store, "a", *facts)
    begin = time.process_time()
    assert sum(1 for _ in store.companies()) == 17_000
    assert time.process_time() - begin < 0.5
