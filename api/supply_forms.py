"""What a form about a supplier request says: every field read, and what cannot be read told beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from matcher.intake.fields import read_date, read_number, split_items
from matcher.report.frame import Document
from models.classifications import groups
from models.errors import DataError
from models.geography import regions
from models.supply_requests import LONGEST_NAME, LONGEST_TEXT, Input, Terms
from models.text import T, Text

#: Rows of a form that are read, and empty ones offered for own words.
MOST_ROWS, BLANK_ROWS = 60, 3
#: Largest price or volume, farthest candidate (kilometres), and letters of a unit.
MOST, FARTHEST_KM, LONGEST_UNIT = 1e15, 20_000, 40
#: Fields of a row beside its tick and its code.
FIELDS = ("words", "price", "volume", "unit", "radius", "papers", "note", "by")
_ROW = re.compile(r"words-(\d{1,3})")
_Read = TypeVar("_Read")
Form = Mapping[str, str]


@dataclass(slots=True)
class Reading:
    """A form being read: what it says, and what was wrong by the name of the field."""

    said: Form
    wrong: dict[str, Text] = field(default_factory=dict)

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        """Return a text without blanks around it."""
        text = one_line(self.said.get(name, ""))
        if len(text) > longest:
            self.wrong[name] = T("write at most {count} characters", count=longest)
        return text

    def number(self, name: str, most: float = MOST) -> float | None:
        """Return a number above 0, ``None`` for an empty field."""
        value = self._read(name, read_number)
        if value is not None and not 0 < value <= most:
            self.wrong[name] = T("give a number from {low} to {high}", low=0, high=f"{most:g}")
            return None
        return value

    def whole(self, name: str, most: int) -> int | None:
        """Return a whole number, ``None`` for an empty field."""
        value = self.number(name, most)
        return None if value is None else round(value)

    def day(self, name: str) -> date | None:
        """Return a day, ``None`` for an empty field."""
        return self._read(name, read_date)

    def _read(self, name: str, read: Callable[[str], _Read]) -> _Read | None:
        text = self.said.get(name, "").strip()
        if not text:
            return None
        try:
            return read(text)
        except DataError as error:
            self.wrong[name] = error.message
            return None


def one_line(text: str) -> str:
    """Return a text without blanks around it, and with single ones in it."""
    return " ".join(text.split())


def wrong_region(code: str | None) -> Text | None:
    """Return what is wrong with the region of a request; nothing where none is said."""
    return T("there is no region {code}", code=code) if code and code not in regions() else None


def wrong_activity(code: str | None) -> Text | None:
    """Return what is wrong with the activity of an input; nothing where none is said."""
    return T("there is no activity {code}", code=code) if code and code not in groups() else None


def read_terms(reading: Reading) -> Terms:
    """Return what a form asks for."""
    said = reading.said
    if wrong := wrong_region(said.get("region")):
        reading.wrong["region"] = wrong
    return Terms(
        name=reading.text("name", LONGEST_NAME),
        inputs=tuple(_input(reading, number) for number in rows_of(said) if is_wanted(said, number)),
        region=said.get("region") or None,
        sme=bool(said.get("sme")),
        makers_only=bool(said.get("makers_only")),
        note=reading.text("note"),
    )


def rows_of(said: Form) -> list[int]:
    """Return the numbers of the rows a form has."""
    found = {int(match[1]) for name in said if (match := _ROW.fullmatch(name))}
    return sorted(found)[:MOST_ROWS]


def is_wanted(said: Form, number: int) -> bool:
    """Return whether a row is asked for: one of the recipe is ticked, one without a code has words.

    >>> is_wanted({"code-1": "20.15", "words-1": ""}, 1), is_wanted({"words-2": "мешки"}, 2)
    (False, True)
    """
    if said.get(f"code-{number}"):
        return bool(said.get(f"on-{number}"))
    return bool(said.get(f"words-{number}", "").strip())


def _input(reading: Reading, number: int) -> Input:
    code = reading.said.get(f"code-{number}") or None
    if wrong := wrong_activity(code):
        reading.wrong[f"words-{number}"], code = wrong, None
    return Input(
        code=code,
        words=reading.text(f"words-{number}"),
        price_rub=reading.number(f"price-{number}"),
        volume=reading.number(f"volume-{number}"),
        unit=reading.text(f"unit-{number}", LONGEST_UNIT),
        radius_km=reading.number(f"radius-{number}", FARTHEST_KM),
        papers=tuple(split_items(reading.text(f"papers-{number}"))),
        note=reading.text(f"note-{number}"),
        needed_by=reading.day(f"by-{number}"),
    )


def form_of(terms: Terms) -> dict[str, str]:
    """Return the fields that say a request, as a form holds them.

    >>> form_of(Terms("Мешки", (Input("22.22", volume=5.0),)))["volume-0"]
    '5'
    """
    said = {"name": terms.name, "region": terms.region or "", "note": terms.note}
    said |= {name: "1" for name in ("sme", "makers_only") if getattr(terms, name)}
    for number, each in enumerate(terms.inputs):
        values: dict[str, Any] = {
            "on": "1", "code": each.code, "words": each.words, "price": each.price_rub, "volume": each.volume,
            "unit": each.unit, "radius": each.radius_km, "papers": "; ".join(each.papers), "note": each.note,
            "by": each.needed_by,
        }  # fmt: skip
        said |= {f"{name}-{number}": written(value) for name, value in values.items()}
    return said


def written(value: Any) -> str:
    """Return a value as one would write it into a field.

    >>> written(None), written(1200.0), written(0.5), written(date(2030, 1, 2))
    ('', '1200', '0.5', '2030-01-02')
    """
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def form_rows(said: Form, proposed: Iterable[Document], name_of: Callable[[str], str]) -> list[Document]:
    """Return the rows of a form: those it has, what else the recipe proposes, and empty ones for own words.

    Parameters
    ----------
    said
        What the form says.
    proposed
        Inputs of the recipe.
    name_of
        Returns what a code is called.
    """
    usual = {item["okved_code"]: item for item in proposed}
    rows = [_row(said, number, usual, name_of) for number in rows_of(said)]
    rows = [row for row in rows if row["code"] or row["said"]["words"]]
    there = {row["code"] for row in rows}
    for code, item in usual.items():
        if code not in there:
            rows.append({"code": code, "name": item["name"], "demand_rub": item["demand_rub"], "on": False,
                         "said": dict.fromkeys(FIELDS, ""), "place": None})  # fmt: skip
    blank = {"code": None, "name": "", "demand_rub": None, "on": False, "place": None}
    rows += [{**blank, "said": dict.fromkeys(FIELDS, "")} for _ in range(BLANK_ROWS)]
    return [{**row, "number": number} for number, row in enumerate(rows)]


def _row(said: Form, number: int, usual: Mapping[str, Document], name_of: Callable[[str], str]) -> Document:
    code = said.get(f"code-{number}") or None
    return {
        "code": code,
        "name": name_of(code) if code else "",
        "demand_rub": usual[code]["demand_rub"] if code is not None and code in usual else None,
        "on": is_wanted(said, number),
        "said": {name: said.get(f"{name}-{number}", "") for name in FIELDS},
        "place": number,
    }
