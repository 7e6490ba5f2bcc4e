"""The networks of firms a server keeps: links and structure of a scope, computed once for each state of the data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api import answers
from api.asking import held
from api.computing import patience
from matcher.gaps.network import Links, Network, network_of
from matcher.pipeline import firm_graph
from models.text import Lang

#: Networks have no words, so one language serves all visitors.
ANY: Lang = "ru"


def links(asked: Mapping[str, Any]) -> Links:
    """Return the links of the scope that was asked about."""
    scope = answers.scope(asked)
    return held().kept_undecided(
        ("links", *scope), ANY, lambda workspace: firm_graph.links_of(workspace, *scope), patience()
    )


def network(asked: Mapping[str, Any]) -> Network:
    """Return the network of the scope that was asked about."""
    found = links(asked)
    return held().kept_undecided(("network", *answers.scope(asked)), ANY, lambda _: network_of(found), patience())
