"""Candidates that are partners already, as observed sales show: they are never offered as new."""

from __future__ import annotations

from matcher.index.columns import Columns
from matcher.report.figures import money, rub
from matcher.report.frame import Document, Frame
from matcher.report.ranking.listing import Listing
from models.text import T, Text


def partner_item(frame: Frame, listing: Listing, row: int) -> Document:
    """Return a present partner with the sales on record."""
    ranking = listing.ranking
    firm, asker = int(ranking.firms[row]), listing.party.firm
    pair = (firm, asker) if listing.side == "supplier" else (asker, firm)
    count, amount = sales_between(frame.columns, *pair)
    return {
        **frame.firm(firm),
        "score": round(float(ranking.scores.score[row]), 4),
        "distance_km": round(float(ranking.scores.distance_km[row]), 1),
        "sales": count,
        "amount_rub": rub(amount),
        "text": frame.say(_told(count, None if amount is None else money(amount, frame.lang))),
    }


def sales_between(columns: Columns, supplier: int | None, buyer: int | None) -> tuple[int, float | None]:
    """Return how many sales of one firm to another are on record, and their sum where any states an amount."""
    if supplier is None or buyer is None:
        return 0, None
    first, last = columns.link_supplier.searchsorted([supplier, supplier + 1])  # links are sorted by both
    at = first + int(columns.link_buyer[first:last].searchsorted(buyer))
    if at == last or columns.link_buyer[at] != buyer:
        return 0, None
    amount = float(columns.link_amount_rub[at])
    return int(columns.link_count[at]), amount if amount > 0 else None


def _told(count: int, amount: str | None) -> Text:
    if amount is None:
        return T("sales on record: {count}", count=count)
    return T("sales on record: {count}, {amount} in all", count=count, amount=amount)
