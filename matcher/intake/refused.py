"""What is kept of a row that was refused as a whole, so that a person can correct it and give it back.

Nothing that may name a person is kept: a row that may be a sole trader's leaves nothing, another leaves its name and
address only where the name is a company's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from matcher.intake import fields
from matcher.intake.delimited import DELIMITERS, why_broken
from matcher.intake.formulas import number_text
from matcher.intake.headers import Column, Header, cell, column_title, misaligned
from matcher.intake.persons import PERSONAL
from matcher.intake.rows import Findings, Parsed
from matcher.intake.unidentified import is_company, names_person
from models.errors import DataError
from models.identifiers import is_sole_trader
from models.records import FIGURE_NAMES, Cells
from models.text import T, Text

#: Longest text of a cell that is kept; a longer one is not cut but left out.
LONGEST = 2_000
#: Refused rows of a table of which cells are kept: with more of them the table is wrong, not its rows.
MOST = 10_000
_NAMED_BY = frozenset({"name", "supplier_name", "buyer_name"})
_PLACED_BY = frozenset({"address", "lat", "lon"})
#: Twelve digits in one cell, apart from spaces: the INN of a person, right or nearly so.
_PERSONS_INN = re.compile(r"(?<!\d)\d(?:[ \u00a0]?\d){10,11}(?!\d)")
#: What a cell of several INNs holds, also with their KPP.
_INNS = re.compile(r"[\d\s;,/\\]*")
_DELIMITER = re.compile(f"[{DELIMITERS}]")
#: Columns of which a value is told from what belongs into another column: codes and numbers, no words.
_TYPED = frozenset({
    "inn", "supplier_inn", "buyer_inn", "ogrn", "okved_main", "okved1_main", "okved_extra", "products_okpd2", "okpd2",
    "region_code", "status", "category", "founded", "date", "year",
})  # fmt: skip


class Refusals:
    """Refuses rows of one table as a whole, keeping cells of the first :data:`MOST`.

    Parameters
    ----------
    header
        The columns understood.
    """

    def __init__(self, header: Header) -> None:
        self._header = header
        self._inns = [column for column in header.columns if column.name.endswith("inn")]
        self._count = 0

    def misaligned(self, cells: Sequence[str], found: Findings) -> Parsed | None:
        """Return a row as refused if its cells do not stand under their titles, else ``None``."""
        wrong = self.wrong(cells)
        if wrong is None:
            return None
        found.add("row", "", wrong)  # no word is shown: it may name a person
        return found.refused(shifted_cells(self._header, cells) if self._few() else ())

    def wrong(self, cells: Sequence[str]) -> Text | None:
        """Return what is wrong with the cells of a row: no record, several in one, or more cells than titles."""
        if wrong := why_broken(cells):
            return wrong
        if any("\n" in text and not _INNS.fullmatch(text) and self._swallowed(text) for text in cells):
            return T("several lines run together: a quote is not closed")
        return misaligned(self._header, cells)

    def _swallowed(self, text: str) -> bool:
        """Tell whether a later line of a cell is a row of its own: where the rows have their INN, it has one."""
        rows = [_DELIMITER.split(line) for line in text.split("\n")[1:]]
        return any(fits(column, cell(row, column.index).strip(' "')) for row in rows for column in self._inns)

    def whole(self, cells: Sequence[str], found: Findings, asked: str | None = None) -> Parsed:
        """Return a row as refused for what was found; columns with an entry of their own are not kept once more.

        Parameters
        ----------
        cells
            The row.
        found
            What is wrong with it, at least one thing.
        asked
            A column for which a place is kept if it has no entry.
        """
        told = frozenset(each.field for each in found.rejections)
        kept = cells_of(self._header, cells, told | {asked or ""}) if self._few() else ()
        return found.refused(kept if asked is None or asked in told else ((asked, ""), *kept))

    def _few(self) -> bool:
        self._count += 1
        return self._count <= MOST


def cells_of(header: Header, cells: Sequence[str], left_out: frozenset[str] = frozenset()) -> Cells:
    """Return what is kept of a row that has a cell under each title.

    Parameters
    ----------
    header
        The columns understood.
    cells
        The row.
    left_out
        Columns not to be kept.
    """
    told = {column.name: text for column, text in filled(header, cells)}
    if may_be_a_person(told):
        return ()
    left_out |= PERSONAL
    if not is_company(told.get("name", "")):
        left_out |= {"name"} | _PLACED_BY
    left_out |= {name for name in _NAMED_BY - {"name"} if not is_company(told.get(name, ""))}
    kept = [(column, text) for column, text in filled(header, cells) if column.name not in left_out]
    return tuple((title(column), in_roubles(column, text)) for column, text in kept if len(text) <= LONGEST)


def shifted_cells(header: Header, cells: Sequence[str]) -> Cells:
    """Return every column of a row with more cells than the header has titles, with what is surely its own.

    Words are left out: under which title they belong is unknown, and they may name a person.
    """
    if any(_PERSONS_INN.search(text) or names_person(text) for text in cells if text):
        return tuple((title(column), "") for column in header.columns)
    own = {column.index: in_roubles(column, text) for column, text in filled(header, cells) if fits(column, text)}
    return tuple((title(each), own.get(each.index, "")) for each in header.columns)


def filled(header: Header, cells: Sequence[str]) -> Iterator[tuple[Column, str]]:
    """Yield the columns understood of which a row says something."""
    for column in header.columns:
        if not fields.is_missing(text := cell(cells, column.index)):
            yield column, text


def may_be_a_person(told: dict[str, str]) -> bool:
    """Tell whether a row may be a sole trader's: by an INN of about as many digits, or by a name.

    >>> may_be_a_person({"inn": "50010073225"}), may_be_a_person({"name": "ИП Петров"}), may_be_a_person({"inn": "77"})
    (True, True, False)
    """
    inns = (told.get(name, "") for name in ("inn", "supplier_inn", "buyer_inn"))
    names = (told.get(name, "") for name in _NAMED_BY)
    return any(map(_PERSONS_INN.search, inns)) or any(name and names_person(name) for name in names)


def fits(column: Column, text: str) -> bool:
    """Tell whether a text can be what its column is for, where that is a code, a date or a number.

    >>> fits(Column(0, "", "okved_main"), "20.15"), fits(Column(0, "", "okved_main"), "Лютик")
    (True, False)
    >>> fits(Column(0, "", "inn"), "500100732259")
    False
    """
    if column.name not in _TYPED and column.name not in FIGURE_NAMES:
        return False
    try:
        value = reader_of(column.name)(text)
    except DataError:
        return False
    return not (column.name.endswith("inn") and is_sole_trader(str(value)))


def reader_of(name: str) -> Callable[[str], object]:
    """Return what reads a column of codes, dates or numbers."""
    if name.endswith("inn"):
        return fields.read_inn
    others: dict[str, Callable[[str], object]] = {
        "okpd2": fields.read_product, "date": fields.read_date, "year": fields.read_year,
    }  # fmt: skip
    return fields.SINGLE.get(name) or fields.LISTED.get(name) or others.get(name, fields.read_number)


def title(column: Column) -> str:
    """Return the name under which a column is known again, with its year."""
    return column_title(column.name, "en", column.year)


def in_roubles(column: Column, text: str) -> str:
    """Return a figure in roubles, whatever unit its column is in; what is no number stays as it is.

    >>> in_roubles(Column(0, "", "revenue_rub", 1000.0), "1 500,5"), in_roubles(Column(0, "", "revenue_rub", 1e3), "?")
    ('1500500', '?')
    """
    if column.factor == 1.0:
        return text
    try:
        return number_text(fields.read_number(text) * column.factor)
    except DataError:
        return text
