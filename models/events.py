"""What happened to the register: import runs, what each of them said, what was refused, what people decided.

The store is a log of these events; the companies shown are computed from the log (``fold.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from models.records import Cells, CompanyFacts, Quarantined
from models.text import Lang, Text

#: ``reopen`` takes back the decision in force; all are kept in the log.
Verdict = Literal["accept", "decline", "later", "reopen"]
VERDICTS: tuple[Verdict, ...] = ("accept", "decline", "later", "reopen")


@dataclass(frozen=True, slots=True)
class RunHeader:
    """What is known of an import before its first row is read.

    Parameters
    ----------
    file_name
        Name of the file without its folder.
    format
        Name of the format it was read as.
    sha256
        Digest of the file's bytes.
    source
        Whose statement it is, as shown to users.
    kind
        Kind of source, a key of :data:`models.fold.PRECEDENCE`.
    as_of
        Date the source's data speak of (ISO), where the source says it.
    options
        Options that change what is read; the same file read with other options is another import.
    by
        Who imported it.
    """

    file_name: str
    format: str
    sha256: str
    source: str
    kind: str
    as_of: str = ""
    options: Mapping[str, str | int | bool] = field(default_factory=dict, hash=False)
    by: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of an import did what; ``+`` adds two tallies up.

    Every row read is exactly one of added, changed, unchanged, waiting (facts about a firm not yet known), refused
    (in quarantine as a whole), skipped (a sole trader of a register, not listed one by one) or review (its firm has a
    name and no INN, and a person is to say who it is). Of those taken, ``remembered`` ones had their INN from a person.
    """

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    waiting: int = 0
    refused: int = 0
    skipped: int = 0
    quarantined: int = 0
    links_added: int = 0
    links_unchanged: int = 0
    review: int = 0
    remembered: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, name) + getattr(other, name) for name in Tally.__slots__))


@dataclass(frozen=True, slots=True)
class Run:
    """An import that took place."""

    id: int
    header: RunHeader
    started_at: datetime
    finished_at: datetime | None
    tally: Tally
    undone_at: datetime | None = None

    @property
    def file_date(self) -> str:
        """Date the file states (ISO), the day of the import where it states none."""
        return file_date(self.header.as_of, self.started_at)


def file_date(as_of: str, started_at: datetime) -> str:
    """Return the date a file speaks on: the one it states, or the day of its import."""
    return as_of or started_at.date().isoformat()


class Observation(NamedTuple):
    """What one row of one run says of one company, with what decides its weight.

    ``as_of`` is the date or year the row speaks of (ISO, ``2016`` or ``2016-12-31``), ``file_date`` the date the whole
    file states. A file that states none speaks on the day of its import.
    """

    run_id: int
    kind: str
    source: str
    as_of: str
    facts: CompanyFacts
    file_date: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row, or a field of it, that was not taken; the reason is not yet in any language.

    Of a row refused as a whole ``cells`` are what is kept of it.
    """

    line: int
    inn: str | None
    field: str
    value: str
    error: Text
    cells: Cells = ()

    def quarantined(self, lang: Lang) -> Quarantined:
        """Return the record shown to a reader of ``lang``."""
        return Quarantined(self.line, self.inn, self.field, self.value, self.error.render(lang), self.cells)


@dataclass(frozen=True, slots=True)
class Superseded:
    """A report that lost to a larger one of the same company and year in the same file."""

    inn: str
    year: int
    line: int
    kept_line: int
    value: float


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing an import did.

    Companies no longer known, known otherwise, known as before; links taken away; rows without INN that it had answered
    and that wait again.
    """

    run: int
    removed: int
    changed: int
    unchanged: int
    links: int
    reopened: int = 0


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What making the register anew from its log did: firms the log speaks of, and how many are shown otherwise."""

    firms: int
    changed: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a pair."""

    id: int
    supplier_inn: str
    buyer_inn: str
    decision: Verdict
    reason: str
    at: datetime
    by: str
    reason_code: str = ""
