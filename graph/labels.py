"""A small grammar for the labels of Rosstat's input–output tables.

A label names a set of OKVED-1 (or OKPD-1) codes: ``24.6 без 24.61``, ``01.1 + 01.2``, ``35 + 39.9*``. The grammar is::

    label    = sum [ ("без" | "кроме") sum ]
    sum      = code { "+" code }
    code     = two digits { "." one to three digits } [ "*" ]

The star marks the publisher's own class of unlisted production; it is kept with the code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from models.errors import SourceDrift
from models.text import T

_CODE = re.compile(r"\d{2}(\.\d{1,3})*\*?")
_EXCEPT = re.compile(r"\s(?:без|кроме)\s")


@dataclass(frozen=True, slots=True)
class Label:
    """A set of codes: those that begin with an included prefix and with no excluded one.

    ``table`` and ``line`` say where it was read.
    """

    text: str
    included: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    table: str = field(default="", repr=False, compare=False)
    line: int = field(default=0, repr=False, compare=False)

    def covers(self, code: str) -> bool:
        """Tell whether a code lies inside the label.

        >>> parse_label("24.6 без 24.61").covers("24.62"), parse_label("24.6 без 24.61").covers("24.61")
        (True, False)
        """
        return _begins(code, self.included) and not _begins(code, self.excluded)

    def overlaps(self, code: str) -> bool:
        """Tell whether a part of ``code`` lies inside, though the whole may not: the label is deeper than the code.

        >>> parse_label("60.10.1").overlaps("60.10"), parse_label("60.10.1").overlaps("60.21")
        (True, False)
        """
        return self.covers(code) or any(_begins(prefix, (code,)) for prefix in self.included)


def _begins(code: str, prefixes: tuple[str, ...]) -> bool:
    return any(code.startswith(prefix.rstrip("*")) for prefix in prefixes)


def parse_label(text: str, *, table: str = "", line: int = 0) -> Label:
    """Parse a label into included and excluded prefixes.

    Parameters
    ----------
    text
        The label as published.
    table, line
        Where it stands, for the error.

    Raises
    ------
    SourceDrift
        If the label is not in the grammar.

    Examples
    --------
    >>> parse_label("24.6 без 24.61")
    Label(text='24.6 без 24.61', included=('24.6',), excluded=('24.61',))
    >>> parse_label("35 + 39.9*").included
    ('35', '39.9*')
    """
    parts = _EXCEPT.split(f" {text.strip()} ".replace("\xa0", " "))
    sums = [tuple(code.strip() for code in part.split("+")) for part in parts]
    if len(sums) > 2 or not all(_CODE.fullmatch(code) for codes in sums for code in codes):
        raise SourceDrift(
            T("{table}, line {line}: label {label!r} is not understood", table=table, line=line, label=text),
            T("compare the table with its sidecar; the publisher may have changed its classes"),
        )
    return Label(text, sums[0], sums[1] if len(sums) == 2 else (), table, line)
