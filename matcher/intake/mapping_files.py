"""Profiles of column mappings as files, ``mappings/NAME.yml`` beside the database.

::

    name: сбыт
    columns:
      Код партнёра: inn
      Что делают: offers
      Менеджер: null          # left out
    titles: [Код партнёра, Что делают, Менеджер, Регион]

What a file says is checked when it is read, and what is wrong is told with its line.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from matcher.intake.headers import column_names, title_key
from matcher.intake.mapping import Profile, known_names
from models.errors import DataError, StorageError, UnreadableFile, UsageError
from models.text import T, Text

#: Word by which a user asks for no mapping at all.
NONE = "none"
SUFFIX = ".yml"
KEYS = ("name", "columns", "titles")
MAX_BYTES = 1 << 20
#: A name is the name of a file in the folder of mappings, so it has no separator and no leading dot.
_NAME = re.compile(r"\w[\w .-]{0,79}")
_NULL = "tag:yaml.org,2002:null"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def check_name(name: str) -> str:
    """Return a name for a profile.

    Raises
    ------
    UsageError
        If a file cannot be called so.
    """
    if not _NAME.fullmatch(name) or name != name.strip() or name == NONE:
        raise UsageError(
            T("a mapping cannot be called “{name}”", name=name[:100]),
            T("take letters, digits, spaces, dots and hyphens"),
        )
    return name


def profile_path(folder: Path, name: str) -> Path:
    """Return where the profile of a name lies."""
    return folder / f"{check_name(name)}{SUFFIX}"


def profile_paths(folder: Path) -> list[Path]:
    """Return the files of the saved profiles by name."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def find_profile(folder: Path, text: str) -> Profile:
    """Return the profile of a name in the folder, or of a path.

    Raises
    ------
    DataError
        If there is none, or it says what cannot be.
    """
    path = Path(text)
    if path.suffix in (SUFFIX, ".yaml") or path.name != text:
        return read_profile(path)
    path = profile_path(folder, text)
    if not path.is_file():
        names = ", ".join(each.stem for each in profile_paths(folder))
        hint = T("saved mappings: {names}", names=names) if names else T("none is saved in {folder}", folder=folder)
        raise UsageError(T("there is no mapping {name}", name=text), hint)
    return read_profile(path)


def read_profile(path: Path) -> Profile:
    """Return the profile in a file; without a name in it, it has the file's.

    Raises
    ------
    UnreadableFile
        If there is no such file, or it is no YAML text.
    DataError
        If it names a column that is not known, or says anything else than a profile can.
    """
    document = compose(path)
    parts = {key.value: value for key, value in pairs_of(path, document)}
    for key, _ in pairs_of(path, document):
        if key.value not in KEYS:
            raise wrong(path, key, T("“{key}” is not known; known are {keys}", key=key.value, keys=", ".join(KEYS)))
    if "columns" not in parts:
        raise wrong(path, document, T("columns are missing"))
    name = scalar(path, parts["name"]) if "name" in parts else path.stem
    titles = parts.get("titles")
    listed = titles.value if isinstance(titles, yaml.SequenceNode) else ()
    if titles is not None and not isinstance(titles, yaml.SequenceNode):
        raise wrong(path, titles, T("a list is expected"))
    return Profile(name or path.stem, columns_of(path, parts["columns"]), tuple(scalar(path, each) for each in listed))


def compose(path: Path) -> yaml.Node:
    """Return a YAML document with the lines its parts stand on."""
    try:
        with path.open("rb") as file:
            text = file.read(MAX_BYTES + 1)
        if len(text) > MAX_BYTES:
            raise UnreadableFile(T("{path} is no mapping", path=path), T("check the path"))
        document = yaml.compose(text.decode("utf-8-sig"), Loader=_LOADER)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableFile(
            T("{path} cannot be read: {reason}", path=path, reason=reason), T("check the path")
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise UnreadableFile(
            T("{path}, line {line}: this is no YAML", path=path, line=line),
            T("correct that line or make the mapping anew"),
        ) from error
    if document is None:
        raise UnreadableFile(T("{path} is empty", path=path), T("make the mapping anew"))
    return document


def columns_of(path: Path, node: yaml.Node) -> dict[str, str | None]:
    """Return the columns of a profile, each title once."""
    columns: dict[str, str | None] = {}
    seen: set[str] = set()
    for key, value in pairs_of(path, node):
        title, name = scalar(path, key), None if value.tag == _NULL else scalar(path, value)
        if not title.strip() or title_key(title) in seen:
            raise wrong(path, key, T("the title “{title}” is blank or stands twice", title=title))
        if name is not None and name not in column_names():
            raise wrong(path, value, T("there is no column {name}", name=name))
        columns[title.strip()] = name
        seen.add(title_key(title))
    return columns


def pairs_of(path: Path, node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    """Return the entries of a YAML mapping."""
    if not isinstance(node, yaml.MappingNode):
        raise wrong(path, node, T("entries of the form “key: value” are expected"))
    return list(node.value)


def scalar(path: Path, node: yaml.Node) -> str:
    """Return a word or line of a YAML text as it is written."""
    if not isinstance(node, yaml.ScalarNode):
        raise wrong(path, node, T("a text is expected"))
    return str(node.value)


def wrong(path: Path, node: yaml.Node, why: Text) -> DataError:
    """Return the error of a profile that says what cannot be, with its line."""
    return DataError(
        T("{path}, line {line}: {reason}", path=path, line=node.start_mark.line + 1, reason=why), known_names()
    )


def write_profile(folder: Path, profile: Profile, replace: bool = False) -> Path:
    """Save a profile under its name; the file is there whole or not at all.

    Raises
    ------
    UsageError
        If another one has that name and is not to be replaced.
    StorageError
        If it cannot be written.
    """
    path = profile_path(folder, profile.name)
    if path.exists() and not replace and find_profile(folder, profile.name) != profile:
        raise UsageError(
            T("there is a mapping {name} that says something else", name=profile.name),
            T("take another name, or --replace it"),
        )
    document = {"name": profile.name, "columns": dict(profile.columns), "titles": list(profile.titles)}
    draft = path.with_name(f".{path.name}.draft")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(
            T("{path} cannot be written: {reason}", path=path, reason=reason), T("check the access rights")
        ) from error
    return path
