"""How much of a supplier's sales one buyer could become: a dependence both should know of before they sign."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.match.pairs import Flow
from matcher.match.scorer import DEPENDENT
from matcher.report.figures import percent, share
from matcher.report.frame import Document, Frame
from models.text import T, Text

Floats = NDArray[np.float64]


def potential_shares(flow: Flow, supplier_rub: Floats, buyer_rub: Floats) -> Floats:
    """Return the share of a supplier's output that one buyer takes if it buys there all that it can, for some pairs.

    ``Σ_p min(S[i,p] y_i, r[j,p] y_j) / y_i``, nan where an output is unknown.

    Parameters
    ----------
    flow
        The pairs.
    supplier_rub, buyer_rub
        Outputs of both sides of each pair, shape (pairs,).
    """
    known = (supplier_rub > 0) & (buyer_rub > 0)
    sold = np.minimum(flow.supply * supplier_rub[flow.pair], flow.recipe * buyer_rub[flow.pair])
    return np.asarray(np.divide(flow.total(sold), supplier_rub, out=np.full(flow.count, np.nan), where=known))


def concentration(frame: Frame, part: float) -> Document:
    """Return the potential share of a pair, with a warning in words where the supplier would live by the buyer."""
    if np.isnan(part):
        return {"share": None, "risk": False, "text": frame.say(T("the size of one side is unknown"))}
    risk = part >= DEPENDENT
    return {"share": share(part), "risk": risk, "text": frame.say(_text(percent(part, frame.lang), risk))}


def _text(part: str, risk: bool) -> Text:
    if risk:
        return T("if the buyer bought here all it needs, it would be {share} of the supplier's sales", share=part)
    return T("if the buyer bought here all it needs, it would be only {share} of the supplier's sales", share=part)
