"""What a partner should know first: the firm is failing, owes taxes, its licence ends or is not on record.

Each with source and date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from matcher.classify.licences import is_licensed, licence_needed
from matcher.report.figures import money, rub
from matcher.report.frame import Document, Frame
from models.licences import PRODUCT_REGISTER, is_product_entry, valid_until
from models.text import T, Text

#: A licence that ends within so many days is worth a word: renewing one takes about as long.
SOON_DAYS = 90

#: States of a firm that are a warning.
STATES: Mapping[str, Text] = {
    "bankrupt": T("in bankruptcy as of {date}, {source}"),
    "liquidating": T("being wound up as of {date}, {source}"),
    "reorganizing": T("being reorganised as of {date}, {source}"),
    "liquidated": T("closed as of {date}, {source}"),
}


def flagged(frame: Frame, firm: int) -> Document:
    """Return the mention of a firm with its flags."""
    return {**frame.firm(firm), "flags": flags(frame, firm)}


def flags(frame: Frame, firm: int) -> list[Document]:
    """Return what is known against a firm, the gravest first; empty where no source knows anything."""
    inn = frame.inn(firm)
    return [
        *_state(frame, inn),
        *_licences(frame, inn),
        *_no_licence(frame, firm),
        *_product_entries(frame, inn),
        *_arrears(frame, inn),
    ]


def _state(frame: Frame, inn: str) -> Iterator[Document]:
    company = frame.companies.get(inn)
    if company is None or company.status is None or company.status not in STATES:
        return
    run, source = company.provenance.get("status", (0, ""))
    date = frame.origins[run].date if run in frame.origins else ""
    text = Text(STATES[company.status].msgid, {"date": date, "source": publisher(source)})
    yield {"kind": company.status, "text": frame.say(text), "value": None, "source": source, "date": date}


def _licences(frame: Frame, inn: str) -> Iterator[Document]:
    """Yield the licences that have lapsed or will within :data:`SOON_DAYS`, the earliest first."""
    company = frame.companies.get(inn)
    _, source = company.provenance.get("licences", (0, "")) if company else (0, "")
    for day, licence in _ending(frame, inn):
        if is_product_entry(licence):
            continue
        left = (day - frame.today).days
        text = (
            T("licence lapsed, {licence}, {source}", licence=licence, source=publisher(source))
            if left < 0
            else T("licence lapses in {days} days, {licence}, {source}", days=left, licence=licence,
                   source=publisher(source))
        )  # fmt: skip
        kind = "licence_lapsed" if left < 0 else "licence_lapses"
        yield {"kind": kind, "text": frame.say(text), "value": None, "source": source, "date": day.isoformat()}


def _no_licence(frame: Frame, firm: int) -> Iterator[Document]:
    """Yield that no licence is on record for the main activity, where sources tell those of others of its group."""
    columns, company = frame.columns, frame.companies.get(frame.inn(firm))
    at = int(columns.main_share[firm])
    run = int(columns.licence_run[columns.share_code[at]]) if at >= 0 else 0
    need = licence_needed(str(columns.share_detail[at])) if run else None
    if company is None or need is None or is_licensed(company.licences, need) is not False:
        return
    source, date = frame.origins.get(run, ("", ""))
    text = T(
        "no licence for {purpose} in the loaded sources ({law}; last told of others in {source} as of {date})",
        purpose=need.purpose[frame.lang], law=need.law[frame.lang], source=source, date=date,
    )  # fmt: skip
    yield {"kind": "licence_missing", "text": frame.say(text), "value": None, "source": source, "date": date}


def _product_entries(frame: Frame, inn: str) -> Iterator[Document]:
    """Yield one word on entries in the register of products that have lapsed, and one on those that soon will.

    A firm may have hundreds, made on many days: the latest of those that lapsed and the next that will are told.
    """
    entries = [(day, entry) for day, entry in _ending(frame, inn) if is_product_entry(entry)]
    lapsed = [each for each in entries if each[0] < frame.today]
    for day, entry in lapsed[-1:]:
        text = T("lapsed: {entry}", entry=entry)
        yield _of_entry(frame, "product_entry_lapsed", text, day)
    for day, entry in entries[len(lapsed) :][:1]:
        text = T("lapses in {days} days: {entry}", days=(day - frame.today).days, entry=entry)
        yield _of_entry(frame, "product_entry_lapses", text, day)


def _of_entry(frame: Frame, kind: str, text: Text, day: date) -> Document:
    return {"kind": kind, "text": frame.say(text), "value": None, "source": PRODUCT_REGISTER, "date": day.isoformat()}


def _ending(frame: Frame, inn: str) -> list[tuple[date, str]]:
    """Return licences and entries that have ended or will within :data:`SOON_DAYS`, the earliest first."""
    company = frame.companies.get(inn)
    dated = [(valid_until(licence), licence) for licence in company.licences] if company else []
    return sorted((day, word) for day, word in dated if day is not None and (day - frame.today).days <= SOON_DAYS)


def _arrears(frame: Frame, inn: str) -> Iterator[Document]:
    if inn not in frame.arrears:
        return
    figure, run = frame.arrears[inn]
    if figure.value <= 0:
        return
    source = frame.origins[run].source if run in frame.origins else ""
    owed = money(figure.value, frame.lang)
    text = T("tax arrears {money} as of {year}, {source}", money=owed, year=figure.year, source=publisher(source))
    yield {
        "kind": "arrears",
        "text": frame.say(text),
        "value": rub(figure.value),
        "source": source,
        "date": str(figure.year),
    }


def publisher(source: str) -> str:
    """Return who a source is, without the data set.

    >>> publisher("ФНС, недоимка на 31.12.2023"), publisher("members.csv")
    ('ФНС', 'members.csv')
    """
    return source.split(",", maxsplit=1)[0]
