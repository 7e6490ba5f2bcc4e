"""Wrong passwords are counted: after a few, one waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from threading import Lock

#: Name of the counter among the extensions of an application.
THROTTLE = "zveno_throttle"
#: Wrong passwords for one login from one address, and from one address for any login, within the window.
MOST_FOR_LOGIN, MOST_FROM_ADDRESS = 5, 30
WINDOW_S = 15 * 60
#: Keys remembered at once; the oldest are forgotten first.
MOST_KEYS = 10_000


class Throttle:
    """Counts failures by key within a window of time; safe for several threads.

    Parameters
    ----------
    clock
        Returns seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[Hashable, list[float]] = {}
        self._lock = Lock()

    def wait_s(self, login: str, address: str) -> float:
        """Return how long to wait before the next attempt, 0 if it may be made now."""
        with self._lock:
            limits = (((login, address), MOST_FOR_LOGIN), (address, MOST_FROM_ADDRESS))
            return max(self._left(key, most) for key, most in limits)

    def _left(self, key: Hashable, most: int) -> float:
        recent = [at for at in self._failures.get(key, ()) if at > self._clock() - WINDOW_S]
        return recent[-most] + WINDOW_S - self._clock() if len(recent) >= most else 0.0

    def failed(self, login: str, address: str) -> None:
        """Count a wrong password."""
        with self._lock:
            for key, most in (((login, address), MOST_FOR_LOGIN), (address, MOST_FROM_ADDRESS)):
                self._failures[key] = [*self._failures.pop(key, []), self._clock()][-most:]
            while len(self._failures) > MOST_KEYS:
                del self._failures[next(iter(self._failures))]

    def passed(self, login: str, address: str) -> None:
        """Forget the wrong passwords of who knows the right one."""
        with self._lock:
            self._failures.pop((login, address), None)
