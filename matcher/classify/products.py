"""Names of OKPD-2 products as labelled texts: the first four digits of a product are its activity group.

Six-digit families are split in halves by hash, one for fitting, one for testing. While a name is asked for, the
reference texts that would give the answer away are hidden: the product itself (*leaf*), or its whole family with every
sibling (*family*), so that near-duplicates do not answer for one another. A trade term that says the same, in whatever
order and case, is hidden with them: it would be the name itself, written once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import Literal

import numpy as np

from matcher.classify.features import Piece
from matcher.classify.reference import documents, subject
from matcher.classify.words import lemmas
from models.classifications import group_of, okpd2

Half = Literal["development", "test"]
Hidden = Literal["leaf", "family"]
#: Names drawn of one group, each of another family.
PER_GROUP = 4
SEED = 20161
_FAMILY = 8
_SHORTEST = 4


def half_of(family: str) -> Half:
    """Return the half of a six-digit family.

    >>> half_of("20.15.10"), half_of("20.15.20")
    ('development', 'test')
    """
    return "test" if sha256(family.encode()).digest()[0] % 2 else "development"


@cache
def _families() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return product names below each six-digit family of each group."""
    found: dict[str, dict[str, list[str]]] = {}
    for code, product in okpd2().items():
        if (group := group_of(code)) and len(code) > _FAMILY and len(product.name) >= _SHORTEST:
            found.setdefault(group, {}).setdefault(code[:_FAMILY], []).append(product.name)
    return {
        group: {family: tuple(sorted(names)) for family, names in families.items()} for group, families in found.items()
    }


@cache
def _texts() -> Mapping[str, frozenset[str]]:
    """Return the reference texts that come from each six-digit family."""
    found: dict[str, set[str]] = {}
    for item in documents():
        if item.kind == "product":
            found.setdefault(item.code[:_FAMILY], set()).add(item.text)
    return {family: frozenset(texts) for family, texts in found.items()}


def names(half: Half) -> Iterator[tuple[str, str]]:
    """Yield every product name of a half with its group."""
    for group, families in _families().items():
        for family, told in families.items():
            if half_of(family) == half:
                yield from ((name, group) for name in told)


def pieces(half: Half, hidden: Hidden) -> Iterator[tuple[Piece, str]]:
    """Yield one name a family, of at most four families a group, with the group; the same each time."""
    draw = np.random.default_rng(SEED)
    for group, families in sorted(_families().items()):
        of_half = [family for family in sorted(families) if half_of(family) == half]
        for family in draw.permutation(of_half)[:PER_GROUP]:
            name = str(draw.choice(families[family]))
            siblings = _texts().get(family, frozenset()) if hidden == "family" else frozenset()
            yield without(Piece.of(name), siblings | {subject(name)}), group


def without(piece: Piece, texts: frozenset[str]) -> Piece:
    """Return a piece from which texts are hidden, and the trade terms that say the same as one of them."""
    said = {_same(text) for text in texts}
    terms = frozenset().union(*(_terms().get(key, frozenset()) for key in said))
    heard = tuple(match for match in piece.matches if _same(subject(match.term)) not in said)
    return replace(piece, hidden=texts | terms, matches=heard)


@cache
def _terms() -> Mapping[tuple[str, ...], frozenset[str]]:
    """Return trade terms and what firms say by their lemmas in alphabetical order."""
    found: dict[tuple[str, ...], set[str]] = {}
    for item in documents():
        if item.kind in ("term", "said"):
            found.setdefault(_same(item.text), set()).add(item.text)
    return {key: frozenset(texts) for key, texts in found.items()}


def _same(text: str) -> tuple[str, ...]:
    return tuple(sorted(lemmas(text)))
