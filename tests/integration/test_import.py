"""Files become the register: real ones, wrong ones, the same one twice, one cut off by a killed process."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import Workbook

from matcher.bench.imports import bench_import, write_register
from matcher.intake.progress import Step
from matcher.intake.run import ImportReport, import_file
from matcher.pipeline.workspace import Workspace
from models.check import check_store
from models.errors import UnreadableFile, UsageError
from models.identifiers import INN_WEIGHTS_10, inn_check_digit
from models.records import Figure
from models.resources import data_path
from models.settings import Settings
from models.store import Store
from models.tables import metadata
from tests.integration.store_databases import url_in

YEARS = (2012, 2013, 2016)
GAZPROM, ROSNEFT, SIBUR = "7736050003", "7706107510", "7727547261"
PERSON = "500100732259"
HEADER = "ИНН;Наименование;ОКВЭД;Выручка, тыс. руб.;Год"


def accounts(year: int) -> Path:
    return data_path(f"demo/rosstat_boo_{year}.csv.gz")


def table(folder: Path, *rows: str, header: str = HEADER, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def state(store: Store) -> tuple[Any, ...]:
    return list(store.companies()), list(store.all_figures("revenue_rub")), list(store.links())


def adds_up(report: ImportReport) -> bool:
    tally = report.tally
    parts = (tally.added, tally.changed, tally.unchanged, tally.waiting, tally.refused, tally.skipped)
    return tally.read == sum(parts)


def inn(number: int) -> str:
    stem = f"{770000000 + number:09d}"
    return stem + str(inn_check_digit(stem, INN_WEIGHTS_10))


@pytest.fixture(scope="module")
def accounts_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, dict[int, ImportReport]]]:
    with Store.open(url_in(tmp_path_factory.mktemp("accounts"))) as store:
        yield store, {year: import_file(store, accounts(year), lang="en") for year in YEARS}


def test_the_bundled_accounts_are_read_whole(accounts_store: tuple[Store, dict[int, ImportReport]]) -> None:
    store, reports = accounts_store
    assert {year: report.tally.read for year, report in reports.items()} == {2012: 1000, 2013: 15453, 2016: 1000}
    assert all(adds_up(report) for report in reports.values())
    assert all((report.first_year, report.last_year) == (year, year) for year, report in reports.items())
    assert store.counts()["companies"] == 16_425
    assert check_store(store).sound


def test_of_two_reports_of_a_year_the_larger_is_kept(accounts_store: tuple[Store, dict[int, ImportReport]]) -> None:
    store, reports = accounts_store
    second = [each for each in reports[2013].quarantined if each.field == "revenue_rub"]
    assert {each.inn for each in second} == {"1650121580", "2302048838", "7708587910", "7728115183"}
    for each in second:
        kept = {figure.year: figure.value for figure in store.figures(str(each.inn)) if figure.name == "revenue_rub"}
        assert kept[2013] >= float(each.value)


def test_an_impossible_figure_of_the_accounts_is_set_aside(
    accounts_store: tuple[Store, dict[int, ImportReport]],
) -> None:
    store, reports = accounts_store
    negative = [each for each in reports[2013].quarantined if each.field == "paid_to_suppliers_rub"]
    assert [(each.inn, each.value) for each in negative] == [("7704561774", "-122617300")]
    names = {figure.name for figure in store.figures("7704561774")}
    assert "revenue_rub" in names
    assert "paid_to_suppliers_rub" not in names


def test_codes_of_both_editions_are_kept_apart(accounts_store: tuple[Store, dict[int, ImportReport]]) -> None:
    company = accounts_store[0].company(GAZPROM)
    assert (company.okved_main, company.okved1_main) == ("46.71", "51")
    assert (company.revenue_rub, company.revenue_year) == (3_934_488_441_000.0, 2016)


def test_the_order_of_files_does_not_matter(
    store: Store, accounts_store: tuple[Store, dict[int, ImportReport]]
) -> None:
    for year in reversed(YEARS):
        import_file(store, accounts(year))
    one, other = state(store), state(accounts_store[0])
    without_run = [
        [(c.inn, c.name, c.okved_main, c.okved1_main, c.region_code, c.revenue_rub) for c in companies]
        for companies in (one[0], other[0])
    ]
    assert without_run[0] == without_run[1]
    assert one[1:] == other[1:]


def test_fifteen_thousand_rows_take_seconds(store: Store) -> None:
    begin = time.process_time()  # of this process: others that keep the machine busy do not count
    import_file(store, accounts(2013))
    assert time.process_time() - begin < (4 if store.address.startswith("sqlite") else 8)


def test_the_same_file_twice_changes_nothing(store: Store) -> None:
    first = import_file(store, accounts(2016))
    before, version = state(store), store.data_version()
    again = import_file(store, accounts(2016))
    assert (again.run, again.repeats) == (None, first.run)
    assert (again.tally.added, again.tally.changed) == (0, 0)
    assert again.tally.unchanged == first.tally.added + first.tally.changed
    assert again.quarantined == first.quarantined
    assert (state(store), store.data_version(), len(store.runs())) == (before, version, 1)


def test_an_undone_file_can_be_imported_again(store: Store) -> None:
    import_file(store, accounts(2012))
    before = state(store)
    run = import_file(store, accounts(2016)).run
    assert run is not None
    with store.begin() as unit:
        unit.undo(run)
    assert state(store) == before
    assert import_file(store, accounts(2016)).run == run + 1


def test_a_dry_run_tells_what_an_import_then_does(store: Store) -> None:
    import_file(store, accounts(2012))
    before, version = state(store), store.data_version()
    dry = import_file(store, accounts(2016), dry_run=True)
    assert (state(store), store.data_version(), len(store.runs())) == (before, version, 1)
    assert (dry.run, dry.dry_run) == (None, True)
    real = import_file(store, accounts(2016))
    assert (dry.tally, dry.quarantined, dry.first_year) == (real.tally, real.quarantined, real.first_year)


def test_the_report_has_the_shape_of_the_contract(store: Store, tmp_path: Path) -> None:
    path = table(
        tmp_path, f"{GAZPROM};Газпром;46.71;5;2018", "123;Никто;46.71;5;2018", f"{ROSNEFT};Роснефть;99.99;1;2018"
    )
    document = import_file(store, path, lang="ru").as_document()
    assert (document["run"], document["format"], len(document["sha256"])) == (1, "plain_table", 64)
    assert [document[key] for key in ("read", "added", "changed", "unchanged")] == [3, 2, 0, 0]
    assert document["quarantined"][0]["line"] == 3
    assert document["quarantined"][0]["inn"] is None
    assert (document["quarantined"][1]["field"], document["quarantined"][1]["value"]) == ("okved_main", "99.99")
    assert all(isinstance(each["error"], str) for each in document["quarantined"])
    assert [each.line for each in store.quarantine(1)] == [3, 4]


def test_a_table_updates_what_is_known(store: Store, tmp_path: Path) -> None:
    import_file(store, table(tmp_path, f"{GAZPROM};Газпром;46.71;5;2018", f"{ROSNEFT};Роснефть;06.10;7;2018"))
    rows = (f"{GAZPROM};Газпром;46.71;5;2018", f"{ROSNEFT};Роснефть;06.10;8;2018", f"{SIBUR};Сибур;20.16;1;2018")
    tally = import_file(store, table(tmp_path, *rows)).tally
    assert (tally.added, tally.changed, tally.unchanged) == (1, 1, 1)
    assert store.company(ROSNEFT).revenue_rub == 8000


def test_several_years_of_a_company_in_one_table(store: Store, tmp_path: Path) -> None:
    report = import_file(store, table(tmp_path, f"{GAZPROM};Газпром;46.71;5;2018", f"{GAZPROM};Газпром;46.71;6;2019"))
    assert (report.tally.added, report.tally.changed, report.tally.quarantined) == (1, 1, 0)
    assert (report.first_year, report.last_year) == (2018, 2019)
    assert store.company(GAZPROM).revenue_rub == 6000


def test_a_second_report_far_down_the_file_is_found(store: Store, tmp_path: Path) -> None:
    rows = [f"{inn(number)};Фирма {number};46.71;{number};2018" for number in range(5000)]
    twice = [f"{inn(3)};Фирма 3;46.71;9000;2018", f"{inn(4000)};Фирма 4000;46.71;1;2018"]
    report = import_file(store, table(tmp_path, *rows, *twice), lang="en")
    assert [(each.line, each.inn) for each in report.quarantined] == [(5, inn(3)), (5003, inn(4000))]
    assert [store.company(inn(number)).revenue_rub for number in (3, 4000)] == [9_000_000, 4_000_000]
    assert adds_up(report)
    assert check_store(store).sound


def test_a_workbook_gives_what_its_csv_gives(store: Store, tmp_path: Path) -> None:
    rows = [[GAZPROM, "Газпром", "46.71", "1 500,5", "2018"], [ROSNEFT, "Роснефть", "06.10", "7", "2018"]]
    import_file(store, table(tmp_path, *(";".join(row) for row in rows)))
    book = Workbook()
    book.active.append(["Список участников"])
    book.active.append(HEADER.split(";"))
    book.active.append([int(GAZPROM), "Газпром", "46.71", 1500.5, 2018])
    book.active.append([float(ROSNEFT), "Роснефть", "06.10", 7, "2018"])
    book.save(tmp_path / "t.xlsx")
    with Store.open(url_in(tmp_path, "other")) as other:
        import_file(other, tmp_path / "t.xlsx")
        assert [(c.inn, c.okved_main, c.revenue_rub) for c in other.companies()] == [
            (c.inn, c.okved_main, c.revenue_rub) for c in store.companies()
        ]


def test_windows_1251_and_utf_16_give_what_utf_8_gives(store: Store, tmp_path: Path) -> None:
    text = f"{HEADER}\n{GAZPROM};Газпром;46.71;5;2018\n"
    for encoding in ("windows-1251", "utf-16"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        import_file(store, path)
        assert store.company(GAZPROM).name == "Газпром"


def test_sole_traders_stay_out_unless_asked_for_and_never_by_name(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, f"{PERSON};ИП Иванов Иван Иванович;20.15;5;2018", f"{GAZPROM};Газпром;46.71;5;2018")
    report = import_file(store, path)
    assert (report.tally.added, report.tally.refused) == (1, 1)
    again = import_file(store, path, sole_traders=True)
    assert (again.tally.added, again.tally.unchanged) == (1, 1)
    assert store.company(PERSON).name == "ИП"
    with store.read() as reader:
        rows = (row for table in metadata.tables.values() for row in reader.connection.execute(sa.select(table)))
        dump = "\n".join(repr(row) for row in rows)
    assert "Газпром" in dump
    assert "Иванов" not in dump


def test_links_are_read_with_their_evidence(store: Store, tmp_path: Path) -> None:
    header = "supplier_inn,buyer_inn,okpd2,amount_rub,date,source"
    rows = (
        f'{ROSNEFT},{GAZPROM},06.10.10,"1 500,50",31.12.2018,contract 1',
        f"{ROSNEFT},{GAZPROM},99.99.99.999,-5,2018-02-30,contract 2",
        f"{GAZPROM},{GAZPROM},,,,",
        f"{GAZPROM},123,,,,",
        f"{PERSON},{GAZPROM},,,,",
    )
    report = import_file(store, table(tmp_path, *rows, header=header), lang="en")
    assert (report.format, report.tally.links_added, report.tally.refused) == ("links_table", 2, 3)
    assert [(each.line, each.field) for each in report.quarantined] == [
        (3, "okpd2"), (3, "amount_rub"), (3, "date"), (4, "buyer_inn"), (5, "buyer_inn"), (6, "supplier_inn"),
    ]  # fmt: skip
    by_source = {link.source: (link.okpd2, link.amount_rub, str(link.date)) for link in store.links()}
    assert by_source == {"contract 1": ("06.10.10", 1500.5, "2018-12-31"), "contract 2": (None, None, "None")}
    assert adds_up(report)
    assert import_file(store, table(tmp_path, *rows[:1], header=header, name="b.csv")).tally.unchanged == 1


def test_what_was_sold_is_kept_in_words_and_counts_as_the_activity_they_tell(
    small_settings: Settings, tmp_path: Path
) -> None:
    workspace = Workspace(small_settings)
    firms = [f"{ROSNEFT};Азот;20.15", f"{GAZPROM};Арнест;20.42"]
    import_file(workspace.store, table(tmp_path, *firms, header="ИНН;Наименование;ОКВЭД", name="firms.csv"))
    sales = [
        f"{ROSNEFT};{GAZPROM};Селитра аммиачная в мешках;;100",
        f"{ROSNEFT};{GAZPROM};Селитра аммиачная в мешках;;200",
        f"{ROSNEFT};{GAZPROM};Селитра аммиачная в мешках;20.14.11;300",
        f"{ROSNEFT};{GAZPROM};по счёту;;400",
    ]
    header = "ИНН поставщика;ИНН покупателя;Наименование товара;ОКПД2;Сумма"
    report = import_file(workspace.store, table(tmp_path, *sales, header=header, name="sales.csv"))
    assert (report.format, report.tally.links_added) == ("links_table", 4)
    assert {link.text for link in workspace.store.links()} == {"Селитра аммиачная в мешках", "по счёту"}
    columns = workspace.columns
    counted = {workspace.economy.codes[code]: n for code, n in zip(columns.sale_code, columns.sale_count, strict=True)}
    assert counted == {"20.15": 2, "20.14": 1}
    assert columns.link_count.tolist() == [4]


def test_a_year_that_is_not_stated_is_assumed_and_said(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, f"{GAZPROM};46.71;5", header="inn;okved;revenue_rub")
    report = import_file(store, path, year=2019, lang="en")
    assert store.figures(GAZPROM) == (Figure("revenue_rub", 2019, 5.0),)
    assert report.assumptions == ("figures without a year are taken for 2019",)


def test_columns_that_are_not_understood_are_named(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, f"{GAZPROM};46.71;8-800", header="inn;okved;Телефон")
    assert import_file(store, path).ignored_columns == ("Телефон",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        (f"{HEADER}\n", "has a header and no rows"),
        ("foo,bar\n1,2\n", "columns found: foo, bar"),
        ("inn,phone\n7736050003,112\n", "columns found: inn, phone"),
        ("просто письмо\nбез таблицы\n", "no table of companies"),
    ],
)
def test_a_file_that_says_nothing_is_refused_and_changes_nothing(
    store: Store, tmp_path: Path, content: str, message: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=message):
        import_file(store, path)
    assert store.runs() == []


def test_a_cut_off_file_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    path.write_bytes(accounts(2013).read_bytes()[:200_000])
    with pytest.raises(UnreadableFile, match="cut off or damaged"):
        import_file(store, path)
    assert store.runs() == []


def test_a_format_asked_for_must_exist_and_fit(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, f"{GAZPROM};Газпром;46.71;5;2018")
    with pytest.raises(UsageError, match="no format xyz"):
        import_file(store, path, format="xyz")
    with pytest.raises(UnreadableFile, match="not of the format rosstat_boo"):
        import_file(store, path, format="rosstat_boo")
    assert import_file(store, accounts(2016), format="plain_table").format == "plain_table"


def test_when_no_row_can_be_read_the_report_says_so(store: Store, tmp_path: Path) -> None:
    report = import_file(store, table(tmp_path, "123;Никто;46.71;5;2018"))
    assert not report.readable
    assert report.tally.refused == 1


def test_progress_is_told(store: Store) -> None:
    steps: list[Step] = []
    import_file(store, accounts(2013), progress=steps.append)
    assert {step.file for step in steps} == {"rosstat_boo_2013.csv.gz"}
    shares = [step.share for step in steps if step.share is not None]
    assert len(shares) == len(steps)
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] == 1
    seen = [step.rows for step in steps]
    assert seen == sorted(seen)
    assert seen[-1] == 15_453
    assert len(seen) > 3


IMPORTER = """
import sys
from matcher.intake.run import import_file
from models.store import Store
def told(step):
    print(step.rows, flush=True)
    sys.stdin.readline()
