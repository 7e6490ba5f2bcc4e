"""What forms about calls for offers say: whom to ask for what by when, and what a firm offers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from api.supply_forms import Form, Reading
from models.errors import InvalidIdentifier
from models.identifiers import Inn, parse_inn
from models.offers import LONGEST_TEXT, Ask, Line, Offer, Offered
from models.supply_requests import Input
from models.text import T

#: Days that firms are given to answer where nobody says otherwise.
USUAL_DAYS = 14
#: What is told where an answer says nothing.
NO_PRICE = T("no price is given: say at least one, or decline")
NO_REASON = T("say why, in a few words")
#: Most days of a delivery.
LONGEST_DELIVERY = 3650
_BETWEEN = re.compile(r"[\s,;]+")


def read_ask(reading: Reading, inputs: Sequence[Input], today: date) -> Ask:
    """Return what firms are asked for, line by line of a request; the names of lines may be said anew."""
    until = reading.day("answer_by")
    if until is None or until < today:
        reading.wrong.setdefault("answer_by", T("give a day from today on"))
        until = today
    return Ask(
        title=reading.text("title"),
        lines=tuple(_line(reading, number, wanted) for number, wanted in enumerate(inputs)),
        answer_by=until,
        note=reading.text("note", LONGEST_TEXT),
        contact=reading.text("contact"),
    )


def _line(reading: Reading, number: int, wanted: Input) -> Line:
    name = reading.text(f"line-name-{number}") or wanted.words or wanted.code or ""
    note = "; ".join([*wanted.papers, *([wanted.note] if wanted.note else [])])
    return Line(name, wanted.volume, wanted.unit, note)


def read_firms(reading: Reading, ticked: Mapping[str, Sequence[str]], lines: int) -> dict[Inn, list[int]]:
    """Return which firm is asked for which lines: those ticked at a line, and others, by INN, for every line.

    Parameters
    ----------
    ticked
        The INNs ticked, by the name of the field: ``line-0``, ``line-1`` … and ``all``.
    lines
        How many lines there are.
    """
    found: dict[Inn, list[int]] = {}
    for number in range(lines):
        for text in dict.fromkeys(ticked.get(f"line-{number}", ())):
            found.setdefault(parse_inn(text), []).append(number)
    for inn in [*(parse_inn(text) for text in ticked.get("all", ())), *read_inns(reading, "others")]:
        found[inn] = list(range(lines))
    return found


def only_asked(ask: Ask, firms: Mapping[Inn, Sequence[int]]) -> tuple[Ask, dict[Inn, list[int]]]:
    """Return a call without the lines nobody is asked for; those left are numbered anew.

    >>> ask = Ask("", (Line("соль"), Line("мешки")), date(2030, 1, 1))
    >>> left, firms = only_asked(ask, {Inn("2635000014"): [1]})
    >>> [line.name for line in left.lines], firms
    (['мешки'], {'2635000014': [0]})
    """
    asked = sorted({number for lines in firms.values() for number in lines})
    place = {number: new for new, number in enumerate(asked)}
    kept = replace(ask, lines=tuple(ask.lines[number] for number in asked))
    return kept, {inn: [place[number] for number in lines] for inn, lines in firms.items()}


def read_inns(reading: Reading, name: str) -> list[Inn]:
    """Return the INNs written into one field, parted by blanks or commas."""
    try:
        return [parse_inn(text) for text in _BETWEEN.split(reading.said.get(name, "")) if text]
    except InvalidIdentifier as error:
        reading.wrong[name] = error.message
        return []


def read_offer(reading: Reading, lines: Sequence[int]) -> Offer:
    """Return what a form offers for the lines a firm is asked for.

    A line without a price is not offered; that nothing is offered at all is told as wrong.
    """
    offered = {}
    for number in lines:
        price = reading.number(f"price-{number}")
        unit, volume = reading.text(f"unit-{number}", 40), reading.number(f"volume-{number}")
        if price is not None:
            offered[number] = Offered(price, unit, volume)
    if not offered and not reading.wrong:
        reading.wrong[""] = NO_PRICE
    free = reading.said.get("delivery_rub", "").strip() == "0"
    return Offer(
        offered,
        0.0 if free else reading.number("delivery_rub"),
        reading.whole("delivery_days", LONGEST_DELIVERY),
        reading.day("valid_till"),
        reading.text("comment", LONGEST_TEXT),
    )


def offer_form(offer: Offer | None, lines: Mapping[int, Line]) -> dict[str, str]:
    """Return the fields that say an offer, as a form holds them; units and volumes asked for stand in at first.

    >>> offer_form(None, {0: Line("соль", 20.0, "т")})
    {'unit-0': 'т', 'volume-0': '20'}
    """
    if offer is None:
        return {
            **{f"unit-{number}": line.unit for number, line in lines.items()},
            **{f"volume-{number}": f"{line.volume:.10g}" for number, line in lines.items() if line.volume},
        }
    said = {"comment": offer.comment, "valid_till": offer.valid_till.isoformat() if offer.valid_till else ""}
    for name, value in (("delivery_rub", offer.delivery_rub), ("delivery_days", offer.delivery_days)):
        said[name] = "" if value is None else f"{value:.10g}"
    for number, line in offer.lines.items():
        said |= {f"price-{number}": f"{line.price_rub:.10g}", f"unit-{number}": line.unit}
        said[f"volume-{number}"] = "" if line.volume is None else f"{line.volume:.10g}"
    return said


def usual_day(today: date) -> date:
    """Return the last day for answers that a form proposes."""
    return today + timedelta(days=USUAL_DAYS)


def read_reason(form: Form) -> str:
    """Return why a firm declines, in its words."""
    return " ".join(form.get("reason", "").split())[:LONGEST_TEXT]
