"""Broken files of every kind: each is told apart by a clear error or a quarantine, and the register stays whole."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from matcher.bench.imports import write_register
from matcher.intake.run import ImportReport, import_file
from models.check import check_store
from models.errors import ZvenoError
from models.store import Store
from tests.integration.store_databases import url_in

FIRST = "inn;okved_main;name;revenue_rub;year\n"
ROWS = "2631015563;20.30;ООО Краски;1000;2023\n7736050003;06.20;Газпром;2000;2023\n"
TABLE = (FIRST + ROWS * 20).encode()
LINKS = b"supplier_inn,buyer_inn,amount_rub\n2631015563,7736050003,5\n"


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def register(tmp: Path) -> bytes:
    write_register(tmp / "seed.zip", 20)
    with zipfile.ZipFile(tmp / "seed.zip") as archive:
        return archive.read(archive.namelist()[0])


def archive(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files:
            packed.writestr(name, data)
    return out.getvalue()


def claiming(data: bytes, size: int) -> bytes:
    """Return an archive of one file that claims to be of a size when unpacked, in both of its headers."""
    forged = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        forged[at : at + 4] = size.to_bytes(4, "little")
    return bytes(forged)


BOOK = workbook(("inn", "okved_main"), ("2631015563", "20.30"))

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODS = archive(
    ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
    (
        "content.xml",
        (
            f'<o:document-content xmlns:o="{ODF}office:1.0" xmlns:t="{ODF}table:1.0" xmlns:x="{ODF}text:1.0"><o:body>'
            '<o:spreadsheet><t:table t:name="a">'
            + "".join(
                "<t:table-row>"
                + "".join(f"<t:table-cell><x:p>{cell}</x:p></t:table-cell>" for cell in line.split(";"))
                + "</t:table-row>"
                for line in TABLE.decode().splitlines()
            )
            + "</t:table></o:spreadsheet></o:body></o:document-content>"
        ).encode(),
    ),
)

#: What is done to a sound file.
MUTATIONS: dict[str, Callable[[bytes], bytes]] = {
    "cut_early": lambda data: data[: len(data) // 10],
    "cut_half": lambda data: data[: len(data) // 2],
    "cut_last_byte": lambda data: data[:-1],
    "cut_inside_a_letter": lambda data: data[: data.find(b"\xd0") + 1] if b"\xd0" in data else data[:-3],
    "nul_bytes": lambda data: data[:50] + b"\x00\x00" + data[50:],
    "control_bytes": lambda data: data[:50] + b"\x07\x1b" + data[50:],
    "two_marks": lambda data: b"\xef\xbb\xbf\xef\xbb\xbf" + data,
    "rubbish_before": lambda data: b"rubbish\n" + data,
    "rubbish_behind": lambda data: data + b"\n<<<rubbish",
    "twice": lambda data: data + data,
    "shuffled": lambda data: bytes(random.Random(1).sample(list(data), len(data))),
    "flipped_bits": lambda data: bytes(b ^ (i % 97 == 0) for i, b in enumerate(data)),
}
SEEDS = ("table", "links", "book", "ods", "register", "archive", "packed")


def sound(name: str, tmp: Path) -> bytes:
    if name == "register":
        return register(tmp)
    if name == "archive":
        return archive(("a.xml", register(tmp)))
    return {"table": TABLE, "links": LINKS, "book": BOOK, "ods": ODS, "packed": gzip.compress(TABLE)}[name]


LIES = '<?xml version="1.0" encoding="{}"?><Файл ТипИнф="РЕЕСТРМСП"><Документ/></Файл>'
BOMB = '<!DOCTYPE Файл [<!ENTITY a "{}"><!ENTITY b "{}">]><Файл ТипИнф="РЕЕСТРМСП"><Документ a="&b;"/></Файл>'.format(
    "x" * 1000, "&a;" * 1000
)
#: Files that were never sound.
ODD: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\t\n",
    "header_alone": FIRST.encode(),
    "header_twice": (FIRST + FIRST + ROWS).encode(),
    "no_header": ROWS.encode(),
    "mixed_line_ends": TABLE.replace(b"\n", b"\r\n", 5).replace(b"\n", b"\r", 3),
    "open_quote": (FIRST + '2631015563;20.30;"ООО Краски;1;2023\n' + ROWS).encode(),
    "a_field_of_a_megabyte": (FIRST + f"2631015563;20.30;{'x' * (1 << 20)};1;2023\n").encode(),
    "many_columns": (FIRST + ";" * 5000 + "\n").encode(),
    "formulas": (FIRST + "2631015563;20.30;=cmd|' /C calc'!A0;=1+1;2023\n").encode(),
    "infinite_figures": (FIRST + "2631015563;20.30;a;inf;2023\n7736050003;06.20;b;1e999;2023\n").encode(),
    "years_that_never_were": (FIRST + "2631015563;20.30;a;1;0\n7736050003;06.20;b;1;99999\n").encode(),
    "two_versions_of_a_firm": (FIRST + "2631015563;20.30;А;1;2023\n2631015563;20.41;Б;2;2023\n").encode(),
    "windows_1251_said_to_be_utf8": LIES.format("UTF-8").encode("windows-1251"),
    "an_encoding_nobody_has": LIES.format("x-klingon").encode(),
    "utf16_without_mark": LIES.format("UTF-16").encode("utf-16-le"),
    "another_root": b"<html><body>404</body></html>",
    "no_documents": '<Файл ТипИнф="РЕЕСТРМСП"/>'.encode(),
    "deep": b"<a>" * 20_000,
    "a_huge_attribute": '<Файл ТипИнф="{}"/>'.format("x" * (11 << 20)).encode(),
    "json_of_nothing": b"[]",
    "json_cut": b'[{"inn": "2631015563"',
    "deep_json": b"[" * 50_000,
    "pdf": b"%PDF-1.7\n",
    "old_excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100,
    "empty_archive": archive(),
    "archive_of_pictures": archive(("a.png", b"\x89PNG")),
    "archive_in_archive": archive(("a.xml", archive(("b.xml", b"<a/>")))),
    "workbook_of_nothing": workbook(),
    "workbook_of_numbers": workbook((1, 2), (3, 4)),
    "gzip_of_gzip": gzip.compress(gzip.compress(TABLE)),
    "a_table_claiming_two_gigabytes": claiming(archive(("a.csv", TABLE)), 2 << 30),
    "a_register_claiming_two_gigabytes": claiming(archive(("a.xml", b"<a/>")), 2 << 30),
    "a_register_claiming_less_than_it_is": claiming(archive(("a.xml", b"<a>" + b"x" * 5000 + b"</a>")), 10),
    "a_bomb_of_zeros": archive(("a.csv", b"0" * (80 << 20))),
    "a_bomb_of_entities": BOMB.encode(),
}


def cases() -> Iterator[tuple[str, str]]:
    yield from ((seed, mutation) for seed in SEEDS for mutation in MUTATIONS)
    yield from (("odd", name) for name in ODD)


def test_the_corpus_is_large() -> None:
    assert len(list(cases())) >= 100


@pytest.mark.parametrize(("seed", "how"), list(cases()))
def test_a_broken_file_is_told_and_harms_nothing(tmp_path: Path, seed: str, how: str) -> None:
    data = ODD[how] if seed == "odd" else MUTATIONS[how](sound(seed, tmp_path))
    path = tmp_path / "file.bin"
    path.write_bytes(data)
    with Store.open(url_in(tmp_path)) as store:
        before = store.counts()
        told, report = outcome(store, path)
        if report is None:
            assert told is not None
            assert told.message.render("ru")
            assert len(told.message.render("en")) < 1000
            assert store.counts() == before
        else:
            tally = report.tally
            kept = tally.added + tally.changed + tally.unchanged + tally.waiting
            assert tally.read == kept + tally.refused + tally.skipped
            assert tally.refused == 0 or report.quarantined
        assert check_store(store).sound


def outcome(store: Store, path: Path) -> tuple[ZvenoError | None, ImportReport | None]:
    try:
        return None, import_file(store, path)
    except ZvenoError as error:
        return error, None
