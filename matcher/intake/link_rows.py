"""Rows of a table of sales: cells to a sale, with what is wrong set aside field by field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from matcher.intake import fields
from matcher.intake.headers import Header
from matcher.intake.manifest import Manifest
from matcher.intake.persons import mask, wrong_inn
from matcher.intake.refused import Refusals
from matcher.intake.rows import Findings, Options, Parsed
from matcher.intake.unidentified import firm_name
from models.errors import DataError
from models.identifiers import is_sole_trader
from models.records import Link
from models.review import Unidentified
from models.text import T

PARTIES = ("supplier_inn", "buyer_inn")
#: What names a party whose INN is missing.
NAMES = {"supplier_inn": "supplier_name", "buyer_inn": "buyer_name"}
#: Columns of what a company makes, which in a table of sales say what was sold: by code, in words.
GOODS = {"okpd2": "products_okpd2", "text": "offers"}
_Value = TypeVar("_Value")


class LinkRows:
    """Reads the rows of one table of sales.

    Parameters
    ----------
    header
        The columns understood.
    manifest
        What the format promises; its bounds tell impossible amounts.
    options
        How the file is to be read.
    """

    def __init__(self, header: Header, manifest: Manifest, options: Options) -> None:
        self._at = positions(header)
        self._factor = next((column.factor for column in header.columns if column.name == "amount_rub"), 1.0)
        self._manifest = manifest
        self._options = options
        self._refusals = Refusals(header)

    def row(self, line: int, cells: Sequence[str]) -> Parsed:
        """Return one sale understood."""
        found = Findings(line)
        if refused := self._refusals.misaligned(cells, found):
            return refused
        row = {name: cells[at] for name, at in self._at.items() if at < len(cells) and not fields.is_missing(cells[at])}
        parsed = read_link(found, row, self._factor, self._manifest, self._options)
        return self._refusals.whole(cells, found) if parsed.is_refused else parsed


def positions(header: Header) -> dict[str, int]:
    """Return the place of each column of a sale; its goods may stand in the columns of what a company makes."""
    found = {column.name: column.index for column in header.columns}
    return found | {name: found[column] for name, column in GOODS.items() if column in found}


def read_link(found: Findings, row: dict[str, str], factor: float, manifest: Manifest, options: Options) -> Parsed:
    """Return one sale; without two different valid parties there is none, with one only named a person is asked."""
    named = {name: row[NAMES[name]] for name in PARTIES if name not in row and NAMES[name] in row}
    parties = {name: "" if name in named else party(name, row, found) for name in PARTIES}
    supplier, buyer = parties["supplier_inn"], parties["buyer_inn"]
    if supplier is None or buyer is None:
        return found.parsed()
    if supplier == buyer and supplier:
        found.add("buyer_inn", buyer, T("supplier and buyer are the same"))
        return found.parsed()
    person = next((name for name, inn in parties.items() if inn and is_sole_trader(inn)), None)
    if person and not options.sole_traders:
        found.add(person, mask(row[person]), T("a sole trader: a person's data are kept only with --sole-traders"))
        return found.parsed()
    firms = {name: firm_name(name, text, found) for name, text in named.items()}
    if None in firms.values():
        return found.parsed()
    found.inn = supplier or None
    link = Link(
        supplier,
        buyer,
        found.line,
        okpd2=optional("okpd2", row, found, fields.read_product),
        amount_rub=optional("amount_rub", row, found, lambda text: amount(text, factor, manifest)),
        date=optional("date", row, found, lambda text: past(text, options.today)),
        source=fields.read_text(row.get("source", "")),
        text=fields.read_text(row.get("text", "")),
    )
    if not firms:
        return found.parsed(links=(link,))
    waiting = (Unidentified(found.line, name, str(firm), "", link) for name, firm in firms.items())
    return found.parsed()._replace(unidentified=tuple(waiting))


def party(name: str, row: dict[str, str], found: Findings) -> str | None:
    """Return the INN of a party and put it into the row in its normal form, or note why there is none."""
    try:
        row[name] = fields.read_inn(row.get(name, ""))
    except DataError as error:
        found.add(name, *wrong_inn(row.get(name, ""), error))
        return None
    return row[name]


def optional(name: str, row: dict[str, str], found: Findings, read_value: Callable[[str], _Value]) -> _Value | None:
    """Return a field that may be missing, or note why it is not taken."""
    if name not in row:
        return None
    try:
        return read_value(row[name])
    except DataError as error:
        found.add(name, row[name], error.message)
        return None


def amount(text: str, factor: float, manifest: Manifest) -> float:
    """Return an amount in roubles within the format's bounds."""
    value = fields.read_number(text) * factor
    manifest.check("amount_rub", value)
    return value


def past(text: str, today: date) -> date:
    """Return a date that is not in the future."""
    day = fields.read_date(text)
    if day > today:
        raise DataError(T("a date in the future"))
    return day
