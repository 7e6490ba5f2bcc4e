"""What is to be imported from a file: the file itself or, of a ZIP, each of its members by its own format.

XML stays packed and is read as a stream; members of one format and kind are one part, numbered through. Any other
member is unpacked into a private folder, under a number and not under its name, and is a part of its own. What is no
table and of no known format is set aside by name.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.intake.detect import Content, Source, probe
from matcher.intake.documents import Break, check_entry, is_xml, open_archive, roots
from matcher.intake.fields import read_text
from matcher.intake.mapping import NO_CHOICE, Choice
from matcher.intake.registry import Sample, choose, load, refuse_strange, sample_sheet, take_sample
from matcher.intake.rows import shorten
from matcher.intake.table import shown_and_hidden
from models.errors import StorageError, UnreadableFile
from models.events import Rejection
from models.text import T, Text

#: Members besides XML that an archive may have: each becomes an import of its own.
MAX_TABLES = 1000
#: Files of several sheets.
WORKBOOKS: frozenset[Content] = frozenset({"xlsx", "ods"})
#: Names listed when nothing in an archive can be read.
LISTED = 5


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes one import: a sample of it, and the name of the format that reads it."""

    sample: Sample
    format: str


@dataclass(slots=True)
class Plan:
    """What is to be imported of a file of a kind, in order, and members and sheets that are not, with the reason."""

    parts: list[Part] = field(default_factory=list)
    set_aside: list[Rejection] = field(default_factory=list)
    kind: Content = "zip"

    def leave(self, name: str, reason: Text, what: str = "file") -> None:
        """Set a member aside."""
        self.set_aside.append(Rejection(0, None, what, name, reason))


@contextmanager
def opened(path: Path, wanted: str | None = None, mapping: Choice = NO_CHOICE) -> Iterator[Plan]:
    """Give what is to be imported from a file; what had to be unpacked for that is gone afterwards.

    Parameters
    ----------
    path
        The file.
    wanted
        Name of the format, if it is not to be recognised.
    mapping
        What a person says the columns of tables are.

    Raises
    ------
    UnreadableFile
        If the file, or every member of the archive it is, is damaged, suspicious or of no known format.
    UsageError
        If the mapping named says nothing of the file, or of any table of the archive.
    """
    source = probe(path)
    if source.content != "zip":
        sample = take_sample(source, mapping)
        refuse_strange(sample, mapping)
        plan = Plan(kind=source.content)
        plan.parts += with_sheets(part_of(sample, wanted), mapping, plan)
        yield plan
        return
    with ExitStack() as stack:
        plan = survey(source, stack, wanted, mapping)
        if not any(part.sample.mapped for part in plan.parts):
            refuse_strange(plan.parts[0].sample, mapping)
        yield plan


def part_of(sample: Sample, wanted: str | None) -> Part:
    """Return a sample with the format that reads it.

    Raises
    ------
    UnreadableFile
        If none does, or not the one wanted.
    """
    name = wanted or choose(sample)
    if wanted and not load(wanted)[0].recognises(sample):
        raise UnreadableFile(
            T("{path} is not of the format {name}", path=sample.source.path, name=wanted),
            T("leave out --format and let Zveno recognise it"),
        )
    return Part(sample, name)


def with_sheets(best: Part, mapping: Choice, plan: Plan) -> list[Part]:
    """Return a part and, of a workbook with tables of one's own, those on its other sheets, in the order of the sheets.

    Each sheet becomes an import of its own. One that is hidden, or is of no format, is set aside if it holds a table.
    """
    source = best.sample.source
    manifest = load(best.format)[1]
    if not manifest.own_columns or manifest.whole_book or source.content not in WORKBOOKS:
        return [best]
    visible, hidden = shown_and_hidden(source)
    samples = {name: sample_sheet(source, name, mapping) for name in (*visible, *hidden) if name != best.sample.sheet}
    parts = [best]
    for name, sample in samples.items():
        part = sheet_part(sample)
        if part is None and not is_table(sample):
            continue
        if part is None:
            plan.leave(shown(name), T("no table of companies or sales is on this sheet"), "sheet")
        elif name in hidden:
            plan.leave(shown(name), T("the sheet is hidden: show it to have it imported"), "sheet")
        else:
            parts.append(part)
    return sorted(parts, key=lambda part: visible.index(part.sample.sheet) if part.sample.sheet in visible else -1)


def is_table(sample: Sample) -> bool:
    """Return whether a sheet holds more than remarks and their subjects: two rows of three cells or more."""
    return sum(sum(map(bool, cells)) > 2 for _, cells in sample.rows) > 1


def sheet_part(sample: Sample) -> Part | None:
    """Return a further sheet of a workbook, under its name, with the format that reads it; ``None`` if none does."""
    try:
        part = part_of(sample, None)
    except UnreadableFile:
        return None
    if not load(part.format)[1].own_columns:
        return None
    source = sample.source
    member = f"{source.member}/{sample.sheet}" if source.member else sample.sheet
    named = replace(source, archive=source.archive or source.name, member=shown(member))
    return replace(part, sample=replace(sample, source=named))


