"""A sheet as the bytes of a file to be read and printed."""

from __future__ import annotations

from typing import Literal, get_args

from matcher.report.files.one_page import OnePage

Form = Literal["docx", "pdf"]
FORMS: tuple[Form, ...] = get_args(Form)


def paper_bytes(page: OnePage, form: str) -> bytes:
    """Return a sheet as ``docx`` or ``pdf``; the writer is loaded when it is first needed."""
    if form == "docx":
        from matcher.report.files.one_page_docx import docx_bytes

        return docx_bytes(page)
    from matcher.report.files.one_page_pdf import pdf_bytes

    return pdf_bytes(page)
