"""The formats Zveno reads. A module put into ``formats/`` with a manifest beside it is a format; nothing else to do."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from matcher.intake import formats
from matcher.intake.detect import Source
from matcher.intake.headers import Header, column_names, find_header
from matcher.intake.manifest import Manifest, read_manifest
from matcher.intake.rows import Options, Parsed
from matcher.intake.table import HEAD_LINES, Row, read_rows
from models.errors import UnreadableFile, UsageError
from models.text import T, Text


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows of a source and the header found in them; empty for what is no table."""

    source: Source
    rows: tuple[Row, ...] = ()
    header: Header = Header(0, (), ())

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles of the header's row as they stand."""
        return next((tuple(cells) for line, cells in self.rows if line == self.header.line), ())

    def body(self) -> Iterator[Row]:
        """Yield all rows below the header."""
        return ((line, cells) for line, cells in read_rows(self.source) if line > self.header.line)


class Format(Protocol):
    """What a module of ``formats/`` offers."""

    def recognises(self, sample: Sample) -> int:
        """Return how specific the match is, 0 for none; the most specific format reads the file."""

    def label(self, sample: Sample) -> str:
        """Return whose statement the file is, as shown to users."""

    def read(self, sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
        """Yield each row or document understood."""


def take_sample(source: Source) -> Sample:
    """Return the first rows of a source and its header."""
    if source.content == "zip":
        return Sample(source)
    rows: list[Row] = []
    for row in read_rows(source):
        rows.append(row)
        if len(rows) == HEAD_LINES:
            break
    return Sample(source, tuple(rows), find_header(rows))


@cache
def format_names() -> tuple[str, ...]:
    """Return the names of all formats."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(formats.__path__)))


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
        If none does: the message lists the columns found and those expected.
    """
    scores = {name: load(name)[0].recognises(sample) for name in format_names()}
    best = max(scores, key=lambda name: scores[name])
    if not scores[best]:
        raise unknown_columns(sample)
    return best


def unknown_columns(sample: Sample) -> UnreadableFile:
    """Return the error of a table whose columns say nothing, with the closest names."""
    titles = [title for title in sample.titles if title]
    if not titles:
        return UnreadableFile(T("{path} is of no format Zveno knows", path=sample.source.path), expected())
    found = ", ".join(titles[:12])
    message = T("{path}: no table of companies or links; columns found: {found}", path=sample.source.path, found=found)
    close = {t: get_close_matches(t.casefold(), column_names(), n=1, cutoff=0.7) for t in sample.header.ignored}
    meant = ", ".join(f"{title} → {names[0]}" for title, names in close.items() if names)
    return UnreadableFile(message, T("{expected}; did you mean: {meant}", expected=expected(), meant=meant) if meant else expected())


def expected() -> Text:
    """Return what a table must have."""
    return T("expected: inn and one of okved_main, offers; or supplier_inn and buyer_inn")
