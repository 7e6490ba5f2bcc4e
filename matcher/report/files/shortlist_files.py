"""Shortlists and supplier requests as files: a workbook, a document of Word, a PDF; one place that knows which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.report.files.papers import paper_bytes
from matcher.report.files.request_sheets import request_sheets
from matcher.report.files.sheets import Sheet, write_workbook
from matcher.report.files.shortlist_paper import request_paper, shortlist_paper
from matcher.report.files.shortlist_sheets import Address, nowhere, shortlist_sheets
from matcher.report.files.whole import written_whole
from matcher.report.frame import Document
from models.errors import UsageError
from models.text import Lang, T, Text

#: Kinds of files, by the endings of their names.
FORMS: Mapping[str, str] = {".xlsx": "xlsx", ".docx": "docx", ".pdf": "pdf"}


def form_of(path: Path) -> str:
    """Return the kind of a file by its name.

    Raises
    ------
    UsageError
        If a shortlist is not written so.

    Examples
    --------
    >>> form_of(Path("list.PDF"))
    'pdf'
    """
    form = FORMS.get(path.suffix.casefold())
    if form is None:
        raise UsageError(
            T("{path} is neither XLSX, DOCX nor PDF", path=path), T("name it FILE.xlsx, FILE.docx or FILE.pdf")
        )
    return form


def write_shortlist(path: Path, document: Document, title: Text, lang: Lang) -> Document:
    """Write a shortlist to a file of the kind its name says, whole or not at all; return what was written."""
    content = shortlist_bytes(document, title, form_of(path), lang)
    with written_whole(path) as draft:
        draft.write_bytes(content)
    return {"file": str(path), "rows": len(document["items"])}


def shortlist_bytes(document: Document, title: Text, form: str, lang: Lang, address: Address = nowhere) -> bytes:
    """Return a shortlist as a file; of a workbook, names lead where ``address`` says."""
    if form == "xlsx":
        return workbook_bytes(shortlist_sheets(document, title, lang, address))
    return paper_bytes(shortlist_paper(document, title, lang), form)


def request_bytes(document: Document, form: str, lang: Lang) -> bytes:
    """Return a supplier request with its candidates as a file."""
    if form == "xlsx":
        return workbook_bytes(request_sheets(document, lang))
    return paper_bytes(request_paper(document, lang), form)


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return tables as the bytes of a workbook."""
    with TemporaryDirectory(prefix="zveno-workbook-") as folder:
        path = Path(folder) / "book.xlsx"
        write_workbook(path, sheets)
        return path.read_bytes()


def supplier_title(document: Document) -> Text:
    """Return what a supplier shortlist answers."""
    return T("Suppliers for {name}", name=document["query"]["name"])


def buyer_title(document: Document) -> Text:
    """Return what a buyer shortlist answers."""
    query = document["query"]
    return T("Buyers for {name}", name=query.get("name") or query.get("text") or "")
