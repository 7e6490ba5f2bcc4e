"""Everything that can go wrong and be said to a user.

::

    ZvenoError
    ├── DataError            the input is wrong: correct it and try again          (exit 2 or 1)
    │   ├── InvalidIdentifier    a malformed INN, OGRN, OKVED or OKPD code
    │   ├── UnknownCompany       a valid INN that the register does not hold
    │   ├── NothingSuch          nothing is kept under this number or name
    │   ├── UnreadableFile       missing, empty, binary or of no known format
    │   └── SourceDrift          a bundled or published table is not what its sidecar says
    ├── GraphError           the matrices cannot answer (no such cluster, no coefficients)
    ├── StorageError         the database is locked, newer than the program, or broken
    └── AccessError          the port is in use, the caller may not do this

Every error carries a stable ``code``, a message (what was wrong, where) and a hint (what to do).
"""

from __future__ import annotations

from typing import ClassVar

from models.text import Lang, Text


class ZvenoError(Exception):
    """Root of the tree.

    Parameters
    ----------
    message
        What was wrong and where.
    hint
        What the reader can do about it.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        self.message = message
        self.hint = hint or Text("")
        super().__init__(str(message))

    def as_document(self, lang: Lang) -> dict[str, dict[str, str]]:
        """Return the error in the shape the command line and the API print."""
        return {"error": {"code": self.code, "message": self.message.render(lang), "hint": self.hint.render(lang)}}


class DataError(ZvenoError):
    """The input is wrong."""

    code = "data"


class InvalidIdentifier(DataError):
    """A code or number that no register could have issued."""

    code = "invalid_identifier"
    exit_code = 2


class UnknownCompany(DataError):
    """A well-formed INN that is not in the register."""

    code = "unknown_company"


class NothingSuch(DataError):
    """A number or name under which nothing is kept."""

    code = "not_found"


class UnreadableFile(DataError):
    """A file that is missing, empty, binary or of no known format."""

    code = "unreadable_file"


class SourceDrift(DataError):
    """A table that is not what its sidecar promises."""

    code = "source_drift"


class GraphError(ZvenoError):
    """The matrices cannot answer."""

    code = "graph"


class StorageError(ZvenoError):
    """The database cannot be used."""

    code = "storage"


class AccessError(ZvenoError):
    """The machine or the caller's rights do not allow it."""

    code = "access"


class UsageError(ZvenoError):
    """A command or query asked in a way that has no meaning."""

    code = "usage"
    exit_code = 2
