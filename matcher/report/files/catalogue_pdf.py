"""The catalogue of products as PDF: a title with the date, contents with pages, firms by segment and activity."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.outline import OutlineSection

from matcher.report.catalogue import marked, told
from matcher.report.figures import decimal, growth
from matcher.report.files.catalogue_book import notes_of
from matcher.report.files.one_page import AUTHOR
from matcher.report.files.one_page_pdf import FONT, LINE
from models.resources import data_path
from models.text import Lang, T, Text

Document = Mapping[str, Any]

MARGIN_MM = 18
SMALL_PT, TEXT_PT, FIRM_PT, ACTIVITY_PT, SEGMENT_PT, TITLE_PT = 7.5, 9, 11, 11, 16, 24
#: Lines of contents on a page.
CONTENTS_LINES = 42
#: Ink of quiet lines, and the accent, as parts of 255.
QUIET, ACCENT, INK = (90, 100, 96), (11, 107, 90), (23, 33, 29)
#: A segment or a list begins where so much of a page is left, millimetres.
SEGMENT_MM = 70
#: Indent of what a firm says, millimetres.
INDENT_MM = 5


class Paper(FPDF):
    """Sheets of A4 with a line at the foot: what it is, and the page."""

    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self.foot = foot
        self.set_margin(MARGIN_MM)
        self.set_auto_page_break(True, MARGIN_MM)
        self.add_font(FONT, "", data_path("fonts/DejaVuSans.ttf"))
        self.add_font(FONT, "B", data_path("fonts/DejaVuSans-Bold.ttf"))

    def footer(self) -> None:
        """Write the foot of a page; the title has none."""
        if self.page_no() == 1:
            return
        self.set_y(-12)
        self.set_font(FONT, "", SMALL_PT)
        self.set_text_color(*QUIET)
        self.cell(0, 4, self.foot, align="L")
        self.set_x(MARGIN_MM)
        self.cell(0, 4, f"{self.page_no()}", align="R")

    def say(
        self, text: str, size: float = TEXT_PT, style: str = "", ink: tuple[int, int, int] = INK, indent: float = 0
    ) -> None:
        """Write a paragraph."""
        self.set_font(FONT, style, size)
        self.set_text_color(*ink)
        self.set_x(MARGIN_MM + indent)
        self.multi_cell(0, size * LINE, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")

    def room(self, height_mm: float) -> None:
        """Begin a page unless so much of this one is left."""
        if self.will_page_break(height_mm):
            self.add_page()


def catalogue_pdf(document: Document, lang: Lang) -> bytes:
    """Return a catalogue as PDF."""

    def say(text: Text) -> str:
        return text.render(lang)

    title = say(T("Catalogue of products"))
    where = f"{document['cluster_name']}, {document['region_name']}"
    paper = Paper(f"{title}: {where} · {document['day']}")
    paper.set_title(f"{title}: {where}")
    paper.set_author(AUTHOR)
    paper.set_lang(lang)
    paper.add_page()
    _front(paper, document, title, lang)
    lines = sum(1 + len(segment["activities"]) for segment in document["segments"])
    paper.add_page()
    paper.insert_toc_placeholder(
        lambda pdf, outline: _contents(pdf, outline, say(T("Contents"))),
        pages=max(1, ceil(lines / CONTENTS_LINES)),
        reset_page_indices=False,
    )
    for number, segment in enumerate(document["segments"]):
        _segment(paper, segment, lang, first=number == 0)
    _exports(paper, document, lang)
    return bytes(paper.output())


def _front(paper: Paper, document: Document, title: str, lang: Lang) -> None:
    paper.set_y(60)
    paper.say(title, TITLE_PT, "B")
    paper.ln(3)
    paper.say(document["cluster_name"], SEGMENT_PT, ink=ACCENT)
    paper.say(document["region_name"], SEGMENT_PT, ink=ACCENT)
    paper.ln(6)
    counts = T("firms: {firms}; declared products: {products}; offers in own words: {offers}; on the board: {entries}",
               **{name: document[name] for name in ("firms", "products", "offers", "entries")})  # fmt: skip
    paper.say(counts.render(lang), FIRM_PT)
    paper.ln(8)
    for note in notes_of(document):
        paper.say(note.render(lang), TEXT_PT, ink=QUIET)
        paper.ln(1)


def _contents(pdf: FPDF, outline: list[OutlineSection], heading: str) -> None:
    """Write the contents: each section with its page, a link to it."""
    assert isinstance(pdf, Paper)
    pdf.say(heading, SEGMENT_PT, "B")
    pdf.ln(2)
    width = pdf.epw - 12
    for section in outline:
        size, style, indent = (TEXT_PT, "B", 0) if section.level == 0 else (TEXT_PT, "", INDENT_MM)
        pdf.set_font(FONT, style, size)
        pdf.set_text_color(*INK)
        name = _shortened(pdf, section.name, width - indent)
        link = pdf.add_link(page=section.page_number)
        pdf.set_x(MARGIN_MM + indent)
        pdf.cell(width - indent, size * LINE * 1.4, name, link=link)
        pdf.cell(
            12, size * LINE * 1.4, str(section.page_number), align="R", link=link, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )


def _shortened(pdf: FPDF, text: str, width: float) -> str:
    """Return a text, cut where it does not fit a line."""
    if pdf.get_string_width(text) <= width:
        return text
    while pdf.get_string_width(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _segment(paper: Paper, segment: Document, lang: Lang, first: bool) -> None:
    if not first:
        paper.room(SEGMENT_MM)
        paper.ln(8)
    paper.start_section(segment["name"])
    paper.say(segment["name"], SEGMENT_PT, "B", ACCENT)
    paper.say(T("firms: {count}", count=segment["firms"]).render(lang), SMALL_PT, ink=QUIET)
    for activity in segment["activities"]:
        paper.room(30)
        paper.ln(4)
        name = f"{activity['code']} {activity['name']}{marked(activity, lang)}"
        paper.start_section(name, level=1)
        paper.say(name, ACTIVITY_PT, "B")
        for firm in activity["firms"]:
            _firm(paper, firm, lang)


def _firm(paper: Paper, firm: Document, lang: Lang) -> None:
    paper.room(16)
    paper.ln(2)
    name = firm["name"] if firm["name"] == firm["own_name"] else f"{firm['name']} ({firm['own_name']})"
    paper.say(name, FIRM_PT, "B", indent=0)
    inn = f"{T('INN').render(lang)} {firm['inn']}"
    paper.say(
        " · ".join(part for part in (firm["city"], firm["region"], inn, firm["website"]) if part), SMALL_PT, ink=QUIET
    )
    paper.ln(0.8)
    for line in told(firm, lang):
        paper.say(f"• {line}", indent=INDENT_MM)


def _exports(paper: Paper, document: Document, lang: Lang) -> None:
    if not document["exports"]:
        return
    paper.room(SEGMENT_MM)
    paper.ln(8)
    heading = T("Export of the region by line").render(lang)
    paper.start_section(heading)
    paper.say(heading, SEGMENT_PT, "B", ACCENT)
    paper.ln(2)
    for line in document["exports"]:
        figures = T("{year}: {number} million dollars, {change} since 2014", year=line["year"],
                    number=decimal(line["export_musd"], 1, lang), change=growth(line["growth"], lang))  # fmt: skip
        paper.say(f"{line['name']} — {figures.render(lang)}")
