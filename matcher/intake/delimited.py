"""Records of a delimited text, each with the line it begins on; an unclosed quote costs its own line alone."""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence

from models.text import T, Text

DELIMITERS = ",;\t|"
#: Characters, and records in them, looked at to choose the delimiter.
HEAD_CHARACTERS = 1 << 16
HEAD_ROWS = 30
#: Longest cell: a longer one is an unclosed quote. The limit is the process's, and libraries lift it.
MAX_CELL = 128 << 10
UNCLOSED = T("a quote is not closed")


def sniff_delimiter(head: str) -> str:
    r"""Return the delimiter that cuts the most of the first records into the same number of cells.

    >>> sniff_delimiter('inn;name\n7736050003;"Газпром, ПАО"\n')
    ';'
    """
    lines = head.splitlines()[:HEAD_ROWS]
    if len(head) == HEAD_CHARACTERS and len(lines) > 1:
        lines.pop()  # cut off in the middle
    return max(DELIMITERS, key=lambda delimiter: (_agreement(lines, delimiter), -DELIMITERS.index(delimiter)))


def _agreement(lines: list[str], delimiter: str) -> tuple[int, int]:
    """Return how many records are cut into the same number of cells, and that number."""
    widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=delimiter))
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))


class BrokenLine(list[str]):
    """Cells of a line that is no record, cut at each delimiter.

    Attributes
    ----------
    why
        What is wrong with it.
    """

    def __init__(self, cells: Iterable[str], why: Text) -> None:
        super().__init__(cells)
        self.why = why


def why_broken(cells: Sequence[str]) -> Text | None:
    """Return why a row is no record, ``None`` if it is one."""
    return cells.why if isinstance(cells, BrokenLine) else None


def records(text: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    r"""Yield the records of a text under the line each begins on.

    Where a quote is opened and not closed, by the end of the text or within :data:`MAX_CELL`, its line is told as a
    :class:`BrokenLine`, and the lines after it are read as records of their own.

    >>> list(records(["inn,offers\n", '1,"oil\n', "2,gas\n"], ","))
    [(1, ['inn', 'offers']), (2, ['1', '"oil']), (3, ['2', 'gas'])]
    """
    csv.field_size_limit(MAX_CELL)
    lines, begin = Lines(text), 1
    while lines.more:
        try:
            for cells in csv.reader(lines, delimiter=delimiter):
                if not lines.more:
                    raise csv.Error
                yield begin, cells
                begin += lines.forget()
        except csv.Error:
            ended = not lines.more
            first = lines.keep_first()
            why = UNCLOSED if ended or lines.ahead else T("a cell of more than {count} characters", count=MAX_CELL)
            yield begin, BrokenLine(first.rstrip("\r\n").split(delimiter), why)
            begin += 1


class Lines:
    """Lines of a text that can be given back once they were read.

    Attributes
    ----------
    more
        Whether a line was there each time one was asked for.
    ahead
        Lines given back.
    """

    def __init__(self, text: Iterable[str]) -> None:
        self._text = iter(text)
        self._taken: list[str] = []
        self.ahead: deque[str] = deque()
        self.more = True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.ahead.popleft() if self.ahead else next(self._text, None)
        if line is None:
            self.more = False
            raise StopIteration
        self._taken.append(line)
        return line

    def forget(self) -> int:
        """Forget the lines of a record that is read; return how many they were."""
        count = len(self._taken)
        self._taken.clear()
        return count

    def keep_first(self) -> str:
        """Return the first line of what was read of a record, and give the others back."""
        first, *others = self._taken
        self.ahead.extendleft(reversed(others))
        self._taken.clear()
        self.more = True
        return first
