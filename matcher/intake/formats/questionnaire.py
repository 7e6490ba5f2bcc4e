"""The questionnaire of a cluster's members: offers, needs, equipment to share, waste, vacancies, free capacity.

A member need not name its activity here: what it says is added to what registers know of it, and waits until they do.
"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.intake.company_rows import REQUIRED, CompanyRows
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from matcher.intake.rows import Options, Parsed
from matcher.intake.unidentified import only_names

#: Columns only a questionnaire has.
MARKS = frozenset({"equipment", "waste", "vacancies", "capacity"})


def recognises(sample: Sample) -> int:
    """Recognise a table with an INN, or names of firms alone, and a column only a questionnaire has."""
    names = sample.header.names
    firms = "inn" in names or only_names(sample.header, sample.rows)
    return 2 if firms and not MARKS.isdisjoint(names) else 0


def label(sample: Sample) -> str:
    """Return the file's name: whose questionnaire it is only its maker knows."""
    return sample.source.name


def as_of(sample: Sample) -> str:
    """Return nothing: an answer holds from the day it is given."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each member's answers."""
    required = (*REQUIRED, "needs", *sorted(MARKS))
    return CompanyRows(sample.header, manifest, options, required).read(sample.body())
