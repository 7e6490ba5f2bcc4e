"""What a format promises: who publishes it, under which terms, what it states and within which bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml

from models.errors import DataError
from models.fold import PRECEDENCE, keep_all, one_report_a_year
from models.text import T

if TYPE_CHECKING:
    from models.unit import Settle

FOLDER = Path(__file__).with_name("formats")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of a format, ``formats/NAME.yml``.

    Parameters
    ----------
    name
        Name of the format, as ``--format`` takes it.
    title
        What a file of the format is called before users; a message of the catalogue.
    publisher, licence
        Whose it is, and on what terms it may be used.
    kind
        Kind of source: decides precedence, see :data:`models.fold.PRECEDENCE`.
    rows
        ``one_report_a_year`` if a second report of a company and year is an error, ``all`` if rows add up.
    sole_traders
        ``list`` to name each skipped row of a person in quarantine, ``count`` to count them only.
    fields
        Columns the format reads, with what they are.
    bounds
        Least and greatest value a figure can have.
    whole_book
        Whether the format reads all sheets of a workbook by itself.
    """

    name: str
    title: str
    publisher: str
    licence: str
    kind: str
    rows: Literal["one_report_a_year", "all"]
    sole_traders: Literal["list", "count"]
    fields: Mapping[str, str]
    bounds: Mapping[str, tuple[float, float]]
    whole_book: bool = False

    @property
    def lists_sole_traders(self) -> bool:
        """Whether each skipped sole trader is listed."""
        return self.sole_traders == "list"

    @property
    def own_columns(self) -> bool:
        """Whether columns are whatever a table's maker calls them; a publisher's are known, and not all are read."""
        return self.kind == "table"

    @property
    def settle(self) -> Settle:
        """What is done with several rows of one company."""
        return one_report_a_year if self.rows == "one_report_a_year" else keep_all

    def check(self, name: str, value: float) -> None:
        """Raise :class:`~models.errors.DataError` for a figure that cannot be."""
        least, greatest = self.bounds.get(name, (float("-inf"), float("inf")))
        if value < least:
            raise DataError(T("less than {least:,.0f}: impossible", least=least))
        if value > greatest:
            raise DataError(T("more than {greatest:,.0f}: impossible, or in another unit", greatest=greatest))


def read_manifest(name: str) -> Manifest:
    """Return the manifest of a format.

    Raises
    ------
    ValueError
        If its kind of source is unknown.
    """
    with (FOLDER / f"{name}.yml").open(encoding="utf-8") as file:
        document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    bounds = {field: (float(low), float(high)) for field, (low, high) in document.pop("bounds").items()}
    if document["kind"] not in PRECEDENCE:
        raise ValueError(f"{name}.yml: {document['kind']!r} is no kind of source")
    return Manifest(name=name, bounds=bounds, **document)
