"""What a person says the columns of a file are.

A title named in a mapping overrules the table of names, ``headers.yml``; the others are recognised as usual. A profile
that lists the titles of a file reads the next file with the same titles without being asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from matcher.intake.headers import Given, Header, column_names, title_key
from models.errors import UsageError
from models.text import T, Text


@dataclass(frozen=True)
class Profile:
    """What the columns of a file are.

    Parameters
    ----------
    name
        Its name; empty if it is not saved.
    columns
        Title in the file to canonical column, ``None`` for one to leave out.
    titles
        All titles of the file it was made for; none if it is only used when asked for.

    Examples
    --------
    >>> sales = Profile("sales", {"Partner's code": "inn"}, ("Partner's code", "Region"))
    >>> sales.fits(["REGION", "Partner's code"])
    True
    """

    name: str
    columns: Mapping[str, str | None]
    titles: tuple[str, ...] = ()

    @cached_property
    def given(self) -> Given:
        """Return the columns by what different writings of their titles have in common."""
        return {title_key(title): name for title, name in self.columns.items()}

    def fits(self, titles: Iterable[str]) -> bool:
        """Return whether a row has the very titles the profile remembers, in any order."""
        return bool(self.titles) and fingerprint(titles) == fingerprint(self.titles)

    def used(self, header: Header) -> dict[str, str | None]:
        """Return what it says of the titles a header has."""
        return {title: self.given[key] for title in header.titles if (key := title_key(title)) in self.given}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which profile a file is read by: the one named, else the first that remembers its titles."""

    named: Profile | None = None
    remembered: Sequence[Profile] = ()

    def of(self, rows: Iterable[tuple[int, Sequence[str]]]) -> Profile | None:
        """Return the profile for a table with these first rows."""
        if self.named is not None:
            return self.named
        prints = {fingerprint(cells) for _, cells in rows} if self.remembered else ()
        return next((each for each in self.remembered if each.titles and fingerprint(each.titles) in prints), None)


#: Every table is read by the names of its columns alone.
NO_CHOICE = Choice()


def fingerprint(titles: Iterable[str]) -> frozenset[str]:
    """Return what tells one set of titles from another, whatever their order and writing."""
    return frozenset(title_key(title) for title in titles if title)


def as_option(used: Mapping[str, str | None]) -> str:
    """Return a mapping as an option of an import: what it says, whatever it is called.

    >>> as_option({"b": None, "a": "inn"})
    '{"a": "inn", "b": null}'
    """
    return json.dumps(dict(sorted(used.items())), ensure_ascii=False)


def parse_pairs(pairs: Iterable[str]) -> dict[str, str | None]:
    """Return columns given as ``TITLE=NAME``, ``TITLE=`` for one to leave out.

    Raises
    ------
    UsageError
        If one has no ``=`` or no title, or names no canonical column.

    Examples
    --------
    >>> parse_pairs(["Code = partner=inn", "Manager="])
    {'Code = partner': 'inn', 'Manager': None}
    """
    columns: dict[str, str | None] = {}
    for pair in pairs:
        title, equals, name = pair.rpartition("=")
        if not equals or not title.strip():
            raise UsageError(T("“{pair}” is not TITLE=NAME", pair=pair), known_names())
        if name.strip() and name.strip() not in column_names():
            raise UsageError(T("there is no column {name}", name=name.strip()), known_names())
        columns[title.strip()] = name.strip() or None
    return columns


def known_names() -> Text:
    """Return the canonical columns as a hint."""
    return T("columns: {names}", names=", ".join(column_names()))
