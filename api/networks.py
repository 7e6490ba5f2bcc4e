"""The networks of firms a server keeps: links and structure of a scope, computed once for each state of the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from api import answers
from api.asking import held
from api.computing import patience
from matcher.gaps.network import Links, Network
from matcher.pipeline.chain import firm_graph
from models.text import Lang

#: Networks have no words, so one language serves all visitors.
ANY: Lang = "ru"
#: What is kept of a network.
Part = TypeVar("Part")


def links(asked: Mapping[str, Any]) -> Links:
    """Return the links of the scope that was asked about."""
    return _kept("links", firm_graph.links_of, asked)


def network(asked: Mapping[str, Any]) -> Network:
    """Return the network of the scope that was asked about."""
    return _kept("network", firm_graph.network_in, asked)


def _kept(name: str, compute: Callable[..., Part], asked: Mapping[str, Any]) -> Part:
    scope = answers.scope(asked)
    return held().kept_undecided((name, *scope), ANY, lambda workspace: compute(workspace, *scope), patience())
