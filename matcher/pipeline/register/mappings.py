"""Use cases about the columns of a file: look at them, say what they are, save that, list what is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from matcher.intake.detect import TABLES, probe
from matcher.intake.headers import title_key
from matcher.intake.mapping import NO_CHOICE, Choice, Profile, parse_pairs
from matcher.intake.mapping_files import NONE, find_profile, profile_paths, read_profile, write_profile
from matcher.intake.questions import SeenColumn, lacks_inn, seen_columns
from matcher.intake.registry import Sample, choose, load, take_sample
from matcher.pipeline.workspace import Workspace
from matcher.report.frame import Document
from models.errors import DataError, UnreadableFile, UsageError
from models.text import T


def mapping_choice(workspace: Workspace, text: str | None) -> Choice:
    """Return which profile files are read by.

    Parameters
    ----------
    workspace
        Its folder holds the saved profiles.
    text
        Name or path of a profile, ``none`` for no profile, ``None`` for the one that remembers a file's titles.
    """
    if text == NONE:
        return NO_CHOICE
    if text is not None:
        return Choice(named=find_profile(workspace.settings.mappings_dir, text))
    return Choice(remembered=list(saved_profiles(workspace)))


def saved_profiles(workspace: Workspace) -> Iterable[Profile]:
    """Yield the saved profiles; one that cannot be read is told of and does not stand in the way of an import."""
    for path in profile_paths(workspace.settings.mappings_dir):
        try:
            yield read_profile(path)
        except DataError as error:
            workspace.progress(error.message.render(workspace.settings.lang))


def table_of(file: str, choice: Choice) -> Sample | None:
    """Return the head of a table, ``None`` for a file that is no table."""
    source = probe(Path(file))
    return take_sample(source, choice) if source.content in TABLES else None


def open_questions(sample: Sample, format_name: str | None) -> tuple[SeenColumn, ...]:
    """Return the columns of a table if a person should be asked about some of them, none if all is understood.

    The columns of a format with a publisher are known, and those it does not read are not read on purpose.
    """
    name = format_name or format_of(sample)
    if name and not load(name)[1].own_columns:
        return ()
    columns = seen_columns(sample)
    return columns if lacks_inn(columns) or any(column.open for column in columns) else ()


def format_of(sample: Sample) -> str:
    """Return the format that reads a table, an empty string if none does."""
    try:
        return choose(sample)
    except UnreadableFile:
        return ""


def told(sample: Sample, said: Mapping[str, str | None]) -> Sample:
    """Return the head of a table read anew with what is said of its columns beside what was known."""
    keys = frozenset(map(title_key, said))
    before = {} if sample.mapping is None else sample.mapping.columns
    kept = {title: name for title, name in before.items() if title_key(title) not in keys}
    return take_sample(sample.source, Choice(named=Profile("", {**kept, **said})))


def profile_of(sample: Sample, name: str = "") -> Profile:
    """Return what was said of a table's columns as a profile that remembers its titles."""
    return Profile(name, sample.mapped, tuple(title for title in sample.titles if title))


def save(workspace: Workspace, profile: Profile, replace: bool = False) -> str:
    """Save a profile in the workspace's folder and return where."""
    return str(write_profile(workspace.settings.mappings_dir, profile, replace))


def describe(
    workspace: Workspace, file: str, pairs: Iterable[str], name: str | None, replace: bool = False
) -> Document:
    """Return what the columns of a table are with what is said of them, and save it under a name if one is given.

    Raises
    ------
    UnreadableFile
        If the file is no table.
    UsageError
        If a title is said that the table does not have, a column that Zveno does not have, or nothing to be saved.
    """
    said = parse_pairs(pairs)
    sample = table_of(file, mapping_choice(workspace, None))
    if sample is None:
        raise UnreadableFile(T("{path} is no table", path=file), T("save it as CSV or XLSX"))
    if said:
        sample = told(sample, said)
        refuse_missing(sample, said)
    if name is not None and not sample.mapped:
        raise UsageError(T("nothing is said of any column"), T('say it with --columns "TITLE=NAME"'))
    saved = None if name is None else save(workspace, profile_of(sample, name), replace)
    return {**columns_document(sample), "saved": saved}


def columns_document(sample: Sample) -> Document:
    """Return the columns of a table as they are understood."""
    return {
        "file": sample.source.name,
        "sheet": sample.sheet,
        "line": sample.header.line,
        "format": format_of(sample) or None,
        "mapping": None if sample.mapping is None else sample.mapping.name,
        "columns": [
            {
                "number": column.number,
                "title": column.title,
                "samples": list(column.samples),
                "name": column.name or None,
                "left_out": column.left_out,
                "meant": column.meant or None,
            }
            for column in seen_columns(sample)
        ],
    }


def refuse_missing(sample: Sample, titles: Iterable[str]) -> None:
    """Raise if a title is not in a table."""
    present = frozenset(map(title_key, sample.titles))
    missing = [title for title in titles if title_key(title) not in present]
    if missing:
        found = ", ".join(title for title in sample.titles if title)
        raise UsageError(
            T("{path}: there is no title “{title}”", path=sample.source.path, title=missing[0]),
            T("columns found: {found}", found=found),
        )


def saved_mappings(workspace: Workspace) -> Document:
    """Return what mappings are saved, and of one that cannot be read why."""
    folder = workspace.settings.mappings_dir
    return {"folder": str(folder), "items": [saved_mapping(workspace, path) for path in profile_paths(folder)]}


def saved_mapping(workspace: Workspace, path: Path) -> Document:
    """Return one saved mapping, by the name it is asked for."""
    try:
        profile, error = read_profile(path), None
    except DataError as wrong:
        profile, error = Profile(path.stem, {}), wrong.message.render(workspace.settings.lang)
    return {
        "name": path.stem,
        "columns": dict(profile.columns),
        "titles": list(profile.titles),
        "error": error,
    }
