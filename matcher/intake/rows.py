"""What a format makes of one row or document of a file, and the options it reads under."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from models.events import Rejection
from models.records import Cells, CompanyFacts, Link
from models.review import Answer, Unidentified
from models.text import Text

#: Characters of a refused value that are kept to be shown.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read.

    Parameters
    ----------
    today
        Nothing in a file may be later.
    sole_traders
        Whether sole traders may be kept.
    year
        Year of figures that state none.
    """

    today: date
    sole_traders: bool = False
    year: int | None = None

    @property
    def figure_year(self) -> int:
        """Year taken for figures that state none: the last one that is over, for which reports can exist."""
        return self.today.year - 1 if self.year is None else self.year


class Parsed(NamedTuple):
    """One row of a source, understood: facts, links, and what was not taken.

    A row without facts, links, ``unidentified`` firms (named, without INN) and an ``answer`` who such a firm is was
    refused, unless it was ``skipped`` on purpose and is only counted.
    ``assumed_year`` is the year its figures were given because they state none.
    """

    line: int
    facts: CompanyFacts | None = None
    links: tuple[Link, ...] = ()
    unidentified: tuple[Unidentified, ...] = ()
    answer: Answer | None = None
    rejections: tuple[Rejection, ...] = ()
    skipped: bool = False
    assumed_year: int | None = None

    @property
    def years(self) -> set[int]:
        """Years of the figures taken, also of firms not yet known by INN."""
        named = (each.told for each in self.unidentified if isinstance(each.told, CompanyFacts))
        facts = [*named, *([self.facts] if self.facts else [])]
        return {figure.year for each in facts for figure in each.figures}

    @property
    def is_refused(self) -> bool:
        """Whether nothing of it was taken."""
        return not (self.facts or self.links or self.unidentified or self.answer or self.skipped)


@dataclass(slots=True)
class Findings:
    """What is found wrong in one row while it is read."""

    line: int
    inn: str | None = None
    rejections: list[Rejection] = field(default_factory=list)

    def add(self, name: str, value: str, error: Text) -> None:
        """Note a field that is not taken, or is taken with a doubt."""
        self.rejections.append(Rejection(self.line, self.inn, name, shorten(value), error))

    def refused(self, cells: Cells) -> Parsed:
        """Return the row as refused as a whole, with the cells that are kept for a person to correct."""
        *others, last = self.rejections
        return Parsed(self.line, rejections=(*others, replace(last, cells=cells)))

    def parsed(self, facts: CompanyFacts | None = None, links: tuple[Link, ...] = ()) -> Parsed:
        """Return the row with what was found."""
        return Parsed(self.line, facts, links, rejections=tuple(self.rejections))


def shorten(value: str, length: int = SHOWN) -> str:
    """Return a value cut to what is worth showing.

    >>> shorten("Выручка", 5)
    'Выру…'
    """
    return value if len(value) <= length else value[: length - 1] + "…"
