"""A profile as the sheets of a workbook: one sheet a kind of table, all scopes below one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from matcher.report.chain.profile_tables import Cell, Grid, measure_grids, overview, scope_name, structure_grids
from matcher.report.files.sheets import Number, Sheet
from models.text import Lang, T, Text

Part = Mapping[str, Any]

FORMS: Mapping[str, str] = MappingProxyType(
    {"rub": "#,##0", "people": "#,##0.0", "count": "#,##0", "year": "0", "share": "0.0%", "growth": "+0.0%;-0.0%;0.0%",
     "points": "+0.0%;-0.0%;0.0%", "gain": "+#,##0;-#,##0;0", "index": "0.0", "ratio": "0.0000"}
)  # fmt: skip


def book(told: Part, lang: Lang) -> list[Sheet]:
    """Return the sheets of a profile: overview, measures by year, sizes, ages, concentration, notes.

    Parameters
    ----------
    told
        The key ``profile`` of the answer.
    lang
        Language of headings, names and notes.
    """
    notes = Sheet(_say(T("notes"), lang), [_say(T("How to read it"), lang)], [[note] for note in told["notes"]])
    if told["year"] is None:
        return [notes]
    scopes, year = told["scopes"], told["year"]
    parts = [(scope, list(structure_grids(scope, year))) for scope in scopes]
    first = overview(scopes, year)
    return [
        _sheet(T("overview"), first.headings, (_values(row, lang) for row in first.rows), lang),
        _stacked(T("by year"), ((scope, grid) for scope in scopes for grid in measure_grids(scope)), lang),
        *(
            _stacked(name, ((scope, grids[number]) for scope, grids in parts), lang)
            for number, name in enumerate((T("sizes"), T("ages"), T("concentration")))
        ),
        notes,
    ]


def _stacked(name: Text, grids: Iterable[tuple[Part, Grid]], lang: Lang) -> Sheet:
    """Return tables below one another, each row led by its scope and table; the longest headings serve all."""
    rows: list[list[str | Number | None]] = []
    headings: tuple[Text, ...] = ()
    for scope, grid in grids:
        headings = max(headings, grid.headings, key=len)
        lead = [_say(scope_name(scope), lang), _say(grid.title, lang)]
        rows += [[*lead, *_values(row, lang)] for row in grid.rows]
    return _sheet(name, (T("segment"), T("table"), *headings), rows, lang)


def _sheet(name: Text, headings: Sequence[Text], rows: Iterable[Sequence[str | Number | None]], lang: Lang) -> Sheet:
    return Sheet(_say(name, lang), [_say(heading, lang) for heading in headings], rows)


def _values(row: Sequence[Cell], lang: Lang) -> list[str | Number | None]:
    return [_value(cell, lang) for cell in row]


def _value(cell: Cell, lang: Lang) -> str | Number | None:
    if cell.value is None:
        return None
    return _say(cell.value, lang) if cell.unit == "text" else Number(cell.value, FORMS[cell.unit])


def _say(text: Text, lang: Lang) -> str:
    return text.render(lang)
