"""Which questions whose answers take long were asked lately: they are answered ahead when the register changes."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, NamedTuple

from matcher.pipeline.workspace import Workspace
from models.text import Lang

#: From how long on a computation is long, for how long a question is remembered, seconds, and how many are.
SLOW_S, REMEMBERED_S, MOST_REMEMBERED = 0.2, 3600.0, 50
#: Questions answered ahead of being asked.
MOST_AHEAD = 6


class Question(NamedTuple):
    """What an answer is kept by, and what computes it; ``decided`` tells that decisions change it."""

    decided: bool
    key: Hashable
    lang: Lang
    compute: Callable[[Workspace], Any]

    @property
    def name(self) -> Hashable:
        """What tells it from others."""
        return self[:3]


class Lately:
    """Questions whose answers took long, by when they were last asked; safe for several threads.

    Examples
    --------
    >>> lately, quick, slow = Lately(), Question(True, "a", "ru", str), Question(True, "b", "ru", str)
    >>> lately.took(quick, 0.01)
    >>> lately.took(slow, 1.0)
    >>> [question.key for question in lately.last()]
    ['b']
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: OrderedDict[Hashable, tuple[float, Question]] = OrderedDict()

    def took(self, question: Question, seconds: float) -> None:
        """Remember that an answer took so long to compute."""
        if seconds >= SLOW_S:
            with self._lock:
                self._asked.setdefault(question.name, (time.monotonic(), question))
                if len(self._asked) > MOST_REMEMBERED:
                    self._asked.popitem(last=False)

    def asked(self, question: Question) -> None:
        """Remember that somebody asked."""
        with self._lock:
            if question.name in self._asked:
                self._asked[question.name] = time.monotonic(), question
                self._asked.move_to_end(question.name)

    def last(self) -> list[Question]:
        """Return the questions to be answered ahead, the one asked last first."""
        now = time.monotonic()
        with self._lock:
            known = [question for at, question in reversed(self._asked.values()) if now - at <= REMEMBERED_S]
        return known[:MOST_AHEAD]
