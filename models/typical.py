"""What activities typically buy: two bundled tables, by buyer.

One speaks of kinds of activities (classes and subclasses), the other lists the inputs of a single group in the order in
which an engineer of the trade would name them. A group with a list of its own goes by that list alone; its kind may be
of another branch (blank media are chemistry in the published tables, electronics by their code).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from models.resources import read_table

Level = Literal["main", "regular", "minor"]
#: How inputs are sorted: by roubles, or by what the buyer's trade typically takes.
Order = Literal["coefficient", "need"]

KINDS, GROUPS = "reference/typical_inputs.csv", "reference/group_inputs.csv"


@dataclass(frozen=True, slots=True)
class Typical:
    """How an input is listed: its level, and its place in the group's own list, ``None`` for a line of the kind."""

    level: Level
    place: int | None = None


def typical(supply_okved: str, buyer_okved: str) -> Typical | None:
    """Return how a group's goods are listed for a buyer, or ``None`` if no table names them.

    >>> typical("08.11", "23.51"), typical("23.51", "23.51").place is not None, typical("01.45", "23.51")
    (Typical(level='main', place=3), True, None)
    """
    own = own_inputs(buyer_okved)
    return own.get(supply_okved) if own else typical_of_kind(supply_okved, buyer_okved)


def typical_level(supply_okved: str, buyer_okved: str) -> Level | None:
    """Return how much a group's goods matter to a buyer, or ``None`` if no table names them.

    >>> typical_level("20.20", "01.21"), typical_level("30.11", "01.21")
    ('main', None)
    """
    found = typical(supply_okved, buyer_okved)
    return found.level if found else None


def typical_of_kind(supply_okved: str, buyer_okved: str) -> Typical | None:
    """Return what the buyer's subclass, else its class, takes of a group, whatever the buyer's own list says."""
    known = _kinds().get(supply_okved, {})
    level = next((known[buyer_okved[:end]] for end in (4, 2) if buyer_okved[:end] in known), None)
    return Typical(level) if level else None


def own_inputs(buyer_okved: str) -> Mapping[str, Typical]:
    """Return the list of a group by supplying group, in the order of places; empty where it has none."""
    return _groups().get(buyer_okved, MappingProxyType({}))


@cache
def _kinds() -> Mapping[str, Mapping[str, Level]]:
    table: dict[str, dict[str, Level]] = {}
    for row in read_table(KINDS):
        table.setdefault(row["supply_okved"], {})[row["buyer_prefix"]] = cast(Level, row["level"])
    return MappingProxyType(table)


@cache
def _groups() -> Mapping[str, Mapping[str, Typical]]:
    table: dict[str, dict[str, Typical]] = {}
    for row in read_table(GROUPS):
        entry = Typical(cast(Level, row["level"]), int(row["place"]))
        table.setdefault(row["buyer_okved"], {})[row["supply_okved"]] = entry
    return MappingProxyType(table)
