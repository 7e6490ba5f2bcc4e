"""What is told of an import: counts, what was not taken, what was assumed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from matcher.intake.detect import Content
from matcher.intake.manifest import Manifest
from matcher.intake.registry import Sample
from models.events import Rejection, Run, RunHeader, Tally
from models.records import Quarantined
from models.text import Lang, T, Text

#: Quarantined rows a report lists; the store keeps all of them.
LISTED = 10_000


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do.

    Parameters
    ----------
    run
        Number of the import; ``None`` for a dry run and for a file imported before.
    file, format, sha256, source
        What was read, as what, and whose statement it is.
    tally
        How many rows did what.
    quarantined
        Rows and fields not taken, the first :data:`LISTED`.
    first_year, last_year
        Years of the figures.
    ignored_columns
        Titles of columns that were not understood; none of a format with a publisher, whose columns are known.
    assumptions
        What was assumed because the file does not say it.
    dry_run
        Whether nothing was kept.
    repeats
        Number of the earlier import of the very same file.
    mapping
        Name of the profile that says what the columns are, empty if it has none; ``None`` without a profile.
    mapped
        What the profile says of the file's titles.
    parts
        Of an archive or workbook that became several imports: their reports. The counts of this one are then their
        sums, and what was not taken stands in theirs.
    """

    run: int | None
    file: str
    format: str
    sha256: str
    source: str
    tally: Tally
    quarantined: tuple[Quarantined, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    ignored_columns: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    dry_run: bool = False
    repeats: int | None = None
    mapping: str | None = None
    mapped: Mapping[str, str | None] = field(default_factory=dict)
    parts: tuple[ImportReport, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether at least one row could be taken, or waits for a person to say who it is."""
        tally = self.tally
        return bool(tally.added + tally.changed + tally.unchanged + tally.waiting + tally.review)

    def as_document(self) -> dict[str, Any]:
        """Return the document ``zveno import --json`` prints."""
        tally = self.tally
        return {
            "run": self.run,
            "file": self.file,
            "format": self.format,
            "sha256": self.sha256,
            "source": self.source,
            "dry_run": self.dry_run,
            "repeats": self.repeats,
            "read": tally.read,
            "added": tally.added,
            "changed": tally.changed,
            "unchanged": tally.unchanged,
            "waiting": tally.waiting,
            "refused": tally.refused,
            "skipped": tally.skipped,
            "review": tally.review,
            "remembered": tally.remembered,
            "quarantined_total": tally.quarantined,
            "links": {"added": tally.links_added, "unchanged": tally.links_unchanged},
            "first_year": self.first_year,
            "last_year": self.last_year,
            "ignored_columns": list(self.ignored_columns),
            "mapping": None if self.mapping is None else {"name": self.mapping, "columns": dict(self.mapped)},
            "assumptions": list(self.assumptions),
            "quarantined": [
                {"line": q.line, "inn": q.inn, "field": q.field, "value": q.value, "error": q.error}
                for q in self.quarantined
            ],
            **({"parts": [part.as_document() for part in self.parts]} if self.parts else {}),
        }


@dataclass(slots=True)
class Course:
    """What an import has seen of its rows so far."""

    run: int
    tally: Tally = field(default_factory=Tally)
    rejections: list[Rejection] = field(default_factory=list)
    years: set[int] = field(default_factory=set)
    assumed: set[int] = field(default_factory=set)


def findings(sample: Sample, manifest: Manifest, course: Course, lang: Lang) -> dict[str, Any]:
    """Return what a report says beside its counts."""
    rejections = sorted(course.rejections, key=lambda each: each.line)
    return {
        "quarantined": tuple(each.quarantined(lang) for each in rejections),
        "first_year": min(course.years, default=None),
        "last_year": max(course.years, default=None),
        "assumptions": tuple(text.render(lang) for text in assumptions(course)),
        **of_columns(sample, manifest),
    }


def of_columns(sample: Sample, manifest: Manifest) -> dict[str, Any]:
    """Return what a report says of the columns."""
    name = sample.mapping.name if sample.mapping is not None and sample.mapped else None
    ignored = sample.header.ignored if manifest.own_columns else ()
    return {"ignored_columns": ignored, "mapping": name, "mapped": sample.mapped}


def assumptions(course: Course) -> list[Text]:
    """Return what was assumed of a file."""
    return [T("figures without a year are taken for {year}", year=year) for year in sorted(course.assumed)]


def repeated(header: RunHeader, same: Run, quarantined: tuple[Quarantined, ...]) -> ImportReport:
    """Return the report of a file that was imported before: nothing is done."""
    old = same.tally
    kept = old.added + old.changed + old.unchanged + old.waiting
    links = old.links_added + old.links_unchanged
    tally = replace(old, added=0, changed=0, unchanged=kept, waiting=0, links_added=0, links_unchanged=links)
    return ImportReport(
        None, header.file_name, header.format, header.sha256, header.source, tally, quarantined, repeats=same.id
    )


def listed(quarantined: Iterable[Quarantined]) -> Iterable[Quarantined]:
    """Return what a report lists of a quarantine."""
    return (each for each, _ in zip(quarantined, range(LISTED), strict=False))


def together(file: str, reports: Sequence[ImportReport], kind: Content) -> ImportReport:
    """Return the report of a file: the only one, or the sum of those of its parts, of the format its kind."""
    if len(reports) == 1:
        return reports[0]
    years = [year for each in reports for year in (each.first_year, each.last_year) if year is not None]
    return ImportReport(
        None,
        file,
        kind,
        reports[0].sha256,
        "; ".join(dict.fromkeys(each.source for each in reports)),
        sum((each.tally for each in reports), Tally()),
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        dry_run=reports[0].dry_run,
        parts=tuple(reports),
    )
