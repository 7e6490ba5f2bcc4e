"""What an entry of the board may say: its words, their lengths, and for how long it may hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.errors import UsageError
from models.text import T, Text

#: How long an entry holds unless said otherwise, and at most, days.
USUAL_DAYS, MOST_DAYS = 90, 365


@dataclass(frozen=True, slots=True)
class Words:
    """What an entry says.

    Parameters
    ----------
    title, text
        What is offered or asked for, in a line and at length.
    title_en
        The line in English, for the catalogue; empty where nobody wrote it.
    volume, price, terms
        How much, for how much, under which terms; free texts.
    okved
        Activities that a person named.
    heard
        Activities that were understood from the words when they were written.
    """

    title: str
    text: str = ""
    title_en: str = ""
    volume: str = ""
    price: str = ""
    terms: str = ""
    okved: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The activities it is about: those a person named, else those that were understood."""
        return self.okved or self.heard

    @property
    def whole(self) -> str:
        """Title and text together, as they are searched and understood."""
        return f"{self.title}. {self.text}" if self.text else self.title


#: Most characters of each text.
LONGEST = {"title": 160, "title_en": 160, "text": 4000, "volume": 200, "price": 200, "terms": 1000}


def until_of(today: date, days: int = USUAL_DAYS) -> date:
    """Return the last day of something that holds for so many days from today.

    >>> until_of(date(2024, 1, 1), 90).isoformat()
    '2024-03-31'

    Raises
    ------
    UsageError
        If it is less than a day or more than a year.
    """
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(T("an entry cannot hold for {days} days", days=days), _HOLDS)
    return today + timedelta(days=days)


_HOLDS = T("it holds for a day at least and {days} days at most, and can be renewed", days=MOST_DAYS)


def checked(words: Words, until: date, today: date) -> None:
    """Raise :class:`models.errors.UsageError` for the first thing that cannot be taken."""
    for _, problem in problems(words, until, today):
        raise UsageError(problem, T("correct it and send it again"))


def problems(words: Words, until: date, today: date) -> Sequence[tuple[str, Text]]:
    """Return what of an entry cannot be taken, by name of the field."""
    found: list[tuple[str, Text]] = []
    if not words.title.strip():
        found.append(("title", T("say in a line what it is about")))
    found += _too_long((name, getattr(words, name)) for name in LONGEST)
    if not today <= until <= today + timedelta(days=MOST_DAYS):
        found.append(("until", _HOLDS))
    return found


def _too_long(texts: Iterable[tuple[str, str]]) -> list[tuple[str, Text]]:
    return [(name, T("write at most {count} characters", count=LONGEST[name]))
            for name, text in texts if len(text) > LONGEST[name]]  # fmt: skip
