"""What licences say of an activity, and which activity needs one.

The first is ``reference/licence_activities.csv``, the second ``reference/licensed_activities.csv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from matcher.classify.hints import groups_of
from matcher.classify.words import words
from models.classifications import GROUP_LENGTH
from models.licences import is_product_entry
from models.prefixes import PrefixTable
from models.resources import read_table
from models.text import Lang

_LICENSED = "reference/licensed_activities.csv"


class Need(NamedTuple):
    """A licence that an activity needs: what for and by which law, by language, and the groups that need the same."""

    purpose: Mapping[Lang, str]
    law: Mapping[Lang, str]
    groups: frozenset[str]


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


@cache
def _needs() -> PrefixTable:
    return PrefixTable.bundled(_LICENSED, "okved_code")


@cache
def _groups_licensed_for(purpose: str) -> frozenset[str]:
    codes = (code for code, row in _needs().rows.items() if row["licence"] == purpose)
    return frozenset(groups_of(tuple(code[:GROUP_LENGTH] for code in codes)))


def licence_needed(code: str) -> Need | None:
    """Return the licence without which nobody may do what an OKVED-2 code says, ``None`` where none is known.

    Examples
    --------
    >>> licence_needed("46.46.1").purpose["en"], licence_needed("86.10").law["en"]
    ('pharmaceutical activity', '99-FZ, art. 12, part 1, item 46')
    >>> licence_needed("46.46"), licence_needed("80.10.1")
    (None, None)
    """
    row = _needs().get(code)
    if row is None or not row["licence"]:
        return None
    return Need(
        {"ru": row["licence"], "en": row["licence_en"]},
        {"ru": row["law"], "en": row["law_en"]},
        _groups_licensed_for(row["licence"]),
    )


def is_licensed(licences: Iterable[str], need: Need) -> bool | None:
    """Tell whether some licence is the one needed; ``None`` where one is told in words that lead to no activity.

    Examples
    --------
    >>> need = licence_needed("21.10")
    >>> is_licensed(["Производство лекарственных средств (№ 7)"], need), is_licensed(["Услуги связи (№ 8)"], need)
    (True, False)
    >>> is_licensed([], need), is_licensed(["№ 9"], need)
    (False, None)
    """
    said = [licensed_groups(licence) for licence in licences if not is_product_entry(licence)]
    if any(need.groups & groups.keys() for groups in said):
        return True
    return False if all(said) else None
