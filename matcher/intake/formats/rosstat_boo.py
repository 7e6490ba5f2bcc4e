"""Annual accounts of Russian firms published by Rosstat, one row a firm and year, as the bundled extracts have them."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.intake.company_rows import CompanyRows
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed

#: Columns by which the extracts are known.
MARKS = frozenset({"inn", "okved_code", "okved_version", "revenue_thousand_rub", "year", "source"})


def recognises(sample: Sample) -> int:
    """Recognise the extracts by the column that tells the edition of OKVED."""
    return 2 if frozenset(sample.titles) >= MARKS else 0


def label(sample: Sample) -> str:
    """Return the source that the first row names."""
    column = sample.titles.index("source")
    rows = (cells for line, cells in sample.rows if line > sample.header.line and len(cells) > column)
    return next((cells[column] for cells in rows if cells[column]), sample.source.name)


def as_of(sample: Sample) -> str:
    """Return nothing: each row has a date of its own, or none."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each row understood; the edition of OKVED decides whether a code is ``okved_main`` or ``okved1_main``."""
    return CompanyRows(sample.header, manifest, options).read(sample.body())
