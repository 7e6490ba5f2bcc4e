"""Shortlists and requests as files of three kinds: the same candidates in each, with reasons, and no formula."""

from __future__ import annotations

import io
import re
import zlib

import pytest
from docx import Document as read_docx
from openpyxl import load_workbook

from api.cli import zveno
from matcher.cli.main import run
from matcher.pipeline.shortlists import Options, suppliers
from matcher.pipeline.workspace import Workspace
from matcher.report.ranking.reasons import PART_NAMES
from tests.integration.test_api_pages import AZOT
from tests.integration.test_supply_pages import SACKS, SACKS_INPUT, saved, send
from tests.visitors import enrolled

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def anchor(app):
    return enrolled(app, AZOT, "anchor", "azot")


def words_of_docx(content):
    document = read_docx(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def pages_of_pdf(content):
    assert content.startswith(b"%PDF")
    streams = [zlib.decompress(part) for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S)
               if part[:1] == b"x"]  # fmt: skip
    assert any(b" Tf" in stream for stream in streams)
    return content.count(b"/Type /Page\n")


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_shortlist_is_a_document_with_the_same_candidates(anchor, lang):
    shown = anchor.get(f"/api/v1/suppliers?inn={AZOT}&lang={lang}").json
    got = anchor.get(f"/suppliers.docx?inn={AZOT}", headers={"Accept-Language": lang})
    assert got.headers["Content-Disposition"].endswith(f"suppliers-{AZOT}.docx")
    words = words_of_docx(got.data)
    for item in shown["items"]:
        assert item["inn"] in words
        assert next(reason["text"] for reason in item["reasons"] if reason["part"] == "input_fit") in words
    assert {"ru": "Кандидаты", "en": "Candidates"}[lang] in words


def test_everybody_is_told_that_no_register_of_products_is_loaded(anchor, small_settings, capsys):
    """In the API, on the page, in a document, in a workbook and by the command alike."""
    asked, said = f"inn={AZOT}&certified=6&lang=en", "no register of Russian products is loaded"
    (source,) = anchor.get(f"/api/v1/suppliers?{asked}").json["not_loaded"]
    assert source["text"].startswith(said)
    assert "zveno import" in source["hint"]
    page = anchor.get(f"/suppliers?{asked}", headers=ENGLISH).text
    assert said[1:] in page
    assert source["hint"][1:] in page
    assert said in words_of_docx(anchor.get(f"/suppliers.docx?{asked}", headers=ENGLISH).data)
    book = load_workbook(io.BytesIO(anchor.get(f"/suppliers.xlsx?{asked}", headers=ENGLISH).data))
    assert book["not loaded"]["A2"].value.startswith(said)
    known = ["--db", small_settings.database_url, "--lang", "en"]
    assert run(zveno, ["suppliers", AZOT, "--certified", "6", *known]) == 0
    assert said in capsys.readouterr().out
    assert anchor.get(f"/api/v1/suppliers?inn={AZOT}").json["not_loaded"] == []


def test_a_shortlist_is_a_pdf_and_nothing_else(anchor):
    got = anchor.get(f"/suppliers.pdf?inn={AZOT}")
    assert got.mimetype == "application/pdf"
    assert pages_of_pdf(got.data) >= 1
    assert anchor.get(f"/suppliers.txt?inn={AZOT}").status_code == 404
    assert anchor.get(f"/suppliers.pdf?inn={SACKS}").status_code == 403
    assert anchor.get(f"/buyers.pdf?inn={AZOT}").status_code == 200
    assert words_of_docx(anchor.get("/buyers.docx", query_string={"text": "мешки", "okved": "22.22"}).data)


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf"])
def test_a_request_is_a_file_with_its_terms(anchor, form):
    name = '=HYPERLINK("x")'
    path = saved(anchor, **{"papers-0": "ISO 9001", "note-0": name, "words-3": "ремонт насосов"})
    got = anchor.get(f"{path}/suppliers.{form}", headers=ENGLISH)
    assert got.status_code == 200
    if form == "pdf":
        assert pages_of_pdf(got.data) >= 1
    elif form == "docx":
        words = words_of_docx(got.data)
        assert all(text in words for text in ("Мешок", "Ремонт", "ISO 9001", name, "Inputs"))
    else:
        book = load_workbook(io.BytesIO(got.data))
        assert all(sheet.auto_filter.ref.startswith("A1:") for sheet in book.worksheets)
        assert {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row} <= {
            "s",
            "n",
            "inlineStr",
        }
        rows = list(book.worksheets[1].values)
        assert {row[0] for row in rows[1:]} >= {"ремонт насосов"}
        assert SACKS in {row[3] for row in rows[1:]}
    assert anchor.get(f"{path}/suppliers.exe").status_code == 404


