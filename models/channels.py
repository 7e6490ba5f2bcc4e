"""Trade codes as channels: they handle goods, they make none.

A wholesale or retail code is never a maker of what it sells. The table ``reference/channels.csv`` says whose goods it
handles, so that a trader can appear as a way to the goods.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from models.classifications import groups
from models.resources import read_table

#: Divisions of trade; the group under them that makes something: repair of motor vehicles.
TRADE = ("45", "46", "47")
MAKES = ("45.20",)


def is_channel(group: str) -> bool:
    """Tell whether a four-digit group trades in goods that others make.

    >>> is_channel("46.75"), is_channel("45.20"), is_channel("20.15")
    (True, False, False)
    """
    return group.startswith(TRADE) and group not in MAKES


def goods_handled(code: str) -> tuple[str, ...]:
    """Return the groups whose goods a trade code handles, sorted; empty for any other code.

    The longest prefix of ``code`` in the table decides.

    >>> "20.15" in goods_handled("46.75"), goods_handled("20.15")
    (True, ())
    """
    table = _handled()
    known = [prefix for prefix in table if code.startswith(prefix)]
    return table[max(known, key=len)] if known else ()


def channels_of(group: str) -> tuple[str, ...]:
    """Return the trade codes whose line names the goods of a group, sorted.

    >>> "46.75" in channels_of("20.15")
    True
    """
    return tuple(sorted(prefix for prefix, goods in _handled().items() if group in goods))


@cache
def _handled() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, set[str]] = defaultdict(set)
    for row in read_table("reference/channels.csv"):
        goods = row["goods_okved"]
        table[row["trade_okved"]].update(group for group in groups() if group.startswith(goods))
    return MappingProxyType({trade: tuple(sorted(goods)) for trade, goods in table.items()})
