"""What every document needs at hand: the index, the economy, the companies named, the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from matcher.index.columns import Columns
from matcher.index.economy import Economy
from matcher.report.paging import Key
from models.classifications import activity_name
from models.names import shown_name
from models.reader import RunOrigin
from models.records import Company, Figure
from models.text import Lang, Text

Document = dict[str, Any]
#: A part of a list, and the key after which the next part begins.
Part = tuple[Document, Key | None]


@dataclass(frozen=True)
class Frame:
    """The surroundings of one document.

    ``companies`` holds the records of every firm it names, by INN; ``arrears`` the last known tax arrears of those that
    have any, with the import that states them; ``origins`` the source and date of every import; ``today`` the day from
    which lapses are counted.
    """

    columns: Columns
    economy: Economy
    companies: Mapping[str, Company]
    lang: Lang
    arrears: Mapping[str, tuple[Figure, int]] = field(default_factory=dict)
    origins: Mapping[int, RunOrigin] = field(default_factory=dict)
    today: date = field(default_factory=date.today)

    def say(self, text: Text) -> str:
        """Render a text in the document's language."""
        return text.render(self.lang)

    def code(self, row: int) -> str:
        """Return an activity group by its row."""
        return self.economy.codes[row]

    def code_name(self, row: int) -> str:
        """Return the name of an activity group."""
        return activity_name(self.economy.codes[row], self.lang)

    def inn(self, firm: int) -> str:
        """Return the INN of a firm number."""
        return self.columns.inn_of(firm)

    def name(self, firm: int) -> str:
        """Return what a firm number is called."""
        inn = self.inn(firm)
        return shown_name(self.companies.get(inn) or Company(inn), self.lang)

    def firm(self, firm: int) -> Document:
        """Return the two keys every mention of a firm has."""
        return {"inn": self.inn(firm), "name": self.name(firm)}
