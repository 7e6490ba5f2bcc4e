"""Names of enumerated values as people read them."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.report.regions import STAGE_NAMES
from models.text import T, Text

ROLES: Mapping[str, Text] = {
    "maker": T("maker"),
    "service": T("service"),
    "channel": T("wholesaler"),
    "supplier": T("supplier"),
    "processor": T("processor"),
    "buyer": T("buyer"),
    "producer": T("producer"),
    "user": T("user"),
    "donor": T("gives"),
    "receiver": T("takes"),
    "provider": T("provider"),
    "customer": T("customer"),
    "contractor": T("makes to order"),
    "exporter": T("exporter"),
}

STAGES: Mapping[str, Text] = {
    **STAGE_NAMES,
    "missing": T("no local maker"),
    "shortage": T("too little made here"),
    "single_source": T("a single source"),
    "unprocessed_output": T("leaves unprocessed"),
    "broken_chain": T("a break in the chain"),
}

SCOPES: Mapping[str, Text] = {
    "core": T("main activities"),
    "support": T("supporting activities"),
}


def label(words: Mapping[str, Text], value: str) -> Text:
    """Return the words for a value, the value itself when it has none."""
    return words.get(value, Text(value))
