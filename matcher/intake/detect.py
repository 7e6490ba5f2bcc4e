"""What a file is, judged by its bytes and never by its name.

One pass over the file gives its digest; one pass over what it unpacks to gives its encoding. Both are bounded: a
gzip or a workbook that swells beyond reason is refused before it is read.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO, Literal

from matcher.intake.progress import Meter
from models.errors import UnreadableFile
from models.text import T, Text

Content = Literal["text", "xlsx", "ods", "zip", "xml", "json"]
#: Contents that are tables, and of these the ones with sheets.
TABLES: frozenset[Content] = frozenset({"text", "xlsx", "ods"})
BOOKS: frozenset[Content] = frozenset({"xlsx", "ods"})

PIECE = 1 << 20
#: A packed text may swell this many times, and anything up to FREE_BYTES unpacked is taken as it is.
MAX_SWELLING = 300
FREE_BYTES = 64 << 20
#: Most bytes a workbook may unpack to; a full sheet of a million rows stays well below.
MAX_WORKBOOK_BYTES = 2 << 30
#: Flag of a member of an archive that is locked by a password.
ENCRYPTED = 0x1
#: A text is taken for UTF-8 with broken characters if it has this many good Cyrillic ones to a broken one.
GOOD_TO_BROKEN = 20

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27}) + b"\x7f"
_SIGNATURES: tuple[tuple[bytes, Text], ...] = (
    (b"\xd0\xcf\x11\xe0", T("an old Excel or Word file (before 2007)")),
    (b"%PDF", T("a PDF document")),
    (b"\x89PNG", T("a picture")),
    (b"\xff\xd8\xff", T("a picture")),
    (b"7z\xbc\xaf", T("a 7z archive")),
    (b"Rar!", T("a RAR archive")),
    (b"SQLite format 3", T("a database")),
    (b"PAR1", T("a Parquet file")),
)
#: What the member ``mimetype`` of an OpenDocument spreadsheet, or of a template of one, begins with.
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_AS_TABLE = T("save it as CSV or XLSX and import that")


@dataclass(frozen=True, slots=True)
class Source:
    """A file fit to be read.

    Parameters
    ----------
    path
        Where it lies.
    sha256
        Digest of its bytes as stored.
    content
        What it holds once unpacked.
    packed
        Whether it is gzip.
    encoding
        Encoding of a text, empty for anything else.
    archive, member
        Of a part of an archive: the archive's name, and that of the member or of the first of several.
    members
        Of an archive: names of the members that are read of it; ``None`` for all.
    meter
        Knows how far it has been read.
    """

    path: Path
    sha256: str
    content: Content
    packed: bool = False
    encoding: str = ""
    archive: str = ""
    member: str = ""
    members: frozenset[str] | None = None
    meter: Meter = field(default_factory=Meter, compare=False, repr=False)

    @property
    def name(self) -> str:
        """The file's name without its folder; of a part of an archive, the archive's and its own."""
        return f"{self.archive}/{self.member}" if self.member else self.path.name

    def open(self) -> IO[bytes]:
        """Open it for reading its unpacked bytes."""
        file = open_unpacked(self.path, self.packed)
        self.meter.watch(getattr(file, "fileobj", file))  # of gzip, the packed file below
        return file

    def open_packed(self) -> IO[bytes]:
        """Open it for reading its bytes as stored."""
        file = self.path.open("rb")
        self.meter.watch(file)
        return file


def probe(path: Path) -> Source:
    """Return what a file is.

    Raises
    ------
    UnreadableFile
        If it is missing, a folder, empty, damaged, or neither a text nor a workbook.
    """
    digest = file_digest(path)
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PK\x03\x04"):
        return Source(path, digest, zip_content(path))
    packed = head.startswith(b"\x1f\x8b")
    encoding = text_encoding(path, packed)
    return Source(path, digest, text_content(path, packed, encoding), packed, encoding)


def text_content(path: Path, packed: bool, encoding: str) -> Content:
    """Return whether a text is XML, JSON or, as far as its first letter tells, a table."""
    with open_unpacked(path, packed) as file:
        start = file.read(512).decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return "xml"
    return "json" if re.match(r'[\[{]\s*(?:$|["{\[\]}])', start) else "text"


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises
    ------
    UnreadableFile
        If there is no such file, it is a folder, is empty, or may not be read.
    """
    digest = hashlib.sha256()
    try:
        if path.is_dir():
            raise UnreadableFile(T("{path} is a folder", path=path), T("name the files in it: {path}/*", path=path))
        if not path.is_file():
            raise UnreadableFile(T("there is no file {path}", path=path), T("check the path"))
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableFile(
            T("{path} cannot be read: {reason}", path=path, reason=reason), T("check the access rights")
        ) from error
    if digest.digest() == hashlib.sha256().digest():
        raise UnreadableFile(T("{path} is empty", path=path), T("export it again from where it came"))
    return digest.hexdigest()


