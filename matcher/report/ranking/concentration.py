"""How much of a supplier's sales one buyer could become: a dependence both should know of before they sign."""

from __future__ import annotations

from matcher.match.pairs import Party
from matcher.match.scorer import DEPENDENT
from matcher.match.shortlist import Ranking
from matcher.report.figures import percent, share
from matcher.report.frame import Document, Frame
from models.text import T, Text


def potential_share(ranking: Ranking, row: int, supplier: Party, buyer: Party) -> float | None:
    """Return the share of a supplier's output that one buyer takes if it buys there all that it can.

    ``Σ_p min(S[i,p] y_i, r[j,p] y_j) / y_i``, ``None`` where an output is unknown.
    """
    if supplier.output_rub <= 0 or buyer.output_rub <= 0:
        return None
    flow = ranking.flow.one(row)
    sold = (flow.supply * supplier.output_rub).clip(max=flow.recipe * buyer.output_rub)
    return float(sold.sum() / supplier.output_rub)


def concentration(frame: Frame, ranking: Ranking, row: int, supplier: Party, buyer: Party) -> Document:
    """Return the potential share of a pair, with a warning in words where the supplier would live by the buyer."""
    part = potential_share(ranking, row, supplier, buyer)
    if part is None:
        return {"share": None, "risk": False, "text": frame.say(T("the size of one side is unknown"))}
    risk = part >= DEPENDENT
    return {"share": share(part), "risk": risk, "text": frame.say(_text(percent(part, frame.lang), risk))}


def _text(part: str, risk: bool) -> Text:
    if risk:
        return T("if the buyer bought here all it needs, it would be {share} of the supplier's sales", share=part)
    return T("if the buyer bought here all it needs, it would be only {share} of the supplier's sales", share=part)
