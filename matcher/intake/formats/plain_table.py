"""A table of companies made by hand or exported from anywhere: CSV or XLSX with the usual column names."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.intake.company_rows import REQUIRED, CompanyRows
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed
from matcher.intake.unidentified import only_names
from models.records import COMPANY_FIELDS, FIGURE_NAMES


def recognises(sample: Sample) -> int:
    """Recognise a table with an INN, or names of firms alone, and anything that is known of companies."""
    names = sample.header.names
    if "inn" in names:
        return 0 if names.isdisjoint((*COMPANY_FIELDS, *FIGURE_NAMES)) else 1
    return 1 if only_names(sample.header, sample.rows) and not names.isdisjoint(REQUIRED) else 0


def label(sample: Sample) -> str:
    """Return the file's name: whose table it is only its maker knows."""
    return sample.source.name


def as_of(sample: Sample) -> str:
    """Return nothing: each row has a date of its own, or none."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each row understood."""
    return CompanyRows(sample.header, manifest, options).read(sample.body())
