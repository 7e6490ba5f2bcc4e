"""A sheet as PDF, with a font of its own so that Cyrillic is read everywhere."""

from __future__ import annotations

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from matcher.report.files.one_page import AUTHOR, OnePage, Section
from models.resources import data_path

FONT = "DejaVu"
MARGIN_MM, SMALL_PT, TEXT_PT, HEAD_PT, TITLE_PT = 14, 6, 7.5, 9, 13
#: Widths of columns as parts, by their number.
WIDTHS = {3: (5, 2, 2), 4: (4, 2, 2, 5)}
#: Height of a line as a part of its letters' size; a point is 0.353 mm.
LINE = 1.25 * 0.353


def pdf_bytes(page: OnePage) -> bytes:
    """Return a sheet of A4."""
    paper = FPDF(format="A4")
    paper.set_margin(MARGIN_MM)
    paper.set_auto_page_break(True, MARGIN_MM)
    paper.add_font(FONT, "", data_path("fonts/DejaVuSans.ttf"))
    paper.add_font(FONT, "B", data_path("fonts/DejaVuSans-Bold.ttf"))
    paper.set_title(page.title)
    paper.set_author(AUTHOR)
    paper.add_page()
    _line(paper, page.title, TITLE_PT, "B")
    _line(paper, page.below, TEXT_PT)
    for section in page.sections:
        _section(paper, section)
    paper.ln(1)
    _line(paper, page.foot, SMALL_PT)
    return bytes(paper.output())


def _section(paper: FPDF, section: Section) -> None:
    paper.ln(1.2)
    _line(paper, section.heading, HEAD_PT, "B")
    for number, text in enumerate(section.lines, start=1):
        _line(paper, f"{number}. {text}" if section.numbered else f"• {text}", TEXT_PT)
    if section.table:
        paper.set_font(FONT, "", TEXT_PT)
        height = TEXT_PT * LINE
        columns = len(section.table[0])
        heads, widths = FontFace(emphasis="BOLD"), tuple(section.widths) or WIDTHS.get(columns) or (1,) * columns
        with paper.table(
            line_height=height, padding=0.5, headings_style=heads, text_align="LEFT", col_widths=widths
        ) as table:
            for cells in section.table:
                row = table.row()
                for text in cells:
                    row.cell(text)


def _line(paper: FPDF, text: str, size: float, style: str = "") -> None:
    paper.set_font(FONT, style, size)
    paper.multi_cell(0, size * LINE, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
