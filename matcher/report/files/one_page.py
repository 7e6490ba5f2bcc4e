"""The sheet of one joint project for a working group: what it says, apart from how it is written down.

A sheet is a title, a line below it and sections, each with a heading and lines, or rows of a table. The writers
(``one_page_docx``, ``one_page_pdf``) know nothing of projects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.report.figures import money, percent, whole
from models.text import Lang, T, Text

#: Who wrote a sheet, in the properties of its file.
AUTHOR = "Zveno"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a sheet: numbered or plain lines, or a table with a first row of headings.

    ``widths`` are the parts of the page that the columns of a table take, where they are not those of its number.
    """

    heading: str
    lines: Sequence[str] = ()
    numbered: bool = False
    table: Sequence[Sequence[str]] = ()
    widths: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class OnePage:
    """The sheet of a project."""

    title: str
    below: str
    sections: Sequence[Section]
    foot: str


def one_page(item: Mapping[str, Any], roles: Mapping[str, Text], lang: Lang, date: str) -> OnePage:
    """Return the sheet of a project as documents tell it.

    Parameters
    ----------
    item
        An item of ``projects``.
    roles
        Names of roles and of kinds of gain.
    date
        The day of the data, as people read it.
    """
    return OnePage(
        title=item["title"],
        below=below(item, lang),
        sections=sections(item, roles, lang),
        foot=T(
            "Found by Zveno on {date}; the firms have not been asked. Number of the project: {id}",
            date=date,
            id=item["id"],
        ).render(lang),
    )


def sections(item: Mapping[str, Any], roles: Mapping[str, Text], lang: Lang) -> list[Section]:
    """Return all that is known of a project, part by part, those of which nothing is known left out."""

    def say(text: Text) -> str:
        return text.render(lang)

    found = [
        Section(say(T("Who takes part and what each gains a year")), table=_participants(item, roles, lang)),
        Section(say(T("Why")), lines=[*item["reasons"], *_gap(item, lang)]),
        Section(say(T("Indicators of the programme")), table=_kpis(item, lang)),
        Section(say(T("First steps")), lines=item["steps"], numbered=True),
        Section(say(T("Risks")), lines=item["risks"]),
        Section(say(T("To ask for")), lines=item["facts"]),
        Section(say(T("Assumptions")), lines=[*item["assumptions"], *_assumed(item, lang)]),
    ]
    return [section for section in found if section.lines or len(section.table) > 1]


def below(item: Mapping[str, Any], lang: Lang) -> str:
    """Return what a project is worth, what preparing it costs and the directions it serves, in one line."""
    cost = T(
        "preparing it costs {cost} ({low} to {high}, assumed)",
        cost=money(item["cost_rub"], lang),
        low=money(item["cost_low_rub"], lang),
        high=money(item["cost_high_rub"], lang),
    )
    value = (
        T("value not stated")
        if item["value_rub"] is None
        else T(
            "{value} a year ({low} to {high})",
            value=money(item["value_rub"], lang),
            low=money(item["value_low_rub"], lang),
            high=money(item["value_high_rub"], lang),
        )
    )
    directions = "; ".join(f"{each['direction']} {each['name']}" for each in item["directions"])
    return f"{value.render(lang)}; {cost.render(lang)}. {directions}"


def _participants(item: Mapping[str, Any], roles: Mapping[str, Text], lang: Lang) -> list[list[str]]:
    rows = [[T("firm").render(lang), T("INN").render(lang), T("role").render(lang), T("gain").render(lang)]]
    for each in item["participants"]:
        gain = each["gain"]
        told = "—"
        if gain is not None:
            low, high = money(gain["low_rub"], lang), money(gain["high_rub"], lang)
            ends = T("{low} to {high}", low=low, high=high).render(lang)
            told = f"{roles[gain['what']].render(lang)} {money(gain['rub'], lang)} ({ends})"
        rows.append([each["name"], each["inn"], roles[each["role"]].render(lang), told])
    return rows


def _gap(item: Mapping[str, Any], lang: Lang) -> list[str]:
    gap = item["gap"]
    if gap is None:
        return []
    text = T(
        "gap it closes: {name}, need {demand}, made here {supply}",
        name=gap["name"],
        demand=money(gap["demand_rub"], lang),
        supply=money(gap["supply_rub"], lang),
    )
    return [text.render(lang)]


def _kpis(item: Mapping[str, Any], lang: Lang) -> list[list[str]]:
    heads = (T("indicator"), T("moves by"), T("target"))
    rows = [[head.render(lang) for head in heads]]
    for kpi in item["kpis"]:
        by, target = whole(kpi["by"], lang), whole(kpi["target"], lang)
        rows.append([f"{kpi['no']}. {kpi['name']}", f"+{by} {kpi['unit']}", f"{target} ({kpi['target_year']})"])
    return rows


def _assumed(item: Mapping[str, Any], lang: Lang) -> list[str]:
    def number(value: float, most: float) -> str:
        return percent(value, lang) if most <= 1 else money(value, lang)

    return [
        f"{each['name']}: {number(each['value'], each['high'])} "
        f"({number(each['low'], each['high'])} – {number(each['high'], each['high'])})"
        for each in item["assumed"]
    ]
