"""Which row of the index a region has."""

from __future__ import annotations

from matcher.pipeline.workspace import Workspace
from models.errors import DataError, UsageError
from models.geography import regions
from models.text import T


def region_row(workspace: Workspace, code: str | None) -> int | None:
    """Return the index's row of a region code.

    Raises
    ------
    UsageError
        If there is no such region, or no firm of it.
    """
    if code is None:
        return None
    check_region(code)
    row = workspace.columns.region_number(code)
    if row is None:
        raise DataError(
            T("the register holds no firm of region {code}", code=code), T("import companies of the region first")
        )
    return row


def check_region(code: str) -> None:
    """Refuse a code that no region has.

    Raises
    ------
    UsageError
        If there is no such region.
    """
    if code not in regions():
        raise UsageError(T("there is no region {code}", code=code), T("give a two-digit region code, for example 26"))
