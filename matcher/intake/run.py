"""A file into the store: recognise, read, check, log, fold, report — in one transaction.

The file is read as a stream, in batches; a killed import leaves the state before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from matcher.intake.ahead import rows_of
from matcher.intake.answers import take_answers
from matcher.intake.archive import Part, opened, speaking_of
from matcher.intake.fields import read_date
from matcher.intake.manifest import Manifest, read_manifest
from matcher.intake.mapping import NO_CHOICE, Choice, as_option
from matcher.intake.progress import Step
from matcher.intake.registry import GivesBack, load
from matcher.intake.reports import LISTED, Course, ImportReport, findings, listed, of_columns, repeated, together
from matcher.intake.rows import Options, Parsed
from models.errors import DataError, UnreadableFile
from models.events import Rejection, RunHeader, Superseded, Tally
from models.reader import Reader, batches
from models.refusals import GIVEN_BACK
from models.store import Store
from models.text import Lang, T
from models.unit import BATCH, Unit

Progress = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A part of a file that is to be imported, and what is known of the import before its rows."""

    part: Part
    header: RunHeader


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
    """Read a file into the store; an archive whose members are of several formats becomes an import a part.

    All of the file is taken or, at an error, nothing.

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
        Called now and then with how far the import has come.

    Raises
    ------
    UnreadableFile
        If the file is missing, damaged, or its columns say nothing.
    UsageError
        If there is no such format, or the mapping named says nothing of the file.
    StorageError
        If the database cannot be written; nothing is changed then.
    """
    options = Options(date.today(), sole_traders, year)
    with opened(Path(path), format, mapping) as plan:
        jobs = [Job(part, replace(run_header(part, options), by=by)) for part in plan.parts]
        with store.read() as before:
            known = {job.header: repeats for job in jobs if (repeats := report_before(before, job, lang))}
        fresh = [job for job in jobs if job.header not in known]
        if fresh:
            with (store.rehearse if dry_run else store.begin)() as unit:
                taken = take_all(unit, fresh, plan.set_aside, options, progress)
            known |= {job.header: report_of(job, course, dry_run, lang) for job, course in taken}
        if not known:
            raise UnreadableFile(T("{path} has a header and no rows", path=path), T("export it again with its rows"))
    return together(Path(path).name, [known[job.header] for job in jobs if job.header in known], plan.kind)


def report_before(before: Reader, job: Job, lang: Lang) -> ImportReport | None:
    """Return the report of the earlier import of the very same thing, ``None`` if there was none."""
    same = before.same_run(job.header)
    if same is None:
        return None
    report = repeated(job.header, same, tuple(listed(before.quarantine(same.id, lang))))
    return replace(report, **of_columns(job.part.sample, read_manifest(job.part.format)))


def report_of(job: Job, course: Course, dry_run: bool, lang: Lang) -> ImportReport:
    """Return the report of an import that has taken place."""
    header = job.header
    report = ImportReport(
        None if dry_run else course.run, header.file_name, header.format, header.sha256, header.source, course.tally,
        dry_run=dry_run,
    )  # fmt: skip
    return replace(report, **findings(job.part.sample, read_manifest(job.part.format), course, lang))


def run_header(part: Part, options: Options) -> RunHeader:
    """Return what is known of an import before its rows; of a part of an archive, which part it is."""
    chosen: dict[str, str | int | bool] = {"sole_traders": options.sole_traders}
    if options.year is not None:
        chosen["year"] = options.year
    sample, (reader, manifest) = part.sample, load(part.format)
    if sample.mapped:
        chosen["mapping"] = as_option(sample.mapped)
    source = sample.source
    if source.member:
        chosen["member"] = source.member
    if isinstance(reader, GivesBack) and (given := reader.gives_back(sample)):
        chosen[GIVEN_BACK] = given
    label, as_of = reader.label(sample), iso_date(reader.as_of(sample))
    return RunHeader(source.name, part.format, source.sha256, label, manifest.kind, as_of, options=chosen)


def iso_date(text: str) -> str:
    """Return a date as ISO, an empty string for what is none.

    >>> iso_date("10.02.2019"), iso_date("")
    ('2019-02-10', '')
    """
    try:
        return read_date(text).isoformat()
    except DataError:
        return ""


def take_all(
    unit: Unit, jobs: Sequence[Job], set_aside: Sequence[Rejection], options: Options, progress: Progress | None
) -> list[tuple[Job, Course]]:
    """Put the parts of a file that have rows into the store, one import each; the last one tells what was set aside.

    Raises
    ------
    UnreadableFile
        If one turns out to be damaged.
    """
    taken: list[tuple[Job, Course]] = []
    left = list(set_aside)
    for job in jobs:
        with speaking_of(job.part.sample.source):
            course = take_part(unit, job, options, progress)
        if course is None:
            left.append(Rejection(0, None, "file", job.part.sample.source.member, T("a header and no rows")))
        else:
            taken.append((job, course))
    if left and taken:
        tell_set_aside(unit, taken[-1][1], left)
    return taken


def take_part(unit: Unit, job: Job, options: Options, progress: Progress | None) -> Course | None:
    """Put one part of a file into the store as an import; ``None`` if it has no rows."""
    (_, manifest), source = load(job.part.format), job.part.sample.source

    def told(rows_read: int) -> None:
        if progress is not None:
            progress(Step(job.header.file_name, rows_read, source.meter.share))

    with rows_of(job.part.sample, job.part.format, options) as rows:
        first = next(rows, None)
        if first is None:
            return None
        course = take_rows(unit, unit.record_run(job.header), chain([first], rows), manifest, told)
    unit.finish_run(course.run, course.tally)
    return course


def tell_set_aside(unit: Unit, course: Course, set_aside: Sequence[Rejection]) -> None:
    """Put members of an archive that were not read into the quarantine of an import."""
    unit.reject(course.run, set_aside)
    course.rejections = [*set_aside, *course.rejections][:LISTED]
    course.tally += Tally(quarantined=len(set_aside))
    unit.finish_run(course.run, course.tally)


def take_rows(unit: Unit, run: int, rows: Iterable[Parsed], manifest: Manifest, tell: Callable[[int], None]) -> Course:
    """Put rows into the store, batch by batch, telling how many were read, and return what they were."""
    course = Course(run)
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
        tell(course.tally.read)
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


__all__ = ["ImportReport", "Progress", "import_file"]
