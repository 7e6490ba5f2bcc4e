"""What a company's licences say of its activity: ``reference/licence_activities.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from matcher.classify.hints import groups_of
from matcher.classify.words import words
from models.resources import read_table


@cache
def _table() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    return {
        tuple(row["stems"].split()): groups_of(tuple(row["okved_prefixes"].split(";")))
        for row in read_table("reference/licence_activities.csv")
    }


def licensed_groups(licence: str) -> dict[str, float]:
    """Return the groups a licence is for, the more stems name them the better, with weights that sum to 1.

    Examples
    --------
    >>> licensed_groups("Деятельность по розничной торговле алкогольной продукцией")["47.25"]
    0.25
    >>> licensed_groups("Частная охранная деятельность, № 7 до 2030-01-01")
    {'80.10': 1.0}
    >>> licensed_groups("№ 18")
    {}
    """
    said = words(licence)
    heard = [stems for stems in _table() if all(any(word.startswith(stem) for word in said) for stem in stems)]
    most = max(map(len, heard), default=0)
    found = {group for stems in heard if len(stems) == most for group in _table()[stems]}
    return {group: 1 / len(found) for group in sorted(found)}
