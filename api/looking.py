"""Counting who is looked at: one statement a page, and no page ever waits for it.

Counts gather in the process and are written with the next page; while an import holds the register's only pen they stay
where they are. What is counted, and what is not, is argued in ``docs/decisions/0009-who-looked.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from threading import Lock
from typing import Any

from flask import current_app

from api.access.visitor import visitor
from api.asking import desk
from models.errors import StorageError
from models.identifiers import Inn
from models.looks import Looks, Place
from models.store import Store

#: Name among the extensions of an application.
LOOKING = "zveno_looking"
#: Looks that may wait to be written; beyond that they are lost.
MOST_WAITING = 10_000
Key = tuple[Inn, Place, str, date]


class Looking:
    """Looks that wait to be written; safe for several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: Counter[Key] = Counter()
        self._day: date | None = None

    def note(self, store: Store, inns: Iterable[Inn], place: Place, role: str, today: date) -> None:
        """Count that firms were looked at, and write what waits unless somebody else is writing."""
        with self._lock:
            if len(self._waiting) < MOST_WAITING:
                self._waiting.update(dict.fromkeys(((inn, place, role, today) for inn in inns), 1))
            waiting, self._waiting = self._waiting, Counter()
            forget, self._day = self._day != today, today
        try:
            with store.begin_at_once() as unit:
                looks = Looks(unit.connection)
                if forget:
                    looks.forget(today)
                for (place_, role_, day), inns_ in _gathered(waiting).items():
                    looks.count(inns_, place_, role_, day)
        except StorageError:
            with self._lock:
                self._waiting.update(waiting)
                self._day = None if forget else self._day


def _gathered(waiting: Mapping[Key, int]) -> dict[tuple[Place, str, date], dict[Inn, int]]:
    """Return counts by what they have in common, so that each is one statement."""
    found: dict[tuple[Place, str, date], dict[Inn, int]] = {}
    for (inn, place, role, day), times in waiting.items():
        found.setdefault((place, role, day), {})[inn] = times
    return found


def looked_at(inns: Iterable[str], place: Place) -> None:
    """Count that the present visitor looks at firms; its own company, and what programs ask, are not counted."""
    who = visitor()
    if who is None or who.by_token:
        return
    others = [Inn(inn) for inn in dict.fromkeys(inns) if inn and inn != who.inn]
    if others:
        found: Looking = current_app.extensions.setdefault(LOOKING, Looking())
        found.note(desk().store, others, place, who.role, date.today())


def in_list(document: Mapping[str, Any], apart: bool = False) -> list[str]:
    """Return the firms that a shortlist shows: in one list, or by input or use with traders apart.

    >>> document = {"items": [{"inn": "1"}], "groups": [{"items": [{"inn": "2"}]}], "channels": [{"inn": "3"}]}
    >>> in_list(document), in_list(document, apart=True)
    (['1'], ['2', '3'])
    """
    if not apart:
        return [item["inn"] for item in document["items"]]
    beside = (document.get(part, ()) for part in ("users", "channels"))
    lists = (*(group["items"] for group in document["groups"]), *beside)
    return [item["inn"] for items in lists for item in items]
