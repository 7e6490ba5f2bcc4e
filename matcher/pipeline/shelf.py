"""Answers that many questions share, kept for as long as what they were computed from stays the same.

A shelf belongs to one state of what its answers depend on and goes with it; nothing on it is ever changed. It holds a
bounded number, those asked for longest ago go first, and whoever asks for an answer that is being computed waits for
that one instead of computing it a second time.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, wait
from threading import BoundedSemaphore, Lock, Thread
from typing import Generic, TypeVar

Kept = TypeVar("Kept")

#: Answers of a shelf that are computed beside who asks, at the same time.
BESIDE = 2


class NotYet(Exception):
    """Raised to who would not wait longer for an answer that is being computed.

    Parameters
    ----------
    seconds
        For how long it has been computed.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Place(Future[Kept]):
    """The place of an answer on a shelf: the answer, or that it is on its way since ``began``."""

    def __init__(self) -> None:
        super().__init__()
        self.began = time.monotonic()


class Shelf(Generic[Kept]):
    """Keeps what is computed, by key; safe for several threads.

    Parameters
    ----------
    most
        Answers kept at once.

    Examples
    --------
    >>> shelf = Shelf[int](2)
    >>> [shelf.get(number, lambda: 10 * number) for number in (1, 2, 1, 3)]
    [10, 20, 10, 30]
    >>> 1 in shelf, 2 in shelf
    (True, False)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._beside = BoundedSemaphore(BESIDE)
        self._kept: OrderedDict[Hashable, Place[Kept]] = OrderedDict()

    def get(self, key: Hashable, compute: Callable[[], Kept], patience_s: float | None = None) -> Kept:
        """Return the answer of a key; it is computed unless it is there or on its way.

        Parameters
        ----------
        key, compute
            What the answer is kept by, and what makes it.
        patience_s
            How long to wait for it; it is then computed beside who asks. ``None``: as long as it takes.

        Raises
        ------
        NotYet
            If it is still being computed when patience ends. Whatever ``compute`` raises is raised to all who wait, or
            to the next who asks, and is not kept.
        """
        place, mine = self._place(key)
        if mine and patience_s is None:
            _fill(place, compute)
        elif mine:
            Thread(target=self._fill_beside, args=(place, compute), name="computing", daemon=True).start()
        if not wait((place,), patience_s).done:
            raise NotYet(time.monotonic() - place.began)
        try:
            return place.result()
        except BaseException:
            self._forget(key, place)
            raise

    def __contains__(self, key: Hashable) -> bool:
        """Tell whether an answer is kept or on its way; that does not count as asking for it."""
        with self._lock:
            return key in self._kept

    def _place(self, key: Hashable) -> tuple[Place[Kept], bool]:
        """Return the place of an answer, and whether it is still to be filled by who asks."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found, False
            self._kept[key] = found = Place()
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return found, True

    def _forget(self, key: Hashable, place: Place[Kept]) -> None:
        with self._lock:
            if self._kept.get(key) is place:
                del self._kept[key]

    def _fill_beside(self, place: Place[Kept], compute: Callable[[], Kept]) -> None:
        with self._beside:
            _fill(place, compute)


def _fill(place: Place[Kept], compute: Callable[[], Kept]) -> None:
    """Compute an answer; a failure takes its place."""
    try:
        place.set_result(compute())
    except BaseException as error:
        place.set_exception(error)
