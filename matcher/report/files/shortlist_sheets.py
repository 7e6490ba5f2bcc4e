"""A shortlist as tables of a workbook: who, how much, how far, every part of the score, and why in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import format_date

from matcher.report.figures import whole
from matcher.report.files.sheets import Cell, Linked, Number, Sheet, number
from matcher.report.frame import Document
from matcher.report.ranking.reasons import PART_NAMES
from models.decision_reasons import VERDICT_NAMES
from models.geography import region_name
from models.text import Lang, T, Text

#: How roubles, kilometres and points are shown.
ROUBLES, KILOMETRES, POINTS = "#,##0", "0", "+0.00;-0.00;0.00"
#: Columns before those of the parts of the score.
COLUMNS: tuple[Text, ...] = (
    T("rank"), T("name"), T("INN"), T("region"), T("town"), T("distance, km"), T("expected, roubles a year"),
    T("at least, roubles"), T("at most, roubles"), T("observed link"), T("decision"), T("score"),
)  # fmt: skip
#: Columns before those of a candidate where candidates are told by input.
INPUT_COLUMNS: tuple[Text, ...] = (T("input"), T("code"), T("spending, roubles a year"), T("stated by the buyer"))


#: Gives the address at which a candidate is explained, ``None`` where there is none.
Address = Callable[[str], str | None]


def nowhere(_inn: str) -> None:
    """Return no address: the file is written where no site is."""


def shortlist_sheets(document: Document, title: Text, lang: Lang, address: Address = nowhere) -> list[Sheet]:
    """Return a shortlist as tables, and how to read them.

    One list, the same by input or by use, those one rule keeps out, and those of the asker's own group.
    """
    parts = list(PART_NAMES)
    titles = [text.render(lang) for text in (*COLUMNS, *points(parts), T("know first"), T("reasons"))]
    rows = candidates(document, parts, lang, address)
    sheets = [Sheet(T("candidates").render(lang), titles, rows, filters=True, still=2)]
    if document.get("groups"):
        heads = [text.render(lang) for text in INPUT_COLUMNS] + titles
        rows = by_input(document, parts, lang, address)
        sheets.append(Sheet(T("By input").render(lang), heads, rows, filters=True, still=1))
    for part, name in (("users", T("Who would use it")), ("channels", T("Who would sell it on"))):
        if document["users"] and document["channels"]:
            rows = candidates({"items": document[part]}, parts, lang, address)
            sheets.append(Sheet(name.render(lang), titles, rows, filters=True, still=2))
    if document["not_loaded"]:
        heads = [text.render(lang) for text in (T("source"), T("how to load it"))]
        rows = ([source["text"], source["hint"]] for source in document["not_loaded"])
        sheets.append(Sheet(T("not loaded").render(lang), heads, rows))
    for key, name in (("near_misses", T("near misses")), ("affiliates", T("of one group"))):
        if document[key]:
            heads = [text.render(lang) for text in (T("name"), T("INN"), T("reasons"))]
            rows = ([item["name"], item["inn"], item["text"]] for item in document[key])
            sheets.append(Sheet(name.render(lang), heads, rows, filters=True))
    lines = [[line] for line in notes(document, title, lang)]
    return [*sheets, Sheet(T("notes").render(lang), [T("How to read it").render(lang)], lines)]


def points(parts: Sequence[str]) -> Iterator[Text]:
    """Yield the titles of the columns of points, so that none is taken for a figure of its own."""
    return (T("points: {part}", part=PART_NAMES[part]) for part in parts)


def notes(document: Document, title: Text, lang: Lang) -> Iterator[str]:
    """Yield what a reader of the file is to know of it."""
    query, shown = document["query"], len(document["items"])
    yield title.render(lang)
    if query.get("inn"):
        yield f"{T('INN').render(lang)} {query['inn']}"
    if query.get("region"):
        yield f"{T('Candidates only from').render(lang)}: {region_name(query['region'], lang)}"
    yield T("{shown} of {total} shown", shown=shown, total=whole(document["total"], lang)).render(lang)
    yield T(
        "Points are log-odds: each part begins where the one before it ended, and together they are the score."
    ).render(lang)
    yield foot(lang)


def foot(lang: Lang) -> str:
    """Return the last line of a sheet: who found it, when, and that nobody was asked."""
    today = format_date(date.today(), locale=lang)
    return T("Found by Zveno on {date}; the firms have not been asked.", date=today).render(lang)


def candidates(document: Document, parts: list[str], lang: Lang, address: Address = nowhere) -> Iterator[list[Cell]]:
    """Yield a row for each candidate, in the order of the list."""
    for item in document["items"]:
        said = {reason["part"]: float(reason["contribution"]) for reason in item["reasons"]}
        yield [
            *_who(item, lang, address(item["inn"])),
            Number(item["distance_km"], KILOMETRES),
            *(number(item[f"expected_value{end}_rub"], ROUBLES) for end in ("", "_low", "_high")),
            T("yes").render(lang) if item["link"] == "observed" else T("no").render(lang),
            VERDICT_NAMES[item["decision"]].render(lang) if item["decision"] else None,
            Number(round(item["score"], 4), POINTS),
            *(Number(round(said[part], 4), POINTS) if part in said else None for part in parts),
            "\n".join(flag["text"] for flag in item["flags"]) or None,
            "\n".join(told(item["reasons"], lang)) or None,
        ]


def told(reasons: Sequence[Mapping[str, Any]], lang: Lang) -> Iterator[str]:
    """Yield the reasons that speak for or against a candidate, one a line; the starting point is the same for all."""
    for each in reasons:
        if each["part"] != "base" and each["contribution"] and each["text"]:
            yield f"{PART_NAMES[each['part']].render(lang)}: {each['text']}"


def by_input(document: Document, parts: list[str], lang: Lang, address: Address = nowhere) -> Iterator[list[Cell]]:
    """Yield the candidates of each input, in the order of the page; a stated need that has none is a row of its own."""
    for group in document["groups"]:
        what = [group["name"], group["okved_code"], number(group["demand_rub"], ROUBLES), group["stated"]]
        yield from ([*what, *row] for row in candidates(group, parts, lang, address))
        if not group["items"]:
            yield [*what, *[None] * (len(COLUMNS) + len(parts) + 2)]


def _who(item: Mapping[str, Any], lang: Lang, address: str | None) -> list[Cell]:
    region = region_name(item["region_code"], lang) if item["region_code"] else None
    name = Linked(item["name"], address) if address else item["name"]
    return [Number(item["rank"]), name, item["inn"], region, item["city"]]
