"""What is new in the shortlists of a saved request since they were looked at last."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from models.identifiers import Inn

#: First candidates of each input that are watched, and places a candidate has to move to be told of.
WATCHED, FAR = 10, 3


@dataclass(frozen=True, slots=True)
class News:
    """What changed among the first candidates of one input.

    ``moved`` holds the place before and the place now, counted from 1.
    """

    entered: tuple[Inn, ...] = ()
    left: tuple[Inn, ...] = ()
    moved: Mapping[Inn, tuple[int, int]] | None = None

    @property
    def count(self) -> int:
        """How many candidates there is something to tell of."""
        return len(self.entered) + len(self.left) + len(self.moved or {})


def compared(before: Sequence[Inn], now: Sequence[Inn], decided: Collection[str] = ()) -> News:
    """Return who entered, who left, and who moved by more than :data:`FAR` places.

    Parameters
    ----------
    before, now
        The first candidates, best first.
    decided
        Firms that were declined: that they left is no news, and nobody moved because of them.

    Examples
    --------
    >>> compared(["a", "b", "c"], ["c", "d", "b"])
    News(entered=('d',), left=('a',), moved={})
    >>> compared(list("abcdefg"), list("gabcdef"))
    News(entered=(), left=(), moved={'g': (7, 1)})
    >>> compared(["a", "b"], ["b", "c"], frozenset("a"))
    News(entered=('c',), left=(), moved={})
    """
    was = {inn: place for place, inn in enumerate((inn for inn in before if inn not in decided), start=1)}
    place = {inn: number for number, inn in enumerate(now, start=1)}
    return News(
        tuple(inn for inn in now if inn not in was),
        tuple(inn for inn in was if inn not in place),
        {inn: (was[inn], new) for inn, new in place.items() if inn in was and abs(was[inn] - new) > FAR},
    )
