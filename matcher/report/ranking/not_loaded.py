"""What a question needs that no loaded source says: named, with the way to load it, rather than an empty list."""

from __future__ import annotations

from matcher.match.shortlist import Filters
from matcher.report.frame import Document, Frame
from models.text import T

#: The format that says whose products are in the register of products made in the country.
PRODUCTS = "gisp_products"


def not_loaded(frame: Frame, filters: Filters) -> list[Document]:
    """Return the sources that the filters of a shortlist ask of and that are not loaded, and how to load each."""
    if filters.certified_until is None or frame.columns.certified_until.any():
        return []
    text = T("no register of Russian products is loaded, so nobody is known to be in it")
    hint = T(
        "save the register of Russian industrial products of GISP (gisp.gov.ru) as CSV or XLSX with its columns INN, "
        "Registernumber, Productname, OKPD2, Docdate and Docvalidtill and import it: zveno import FILE, or on the page "
        "of imports"
    )
    return [{"format": PRODUCTS, "text": text.render(frame.lang), "hint": hint.render(frame.lang)}]
