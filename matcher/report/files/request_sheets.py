"""A supplier request as tables of a workbook: its inputs, the candidates of all of them, and near misses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matcher.report.files.sheets import Cell, Number, Sheet, number
from matcher.report.files.shortlist_sheets import COLUMNS, KILOMETRES, ROUBLES, candidates, points
from matcher.report.frame import Document
from matcher.report.ranking.reasons import PART_NAMES
from models.text import Lang, T


def request_sheets(document: Document, lang: Lang) -> list[Sheet]:
    """Return the tables of a request; each can be sorted and filtered by its reader."""
    parts = list(PART_NAMES)
    heads = [T("input"), *COLUMNS, *points(parts), T("know first"), T("reasons"),
             T("Certificates and licences")]  # fmt: skip
    sheets = [
        Sheet(T("Inputs").render(lang), list(_input_heads(lang)), list(_inputs(document, lang)), filters=True),
        Sheet(T("candidates").render(lang), [head.render(lang) for head in heads],
              list(_candidates(document, parts, lang)), filters=True),
    ]  # fmt: skip
    missed = [
        [group["name"], item["name"], item["inn"], item["text"]]
        for group in document["groups"]
        for item in group["near_misses"]
    ]
    if missed:
        titles = [head.render(lang) for head in (T("input"), T("name"), T("INN"), T("reasons"))]
        sheets.append(Sheet(T("near misses").render(lang), titles, missed, filters=True))
    return sheets


def _input_heads(lang: Lang) -> Iterator[str]:
    for head in (T("input"), T("activity"), T("In your words"), T("Price of a unit, roubles"), T("Volume a year"),
                 T("Unit"), T("spending, roubles a year"), T("Not farther than, km"), T("Certificates and licences"),
                 T("Needed by"), T("Note"), T("candidates"), T("independent makers"),
                 T("single-source risk")):  # fmt: skip
        yield head.render(lang)


def _inputs(document: Document, lang: Lang) -> Iterator[list[Cell]]:
    for group in document["groups"]:
        sources: dict[str, Any] = group["sources"] or {"makers": None, "risk": True, "text": group["error"]["message"]}
        yield [
            group["name"], group["okved_code"], group["words"], number(group["price_rub"]), number(group["volume"]),
            group["unit"], number(group["spend_rub"] or group["demand_rub"], ROUBLES),
            number(group["radius_km"], KILOMETRES), "; ".join(group["papers_wanted"]), group["needed_by"],
            group["note"], Number(group["total"]), number(sources["makers"]),
            sources["text"] if sources["risk"] else T("no").render(lang),
        ]  # fmt: skip


def _candidates(document: Document, parts: list[str], lang: Lang) -> Iterator[list[Cell]]:
    for group in document["groups"]:
        for item, row in zip(group["items"], candidates(group, parts, lang), strict=True):
            papers = "; ".join(f"{paper['wanted']}: {paper['stated'] or '?'}" for paper in item["papers"])
            yield [group["name"], *row, papers]
