"""A register as ``zveno export`` writes it: companies in all columns, and in a workbook the observed sales beside them.

What is written is read back exactly: a list is parted by ``;`` alone, and a company known by its name only is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.intake.company_rows import CompanyRows
from matcher.intake.formats import links_table
from matcher.intake.manifest import Manifest
from matcher.intake.mapping import NO_CHOICE
from matcher.intake.registry import Sample, sample_sheet
from matcher.intake.rows import Options, Parsed
from matcher.intake.table import sheet_names
from models.fold import IDENTIFYING_FIELDS
from models.records import COMPANY_FIELDS
from models.text import T

#: Columns of companies before the yearly figures.
COLUMNS = ("inn", *COMPANY_FIELDS)
#: What parts the elements of a list.
SEPARATOR = "; "
#: What a row must state.
NAMED = (sorted(IDENTIFYING_FIELDS), T("nothing says what firm it is"))


def recognises(sample: Sample) -> int:
    """Recognise a table that has every column of a company."""
    return 7 if sample.header.names.issuperset(COLUMNS) else 0


def label(sample: Sample) -> str:
    """Return the file's name: whose register it was only its maker knows."""
    return sample.source.name


def as_of(sample: Sample) -> str:
    """Return nothing: each row has a date of its own, or none."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each company, then each sale of a workbook's other sheet."""
    yield from CompanyRows(sample.header, manifest, options, NAMED, split).read(sample.body())
    for name in sheet_names(sample.source):
        other = sample_sheet(sample.source, name, NO_CHOICE)
        if links_table.recognises(other):
            yield from links_table.read(other, manifest, options)


def split(name: str, text: str) -> Sequence[str]:
    """Return the elements of the list of a field.

    >>> split("licences", "№ 77, до 2030; № 78")
    ['№ 77, до 2030', '№ 78']
    """
    return text.split(SEPARATOR)
