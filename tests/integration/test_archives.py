"""ZIP archives of anything: each member by its own format, all in one transaction, nothing left behind on disk."""

from __future__ import annotations

import gzip
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from matcher.intake import archive as archives
from matcher.intake.mapping import Choice, Profile
from matcher.intake.run import ImportReport, import_file
from matcher.pipeline.register.imports import undo
from matcher.pipeline.workspace import Workspace
from models.check import check_store
from models.errors import StorageError, UnreadableFile, UsageError
from models.store import Store
from tests.conftest import settings_in
from tests.unit.test_intake_ods import ods, row, sheet, text
from tests.unit.test_intake_rosstat_raw import NAME_2016, ROWS

HEADER = "inn;okved_main;name;revenue_rub;year\n"
PAINT, GAZPROM, ARNEST, ROSNEFT, SIBUR = "2631015563", "7736050003", "2631006752", "7706107510", "7727547261"


def csv_of(*inns: str) -> bytes:
    return (HEADER + "".join(f"{inn};20.30;Фирма {inn};1000;2023\n" for inn in inns)).encode()


def book_of(*inns: str) -> bytes:
    book, file = Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    for cells in (("inn", "okved_main"), *((inn, "20.30") for inn in inns)):
        page.append(cells)
    book.save(file)
    return file.getvalue()


def json_of(inn: str) -> bytes:
    names = {"legalName": {"short": "АО Арнест"}}
    return json.dumps([{"inn": inn, "focusHref": "x", "UL": names}]).encode()


def sme_of(*inns: str) -> bytes:
    firms = "".join(
        f'<Документ ДатаСост="10.02.2019"><ОргВклМСП НаимОрг="А" ИННЮЛ="{inn}"/>'
        '<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="20.15" ВерсОКВЭД="2014"/></СвОКВЭД></Документ>'
        for inn in inns
    )
    return f'<Файл ТипИнф="РЕЕСТРМСП">{firms}</Файл>'.encode()


def headcount_of(inn: str) -> bytes:
    taxpayer = f'<СведНП НаимОрг="А" ИННЮЛ="{inn}"/><СведССЧР КолРаб="12"/>'
    return f'<Файл ТипИнф="ОТКРДАННЫЕ3"><Документ ДатаСост="31.12.2023">{taxpayer}</Документ></Файл>'.encode()


LINKS = f"supplier_inn,buyer_inn,amount_rub\n{PAINT},{GAZPROM},5\n".encode()
MIXED: dict[str | zipfile.ZipInfo, bytes] = {
    "участники.csv": csv_of(PAINT),
    "папка/sme1.xml": sme_of(GAZPROM),
    "book.xlsx": book_of(SIBUR),
    "focus.json": json_of(ARNEST),
    "sme2.XML": sme_of(ROSNEFT),
    "people.xml": headcount_of(GAZPROM),
    "links.csv.gz": gzip.compress(LINKS),
}


