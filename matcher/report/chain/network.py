"""The structure of a network of firms in words a manager uses."""

from __future__ import annotations

import numpy as np

from graph.structure import Community
from matcher.gaps.network import Network
from matcher.report.figures import percent, rub, share
from matcher.report.frame import Document, Frame
from models.text import T

#: Firms and activities named of each group.
NAMED, ACTIVITIES = 5, 3


def network_document(frame: Frame, network: Network, top: int) -> Document:
    """Return sub-clusters, firms and links that hold the network together, and hubs; the first ``top`` of each."""
    return {
        "firms": len(network.graph),
        "links": network.graph.number_of_edges(),
        "observed": network.observed,
        "expected": network.expected,
        "communities": [_community(frame, network, each) for each in network.communities[:top]],
        "joints": [
            {
                **frame.firm(each.firm),
                "cut_off": len(each.cut_off),
                "names": [frame.firm(firm) for firm in _largest(frame, each.cut_off)],
                "text": frame.say(
                    T("without it so many firms are cut off from the others: {count}", count=len(each.cut_off))
                ),
            }
            for each in network.joints[:top]
        ],
        "bridges": [
            {"first": frame.firm(a), "second": frame.firm(b), "rub": rub(amount)}
            for a, b, amount in network.bridges[:top]
        ],
        "hubs": [_hub(frame, network, firm) for firm in _hubs(network)[:top]],
        "reach": [_reach(frame, network, firm) for firm in _far(network)[:top]],
    }


def named_in(network: Network, top: int) -> set[int]:
    """Return the numbers of all firms a document of the network may name."""
    named = {firm for each in network.communities[:top] for firm in each.members}
    named |= {firm for each in network.joints[:top] for firm in (each.firm, *each.cut_off)}
    named |= {firm for a, b, _ in network.bridges[:top] for firm in (a, b)}
    return named | set(_hubs(network)[:top]) | set(_far(network)[:top])


def _community(frame: Frame, network: Network, each: Community) -> Document:
    columns = frame.columns
    members = np.array(each.members)
    output = np.asarray(columns.shares[members].T @ columns.output_rub[members])
    main = np.argsort(-output, kind="stable")[:ACTIVITIES]
    return {
        "firms": len(members),
        "inside_share": share(each.inside),
        "output_rub": rub(float(columns.output_rub[members].sum())),
        "activities": [
            {"okved_code": frame.code(int(code)), "name": frame.code_name(int(code))}
            for code in main
            if output[code] > 0
        ],
        "members": [frame.firm(firm) for firm in _largest(frame, each.members)],
    }


def _hubs(network: Network) -> list[int]:
    """Return the firms that lie between others, the one on most ways first."""
    between = [firm for firm in network.between if network.between[firm] > 0]
    return sorted(between, key=lambda firm: (-network.between[firm], firm))


def _hub(frame: Frame, network: Network, firm: int) -> Document:
    part = network.between[firm]
    return {
        **frame.firm(firm),
        "partners": len(network.graph[firm]),
        "trade_rub": rub(float(sum(tie["weight"] for tie in network.graph[firm].values()))),
        "between": share(part),
        "text": frame.say(
            T(
                "trades with {partners} firms here; on {part} of the shortest ways between others",
                partners=len(network.graph[firm]),
                part=percent(part, frame.lang),
            )
        ),
    }


def _far(network: Network) -> list[int]:
    """Return the firms that supply others, the one that reaches most first; of equal ones that with most buyers."""
    suppliers = [firm for firm in network.reach if network.reach[firm]]
    return sorted(suppliers, key=lambda firm: (-network.reach[firm], -_buyers(network, firm), firm))


def _buyers(network: Network, firm: int) -> int:
    return int((network.links.supplier == firm).sum())


def _reach(frame: Frame, network: Network, firm: int) -> Document:
    count, direct = network.reach[firm], _buyers(network, firm)
    return {
        **frame.firm(firm),
        "reaches": count,
        "buyers": direct,
        "text": frame.say(T("buyers here: {direct}; with their buyers and so on: {count}", direct=direct, count=count)),
    }


def _largest(frame: Frame, firms: tuple[int, ...]) -> list[int]:
    return sorted(firms, key=lambda firm: (-float(frame.columns.output_rub[firm]), firm))[:NAMED]
