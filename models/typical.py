"""What kinds of activities typically buy: the bundled table, by group of the buyer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from models.resources import read_table

Level = Literal["main", "regular", "minor"]
#: How inputs are sorted: by roubles, or by what the buyer's trade typically takes.
Order = Literal["coefficient", "need"]

TABLE = "reference/typical_inputs.csv"


def typical_level(supply_okved: str, buyer_okved: str) -> Level | None:
    """Return how much a group's goods matter to a buyer's kind of activity, or ``None`` if the table does not say.

    The longest prefix of the buyer in the table decides.

    >>> typical_level("20.20", "01.21"), typical_level("30.11", "01.21")
    ('main', None)
    """
    known = levels_of(supply_okved)
    return next((known[buyer_okved[:end]] for end in (4, 2) if buyer_okved[:end] in known), None)


def levels_of(supply_okved: str) -> Mapping[str, Level]:
    """Return the level of a supplying group by the prefix of its buyers."""
    return _table().get(supply_okved, MappingProxyType({}))


@cache
def _table() -> Mapping[str, Mapping[str, Level]]:
    table: dict[str, dict[str, Level]] = {}
    for row in read_table(TABLE):
        table.setdefault(row["supply_okved"], {})[row["buyer_prefix"]] = cast(Level, row["level"])
    return MappingProxyType(table)