def test_near_misses_are_a_sheet_of_their_own(anchor):
    path = saved(anchor, **{"radius-0": "1"})
    book = load_workbook(io.BytesIO(anchor.get(f"{path}/suppliers.xlsx", headers=ENGLISH).data))
    assert book.sheetnames == ["Inputs", "candidates", "near misses"]
    assert send(anchor, f"{path}/edit", SACKS_INPUT).status_code == 303


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf"])
def test_the_command_writes_the_same_list(small_settings, tmp_path, capsys, form):
    out = tmp_path / f"list.{form}"
    known = ["--db", small_settings.database_url, "--lang", "en"]
    assert run(zveno, ["suppliers", AZOT, "--out", str(out), *known]) == 0
    total = len(suppliers(Workspace(small_settings), AZOT, Options())["items"])
    assert str(total) in capsys.readouterr().out
    assert out.stat().st_size > 1000
    if form == "docx":
        assert "Мешок" in words_of_docx(out.read_bytes())


def test_the_command_writes_nothing_it_cannot(small_settings, tmp_path, capsys):
    known = ["--db", small_settings.database_url, "--lang", "en"]
    assert run(zveno, ["suppliers", AZOT, "--out", str(tmp_path / "list.odt"), *known]) == 2
    assert run(zveno, ["suppliers", AZOT, SACKS, "--out", str(tmp_path / "list.pdf"), *known]) == 2
    assert run(zveno, ["buyers", "--text", "мешки", "--out", str(tmp_path / "list.docx"), *known]) == 0
    assert [path.name for path in tmp_path.glob("list.*")] == ["list.docx"]
    assert "XLSX" in capsys.readouterr().err


def test_a_workbook_has_the_list_by_input_too_with_columns_as_wide_as_their_texts(anchor):
    shown = anchor.get(f"/api/v1/suppliers?inn={AZOT}&lang=en").json
    book = load_workbook(io.BytesIO(anchor.get(f"/suppliers.xlsx?inn={AZOT}", headers=ENGLISH).data))
    rows = list(book["By input"].values)
    assert [(row[1], row[6]) for row in rows[1:]] == [
        (group["okved_code"], item["inn"]) for group in shown["groups"] for item in group["items"]
    ]
    widths = [book["By input"].column_dimensions[letter].width for letter in "ABE"]
    assert widths[1] < widths[0] <= 60
    buyers = load_workbook(io.BytesIO(anchor.get(f"/buyers.xlsx?inn={AZOT}", headers=ENGLISH).data))
    assert "By input" not in buyers.sheetnames, "what a firm sells is one thing to its buyers"


@pytest.mark.parametrize(("lang", "points", "expected"), [("ru", "баллы: ", "млн"), ("en", "points: ", "mln")])
def test_a_workbook_is_read_as_a_buyer_reads_it(anchor, lang, points, expected):
    got = anchor.get(f"/suppliers.xlsx?inn={AZOT}", headers={"Accept-Language": lang})
    shown = anchor.get(f"/api/v1/suppliers?inn={AZOT}&lang={lang}").json
    book = load_workbook(io.BytesIO(got.data))
    sheet, notes = book.worksheets[0], book.worksheets[-1]
    titles = [cell.value for cell in sheet[1]]
    assert len(set(titles)) == len(titles), "no two columns are called the same"
    assert sum(title.startswith(points) for title in titles) == len(PART_NAMES)
    assert (sheet.freeze_panes, sheet.page_setup.orientation, sheet.print_title_rows) == ("C2", "landscape", "$1:$1")
    assert all(cell.font.b and cell.alignment.wrap_text for cell in sheet[1])
    _, name, inn, *rest = sheet[2]
    first = shown["items"][0]
    assert (inn.value, inn.data_type, inn.number_format) == (first["inn"], "s", "@")
    assert name.hyperlink.target.endswith(f"/explain?supplier={first['inn']}&buyer={AZOT}")
    reasons = rest[-1].value.split("\n")
    spoken = [each for each in first["reasons"] if each["part"] != "base" and each["contribution"]]
    assert [line.partition(": ")[2] for line in reasons] == [" ".join(each["text"].split()) for each in spoken]
    assert any(expected in line for line in reasons)
    assert AZOT in "\n".join(str(cell.value) for cell in notes["A"])


def test_a_workbook_written_where_no_site_is_leads_nowhere(small_settings, tmp_path):
    path = tmp_path / "list.xlsx"
    assert run(zveno, ["suppliers", AZOT, "--db", small_settings.database_url, "--out", str(path)]) == 0
    assert not any(cell.hyperlink for row in load_workbook(path).worksheets[0].iter_rows() for cell in row)
