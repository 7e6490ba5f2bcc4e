"""A shortlist as tables of a workbook: who, how much, how far, every part of the score, and why in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matcher.report.files.sheets import Cell, Number, Sheet, number
from matcher.report.frame import Document
from matcher.report.ranking.reasons import PART_NAMES
from models.geography import region_name
from models.text import Lang, T, Text

#: How roubles, kilometres and points are shown.
ROUBLES, KILOMETRES, POINTS = "#,##0", "0", "+0.00;-0.00;0.00"
#: Columns before those of the parts of the score.
COLUMNS: tuple[Text, ...] = (
    T("rank"), T("name"), T("INN"), T("region"), T("town"), T("distance, km"), T("expected, roubles a year"),
    T("at least, roubles"), T("at most, roubles"), T("observed link"), T("decision"), T("score"),
)  # fmt: skip
#: Names of decisions.
VERDICT_NAMES: Mapping[str, Text] = {
    "accept": T("accepted"),
    "decline": T("declined"),
    "later": T("postponed"),
    "reopen": T("reopened"),
}


def shortlist_sheets(document: Document, lang: Lang) -> list[Sheet]:
    """Return a shortlist as one list and by input, those one rule keeps out, and those of the asker's own group."""
    parts = list(PART_NAMES)
    titles = [text.render(lang) for text in COLUMNS]
    titles += [PART_NAMES[part].render(lang) for part in parts]
    titles += [T("know first").render(lang), T("reasons").render(lang)]
    sheets = [Sheet(T("candidates").render(lang), titles, candidates(document, parts, lang), filters=True)]
    if document.get("groups"):
        heads = [T("input").render(lang), T("code").render(lang), T("spending a year").render(lang), *titles]
        sheets.append(Sheet(T("By input").render(lang), heads, by_input(document, parts, lang), filters=True))
    for key, name in (("near_misses", T("near misses")), ("affiliates", T("of one group"))):
        if document[key]:
            heads = [text.render(lang) for text in (T("name"), T("INN"), T("reasons"))]
            rows = ([item["name"], item["inn"], item["text"]] for item in document[key])
            sheets.append(Sheet(name.render(lang), heads, rows, filters=True))
    return sheets


def candidates(document: Document, parts: list[str], lang: Lang) -> Iterator[list[Cell]]:
    """Yield a row for each candidate, in the order of the list."""
    for item in document["items"]:
        said = {reason["part"]: float(reason["contribution"]) for reason in item["reasons"]}
        yield [
            *_who(item, lang),
            Number(item["distance_km"], KILOMETRES),
            *(number(item[f"expected_value{end}_rub"], ROUBLES) for end in ("", "_low", "_high")),
            T("yes").render(lang) if item["link"] == "observed" else T("no").render(lang),
            VERDICT_NAMES[item["decision"]].render(lang) if item["decision"] else None,
            Number(round(item["score"], 4), POINTS),
            *(Number(round(said[part], 4), POINTS) if part in said else None for part in parts),
            "; ".join(flag["text"] for flag in item["flags"]),
            "; ".join(reason["text"] for reason in item["reasons"] if reason["text"]),
        ]


def by_input(document: Document, parts: list[str], lang: Lang) -> Iterator[list[Cell]]:
    """Yield the candidates of each input, largest spending first, as the page shows them."""
    for group in document["groups"]:
        what = [group["name"], group["okved_code"], number(group["demand_rub"], ROUBLES)]
        yield from ([*what, *row] for row in candidates(group, parts, lang))


def _who(item: Mapping[str, Any], lang: Lang) -> list[Cell]:
    region = region_name(item["region_code"], lang) if item["region_code"] else None
    return [Number(item["rank"]), item["name"], item["inn"], region, item["city"]]
