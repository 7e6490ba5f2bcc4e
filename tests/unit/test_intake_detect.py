"""A file is judged by its bytes; what cannot be read is refused with what to do."""

from __future__ import annotations

import gzip
import io
import itertools
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from matcher.intake.delimited import sniff_delimiter
from matcher.intake.detect import MAX_SWELLING, probe
from matcher.intake.registry import choose, take_sample
from matcher.intake.table import read_rows
from models.errors import UnreadableFile

ROWS = [["ИНН", "Наименование", "ОКВЭД", "Чем занимается"], ["7736050003", "Газпром, ПАО", "46.71", "газ; нефть"]]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1251")


def as_csv(delimiter: str, end: str = "\r\n") -> str:
    return end.join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS) + end


@pytest.mark.parametrize(("encoding", "delimiter"), list(itertools.product(ENCODINGS, ",;\t|")))
@pytest.mark.parametrize("packed", [False, True])
def test_any_usual_encoding_and_delimiter_gives_the_same_rows(
    tmp_path: Path, encoding: str, delimiter: str, packed: bool
) -> None:
    data = as_csv(delimiter).encode(encoding)
    path = tmp_path / "companies.dat"  # the name says nothing
    path.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    assert list(read_rows(probe(path))) == [(1, ROWS[0]), (2, ROWS[1])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(tmp_path: Path, end: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(as_csv(";", end).encode())
    assert [line for line, _ in read_rows(probe(path))] == [1, 2]


def test_a_workbook_is_read_by_its_best_sheet(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Титульный лист"])
    sheet = book.create_sheet("Данные")
    sheet.append([])
    sheet.append(["№", *ROWS[0]])
    sheet.append([1, 7736050003, *ROWS[1][1:]])
    path = tmp_path / "companies.bin"
    book.save(path)
    sample = take_sample(probe(path))
    assert (sample.sheet, sample.header.line, choose(sample)) == ("Данные", 2, "plain_table")
    assert list(sample.body()) == [(3, ["1", *ROWS[1]])]


def test_a_record_over_several_lines_is_found_under_its_first(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('inn,offers\n7736050003,"газ\nи нефть"\n7706107510,нефть\n', encoding="utf-8")
    assert [(line, cells[0]) for line, cells in read_rows(probe(path))][1:] == [(2, "7736050003"), (4, "7706107510")]


def test_blank_rows_are_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("inn,offers\n\n,\n7736050003,газ\n", encoding="utf-8")
    assert [line for line, _ in read_rows(probe(path))] == [1, 4]


def test_a_few_broken_characters_do_not_make_a_text_windows_1251(tmp_path: Path) -> None:
    text = ("7736050003,Публичное акционерное общество Газпром\n" * 50).encode()
    path = tmp_path / "t.csv"
    path.write_bytes(text + "Ж".encode()[:1])
    assert probe(path).encoding == "utf-8"


def test_a_delimiter_inside_quotes_is_no_delimiter() -> None:
    assert sniff_delimiter('inn;name\n1;"a, b, c, d"\n2;"e, f, g, h"\n') == ";"


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (gzip.compress(b"", mtime=0), "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel"),
        (b"%PDF-1.7\n", "a PDF"),
        (bytes(range(256)) * 4, "no text file"),
        (gzip.compress(as_csv(";").encode() * 500)[:-40], "cut off or damaged"),
        (gzip.compress(b"inn;offers\n", mtime=0)[:8] + b"rubbish", "cut off or damaged"),
        (b"PK\x03\x04rubbish", "cut off or damaged"),
        (gzip.compress(bytes(1 << 10), mtime=0), "no text file"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        list(read_rows(probe(write(tmp_path / "t.csv", data))))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="there is no file"):
        probe(tmp_path / "nothing.csv")
    with pytest.raises(UnreadableFile, match="is a folder"):
        probe(tmp_path)


def test_a_gzip_that_swells_beyond_reason_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(b"0" * (80 << 20), compresslevel=9, mtime=0)
    assert len(bomb) * MAX_SWELLING < 80 << 20
    with pytest.raises(UnreadableFile, match="suspiciously much"):
        probe(write(tmp_path / "t.csv.gz", bomb))


def test_a_workbook_that_swells_beyond_reason_is_refused_unread(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(80 << 20))
    with pytest.raises(UnreadableFile, match="suspiciously much"):
        probe(write(tmp_path / "t.xlsx", buffer.getvalue()))


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<not closed")
    with pytest.raises(UnreadableFile, match="cut off or damaged"):
        take_sample(probe(write(tmp_path / "t.xlsx", buffer.getvalue())))


@pytest.mark.parametrize(
    "last", ['7706107510,"нефть"', '7706107510,"нефть"\n', '7706107510,труба 5" стальная', '7706107510,"две\nстроки"']
)
def test_quotes_that_are_closed_or_mean_inches_are_taken(tmp_path: Path, last: str) -> None:
    path = write(tmp_path / "t.csv", f"inn,offers\n{last}".encode())
    assert [line for line, _ in read_rows(probe(path))] == [1, 2]


def test_unknown_columns_are_listed_with_what_may_be_meant(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "ИННН,Фирма,ОКВЕД\n1,2,3\n".encode())
    with pytest.raises(UnreadableFile) as caught:
        choose(take_sample(probe(path)))
    assert "ИННН, Фирма, ОКВЕД" in str(caught.value.message)
    assert "ИННН → inn" in str(caught.value.hint)
    assert "ОКВЕД → okved_main" in str(caught.value.hint)