def archive(folder: Path, files: dict[str | zipfile.ZipInfo, bytes], name: str = "a.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for member, data in files.items():
            packed.writestr(member, data)
    return path


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give temporary files a folder of the test's own; whatever happens it is empty afterwards."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def left(report: ImportReport) -> dict[str, str]:
    return {each.value: each.error for each in report.quarantined if each.field == "file"}


def test_every_member_is_read_by_its_own_format_and_is_an_import_of_its_own(store: Store, tmp_path: Path) -> None:
    report = import_file(store, archive(tmp_path, MIXED))
    assert [(part.file, part.format) for part in report.parts] == [
        ("a.zip/папка/sme1.xml +1", "fns_sme_xml"),
        ("a.zip/people.xml", "fns_open_data_xml"),
        ("a.zip/участники.csv", "plain_table"),
        ("a.zip/book.xlsx", "plain_table"),
        ("a.zip/focus.json", "kontur_focus"),
        ("a.zip/links.csv.gz", "links_table"),
    ]
    assert (report.run, report.file, report.format, report.tally.read) == (None, "a.zip", "zip", 7)
    assert [each.inn for each in store.companies()] == sorted([PAINT, GAZPROM, ARNEST, ROSNEFT, SIBUR])
    assert store.company(GAZPROM).workers == 12
    assert len(list(store.links())) == 1
    runs = store.runs()
    assert [run.header.file_name for run in runs] == [part.file for part in report.parts]
    assert {run.header.sha256 for run in runs} == {report.sha256}
    assert [run.header.options["member"] for run in runs] == [part.file.removeprefix("a.zip/") for part in report.parts]
    assert [part["file"] for part in report.as_document()["parts"]] == [run.header.file_name for run in runs]
    assert check_store(store).sound


def test_the_same_archive_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = archive(tmp_path, {**MIXED, "empty.csv": HEADER.encode()})
    first = import_file(store, path)
    version, runs = store.data_version(), len(store.runs())
    again = import_file(store, path)
    assert [part.repeats for part in again.parts] == [part.run for part in first.parts]
    assert (again.tally.added, store.data_version(), len(store.runs())) == (0, version, runs)


def test_a_part_is_undone_alone_and_comes_back_alone(tmp_path: Path) -> None:
    workspace = Workspace(settings_in(tmp_path))
    path = archive(tmp_path, MIXED)
    first = import_file(workspace.store, path)
    run = first.parts[2].run
    assert run is not None
    undo(workspace, run)
    assert PAINT not in [each.inn for each in workspace.store.companies()]
    again = import_file(workspace.store, path)
    assert [part.repeats is None for part in again.parts] == [False, False, True, False, False, False]
    assert again.tally.added == 1
    workspace.store.close()


def test_a_dry_run_tells_what_an_import_then_does(store: Store, tmp_path: Path) -> None:
    path = archive(tmp_path, MIXED)
    dry = import_file(store, path, dry_run=True)
    assert store.runs() == []
    real = import_file(store, path)
    assert [part.tally for part in dry.parts] == [part.tally for part in real.parts]
    assert dry.dry_run
    assert [part.run for part in dry.parts] == [None] * 6


def test_an_archive_of_registers_of_one_kind_is_one_import_of_the_archive(store: Store, tmp_path: Path) -> None:
    report = import_file(store, archive(tmp_path, {"a.xml": sme_of(PAINT), "b.xml": sme_of(GAZPROM, ARNEST)}))
    assert (report.file, report.parts, report.tally.added) == ("a.zip", (), 3)
    assert "member" not in store.runs()[0].header.options


def test_an_archive_of_one_table_is_that_table(store: Store, tmp_path: Path) -> None:
    lists = "".join(";".join(row) + "\n" for row in ROWS).encode("windows-1251")
    report = import_file(store, archive(tmp_path, {NAME_2016: lists}))
    assert (report.format, report.file, report.last_year) == ("rosstat_boo_raw", f"a.zip/{NAME_2016}", 2016)
    assert store.runs()[0].header.source == "Росстат, бухгалтерская отчётность за 2016 год"


def test_what_is_no_table_and_of_no_format_is_set_aside_by_name(store: Store, tmp_path: Path) -> None:
    odd = {
        "скан.pdf": b"%PDF-1.7\n",
        "readme.txt": "просто письмо\nбез таблицы\n".encode(),
        "empty.csv": b"",
        "header.csv": HEADER.encode(),
        "page.xml": b"<html><body>404</body></html>",
        "cut.xml": b"<a",
        "inner.zip": archive(tmp_path, {"b.csv": csv_of(ARNEST)}, "inner.zip").read_bytes(),
        "data.json": b"{}",
    }
    report = import_file(store, archive(tmp_path, {**odd, "a.csv": csv_of(PAINT)}), lang="en")
    assert (report.file, report.tally.added, report.tally.quarantined) == ("a.zip/a.csv", 1, len(odd))
    reasons = left(report)
    assert set(reasons) == set(odd)
    assert reasons["скан.pdf"] == "скан.pdf is a PDF document"
    assert reasons["empty.csv"] == "empty.csv is empty"
    assert reasons["header.csv"] == "a header and no rows"
    assert reasons["inner.zip"].startswith("an archive in the archive")
    assert "cannot be read beyond" in reasons["cut.xml"]
    assert "scratch" not in repr(reasons)
    assert {each.value for each in store.quarantine(1)} == set(odd)
    assert [each.inn for each in store.companies()] == [PAINT]


def test_a_format_asked_for_sets_all_else_aside(store: Store, tmp_path: Path) -> None:
    report = import_file(store, archive(tmp_path, MIXED), format="links_table")
    assert (report.file, report.tally.links_added) == ("a.zip/links.csv.gz", 1)
    assert len(left(report)) == len(MIXED) - 1


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.png": b"\x89PNG", "b.pdf": b"%PDF"}, "nothing in the archive can be read: a.png, b.pdf"),
        ({"a.csv": HEADER.encode(), "b.csv": HEADER.encode()}, "a header and no rows"),
        ({"папка/": b""}, "nothing in the archive can be read: —"),
    ],
)
def test_an_archive_without_anything_to_read_is_refused(
    store: Store, tmp_path: Path, files: dict[str | zipfile.ZipInfo, bytes], message: str
) -> None:
    with pytest.raises(UnreadableFile, match=message):
        import_file(store, archive(tmp_path, files))
    assert store.runs() == []


