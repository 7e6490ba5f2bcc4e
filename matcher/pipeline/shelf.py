"""Answers that many questions share, kept for as long as what they were computed from stays the same.

A shelf belongs to one state of what its answers depend on and goes with it; nothing on it is ever changed. It holds a
bounded number, those asked for longest ago go first, and whoever asks for an answer that is being computed waits for
that one instead of computing it a second time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


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
    >>> shelf.keys(), 2 in shelf
    ([1, 3], False)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Future[Kept]] = OrderedDict()

    def get(self, key: Hashable, compute: Callable[[], Kept]) -> Kept:
        """Return the answer of a key, computed here unless it is there or somebody computes it."""
        found, mine = self._place(key)
        if mine:
            self._fill(key, found, compute)
        return found.result()

    def begin(self, key: Hashable, compute: Callable[[], Kept]) -> Future[Kept]:
        """Return the answer of a key as it will be; computed beside who asks unless it is there or on its way."""
        found, mine = self._place(key)
        if mine:
            Thread(target=self._fill, args=(key, found, compute), name=f"computing {key}", daemon=True).start()
        return found

    def keys(self) -> list[Hashable]:
        """Return the keys of all answers, also of those on their way, the one asked for longest ago first."""
        with self._lock:
            return list(self._kept)

    def __contains__(self, key: Hashable) -> bool:
        """Tell whether an answer is kept or on its way; that does not count as asking for it."""
        with self._lock:
            return key in self._kept

    def _place(self, key: Hashable) -> tuple[Future[Kept], bool]:
        """Return the place of an answer, and whether it is still to be filled by who asks."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found, False
            self._kept[key] = found = Future()
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return found, True

    def _fill(self, key: Hashable, place: Future[Kept], compute: Callable[[], Kept]) -> None:
        """Compute an answer; one that fails is told to all who wait and is not kept."""
        try:
            place.set_result(compute())
        except BaseException as error:
            with self._lock:
                if self._kept.get(key) is place:
                    del self._kept[key]
            place.set_exception(error)
