"""Real links as arrays: who sold what to whom, and when.

A row is one contract, award, bid or edge of a table in ``data/links``. Suppliers and buyers are numbered apart; a body
that is both counts as two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from models.classifications import okpd2_group
from models.resources import data_folder, read_table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: Digits of an INN that name the tax office of first registration, a town or a district.
OFFICE_DIGITS = 4
INN_LENGTH = 10


@dataclass(frozen=True)
class Contracts:
    """Links by row; ``n`` rows.

    Attributes
    ----------
    supplier, buyer
        Numbers of the two sides, shape (n,).
    codes, texts, tenders
        Product code, product text and auction of each row, empty where the source does not say.
    day
        Day of the row as an ordinal, 0 where the source has none, shape (n,).
    amount
        Amount in the file's currency, shape (n,).
    suppliers, buyers
        Names of the regions and districts of both sides by number, as pairs.
    """

    supplier: Ints
    buyer: Ints
    codes: tuple[str, ...]
    texts: tuple[str, ...]
    tenders: tuple[str, ...]
    day: Ints
    amount: Floats
    suppliers: tuple[tuple[str, str], ...]
    buyers: tuple[tuple[str, str], ...]

    def __len__(self) -> int:
        return len(self.supplier)

    @property
    def dated(self) -> bool:
        """Whether the source says when."""
        return bool(self.day.any())

    @property
    def says_okpd(self) -> bool:
        """Whether product codes are stated and of OKPD-2, at least half of them."""
        known = [okpd2_group(code) is not None for code in self.codes if code]
        return 2 * sum(known) >= max(len(known), 1)

    def rows(self, which: Ints) -> Contracts:
        """Return some rows; suppliers and buyers keep their numbers."""
        return replace(
            self,
            supplier=self.supplier[which],
            buyer=self.buyer[which],
            codes=tuple(self.codes[row] for row in which),
            texts=tuple(self.texts[row] for row in which),
            tenders=tuple(self.tenders[row] for row in which),
            day=self.day[which],
            amount=self.amount[which],
        )


def read_contracts(name: str) -> Contracts:
    """Return a table of ``data/links`` by its name without the ending."""
    return from_rows(read_table(f"links/{name}.csv.gz"))


def bundled_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the table of ``data/links`` whose name a name begins with, none where there is no such table.

    >>> bundled_rows("ru_44fz_sverdlovsk_later") == bundled_rows("ru_44fz_sverdlovsk"), bundled_rows("mine")
    (True, [])
    """
    known = next((table for table in bundled_names() if name.startswith(table)), None)
    return list(read_table(f"links/{known}.csv.gz")) if known else []


def bundled_names() -> list[str]:
    """Return the names of the tables in ``data/links``."""
    return sorted(path.name.removesuffix(".csv.gz") for path in (data_folder() / "links").glob("*.csv.gz"))


def from_rows(rows: Iterable[Mapping[str, str]]) -> Contracts:
    """Number both sides of the rows of a table, in the order of their identifiers."""
    table = list(rows)
    suppliers, buyers = (sorted({row[f"{side}_id"] for row in table}) for side in ("supplier", "buyer"))
    return Contracts(
        supplier=_numbers([row["supplier_id"] for row in table], suppliers),
        buyer=_numbers([row["buyer_id"] for row in table], buyers),
        codes=tuple(row["product_code"] for row in table),
        texts=tuple(row["product_text"].lower() for row in table),
        tenders=tuple(row["tender"] for row in table),
        day=np.array([date.fromisoformat(row["date"]).toordinal() if row["date"] else 0 for row in table]),
        amount=np.array([float(row["amount"] or 0) for row in table]),
        suppliers=_places(suppliers, {row["supplier_id"]: row["supplier_region"] for row in table}),
        buyers=_places(buyers, {row["buyer_id"]: row["buyer_region"] for row in table}),
    )


def prefixes(code: str) -> tuple[str, ...]:
    """Return the steps of a product code from the division down.

    >>> prefixes("35.11.10.111")
    ('35', '35.11', '35.11.10', '35.11.10.111')
    >>> prefixes("421915")
    ('42', '4219', '421915')
    """
    if "." in code:
        steps = code.split(".")
        return tuple(".".join(steps[: count + 1]) for count in range(len(steps)))
    return tuple(code[:end] for end in range(2, len(code) + 1, 2))


def _numbers(names: Sequence[str], order: Sequence[str]) -> Ints:
    number = {name: at for at, name in enumerate(order)}
    return np.array([number[name] for name in names], dtype=np.int64)


def _places(names: Sequence[str], region: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return region and district of each; the district is the tax office in an INN, else unknown."""
    return tuple(
        (region[name], name[:OFFICE_DIGITS] if len(name) == INN_LENGTH and name.isdigit() else "") for name in names
    )