def test_a_member_that_turns_out_damaged_undoes_all_and_is_named(store: Store, tmp_path: Path) -> None:
    wide = "x;" * 3000
    bad = csv_of(*[GAZPROM] * 100) + wide.encode()
    with pytest.raises(UnreadableFile, match=r"^a\.zip/bad\.csv, line 102"):
        import_file(store, archive(tmp_path, {"a.xml": sme_of(PAINT), "bad.csv": bad}))
    assert (store.runs(), list(store.companies())) == ([], [])


def test_what_a_person_says_of_columns_holds_for_the_tables_of_an_archive(store: Store, tmp_path: Path) -> None:
    strange = csv_of(PAINT).replace(b"inn;", "Код партнёра;".encode())
    path = archive(tmp_path, {"a.csv": strange, "b.xml": sme_of(GAZPROM), "c.csv": csv_of(ARNEST)})
    said = Choice(named=Profile("свои", {"Код партнёра": "inn"}))
    assert import_file(store, path, mapping=said).tally.added == 3
    with pytest.raises(UsageError):
        import_file(store, path, mapping=Choice(named=Profile("чужие", {"Шифр": "inn"})))


def test_a_spreadsheet_in_an_archive_is_read(store: Store, tmp_path: Path) -> None:
    sheets = ods(tmp_path / "b.ods", sheet(row(text("inn"), text("okved_main")), row(text(PAINT), text("20.30"))))
    report = import_file(store, archive(tmp_path, {"b.ods": sheets.read_bytes(), "a.xml": sme_of(GAZPROM)}))
    assert [part.file for part in report.parts] == ["a.zip/a.xml", "a.zip/b.ods"]
    assert report.tally.added == 2


def test_a_damaged_archive_is_refused_whole(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("a.csv", csv_of(PAINT))
        packed.writestr("b.csv", csv_of(GAZPROM))
    path.write_bytes(path.read_bytes().replace(GAZPROM.encode(), ARNEST.encode()))  # the check sum no longer agrees
    with pytest.raises(UnreadableFile, match=r"a\.zip is cut off or damaged"):
        import_file(store, path)
    assert store.runs() == []


def test_a_member_that_swells_refuses_the_archive(store: Store, tmp_path: Path) -> None:
    noise = {f"{number}.bin": bytes(range(256)) * 4000 for number in range(3)}
    path = archive(tmp_path, {"a.csv": csv_of(PAINT), "zeros.csv": b"0" * (70 << 20), **noise})
    with pytest.raises(UnreadableFile, match="suspiciously much"):
        import_file(store, path)
    assert store.runs() == []


def test_too_many_tables_are_refused(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_TABLES", 2)
    with pytest.raises(UnreadableFile, match="more than 2 tables"):
        import_file(store, archive(tmp_path, {f"{n}.csv": csv_of(PAINT) for n in range(3)}))


def test_names_that_leave_the_archive_and_repeated_ones_write_nothing(store: Store, tmp_path: Path) -> None:
    before = {each for each in tmp_path.rglob("*") if each.suffix == ".csv"}
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("../../evil.csv", csv_of(PAINT))
        packed.writestr("/etc/evil.csv", csv_of(GAZPROM))
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr("/etc/evil.csv", csv_of(ARNEST))
    report = import_file(store, path, lang="en")
    assert [part.file for part in report.parts] == ["a.zip/../../evil.csv", "a.zip//etc/evil.csv"]
    assert left(report.parts[-1]) == {"/etc/evil.csv": "a second file of that name"}
    assert {each for each in tmp_path.rglob("*") if each.suffix == ".csv"} == before


def test_names_as_russian_windows_writes_them_are_read(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("ABCD.csv", csv_of(PAINT))
    path.write_bytes(path.read_bytes().replace(b"ABCD", "Кадр".encode("cp866")))
    assert import_file(store, path).file == "a.zip/Кадр.csv"


def test_a_full_disk_is_told_as_such(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archives.shutil, "copyfileobj", full)
    with pytest.raises(StorageError, match=r"a\.csv cannot be unpacked: No space left"):
        import_file(store, archive(tmp_path, {"a.csv": csv_of(PAINT)}))
