"""Use cases of the view from the other side: what the asker is to each candidate, and whom a supplier fits."""

from __future__ import annotations

import numpy as np

from matcher.match.batch import Batch
from matcher.match.mutual import Place, among_buyers, among_suppliers, anchors_fitted
from matcher.match.pairs import firm_party
from matcher.match.scorer import default_weights
from matcher.match.shortlist import Filters, Ranking, rank_buyers
from matcher.pipeline.workspace import Workspace
from matcher.report.figures import rub
from matcher.report.frame import Document

#: Anchors named on a card.
ANCHORS_SHOWN = 5


def place_item(place: Place) -> Document:
    """Return a place on a list as documents state it."""
    return {"rank": place.rank, "total": place.total}


def ranks_of_pair(workspace: Workspace, alone: Ranking, supplier: int, buyer: int) -> Document:
    """Return the place of each side of a pair on the other's list, filters aside.

    Parameters
    ----------
    alone
        The supplier ranked by itself for the buyer.
    """
    score = float(alone.scores.score[0])
    ours, theirs = (workspace.weighing(firm_party(workspace.columns, firm)).weights for firm in (buyer, supplier))
    return {
        "supplier_for_buyer": place_item(_among_suppliers(workspace, supplier, buyer, score)),
        "buyer_for_supplier": place_item(_among_buyers(workspace, supplier, buyer, score if ours == theirs else None)),
    }


def with_other_side(workspace: Workspace, document: Document, side: str, asker: int) -> Document:
    """Return a shortlist with the asker's place on the list of every candidate shown.

    Parameters
    ----------
    side
        Which end of the pairs the candidates are: ``supplier`` or ``buyer``.
    asker
        The firm that asks.
    """

    def place(inn: str) -> Place:
        firm = workspace.firm(inn)
        return _among_buyers(workspace, firm, asker) if side == "supplier" else _among_suppliers(workspace, asker, firm)

    def with_place(items: list[Document]) -> list[Document]:
        return [{**item, "mutual": place_item(place(item["inn"]))} for item in items]

    return {
        **document,
        "items": with_place(document["items"]),
        "groups": [{**group, "items": with_place(group["items"])} for group in document["groups"]],
        **{part: with_place(document[part]) for part in ("users", "channels")},
    }


def anchors_of(workspace: Workspace, firm: int) -> list[Document]:
    """Return the large producers that a firm could supply, best first, with its place among their suppliers."""
    columns, economy, party = workspace.columns, workspace.economy, firm_party(workspace.columns, firm)
    weights = workspace.weighing(party).weights
    ranking = rank_buyers(columns, economy, party, Filters(), workspace.decisions, weights)
    rows = [int(row) for row in anchors_fitted(columns, economy, ranking, ANCHORS_SHOWN)]
    frame = workspace.frame(int(ranking.firms[row]) for row in rows)
    expected = ranking.scores.trade.of(np.array(rows, dtype=np.int64))
    return [
        {
            **frame.firm(int(ranking.firms[row])),
            "score": round(float(ranking.scores.score[row]), 4),
            "distance_km": round(float(ranking.scores.distance_km[row]), 1),
            "expected_value_rub": rub(value),
            "place": place_item(_among_suppliers(workspace, firm, int(ranking.firms[row]))),
        }
        for row, value in zip(rows, expected, strict=True)
    ]


def _among_buyers(workspace: Workspace, supplier: int, buyer: int, score: float | None = None) -> Place:
    columns = workspace.columns
    weights = workspace.weighing(firm_party(columns, supplier)).weights
    return among_buyers(columns, workspace.economy, workspace.decisions, supplier, buyer, weights, score)


def _among_suppliers(workspace: Workspace, supplier: int, buyer: int, score: float | None = None) -> Place:
    columns = workspace.columns
    weights = workspace.weighing(firm_party(columns, buyer)).weights or default_weights()
    batch = workspace.of_decisions.get(
        ("batch", *weights.items()), lambda: Batch(columns, workspace.economy, workspace.decisions, weights)
    )
    return among_suppliers(batch, supplier, buyer, score)
