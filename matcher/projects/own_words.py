"""What firms say of themselves that a project could begin with, and which of their words fit together.

One item of what a firm offers answers one item of what another asks for when the sentence vectors of both are alike
beyond chance, or when both clearly speak of one activity.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from models.assumptions import assumption
from models.own_words import WANTED

Floats = NDArray[np.float64]

#: Standard deviations above unrelated sentences from which on two items are alike.
ALIKE = 2.0
#: How sure both items must be of one activity to be about the same thing whatever their words.
SAME_THING = 0.5


@dataclass(frozen=True)
class Said:
    """An item of a firm's own words.

    Attributes
    ----------
    firm
        Its number.
    purpose
        One of :mod:`models.own_words`.
    text
        The item as it was written.
    codes
        Rows of the activity groups it speaks of with how sure that is, the likeliest first.
    vector
        Its sentence vector.
    material
        The known by-product it is nearest to, "" for none.
    """

    firm: int
    purpose: str
    text: str
    codes: Sequence[tuple[int, float]] = ()
    vector: Floats = field(default_factory=lambda: np.zeros(0), compare=False)
    material: str = ""


@dataclass(frozen=True)
class OwnWords:
    """What local firms offer, and what they ask for."""

    offered: Sequence[Said] = ()
    wanted: Sequence[Said] = ()

    def of(self, purpose: str, firm: int | None = None) -> list[Said]:
        """Return what is offered for a purpose, by all or by one firm."""
        return [said for said in self.offered if said.purpose == purpose and firm in (None, said.firm)]

    def askers(self, offer: Said, least: float = ALIKE) -> list[Said]:
        """Return the items of other firms that an offer answers at least so well, the likest first, one a firm."""
        fitting = [
            (fit, said) for said in self.wanted if said.firm != offer.firm and (fit := likeness(offer, said)) >= least
        ]
        first: dict[int, Said] = {}
        for _, said in sorted(fitting, key=lambda pair: -pair[0]):
            first.setdefault(said.firm, said)
        return list(first.values())

    def answered(self, offers: Sequence[Said], least: float = ALIKE) -> dict[int, tuple[Said, Said]]:
        """Return who asks for any of several offers: firm -> the first offer that answers it and what it asks for."""
        return {asker.firm: (offer, asker) for offer in reversed(offers) for asker in self.askers(offer, least)}


def quotes(several: Iterable[Said]) -> tuple[tuple[int, bool, str], ...]:
    """Return who says what, each once: firm, whether it asks for it (or offers it), the words."""
    return tuple(dict.fromkeys((said.firm, said.purpose == WANTED, said.text) for said in several if said.text))


def likeness(one: Said, other: Said) -> float:
    """Return how alike two items are, in standard deviations above unrelated sentences.

    Items that are both sure of one activity are at least :data:`ALIKE`.

    >>> said = Said(0, "goods", "a", [(3, 0.9)], np.array([1.0, 0.0]))
    >>> likeness(said, Said(1, "wanted", "b", [(3, 0.8)], np.array([0.0, 1.0])))
    2.0
    >>> likeness(said, Said(1, "wanted", "b", [(4, 0.8)], np.array([0.0, 1.0]))) < 0
    True
    """
    cosine = float(one.vector @ other.vector) if len(one.vector) and len(other.vector) else 0.0
    alike = (cosine - assumption("text_cosine_mean").value) / assumption("text_cosine_spread").value
    theirs = dict(other.codes)
    same = any(min(sure, theirs.get(code, 0.0)) >= SAME_THING for code, sure in one.codes)
    return max(alike, ALIKE) if same else alike
