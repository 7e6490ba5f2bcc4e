"""A sheet as a document of Word, to be edited by the working group."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as Writing
from docx.shared import Mm, Pt

from matcher.report.files.one_page import AUTHOR, OnePage, Section

#: Margin of the page, and sizes of letters in points.
MARGIN_MM, SMALL_PT, TEXT_PT, HEAD_PT, TITLE_PT = 15, 7, 8.5, 10, 14


def docx_bytes(page: OnePage) -> bytes:
    """Return a sheet of A4."""
    writing = Document()
    part = writing.sections[0]
    part.page_width, part.page_height = Mm(210), Mm(297)
    part.left_margin = part.right_margin = part.top_margin = part.bottom_margin = Mm(MARGIN_MM)
    properties = writing.core_properties
    properties.title, properties.author, properties.comments = page.title, AUTHOR, ""
    _line(writing, page.title, TITLE_PT, bold=True)
    _line(writing, page.below, TEXT_PT)
    for section in page.sections:
        _section(writing, section)
    _line(writing, page.foot, SMALL_PT)
    content = BytesIO()
    writing.save(content)
    return content.getvalue()


def _section(writing: Writing, section: Section) -> None:
    _line(writing, section.heading, HEAD_PT, bold=True)
    for number, text in enumerate(section.lines, start=1):
        _line(writing, f"{number}. {text}" if section.numbered else f"• {text}", TEXT_PT)
    if section.table:
        table = writing.add_table(rows=len(section.table), cols=len(section.table[0]), style="Table Grid")
        for row, cells in zip(table.rows, section.table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                run = cell.paragraphs[0].add_run(text)
                run.font.size = Pt(TEXT_PT)
                run.bold = cells is section.table[0]
                cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _line(writing: Writing, text: str, size: float, bold: bool = False) -> None:
    paragraph = writing.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.space_before = Pt(4 if bold else 0)
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
