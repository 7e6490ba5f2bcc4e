"""One file into the store: recognise, read, check, log, fold, report — in one transaction.

The file is read as a stream, in batches; a killed import leaves the state before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from matcher.intake.ahead import rows_of
from matcher.intake.answers import take_answers
from matcher.intake.detect import probe
from matcher.intake.fields import read_date
from matcher.intake.manifest import Manifest
from matcher.intake.mapping import NO_CHOICE, Choice, as_option
from matcher.intake.registry import Format, Sample, choose, load, refuse_strange, take_sample
from matcher.intake.rows import Options, Parsed
from models.errors import DataError, UnreadableFile
from models.events import Rejection, Run, RunHeader, Superseded, Tally
from models.reader import batches
from models.records import Quarantined
from models.store import Store
from models.text import Lang, T, Text
from models.unit import BATCH, Unit

#: Quarantined rows a report lists; the store keeps all of them.
LISTED = 10_000
Progress = Callable[[int], None]


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
        }


@dataclass(slots=True)
class _Course:
    """What has been seen of a file so far."""

    tally: Tally = field(default_factory=Tally)
    rejections: list[Rejection] = field(default_factory=list)
    years: set[int] = field(default_factory=set)
    assumed: set[int] = field(default_factory=set)


def import_file(
    store: Store,
    path: Path | str,
    *,
    format: str | None = None,
    dry_run: bool = False,
    sole_traders: bool = False,
    year: int | None = None,
    mapping: Choice = NO_CHOICE,
    by: str = "",
    lang: Lang = "ru",
    progress: Progress | None = None,
) -> ImportReport:
    """Read a file into the store.

    Parameters
    ----------
    store
        Where to.
    path
        The file; what it is is told by its content.
    format
        Name of the format, if it is not to be recognised.
    dry_run
        Do everything and keep nothing: the report is exact.
    sole_traders
        Keep sole traders too, without their names and addresses.
    year
        Year of figures that state none; by default the last one that is over.
    mapping
        What a person says its columns are, or has said of a file with the same titles.
    by
        Who imports it.
    lang
        Language of the reasons in the report.
    progress
        Called with the number of rows read, now and then.

    Raises
    ------
    UnreadableFile
        If the file is missing, damaged, or its columns say nothing.
    UsageError
        If there is no such format, or the mapping named says nothing of the file.
    StorageError
        If the database cannot be written; nothing is changed then.
    """
    sample = take_sample(probe(Path(path)), mapping)
    refuse_strange(sample, mapping)
    name = format or choose(sample)
    reader, manifest = load(name)
    if format and not reader.recognises(sample):
        raise unfit(sample, name)
    options = Options(date.today(), sole_traders, year)
    header = replace(run_header(sample, name, reader, manifest, options), by=by)
    with store.read() as before:
        same = before.same_run(header)
        if same is not None:
            report = repeated(header, same, tuple(_first(before.quarantine(same.id, lang))))
            return replace(report, **of_columns(sample, manifest))
    work = store.rehearse if dry_run else store.begin
    with work() as unit, rows_of(sample, name, options) as rows:
        run = unit.record_run(header)
        course = take_rows(unit, run, rows, manifest, progress)
        if not course.tally.read:
            raise UnreadableFile(T("{path} has a header and no rows", path=path), T("export it again with its rows"))
        unit.finish_run(run, course.tally)
    report = ImportReport(
        None if dry_run else run, header.file_name, name, header.sha256, header.source, course.tally, dry_run=dry_run
    )
    return replace(report, **findings(sample, manifest, course, lang))


def run_header(sample: Sample, name: str, reader: Format, manifest: Manifest, options: Options) -> RunHeader:
    """Return what is known of an import before its rows."""
    chosen: dict[str, str | int | bool] = {"sole_traders": options.sole_traders}
    if options.year is not None:
        chosen["year"] = options.year
    if sample.mapped:
        chosen["mapping"] = as_option(sample.mapped)
    source = sample.source
    label, as_of = reader.label(sample), iso_date(reader.as_of(sample))
    return RunHeader(source.name, name, source.sha256, label, manifest.kind, as_of, options=chosen)


def iso_date(text: str) -> str:
    """Return a date as ISO, an empty string for what is none.

    >>> iso_date("10.02.2019"), iso_date("")
    ('2019-02-10', '')
    """
    try:
        return read_date(text).isoformat()
    except DataError:
        return ""


def take_rows(unit: Unit, run: int, rows: Iterable[Parsed], manifest: Manifest, progress: Progress | None) -> _Course:
    """Put the rows of a file into the store, batch by batch, and return what they were."""
    course = _Course()
    for batch in batches(rows, BATCH):
        rejected = [rejection for row in batch for rejection in row.rejections]
        tally = _read(batch)
        unit.review.put(run, [each for row in batch for each in row.unidentified])
        facts = [row.facts for row in batch if row.facts is not None]
        told, lost = unit.apply_facts(run, facts, manifest.settle)
        tally += told + _apply_links(unit, run, batch)
        answered, doubted = take_answers(unit, run, batch)
        tally += answered
        rejected += [*doubted, *(rejection_of(each) for each in lost)]
        unit.reject(run, rejected)
        course.tally += tally + Tally(refused=len(lost), quarantined=len(rejected))
        course.rejections += rejected[: max(0, LISTED - len(course.rejections))]
        course.years |= {year for row in batch for year in row.years}
        course.assumed |= {row.assumed_year for row in batch if row.assumed_year is not None}
        if progress is not None:
            progress(course.tally.read)
    course.tally += unit.review.settle(run)
    return course


def _read(batch: Sequence[Parsed]) -> Tally:
    """Count rows read, skipped on purpose, and refused as a whole; rows without INN are counted when all are read."""
    skipped = sum(row.skipped for row in batch)
    return Tally(read=len(batch), skipped=skipped, refused=sum(row.is_refused for row in batch))


def _apply_links(unit: Unit, run: int, batch: Sequence[Parsed]) -> Tally:
    """Put the links of rows into the store; a row of links alone is added if any of them is new."""
    links = [link for row in batch for link in row.links]
    if not links:
        return Tally()
    new = unit.apply_links(run, links)
    fresh = {link.line for link, is_new in zip(links, new, strict=True) if is_new}
    alone = [row.line for row in batch if row.links and row.facts is None]
    added = sum(line in fresh for line in alone)
    return Tally(added=added, unchanged=len(alone) - added, links_added=sum(new), links_unchanged=len(new) - sum(new))


def rejection_of(lost: Superseded) -> Rejection:
    """Return the quarantine entry of a report that lost to a larger one."""
    error = T(
        "a second report of the company for {year}; the larger one, line {line}, is kept",
        year=lost.year,
        line=lost.kept_line,
    )
    return Rejection(lost.line, lost.inn, "revenue_rub", f"{lost.value:.0f}", error)


def findings(sample: Sample, manifest: Manifest, course: _Course, lang: Lang) -> dict[str, Any]:
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


def assumptions(course: _Course) -> list[Text]:
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


def unfit(sample: Sample, name: str) -> UnreadableFile:
    """Return the error of a file that is not of the format it is said to be."""
    return UnreadableFile(
        T("{path} is not of the format {name}", path=sample.source.path, name=name),
        T("leave out --format and let Zveno recognise it"),
    )


def _first(quarantined: Iterable[Quarantined]) -> Iterable[Quarantined]:
    return (each for each, _ in zip(quarantined, range(LISTED), strict=False))


__all__ = ["Format", "ImportReport", "import_file"]
