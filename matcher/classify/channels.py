"""Through which trade goods are sold, wholesale, retail or by agents: ``reference/trade_channels.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from matcher.classify.verbs import AGENT
from models.resources import read_table


@cache
def _channels() -> Mapping[str, Mapping[str, str]]:
    return {row["okved_prefix"]: row for row in read_table("reference/trade_channels.csv")}


@cache
def channels_of(group: str, mode: str) -> tuple[str, ...]:
    """Return the trade activities that handle the goods of a group.

    >>> channels_of("20.15", "wholesale"), channels_of("20.15", "retail")
    (('46.75',), ('47.76',))
    >>> channels_of("20.15", "online"), channels_of("20.15", "agent")
    (('47.91',), ('46.12',))
    """
    if mode == "online":
        return ("47.91",)
    prefixes = (group[:length].rstrip(".") for length in range(len(group), 1, -1))
    known = next((_channels()[prefix] for prefix in prefixes if prefix in _channels()), None)
    if known is None:
        return ()
    code = known[mode if mode in ("retail", AGENT) else "wholesale"]
    return (code,) if code else ()
