"""Documents of JSON files, of one list or one a line, read one at a time so that memory stays flat.

A file that breaks off, is nested too deep or holds a document beyond reason gives the documents before the break and
one :class:`~matcher.intake.documents.Break`.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import IO, Any

import ijson

from matcher.intake.detect import Source
from matcher.intake.documents import Break
from models.errors import DataError
from models.text import T

#: Levels a document may have; those known have about ten.
MAX_DEPTH = 64
#: Bytes from the end of one document to the end of the next.
MAX_DOCUMENT_BYTES = 8 << 20
#: Bytes read at a time.
PIECE = 1 << 16
#: Documents looked at to recognise a format.
PEEKED = 3

_OPENING = frozenset({"start_map", "start_array"})
_CLOSING = frozenset({"end_map", "end_array"})


class Feed:
    """The bytes of a file as UTF-8, refusing to go on within one document for too long.

    Parameters
    ----------
    file
        The unpacked bytes.
    encoding
        What they are written in.
    """

    def __init__(self, file: IO[bytes], encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding or "utf-8")("replace")
        self._since = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, none at the end."""
        piece = b""
        while size and not piece:
            raw = self._file.read(size)
            piece = self._decoder.decode(raw, final=not raw).encode()
            if not raw:
                break
        self._since += len(piece)
        if self._since > MAX_DOCUMENT_BYTES:
            raise DataError(T("a document of more than {size} megabytes", size=MAX_DOCUMENT_BYTES >> 20))
        return piece

    def rest(self) -> None:
        """Note that a document has ended."""
        self._since = 0


class Builder:
    """Puts documents together from the events of a parser.

    Parameters
    ----------
    lists
        Keys of an outermost object under which its documents stand in a list.
    """

    def __init__(self, lists: Iterable[str]) -> None:
        self._lists = frozenset(lists)
        self._open: list[tuple[Any, str]] = []
        self._streams = 0
        self._key = ""
        self._split = False

    def take(self, event: str, value: Any) -> Iterator[Any]:
        """Take an event and yield the document it completes, if any.

        Raises
        ------
        DataError
            If documents are nested too deep.
        """
        if event == "map_key":
            self._key = str(value)
        elif event in _OPENING:
            self._start({} if event == "start_map" else [])
        elif event in _CLOSING:
            yield from self._end()
        else:
            yield from self._put(value)

    def _start(self, made: Any) -> None:
        level = len(self._open)
        if level >= MAX_DEPTH:
            raise DataError(T("nested deeper than {depth} levels", depth=MAX_DEPTH))
        listed = level == 1 and isinstance(self._open[0][0], dict) and self._key in self._lists
        if isinstance(made, list) and (not level or listed):
            self._streams = level + 1
            self._split = True
        self._open.append((made, self._key))

    def _end(self) -> Iterator[Any]:
        made, key = self._open.pop()
        level = len(self._open)
        if level + 1 == self._streams:
            self._streams = 0
        elif level or not self._split:
            self._key = key
            yield from self._put(made)
        if not level:
            self._split = False

    def _put(self, value: Any) -> Iterator[Any]:
        if len(self._open) == self._streams:
            yield value
            return
        parent = self._open[-1][0]
        if isinstance(parent, dict):
            parent[self._key] = value
        else:
            parent.append(value)


def json_documents(source: Source, *lists: str) -> Iterator[tuple[int, dict[str, Any] | Break]]:
    """Yield the number, from 1, and content of each document; or where and why the file cannot be read further.

    Parameters
    ----------
    source
        A JSON file: an object, a list of them, or one after another, as in NDJSON.
    lists
        Keys of an outermost object under which its documents stand in a list; without such a list the object itself
        is the document.
    """
    number, builder = 0, Builder(lists)
    with source.open() as file:
        feed = Feed(file, source.encoding)
        try:
            for event, value in ijson.basic_parse(feed, buf_size=PIECE, multiple_values=True):
                for document in builder.take(event, value):
                    feed.rest()
                    number += 1
                    yield number, document if isinstance(document, dict) else Break(source.name, T("not an object"))
        except DataError as error:
            yield number + 1, Break(source.name, error.message)
        except (ijson.JSONError, ValueError, ArithmeticError) as error:
            reason = " ".join(str(error).split())[:60] or type(error).__name__
            yield (
                number + 1,
                Break(source.name, T("the file cannot be read beyond this point: {reason}", reason=reason)),
            )


def peek_documents(source: Source, *lists: str) -> list[dict[str, Any]]:
    """Return the first documents of a JSON file, none of any other."""
    if source.content != "json":
        return []
    return [each for _, each in islice(json_documents(source, *lists), PEEKED) if isinstance(each, dict)]


def part(document: object, *path: str) -> Mapping[str, Any]:
    """Return the object at a path of keys, an empty one where there is none.

    >>> part({"a": {"b": {"c": 1}}}, "a", "b"), part({"a": None}, "a", "b")
    ({'c': 1}, {})
    """
    for key in path:
        document = document.get(key) if isinstance(document, Mapping) else None
    return document if isinstance(document, Mapping) else {}


def parts(value: object) -> list[Mapping[str, Any]]:
    """Return the objects of a list; one alone stands for a list of one.

    >>> parts([{"a": 1}, None]), parts({"a": 1}), parts(None)
    ([{'a': 1}], [{'a': 1}], [])
    """
    many = value if isinstance(value, list) else [value]
    return [each for each in many if isinstance(each, Mapping)]


def plain(value: object) -> str:
    """Return a text or a number as text, an empty string for anything else.

    >>> plain(" 0105 "), plain(Decimal("1E+3")), plain(True), plain(None)
    ('0105', '1000', '', '')
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return ""
    return f"{value:f}" if isinstance(value, Decimal) and abs(value.adjusted()) < 100 else str(value)
