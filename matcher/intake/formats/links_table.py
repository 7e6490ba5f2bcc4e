"""A table of observed sales: who sold to whom, what, for how much, when, and who says so."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.intake.link_rows import NAMES, PARTIES, LinkRows
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed
from matcher.intake.unidentified import hides_inns


def recognises(sample: Sample) -> int:
    """Recognise a table with both parties of a sale, by INN or by name."""
    names = sample.header.names
    if names.issuperset(PARTIES):
        return 3
    named = all(names & {inn, name} for inn, name in NAMES.items())
    return 3 if named and "inn" not in names and not hides_inns(sample.header, sample.rows) else 0


def label(sample: Sample) -> str:
    """Return the file's name; each row has a source of its own."""
    return sample.source.name


def as_of(sample: Sample) -> str:
    """Return nothing: each row has a date of its own, or none."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each sale understood."""
    rows = LinkRows(sample.header, manifest, options)
    return (rows.row(line, cells) for line, cells in sample.body())
