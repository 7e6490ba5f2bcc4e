"""A table of companies made by hand or exported from anywhere: CSV or XLSX with the usual column names."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.intake.company_rows import REQUIRED, CompanyRows
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed
from matcher.intake.unidentified import only_names


def recognises(sample: Sample) -> int:
    """Recognise a table with an INN, or names of firms alone, and an activity code or an offer."""
    names = sample.header.names
    firms = "inn" in names or only_names(sample.header, sample.rows)
    return 1 if firms and not names.isdisjoint(REQUIRED) else 0


def label(sample: Sample) -> str:
    """Return the file's name: whose table it is only its maker knows."""
    return sample.source.name


def as_of(sample: Sample) -> str:
    """Return nothing: each row has a date of its own, or none."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each row understood."""
    return CompanyRows(sample.header, manifest, options).read(sample.body())
