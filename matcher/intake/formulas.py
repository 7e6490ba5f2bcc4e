"""Numbers as texts, and texts that a spreadsheet would take for formulas: how they stand in CSV, both ways.

A cell that begins with one of :data:`MARKS` is run by a spreadsheet that opens the CSV. An apostrophe before it says
that it is text; what is read back is the text without it. In workbooks cells have a type and need no such mark.
"""

from __future__ import annotations

#: What a formula begins with, also in the full width that some spreadsheets accept.
MARKS = tuple("=+-@＝＋－＠")
APOSTROPHE = "'"


def guarded(text: str) -> str:
    """Return a text as a cell of CSV that no spreadsheet runs.

    >>> guarded("=1+1"), guarded("ООО Ромашка"), guarded("'=1+1")
    ("'=1+1", 'ООО Ромашка', "''=1+1")
    """
    return APOSTROPHE + text if text.lstrip(APOSTROPHE).startswith(MARKS) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell of CSV: what :func:`guarded` was given.

    >>> unguarded("'=1+1"), unguarded("''=1+1"), unguarded("'Ромашка' ООО")
    ('=1+1', "'=1+1", "'Ромашка' ООО")
    """
    return cell[1:] if cell[:1] == APOSTROPHE and cell.lstrip(APOSTROPHE).startswith(MARKS) else cell


def number_text(value: float) -> str:
    """Return a number with all its digits, a whole one without a point.

    >>> number_text(3.0), number_text(0.1), number_text(-1e16)
    ('3', '0.1', '-10000000000000000')
    """
    return str(int(value)) if float(value).is_integer() else repr(float(value))
