"""The weights of the evidence model (``reference/evidence_weights.csv``) and how a class of many groups is spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from models.classifications import okved1, okved1_classes, okved1_detail
from models.resources import read_table


@cache
def _weights() -> Mapping[str, float]:
    return {row["key"]: float(row["value"]) for row in read_table("reference/evidence_weights.csv")}


def weight(key: str) -> float:
    """Return one weight of the evidence model.

    >>> weight("name_ratio") > 1
    True
    """
    return _weights()[key]


@cache
def _outputs() -> Mapping[str, float]:
    return {row["okved_code"]: float(row["output_rub"]) for row in read_table("reference/group_output_2016.csv")}


@cache
def group_size(code: str) -> float:
    """Return how large a group of activities is: its output in the economy to the power ``size_power``.

    Outputs are estimates and a few giants (building, oil, public works) take part in odd correspondences: at least a
    thousandth and at most ``size_limit`` times the mean counts.
    """
    mean = sum(_outputs().values()) / len(_outputs())
    relative = _outputs().get(code, 0.0) / mean
    return float(min(max(relative, 0.001), weight("size_limit")) ** weight("size_power"))


def spread(codes: Sequence[str]) -> dict[str, float]:
    """Return the groups of a class with weights that sum to 1, by their size.

    >>> spread(("20.15",))
    {'20.15': 1.0}
    """
    total = sum(map(group_size, codes))
    return {code: group_size(code) / total for code in codes}


@cache
def _classes() -> Mapping[str, Mapping[str, float]]:
    """Return OKVED-1 class → OKVED-2 group → weight, summing to 1: as read by hand, else as published."""
    return {code: _parts(okved1_detail(code) or shares) for code, shares in okved1().items()}


def _parts(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {group: weight / total for group, weight in weights.items()}


@cache
def _origins() -> Mapping[str, float]:
    """Return, by OKVED-2 group, the summed weights of all OKVED-1 classes that lead to it."""
    found: Counter[str] = Counter()
    for shares in _classes().values():
        found.update(shares)
    return found


def old_spread(code: str) -> dict[str, float]:
    """Return the groups an OKVED-1 code leads to, weights summing to 1.

    A group's weight is its size times the part of it that comes from the code: ``size · w(code, g) / Σ w(any, g)``; of
    a code of four or more digits that was read by hand, its size times its strength there.

    Raises
    ------
    KeyError
        If the correspondence has no such class.

    Examples
    --------
    >>> {group: round(part, 2) for group, part in old_spread("01.11.1").items()}
    {'01.11': 0.95, '01.12': 0.05}
    """
    read = okved1_detail(code)
    if read:
        return _parts({group: group_size(group) * strength for group, strength in read.items()})
    shares: Counter[str] = Counter()
    for known in okved1_classes(code):
        shares.update(_classes()[known])
    if not shares:
        raise KeyError(code)
    return _parts({group: group_size(group) * share / _origins()[group] for group, share in shares.items()})