def survey(archive: Source, stack: ExitStack, wanted: str | None, mapping: Choice) -> Plan:
    """Return what an archive holds; what had to be unpacked for that is gone once ``stack`` is left."""
    plan = Plan()
    plan.parts += registers(archive, wanted, plan)
    plan.parts += tables(archive, stack, wanted, mapping, plan)
    if not plan.parts:
        names = ", ".join(shorten(each.value, 60) for each in plan.set_aside[:LISTED])
        raise UnreadableFile(
            T("{path}: nothing in the archive can be read: {names}", path=archive.path, names=names or "—"),
            plan.set_aside[0].error if plan.set_aside else None,
        )
    if len(plan.parts) == 1 and plan.parts[0].sample.source.members is not None:
        plan.parts = [whole(plan.parts[0])]
    return plan


def whole(part: Part) -> Part:
    """Return the only part of an archive, read from it as it lies, as what it is: the archive."""
    source = replace(part.sample.source, member="")
    return replace(part, sample=replace(part.sample, source=source))


def registers(archive: Source, wanted: str | None, plan: Plan) -> list[Part]:
    """Return the XML of an archive, by format and kind of information in the order of the first files."""
    firsts: dict[tuple[str, str], Part] = {}
    names: dict[tuple[str, str], list[str]] = {}
    for name, root in roots(archive):
        if isinstance(root, Break):
            plan.leave(shown(name), root.error)
            continue
        try:
            part = part_of(Sample(replace(archive, members=frozenset({name})), root=root), wanted)
        except UnreadableFile as error:
            plan.leave(shown(name), named(error, shown(name)).message)
            continue
        key = part.format, root.attributes.get("ТипИнф", "")
        firsts.setdefault(key, part)
        names.setdefault(key, []).append(name)
    return [gathered(part, names[key]) for key, part in firsts.items()]


def gathered(first: Part, names: list[str]) -> Part:
    """Return the part that several files make up, known by the first of them."""
    member = shown(names[0]) if len(names) == 1 else f"{shown(names[0])} +{len(names) - 1}"
    source = replace(first.sample.source, members=frozenset(names), archive=first.sample.source.name, member=member)
    return replace(first, sample=replace(first.sample, source=source))


def tables(archive: Source, stack: ExitStack, wanted: str | None, mapping: Choice, plan: Plan) -> Iterator[Part]:
    """Yield the members of an archive that are no XML, unpacked.

    Raises
    ------
    UnreadableFile
        If the archive is damaged, locked by a password, holds too many files or swells beyond reason.
    """
    taken: set[str] = set()
    with open_archive(archive) as file:
        entries = [each for each in file.infolist() if not each.is_dir() and not is_xml(each)]
        if not entries:
            return
        if len(entries) > MAX_TABLES:
            raise UnreadableFile(
                T("{path}: more than {count} tables in one archive", path=archive.path, count=MAX_TABLES),
                T("unpack it and import the files in it"),
            )
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="zveno-")))
        for number, entry in enumerate(entries, 1):
            check_entry(archive, entry)
            name = shown(entry.filename)
            try:
                if name in taken:
                    raise UnreadableFile(T("a second file of that name"))
                taken.add(name)
                part = part_of(take_sample(unpack(archive, file, entry, folder / str(number)), mapping), wanted)
                yield from with_sheets(part, mapping, plan)
            except UnreadableFile as error:
                plan.leave(name, named(error, name).message)


def unpack(archive: Source, file: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> Source:
    """Return a member of an archive, written to ``target``.

    Raises
    ------
    UnreadableFile
        If it is no text and no workbook, or an archive itself.
    StorageError
        If there is no room for it.
    """
    try:
        with file.open(entry) as packed, target.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
    except OSError as error:
        raise StorageError(
            T("{name} cannot be unpacked: {reason}", name=shown(entry.filename), reason=error.strerror or str(error)),
            T("make room where temporary files lie; nothing was changed"),
        ) from error
    source = probe(target)
    if source.content == "zip":
        raise UnreadableFile(T("an archive in the archive: unpack it and import it by itself"))
    return replace(source, sha256=archive.sha256, archive=archive.name, member=shown(entry.filename))


def shown(name: str) -> str:
    r"""Return the name of a member fit to be shown.

    >>> shown("папка/список\x07.csv")
    'папка/список .csv'
    """
    return shorten(read_text(name), 120)


def named(error: UnreadableFile, name: str) -> UnreadableFile:
    """Return an error about an unpacked file as one about the member it is."""
    message = error.message
    if "path" in message.params:
        message = Text(message.msgid, {**message.params, "path": name})
    return UnreadableFile(message, error.hint)


@contextmanager
def speaking_of(source: Source) -> Iterator[None]:
    """Let errors about an unpacked member of an archive name it, and not the file it was unpacked to."""
    try:
        yield
    except UnreadableFile as error:
        if source.member:
            raise named(error, source.name) from error
        raise
