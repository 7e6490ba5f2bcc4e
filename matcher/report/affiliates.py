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
    """Return the reason: one founded or runs the other, they share an owner, or a chain of owners joins them."""
    inns = [frame.columns.node_inn(node) for node in tie.path]
    runs = _runs(frame, tie)
    if len(inns) == 2 and runs:
        return T("managing company of INN {inn}", inn=inns[0]) if tie.ups else T("run by INN {inn}", inn=inns[0])
    if len(inns) == 2:
        return T("founder of INN {inn}", inn=inns[0]) if tie.ups else T("founded by INN {inn}", inn=inns[0])
    summit = inns[tie.ups]
    if len(inns) == 3 and tie.ups == 1 and runs in (0, 2):
        return (
            T("shared managing company, INN {inn}", inn=summit) if runs else T("shared founder, INN {inn}", inn=summit)
        )
    chain = chain_of(inns, tie.ups)
    if runs:
        return T("one group by founders and managing companies: {chain}", chain=chain)
    if tie.ups in (0, len(inns) - 1):
        return T("one group by a chain of founders: {chain}", chain=chain)
    return T("one group under the founder INN {inn}: {chain}", inn=summit, chain=chain)


def _runs(frame: Frame, tie: Tie) -> int:
    """Return how many steps of a path are between a firm and a managing company that did not found it."""
    steps = enumerate(zip(tie.path, tie.path[1:], strict=False))
    return sum(((one, other) if at < tie.ups else (other, one)) in frame.columns.run_by for at, (one, other) in steps)


def chain_of(inns: list[str], ups: int) -> str:
    """Return a chain of founders; arrows point from owner to daughter.

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
