"""How two firms belong to one group, in words and as a part of documents."""

from __future__ import annotations

from collections.abc import Iterable

from graph.ownership import Tie
from matcher.report.frame import Document, Frame
from models.text import T, Text


def affiliation(frame: Frame, tie: Tie) -> Document:
    """Return how a firm is affiliated with another, from the one that was asked about."""
    return {"text": frame.say(tie_text(frame, tie)), "path": [frame.columns.node_inn(node) for node in tie.path]}


def tie_text(frame: Frame, tie: Tie) -> Text:
    """Return the reason: one founded the other, they share a founder, or a chain of founders joins them."""
    inns = [frame.columns.node_inn(node) for node in tie.path]
    if len(inns) == 2:
        return T("founder of INN {inn}", inn=inns[0]) if tie.ups else T("founded by INN {inn}", inn=inns[0])
    summit = inns[tie.ups]
    if len(inns) == 3 and tie.ups == 1:
        return T("shared founder, INN {inn}", inn=summit)
    chain = chain_of(inns, tie.ups)
    if tie.ups in (0, len(inns) - 1):
        return T("one group by a chain of founders: {chain}", chain=chain)
    return T("one group under the founder INN {inn}: {chain}", inn=summit, chain=chain)


def chain_of(inns: list[str], ups: int) -> str:
    """Return a chain of founders; arrows point from founder to daughter.

    >>> chain_of(["1", "2", "3", "4"], 2)
    '1 ← 2 ← 3 → 4'
    """
    return inns[0] + "".join(f" {'←' if at < ups else '→'} {inn}" for at, inn in enumerate(inns[1:]))


def affiliates_of(frame: Frame, firm: int) -> list[Document]:
    """Return the firms of a firm's group that the register holds, nearest first, each with how it belongs to it."""
    return [{**frame.firm(other), **affiliation(frame, tie)} for other, tie in frame.columns.ties(firm).items()]


def affiliates_with(frame: Frame, kin: Iterable[tuple[int, int, Tie]]) -> list[Document]:
    """Return firms left out, each with the firm ``of`` whose group it is and how it belongs to it."""
    return [{**frame.firm(firm), "of": frame.firm(of), **affiliation(frame, tie)} for firm, of, tie in kin]
