"""What has changed in the evidence for a joint-project candidate since it was decided on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.report.frame import Document

#: Amounts of a candidate that are set side by side, roubles a year; those of its gap apart.
AMOUNTS = ("value_rub", "value_low_rub", "value_high_rub", "benefit_rub")
OF_THE_GAP = ("demand_rub", "supply_rub", "gap_rub")


def changed_evidence(then: Mapping[str, Any], now: Mapping[str, Any]) -> Document:
    """Return amounts of that day beside today's, and who has joined and left since.

    Examples
    --------
    >>> firm = {"inn": "1", "name": "One"}
    >>> found = changed_evidence({"value_rub": 5, "participants": []}, {"value_rub": 7, "participants": [firm]})
    >>> found["amounts"][0], found["joined"], found["left"]
    ({'name': 'value_rub', 'then': 5, 'now': 7, 'change': 0.4}, [{'inn': '1', 'name': 'One'}], [])
    """
    before, after = then.get("gap") or {}, now.get("gap") or {}
    pairs = [
        *((name, then.get(name), now.get(name)) for name in AMOUNTS),
        *((name, before.get(name), after.get(name)) for name in OF_THE_GAP),
    ]
    took, take = _by_inn(then), _by_inn(now)
    return {
        "amounts": [_beside(name, was, own) for name, was, own in pairs if was is not None or own is not None],
        "joined": [firm for inn, firm in take.items() if inn not in took],
        "left": [firm for inn, firm in took.items() if inn not in take],
    }


def _beside(name: str, was: float | None, own: float | None) -> Document:
    change = own / was - 1.0 if was and own is not None else None
    return {"name": name, "then": was, "now": own, "change": None if change is None else round(change, 4)}


def _by_inn(item: Mapping[str, Any]) -> dict[str, Document]:
    return {each["inn"]: {"inn": each["inn"], "name": each["name"]} for each in item.get("participants", ())}
