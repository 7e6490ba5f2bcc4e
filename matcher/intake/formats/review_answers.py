"""Rows without INN as a person gave them back: who each firm is, or that it is none of those proposed."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.intake import fields
from matcher.intake.manifest import Manifest
from matcher.intake.own_sheets import OWN, header_line, rows_below
from matcher.intake.registry import Sample
from matcher.intake.rows import Findings, Options, Parsed
from models.errors import DataError
from models.review import Answer
from models.text import T

#: Columns of the sheet, in order. They are keys, the same in every language, by which the sheet is known again.
COLUMNS = ("item", "name", "place", "told", "candidates", "proposed", "answer")
#: Answers that say it is none of the firms proposed.
NONE_OF_THEM = frozenset({"нет", "no"})


def recognises(sample: Sample) -> int:
    """Recognise a sheet that Zveno wrote."""
    return OWN if header_line(sample, COLUMNS) else 0


def label(sample: Sample) -> str:
    """Return the file's name: it is its editor's word."""
    return sample.source.name


def as_of(sample: Sample) -> str:
    """Return nothing: an answer holds from the day it is given."""
    return ""


def read(sample: Sample, manifest: Manifest, options: Options) -> Iterator[Parsed]:
    """Yield each row; one without an answer is skipped."""
    for line, row in rows_below(sample, COLUMNS):
        yield answered(line, row)


def answered(line: int, row: dict[str, str]) -> Parsed:
    """Return what one row answers.

    >>> answered(2, {"item": "7", "proposed": "2631006752; 2635000014", "answer": "Нет"}).answer
    Answer(item=7, same=False, inns=('2631006752', '2635000014'))
    """
    text, found = row["answer"].strip(), Findings(line)
    if fields.is_missing(text):
        return Parsed(line, skipped=True)
    number = row["item"].strip().removesuffix(".0")
    if not (number.isascii() and number.isdecimal()):
        found.add("item", row["item"], T("no number of a row: leave this column as it was written"))
        return found.parsed()
    try:
        inns = proposed(row["proposed"]) if text.casefold() in NONE_OF_THEM else (fields.read_inn(text),)
    except DataError as error:
        found.add("answer", text, error.message)
        return found.parsed()
    return Parsed(line, answer=Answer(int(number), text.casefold() not in NONE_OF_THEM, inns))


def proposed(text: str) -> tuple[str, ...]:
    """Return the INNs that were proposed.

    Raises
    ------
    DataError
        If one is none.
    """
    return tuple(fields.read_inn(part.strip()) for part in text.split(";") if part.strip())
