"""A ranking together with who asked: what every document about a shortlist is made from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.index.economy import Economy
from matcher.learn.weighing import DEFAULT, Weighing
from matcher.match.pairs import Party, firm_party
from matcher.match.shortlist import Ranking
from matcher.report.frame import Frame
from matcher.report.ranking.stated import Stated

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Listing:
    """A ranking together with who asked.

    ``side`` says which end of the pairs the candidates are: ``supplier`` or ``buyer``; ``party`` is the other end.
    ``recipe`` is what a buyer asks for, shape (m,), by default all its activities need; ``need`` that it is one need.
    ``start`` says how many candidates other parts of the list have shown before. ``stated`` is what a buyer that asks
    for all it needs says of that itself, as far as inputs are told.
    """

    ranking: Ranking
    party: Party
    side: str
    recipe: Floats | None = None
    weighing: Weighing = DEFAULT
    need: bool = False
    start: int = 0
    stated: tuple[Stated, ...] = ()

    @property
    def by_input(self) -> bool:
        """Whether the candidates are suppliers of all that a buyer needs, and so of many inputs."""
        return self.side == "supplier" and not self.need

    def shown(self, top: int) -> Ints:
        """Return the rows of the candidates to show."""
        return self.ranking.order[self.start : self.start + top]

    def wanted(self, economy: Economy) -> Floats:
        """Return what the asking buyer spends on each code per rouble of its output, shape (m,)."""
        return economy.spending(self.party.shares) if self.recipe is None else self.recipe

    def ends(self, frame: Frame, row: int) -> tuple[Party, Party]:
        """Return supplier and buyer of a row."""
        candidate = firm_party(frame.columns, int(self.ranking.firms[row]))
        if self.side == "supplier":
            return candidate, self.party
        return self.party, candidate
