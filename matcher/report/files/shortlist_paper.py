"""A shortlist, and a supplier request, to be read and printed: a table first, then why each candidate stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from matcher.report.figures import decimal, money, quantity, whole
from matcher.report.files.one_page import OnePage, Section
from matcher.report.files.shortlist_sheets import foot
from matcher.report.frame import Document
from matcher.report.ranking.reasons import PART_NAMES
from models.decision_reasons import VERDICT_NAMES
from models.geography import region_name
from models.text import Lang, T, Text

#: Columns of the table of candidates, and the parts of the page they take.
HEADS = (T("rank"), T("name"), T("town"), T("distance, km"), T("expected a year"), T("score"), T("decision"))
WIDTHS = (2, 8, 5, 4, 6, 3, 4)
#: Points below this are nothing to tell.
LEAST = 0.005
Item = Mapping[str, Any]


def shortlist_paper(document: Document, title: Text, lang: Lang) -> OnePage:
    """Return a shortlist as a sheet.

    Parameters
    ----------
    document
        A shortlist of suppliers or of buyers.
    title
        What it answers.
    """
    items = document["items"]
    return OnePage(
        title=title.render(lang),
        below=begun(T("{shown} of {total} shown", shown=len(items), total=whole(document["total"], lang)), lang),
        sections=[
            *missing_sections(document, lang),
            *stated_sections(document, lang),
            Section(begun(T("candidates"), lang), table=candidate_table(items, lang), widths=WIDTHS),
            *why_sections(items, lang),
            *beside_sections(document, lang),
        ],
        foot=foot(lang),
    )


def request_paper(document: Document, lang: Lang) -> OnePage:
    """Return a supplier request as a sheet: its inputs with their terms, then the candidates of each."""
    sections = [Section(T("Inputs").render(lang), table=list(input_table(document["groups"], lang)))]
    for group in document["groups"]:
        name = group["name"]
        lines = [group["sources"]["text"] if group["sources"] else group["error"]["message"]]
        sections.append(Section(name, lines=lines))
        if group["items"]:
            table = candidate_table(group["items"], lang)
            sections.append(Section(begun(T("candidates"), lang), table=table, widths=WIDTHS))
        sections += [*why_sections(group["items"], lang), *beside_sections(group, lang)]
    below = [document["buyer"]["name"], T("INN").render(lang) + " " + document["buyer"]["inn"], document["note"]]
    return OnePage(document["name"], "; ".join(part for part in below if part), sections, foot(lang))


def candidate_table(items: Sequence[Item], lang: Lang) -> list[list[str]]:
    """Return candidates as rows below their headings."""
    return [[begun(head, lang) for head in HEADS], *(_row(item, lang) for item in items)]


def _row(item: Item, lang: Lang) -> list[str]:
    place = item["city"] or (region_name(item["region_code"], lang) if item["region_code"] else "—")
    ends = (item["expected_value_rub"], item["expected_value_low_rub"], item["expected_value_high_rub"])
    value, low, high = (money(end or 0, lang) for end in ends)
    made = item["decision"]
    return [
        str(item["rank"]),
        f"{item['name']}, {T('INN').render(lang)} {item['inn']}",
        place,
        whole(item["distance_km"], lang),
        f"{value} ({T('{low} to {high}', low=low, high=high).render(lang)})",
        decimal(item["score"], 2, lang, sign=True),
        VERDICT_NAMES[made].render(lang) if made else "—",
    ]


def why_sections(items: Iterable[Item], lang: Lang) -> Iterator[Section]:
    """Yield for each candidate what to know first, and every part of its score in words."""
    for item in items:
        parts = [_part(reason, lang) for reason in item["reasons"] if abs(reason["contribution"]) >= LEAST]
        decided = [item["decided"]["text"]] if item["decided"] and item["decided"]["text"] else []
        asked = [f"{paper['wanted']}: {paper['stated'] or '?'}" for paper in item.get("papers", ())]
        warned = [flag["text"] for flag in item["flags"]]
        yield Section(f"{item['rank']}. {item['name']}", lines=[*warned, *asked, *decided, *parts])


def _part(reason: Item, lang: Lang) -> str:
    points = decimal(reason["contribution"], 2, lang, sign=True)
    name = PART_NAMES[reason["part"]].render(lang)
    return f"{points} {name}: {reason['text']}" if reason["text"] else f"{points} {name}"


def stated_sections(document: Document, lang: Lang) -> Iterator[Section]:
    """Yield what the buyer says it needs, with the first candidates of each input that was heard in its words."""
    stated = [group for group in document["groups"] if group["stated"]]
    if stated:
        heads = [begun(head, lang) for head in (T("stated by the buyer"), T("input"), T("candidates"))]
        rows = [[group["stated"], group["name"], _named(group["items"], lang)] for group in stated]
        yield Section(T("What the company says it needs").render(lang), table=[heads, *rows])


def _named(items: Sequence[Item], lang: Lang) -> str:
    """Return candidates by name and INN, in their order."""
    return "; ".join(f"{item['name']}, {T('INN').render(lang)} {item['inn']}" for item in items) or "—"


def missing_sections(document: Document, lang: Lang) -> Iterator[Section]:
    """Yield which sources that were asked of are not loaded, and how to load them."""
    if document["not_loaded"]:
        lines = [f"{source['text']}: {source['hint']}" for source in document["not_loaded"]]
        yield Section(begun(T("not loaded"), lang), lines=lines)


def beside_sections(document: Document, lang: Lang) -> Iterator[Section]:
    """Yield who is not offered as new, and why."""
    for part, name in (("near_misses", T("near misses")), ("partners", T("partners already")),
                       ("affiliates", T("of one group"))):  # fmt: skip
        if document[part]:
            lines = [f"{item['name']}, {item['inn']}: {item['text']}" for item in document[part]]
            yield Section(begun(name, lang), lines=lines)


def input_table(groups: Sequence[Document], lang: Lang) -> Iterator[list[str]]:
    """Yield the inputs of a request with what is asked for of each."""
    heads = (T("input"), T("spending a year"), T("volume"), T("Certificates and licences"), T("Note"))
    yield [begun(head, lang) for head in heads]
    for group in groups:
        spent = group["spend_rub"] or group["demand_rub"]
        volume = f"{quantity(group['volume'], lang)} {group['unit']}" if group["volume"] else "—"
        papers = "; ".join(group["papers_wanted"]) or "—"
        yield [group["name"], money(spent, lang) if spent else "—", volume, papers, group["note"] or "—"]


def begun(text: Text, lang: Lang) -> str:
    """Return a text that begins a line: with a large letter.

    >>> begun(T("candidates"), "ru")
    'Кандидаты'
    """
    told = text.render(lang)
    return told[:1].upper() + told[1:]