import_file(Store.open(sys.argv[1]), sys.argv[2], progress=told)
"""


def halfway(url: str, path: Path) -> subprocess.Popen[str]:
    """Return a process that has written half of an import and waits."""
    arguments = [sys.executable, "-c", IMPORTER, url, str(path)]
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdin is not None
    for _ in range(3):
        assert int(process.stdout.readline()) > 0
        process.stdin.write("\n")
        process.stdin.flush()
    assert int(process.stdout.readline()) == 8000
    return process


def test_a_reader_sees_the_state_before_during_an_import_and_a_killed_import_leaves_it(store: Store, url: str) -> None:
    import_file(store, accounts(2012))
    before, version, runs = state(store), store.data_version(), len(store.runs())
    with halfway(url, accounts(2013)) as process:
        try:
            assert (state(store), store.data_version()) == (before, version)
        finally:
            os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    with Store.open(url) as again:
        assert (state(again), again.data_version(), len(again.runs())) == (before, version, runs)
        assert check_store(again).sound
        assert import_file(again, accounts(2013)).tally.read == 15_453


def test_a_file_packed_anew_is_another_file_with_nothing_new(store: Store, tmp_path: Path) -> None:
    import_file(store, accounts(2016))
    plain = tmp_path / "plain.csv"
    plain.write_bytes(gzip.decompress(accounts(2016).read_bytes()))
    tally = import_file(store, plain).tally
    assert (tally.added, tally.changed, tally.unchanged) == (0, 0, 1000)


def test_the_import_benchmark_reads_all_it_wrote(tmp_path: Path) -> None:
    figures = bench_import(1000, 1000)
    assert figures["documents"] == 1000
    assert 0 < figures["share_of_floor"] < 1
    write_register(tmp_path / "a.zip", 1000)
    with Store.open(url_in(tmp_path)) as store:
        tally = import_file(store, tmp_path / "a.zip").tally
    assert (tally.added, tally.refused) == (1000, 0)


def test_twenty_imports_killed_at_random_moments_leave_the_state_before(tmp_path: Path) -> None:
    url, register = url_in(tmp_path), tmp_path / "register.zip"
    write_register(register, 4000)
    with Store.open(url) as store:
        import_file(store, accounts(2016))
        before, runs = state(store), len(store.runs())
        chance, killed = random.Random(7), 0
        for turn in range(20):
            large = 0 if turn % 2 else 1 << 40  # every other one reads ahead in a process of its own
            process = subprocess.Popen([sys.executable, "-c", FREE_IMPORTER, url, str(register), str(large)])
            time.sleep(chance.uniform(0.2, 1.2))
            process.kill()
            killed += process.wait() == -signal.SIGKILL
            if len(store.runs()) != runs:
                finished = store.runs()[-1]
                assert (len(store.runs()), finished.tally.added) == (runs + 1, 4000)
                with store.begin() as unit:
                    unit.undo(finished.id)
                runs += 1
            assert state(store) == before
            assert check_store(store).sound
        assert killed >= 10
        import_file(store, register)
        assert check_store(store).sound


FREE_IMPORTER = """
import sys
from matcher.intake import ahead
from matcher.intake.run import import_file
from models.store import Store
ahead.LARGE = int(sys.argv[3])
import_file(Store.open(sys.argv[1]), sys.argv[2])
"""