def zip_content(path: Path) -> Content:
    """Return whether a ZIP is a workbook, and refuse one that unpacks beyond reason."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            content = book_content(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise damaged(path) from error
    unpacked = sum(entry.file_size for entry in entries)
    swollen = unpacked > max(FREE_BYTES, MAX_SWELLING * path.stat().st_size)
    if swollen or (content in BOOKS and unpacked > MAX_WORKBOOK_BYTES):
        raise too_large(path, unpacked)
    return content


def book_content(archive: zipfile.ZipFile) -> Content:
    """Return which kind of workbook an archive is, by the members its kind must have; ``zip`` if it is none."""
    entries = {entry.filename: entry for entry in archive.infolist()}
    if "xl/workbook.xml" in entries:
        return "xlsx"
    declared = entries.get("mimetype")
    if declared is None or declared.flag_bits & ENCRYPTED:
        return "zip"
    with archive.open(declared) as file:
        return "ods" if file.read(len(_ODS_TYPE)) == _ODS_TYPE else "zip"


def text_encoding(path: Path, packed: bool) -> str:
    """Return the encoding of a text: by its mark, else UTF-8 if (nearly) all of it is, else Windows-1251.

    A file cut in the middle of a letter, or with a few broken ones, stays UTF-8: read as Windows-1251 all of it would
    be nonsense.

    Raises
    ------
    UnreadableFile
        If it is no text.
    """
    pieces = unpacked_pieces(path, packed)
    first = next(pieces, b"")
    if not first.strip():
        raise UnreadableFile(T("{path} is empty", path=path), T("export it again from where it came"))
    marked = next((encoding for bom, encoding in _BOMS if first.startswith(bom)), "") or utf16_without_mark(first)
    if marked:
        deque(pieces, maxlen=0)  # to the end, so that damage shows now
        return marked
    good = broken = 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for piece in chain([first], pieces):
        refuse_binary(path, piece)
        broken += decoder.decode(piece).count("\ufffd") - piece.count("\ufffd".encode())
        good += piece.count(b"\xd0") + piece.count(b"\xd1")  # the first bytes of Cyrillic letters
    broken += len(decoder.decode(b"", final=True))
    return "windows-1251" if broken * GOOD_TO_BROKEN > good else "utf-8"


def unpacked_pieces(path: Path, packed: bool) -> Iterator[bytes]:
    """Yield the unpacked bytes of a file in pieces.

    Raises
    ------
    UnreadableFile
        If the packing is cut off, damaged, or swells beyond reason.
    """
    limit = max(FREE_BYTES, MAX_SWELLING * path.stat().st_size)
    total = 0
    try:
        with open_unpacked(path, packed) as file:
            while piece := file.read(PIECE):
                total += len(piece)
                if packed and total > limit:
                    raise too_large(path, total)
                yield piece
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise damaged(path) from error


def open_unpacked(path: Path, packed: bool) -> IO[bytes]:
    """Open a file for reading its unpacked bytes."""
    return gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[return-value]


def utf16_without_mark(first: bytes) -> str:
    """Return the UTF-16 of a text without a byte order mark, an empty string for anything else.

    Digits, delimiters and line ends have a zero as the other byte, so one of the two halves is full of zeros.

    >>> utf16_without_mark("inn;name".encode("utf-16-le"))
    'utf-16-le'
    """
    if len(first) < 4 or b"\x00" not in first or len(first) % 2:
        return ""
    even, odd = first[0:4096:2], first[1:4096:2]
    if odd.count(0) > len(odd) / 5 and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > len(even) / 5 and not odd.count(0) else ""


def refuse_binary(path: Path, piece: bytes) -> None:
    """Raise if a piece of a file is no text."""
    found = next((what for mark, what in _SIGNATURES if piece.startswith(mark)), None)
    if found is not None:
        raise UnreadableFile(T("{path} is {what}", path=path, what=found), _AS_TABLE)
    if len(piece.translate(None, _CONTROLS)) != len(piece):
        raise UnreadableFile(T("{path} is no text file", path=path), _AS_TABLE)


def damaged(path: Path) -> UnreadableFile:
    """Return the error of a packed file that cannot be unpacked."""
    return UnreadableFile(T("{path} is cut off or damaged", path=path), T("download or export it again"))


def too_large(path: Path, size: int) -> UnreadableFile:
    """Return the error of a packed file that swells beyond reason."""
    return UnreadableFile(
        T("{path} unpacks to more than {size} megabytes, suspiciously much", path=path, size=size >> 20),
        T("unpack it yourself, look at it, and import the table as CSV"),
    )
