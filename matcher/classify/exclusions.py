"""What notes exclude, as labelled texts: «чемоданы, см. 15.12» under plastic goods speaks of 15.12, not of 22.29.

Each exclusion that names one other group is asked for as a text, with the texts hidden by which the other group's own
description would answer. Halves by hash: one fits the weight by which exclusions push away, one tests it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from matcher.classify.features import Piece
from matcher.classify.products import Half
from matcher.classify.reference import excluded_items, subject
from models.classifications import group_of, okved2


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A text that one group's notes send to another group."""

    piece: Piece
    excluding: str
    right: str


def exclusions(half: Half) -> Iterator[Exclusion]:
    """Yield the exclusions of a half, each text once; the same each time."""
    seen: set[str] = set()
    for code, activity in okved2().items():
        group = group_of(code)
        for text, see in excluded_items(activity.notes) if group else ():
            right = {other for other in map(group_of, see) if other}
            if group is None or len(right) != 1 or right == {group} or text in seen or _half_of(text) != half:
                continue
            seen.add(text)
            yield Exclusion(replace(Piece.of(text), hidden=frozenset({subject(text)})), group, right.pop())


def _half_of(text: str) -> Half:
    return "test" if sha256(text.encode()).digest()[0] % 2 else "development"
