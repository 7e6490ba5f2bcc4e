"""Dates as a calendar that other programs take in (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

#: Who made a calendar, in its properties.
MAKER = "-//Zveno//Zveno//EN"
#: A calendar reminds so long before a date.
BEFORE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """A day to remember: what, told how, and a name that stays its own when the day moves.

    ``changed`` is when it was last moved, so that a calendar that knows it takes the newer one.
    """

    uid: str
    day: date
    title: str
    text: str
    changed: datetime


def calendar(name: str, days: Iterable[Day]) -> bytes:
    """Return days as a calendar, each with a reminder a week before.

    Examples
    --------
    >>> from datetime import UTC
    >>> told = calendar("Zveno", [Day("1@zveno", date(2026, 3, 9), "Salt", "", datetime(2026, 1, 1, tzinfo=UTC))])
    >>> b"DTSTART;VALUE=DATE:20260309" in told, b"TRIGGER:-P7D" in told
    (True, True)
    """
    whole = Calendar()
    whole.add("prodid", MAKER)
    whole.add("version", "2.0")
    whole.add("x-wr-calname", name)
    for each in days:
        whole.add_component(_event(each))
    return bytes(whole.to_ical())


def _event(each: Day) -> Event:
    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", each.changed)
    event.add("dtstart", each.day)
    event.add("dtend", each.day + timedelta(days=1))
    event.add("summary", each.title)
    if each.text:
        event.add("description", each.text)
    event.add("transp", "TRANSPARENT")
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", each.title)
    reminder.add("trigger", -BEFORE)
    event.add_component(reminder)
    return event
