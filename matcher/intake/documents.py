"""Documents of XML files, alone or many in a ZIP, read one at a time so that memory stays flat.

Nothing is unpacked to disk, no entity is expanded, no document type is accepted. A file that breaks off gives the
documents before the break and one :class:`Break`.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import IO

from lxml import etree

from matcher.intake.detect import ENCRYPTED, FREE_BYTES, MAX_SWELLING, Source, damaged
from models.errors import UnreadableFile
from models.text import T, Text

#: Bytes one XML file inside an archive may have.
MAX_MEMBER_BYTES = 2 << 30
#: Elements that are a document of a register.
FIRST = frozenset({"Документ", "СвЮЛ"})
#: Elements looked at to find the first document.
PEEKED = 64
#: What reading a damaged file raises.
BROKEN = (etree.XMLSyntaxError, EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class Root:
    """The outermost element of an XML file and its attributes, those of the first document, and the first tags."""

    tag: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Break:
    """Where a file cannot be read further, and why."""

    where: str
    error: Text


def local_name(tag: object) -> str:
    """Return a tag without its namespace, an empty string for a comment or an instruction.

    >>> local_name("{urn:x}export")
    'export'
    """
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def members(source: Source) -> Generator[tuple[str, IO[bytes]]]:
    """Yield the name and stream of each XML file of a source: itself, or those of an archive.

    Raises
    ------
    UnreadableFile
        If the archive is damaged, locked by a password, or swells beyond reason.
    """
    if source.content != "zip":
        with source.open() as file:
            yield source.name, file
        return
    with open_archive(source) as archive:
        for entry in archive.infolist():
            if is_xml(entry) and (source.members is None or entry.filename in source.members):
                check_entry(source, entry)
                with archive.open(entry) as stream:
                    yield entry.filename, stream


@contextmanager
def open_archive(source: Source) -> Iterator[zipfile.ZipFile]:
    """Open an archive; names that are not marked as Unicode are what Russian Windows writes.

    Raises
    ------
    UnreadableFile
        If it is damaged.
    """
    try:
        with source.open_packed() as file, zipfile.ZipFile(file, metadata_encoding="cp866") as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise damaged(source.path) from error


def is_xml(entry: zipfile.ZipInfo) -> bool:
    """Tell whether a file of an archive is XML, by its name."""
    return entry.filename.casefold().endswith(".xml")


def check_entry(source: Source, entry: zipfile.ZipInfo) -> None:
    """Raise for a file of an archive that cannot or should not be unpacked; what it claims is what is read of it."""
    if entry.flag_bits & ENCRYPTED:
        raise UnreadableFile(
            T("{path} is locked by a password", path=source.path), T("unpack it and import the files in it")
        )
    swollen = entry.file_size > max(FREE_BYTES, MAX_SWELLING * entry.compress_size)
    if swollen or entry.file_size > MAX_MEMBER_BYTES:
        raise UnreadableFile(
            T("{path}: {name} unpacks to more than {size} megabytes, suspiciously much",
              path=source.path, name=entry.filename[:80], size=entry.file_size >> 20),
            T("unpack it yourself, look at it, and import the files in it"),
        )  # fmt: skip


def peek(source: Source) -> Root:
    """Return the root of a source's first XML file, an empty one if there is none or it is damaged."""
    if source.content not in ("xml", "zip"):
        return Root()
    try:
        with closing(roots(source)) as found:
            _, root = next(found, ("", Root()))
    except UnreadableFile:
        return Root()
    return Root() if isinstance(root, Break) else root


def roots(source: Source) -> Generator[tuple[str, Root | Break]]:
    """Yield the name and root of each XML file of a source, or where and why one cannot be read."""
    for name, stream in members(source):
        try:
            yield name, _root(stream)
        except BROKEN as error:
            yield name, broken_off(name, error)


def _root(stream: IO[bytes]) -> Root:
    seen: list[etree._Element] = []
    for _, element in islice(xml_events(stream, ("start",)), PEEKED):
        seen.append(element)
        if local_name(element.tag) in FIRST:
            break
    if not seen:
        return Root()
    first = _attributes(seen[-1]) if local_name(seen[-1].tag) in FIRST else {}
    tags = frozenset(local_name(element.tag) for element in seen)
    return Root(local_name(seen[0].tag), _attributes(seen[0]), first, tags)


def _attributes(element: etree._Element) -> dict[str, str]:
    return {local_name(str(name)): str(value) for name, value in element.attrib.items()}


def xml_events(stream: IO[bytes], kinds: tuple[str, ...], tags: tuple[str, ...] | None = None) -> etree.iterparse:
    """Return the events of an XML stream, read with no entity, no document type and no network."""
    return etree.iterparse(
        stream, events=kinds, tag=tags, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )


def documents(source: Source, *tags: str, kind: str = "") -> Iterator[tuple[int, etree._Element | Break]]:
    """Yield the number, from 1 over the whole source, and element of each document; or where a file breaks off.

    Parameters
    ----------
    source
        An XML file or an archive of them.
    tags
        Local names of the elements that are documents, in any namespace.
    kind
        What the attribute ``ТипИнф`` of every root must be: an archive may hold files of several kinds.

    Notes
    -----
    An element is emptied once the next one is asked for.
    """
    number = 0
    wanted = tuple(f"{{*}}{tag}" for tag in tags)
    for name, stream in members(source):
        known = False
        try:
            for _, element in xml_events(stream, ("end",), wanted):
                number += 1
                if not known and (wrong := unfit(element, kind)):
                    yield number, Break(name, wrong)
                    break
                known = True
                yield number, element
                forget(element)
        except BROKEN as error:
            number += 1
            yield number, broken_off(name, error)


def broken_off(name: str, error: Exception) -> Break:
    """Return the place where a file breaks off."""
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return Break(name, T("the file cannot be read beyond this point: {reason}", reason=reason[:200]))


def parts_of(element: etree._Element) -> dict[str, list[etree._Element]]:
    """Return the children of an element by tag, in one walk: a document has many kinds of parts and few of each."""
    parts: dict[str, list[etree._Element]] = {}
    for part in element:
        parts.setdefault(part.tag, []).append(part)
    return parts


def unfit(element: etree._Element, kind: str) -> Text | None:
    """Return why the file that an element stands in is not read, ``None`` if it is."""
    tree = element.getroottree()
    declared: object = tree.docinfo.internalDTD
    if declared is not None:
        return T("a document type declaration: such files are not read")
    found = tree.getroot().get("ТипИнф", "")
    if kind and found != kind:
        return T("a file of another kind, {found}: import it by itself", found=found[:40])
    return None


def forget(element: etree._Element) -> None:
    """Free an element and all that stood before it in the same parent."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
