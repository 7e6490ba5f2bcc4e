"""The weights of the evidence model (``reference/evidence_weights.csv``) and how a class of many groups is spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from models.classifications import carry_okved1, okved1
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
def _origins() -> Mapping[str, float]:
    """Return, by OKVED-2 group, the summed weights of all OKVED-1 classes that lead to it."""
    found: dict[str, float] = {}
    for shares in okved1().values():
        for group, share in shares.items():
            found[group] = found.get(group, 0.0) + share
    return found


def old_spread(code: str) -> dict[str, float]:
    """Return the groups an OKVED-1 code leads to, weights summing to 1.

    A group's weight is its size times the part of it that comes from the code: ``size · w(code, g) / Σ w(any, g)``.

    Raises
    ------
    KeyError
        If the correspondence has no such class.
    """
    raw = {group: group_size(group) * share / _origins()[group] for group, share in carry_okved1(code)}
    total = sum(raw.values())
    return {group: value / total for group, value in raw.items()}
