"""The sheet of a project: the same content in both forms and languages, on one page of A4."""

import re
import zlib
from io import BytesIO

import pytest
from docx import Document

from matcher.cli.words import GAINS, ROLES
from matcher.report.files.one_page import OnePage, Section, one_page
from matcher.report.files.one_page_docx import docx_bytes
from matcher.report.files.one_page_pdf import pdf_bytes

NUMBER = "import_substitution.28.29.2619001028"


def item():
    """Return a project as documents tell it, with as much text as real ones have."""
    firm = {"flags": [], "sme": True}
    gain = {"what": "sales", "rub": 85_600_000, "low_rub": 30_500_000, "high_rub": 162_000_000}
    return {
        "id": NUMBER,
        "title": "Делать здесь вместо импорта: прочие машины общего назначения",
        "value_rub": 257_000_000, "value_low_rub": 91_000_000, "value_high_rub": 485_000_000,
        "cost_rub": 2e6, "cost_low_rub": 5e5, "cost_high_rub": 6e6,
        "directions": [{"direction": "С11–В2", "name": "Импортозамещающее производство комплектующих"}],
        "participants": [
            {**firm, "inn": f"26190010{n:02d}", "name": f"Завод {n}", "role": "producer", "gain": gain if n else None}
            for n in range(6)
        ],
        "gap": {"name": "Машины", "demand_rub": 6e8, "supply_rub": 0},
        "kpis": [
            {"no": 5, "name": "Объём", "unit": "тыс. руб.", "by": 256655, "target": 3000.0, "target_year": 2024}
        ],
        "reasons": ["70 % закупок этого по стране — импорт"],
        "steps": ["Получить образцы", "Изготовить", "Согласовать договор"],
        "risks": ["Качество", "Объём"],
        "facts": ["Цены", "Оборудование"],
        "assumptions": ["ценность: что можно продавать"],
        "assumed": [{"name": "доля закупки", "value": 0.05, "low": 0.02, "high": 0.1}],
    }  # fmt: skip


def words_of(lang):
    page = one_page(item(), {**ROLES, **GAINS}, lang, "26.11.2026")
    return page, "\n".join([page.title, page.below, page.foot, *(s.heading for s in page.sections)])


def test_a_sheet_says_who_gains_what_and_what_to_do_next():
    page, words = words_of("ru")
    rows = page.sections[0].table
    assert len(rows) == 1 + 6
    assert rows[1][3] == "—"
    assert rows[2][2:] == ["производитель", "продажи 85,6 млн руб. (от 30,5 млн руб. до 162 млн руб.)"]
    assert "257 млн руб. в год" in page.below
    assert "С11–В2" in page.below
    assert NUMBER in page.foot
    assert [s.numbered for s in page.sections].count(True) == 1
    assert "Первые шаги" in words


def test_the_words_around_are_in_the_language_asked_for():
    _, russian = words_of("ru")
    _, english = words_of("en")
    assert not re.search("First steps|Risks|gain", russian)
    assert "First steps" in english


@pytest.mark.parametrize(("lang", "moved", "target"), [("ru", "+256 655", "3 000"), ("en", "+256,655", "3,000")])
def test_large_numbers_have_their_thousands_apart_as_the_language_does(lang, moved, target):
    page, _ = words_of(lang)
    (row,) = next(section.table for section in page.sections if "5. Объём" in str(section.table))[1:]
    assert row[1].startswith(moved)
    assert row[2].startswith(target)


def test_sections_without_content_are_left_out():
    bare = {**item(), "kpis": [], "gap": None}
    page = one_page(bare, {**ROLES, **GAINS}, "en", "")
    assert "Indicators of the programme" not in [section.heading for section in page.sections]


def test_the_document_of_word_holds_every_line():
    page, _ = words_of("ru")
    written = Document(BytesIO(docx_bytes(page)))
    text = "\n".join(paragraph.text for paragraph in written.paragraphs)
    assert all(line in text for section in page.sections for line in section.lines)
    assert written.tables[0].cell(2, 0).text == "Завод 1"
    assert (written.core_properties.title, written.core_properties.author) == (page.title, "Zveno")
    assert written.sections[0].page_width.mm == pytest.approx(210, abs=1)


def test_the_pdf_is_one_page_with_its_own_font():
    page, _ = words_of("ru")
    content = pdf_bytes(page)
    assert content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", content)) == 1
    assert b"DejaVuSans" in content
    assert any(b"BT" in zlib.decompress(part) for part in re.findall(rb"stream\n(x.*?)\nendstream", content, re.S)[:1])


def test_more_than_fits_goes_on_to_a_second_page():
    content = pdf_bytes(OnePage("т", "", [Section("р", ["строка"] * 200)], ""))
    assert len(re.findall(rb"/Type /Page\b", content)) > 1
