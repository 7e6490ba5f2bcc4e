"""The formats Zveno reads. A module put into ``formats/`` with a manifest beside it is a format; nothing else to do."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from itertools import islice
from typing import Protocol, cast, runtime_checkable

from matcher.intake import formats
from matcher.intake.delimited import why_broken
from matcher.intake.detect import TABLES, Source
from matcher.intake.documents import Root, peek
from matcher.intake.fields import read_text
from matcher.intake.header_rows import find_header, two_rows
from matcher.intake.headers import NOTHING_GIVEN, Header, aliases, normal_title, year_of_sheet
from matcher.intake.manifest import Manifest, read_manifest
from matcher.intake.mapping import NO_CHOICE, Choice, Profile
from matcher.intake.rows import Options, Parsed, shorten
from matcher.intake.table import HEAD_ROWS, Row, read_rows, refuse_broken, sheet_names
from models.errors import UnreadableFile, UsageError
from models.text import T, Text


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows of a source's best sheet and the header found in them; of XML, the root instead.

    ``mapping`` is the profile the header was read by, if there is one.
    """

    source: Source
    sheet: str = ""
    rows: tuple[Row, ...] = ()
    header: Header = field(default_factory=Header)
    root: Root = field(default_factory=Root)
    mapping: Profile | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles of the header's row as they stand."""
        return self.header.titles

    @property
    def mapped(self) -> dict[str, str | None]:
        """What the profile says of the header's titles."""
        return {} if self.mapping is None else self.mapping.used(self.header)

    def body(self) -> Iterator[Row]:
        """Yield all rows below the header."""
        return ((line, cells) for line, cells in read_rows(self.source, self.sheet) if line > self.header.line)


class Format(Protocol):
    """What a module of ``formats/`` offers."""

    def recognises(self, sample: Sample) -> int:
        """Return how specific the match is, 0 for none; the most specific format reads the file."""

    def label(self, sample: Sample) -> str:
        """Return whose statement the file is, as shown to users."""

    def as_of(self, sample: Sample) -> str:
        """Return the date the source's data speak of, as it states it; an empty string if it does not."""

    def read(self, sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
        """Yield each row or document understood."""


@runtime_checkable
class GivesBack(Protocol):
    """What a format of answered quarantines offers beside."""

    def gives_back(self, sample: Sample) -> str:
        """Return which refused rows the file gives back, as :func:`models.refusals.named` writes them."""


def take_sample(source: Source, mapping: Choice = NO_CHOICE) -> Sample:
    """Return the first rows and the header of a source; in a workbook, of the sheet understood best."""
    if source.content not in TABLES:
        return Sample(source, root=peek(source))
    samples = [sample_sheet(source, sheet, mapping) for sheet in sheet_names(source)]
    return max(samples, key=lambda sample: len(sample.header.columns), default=Sample(source))


def sample_sheet(source: Source, sheet: str, mapping: Choice) -> Sample:
    """Return the first rows of a sheet and its header."""
    with closing(read_rows(source, sheet)) as reader:
        rows = tuple(islice(reader, HEAD_ROWS))
    profile = mapping.of((*rows, *two_rows(rows)))
    given = NOTHING_GIVEN if profile is None else profile.given
    header = find_header([(line, cells) for line, cells in rows if not why_broken(cells)], given)
    return Sample(source, sheet, rows, replace(header, year=year_of_sheet(sheet)), mapping=profile)


@cache
def format_names() -> tuple[str, ...]:
    """Return the names of all formats."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(formats.__path__)))


@cache
def load(name: str) -> tuple[Format, Manifest]:
    """Return a format and its manifest.

    Raises
    ------
    UsageError
        If there is none of that name.
    """
    if name not in format_names():
        raise UsageError(
            T("there is no format {name}", name=name), T("formats: {names}", names=", ".join(format_names()))
        )
    return cast(Format, import_module(f"{formats.__name__}.{name}")), read_manifest(name)


def choose(sample: Sample) -> str:
    """Return the name of the format that reads a source.

    Raises
    ------
    UnreadableFile
        If none does: the message lists the columns found and those expected, or a line at its head is no record.
    """
    scores = {name: load(name)[0].recognises(sample) for name in format_names()}
    best = max(scores, key=lambda name: scores[name])
    if not scores[best]:
        refuse_broken(sample.source, sample.rows)
        raise unknown_columns(sample)
    return best


def refuse_strange(sample: Sample, mapping: Choice) -> None:
    """Raise if a profile asked for says nothing of the file: it was made for another."""
    if mapping.named is None or sample.mapped:
        return
    titles = ", ".join(shorten(title, 40) for title in sample.titles[:12] if title)
    raise UsageError(
        T("{path}: the mapping {name} names none of its columns", path=sample.source.path, name=mapping.named.name),
        T("columns found: {found}", found=titles) if titles else T("it is no table"),
    )


def unknown_columns(sample: Sample) -> UnreadableFile:
    """Return the error of a table whose columns say nothing, with the closest names."""
    titles = [shorten(read_text(title), 40) for title in sample.titles if title]
    if not titles:
        return UnreadableFile(T("{path} is of no format Zveno knows", path=sample.source.path), expected())
    found = ", ".join(titles[:12])
    message = T("{path}: no table of companies or links; columns found: {found}", path=sample.source.path, found=found)
    meant = ", ".join(f"{title} → {name}" for title in sample.header.ignored[:50] if (name := closest(title)))
    wanted = T("{expected}; did you mean: {meant}", expected=expected(), meant=meant) if meant else expected()
    return UnreadableFile(message, T("{wanted}; {how}", wanted=wanted, how=how_to_map()))


def how_to_map() -> Text:
    """Return how a user says what the columns of a table are."""
    return T('say what the columns are: zveno imports mapping FILE --columns "TITLE=inn" --save NAME')


def closest(title: str) -> str:
    """Return the canonical column whose names come closest to a title, an empty string if none does.

    >>> closest("ИННН")
    'inn'
    """
    names = aliases().names
    close = get_close_matches(normal_title(title)[:80], names, n=1, cutoff=0.75)
    return names[close[0]][0] if close else ""


def expected() -> Text:
    """Return what a table must have."""
    return T("expected: inn and what is known of companies; or supplier_inn and buyer_inn")
