"""Through which activities of trade goods are sold, wholesale and retail: ``reference/trade_channels.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from models.resources import read_table


@cache
def _channels() -> Mapping[str, tuple[str, str]]:
    return {
        row["okved_prefix"]: (row["wholesale"], row["retail"]) for row in read_table("reference/trade_channels.csv")
    }


@cache
def channels_of(group: str, mode: str) -> tuple[str, ...]:
    """Return the trade activities that handle the goods of a group.

    >>> channels_of("20.15", "wholesale"), channels_of("20.15", "retail")
    (('46.75',), ('47.76',))
    >>> channels_of("20.15", "online")
    ('47.91',)
    """
    if mode == "online":
        return ("47.91",)
    prefixes = (group[:length].rstrip(".") for length in range(len(group), 1, -1))
    known = next((_channels()[prefix] for prefix in prefixes if prefix in _channels()), None)
    if known is None:
        return ()
    chosen = known[1:] if mode == "retail" else known[:1]
    return tuple(code for code in chosen if code)
