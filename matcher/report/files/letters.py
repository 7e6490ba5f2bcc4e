"""The letter that asks a firm without an account for an offer, to be copied or sent as a document."""

from __future__ import annotations

from babel.dates import format_date

from matcher.report.figures import quantity
from matcher.report.files.one_page import OnePage, Section
from matcher.report.files.shortlist_paper import begun
from matcher.report.frame import Document
from models.offers import Asked, Call, Line
from models.text import Lang, T, Text

#: What a firm is asked to state.
STATE = (
    T("price of a unit in roubles, without VAT"),
    T("volume you can deliver, and its unit"),
    T("days until delivery, and what delivery costs if the price does not hold it"),
    T("until when the offer is valid"),
)
#: Parts of the page that the columns of the table of lines take.
WIDTHS = (1, 6, 3, 5)


def letter(call: Call, firm: Asked, buyer: Document, supplier: Document, lang: Lang, reminder: bool = False) -> OnePage:
    """Return the letter to one firm.

    Parameters
    ----------
    call, firm
        The call, and the firm it asks.
    buyer, supplier
        Both firms, named.
    reminder
        Whether it reminds of a letter sent before.
    """

    def say(text: Text) -> str:
        return text.render(lang)

    asks = T("{name} (INN {inn}) asks you to offer a price and terms.", name=buyer["name"], inn=buyer["inn"])
    reminds = T("{name} (INN {inn}) reminds you of its request for an offer of {date}.", name=buyer["name"],
                inn=buyer["inn"], date=format_date(call.at, locale=lang))  # fmt: skip
    heads = (T("no."), T("what is needed"), T("volume"), T("Note"))
    lines = [call.ask.lines[number] for number in firm.lines]
    rows = [[f"{place}.", line.name, volume_of(line, lang), line.note or "—"] for place, line in enumerate(lines, 1)]
    until = T("Please answer by {date}.", date=format_date(call.answer_by, locale=lang))
    contact = [say(T("Where to answer: {contact}", contact=call.ask.contact))] if call.ask.contact else []
    sections = [
        Section(say(T("What is needed")), table=[[begun(head, lang) for head in heads], *rows], widths=WIDTHS),
        Section(say(T("Please state")), lines=[say(text) for text in STATE], numbered=True),
        *([Section(say(T("Terms")), lines=[call.ask.note])] if call.ask.note else []),
        Section(say(T("Answer")), lines=[say(until), *contact]),
    ]
    to = say(T("To: {name}, INN {inn}", name=supplier["name"], inn=supplier["inn"]))
    return OnePage(
        title=say(T("Request for an offer: {title}", title=call.ask.title)),
        below=f"{to}. {say(reminds if reminder else asks)}",
        sections=sections,
        foot=say(T("{name}, {date}", name=buyer["name"], date=format_date(call.at, locale=lang))),
    )


def volume_of(line: Line, lang: Lang) -> str:
    """Return how much is needed, a dash where nobody says.

    >>> volume_of(Line("соль", 1500.0, "т"), "ru"), volume_of(Line("соль"), "ru")
    ('1 500 т', '—')
    """
    return f"{quantity(line.volume, lang)} {line.unit}".strip() if line.volume else line.unit or "—"


def letter_text(page: OnePage) -> str:
    """Return a letter as plain text, for the body of a message."""
    parts = [page.title, "", page.below]
    for section in page.sections:
        parts += ["", f"{section.heading}:"]
        parts += [f"{number}. {line}" if section.numbered else line for number, line in enumerate(section.lines, 1)]
        parts += [f"{cells[0]} " + " · ".join(cell for cell in cells[1:] if cell != "—") for cells in section.table[1:]]
    return "\n".join([*parts, "", page.foot])
