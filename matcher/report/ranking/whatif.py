"""A changed shortlist beside the present one: how each candidate moved and which part moved it."""

from __future__ import annotations

import numpy as np

from matcher.match.shortlist import TOO_FAR, Ranking
from matcher.match.whatif import Changes, Move, moves
from matcher.report.figures import decimal
from matcher.report.frame import Document, Frame
from matcher.report.ranking.listing import Listing
from matcher.report.ranking.near_misses import rule_text
from matcher.report.ranking.reasons import PART_NAMES
from models.text import T, Text


def changes_item(changes: Changes) -> Document:
    """Return what was changed, as it was asked for."""
    return {
        "weights": dict(changes.weights),
        "without": list(changes.without),
        "prices": dict(changes.prices),
        "radius_km": changes.radius_km,
        "instead_of": changes.instead_of,
    }


def with_moves(frame: Frame, before: Ranking, listing: Listing, document: Document, top: int) -> Document:
    """Return a shortlist document with the move of every candidate, and those of the present first who left them."""
    after = listing.ranking
    shown, left = after.firms[listing.shown(top)], gone(before, after, top)
    return {
        **document,
        "items": [
            {**item, **move_item(frame, after, int(firm), move)}
            for item, firm, move in zip(document["items"], shown, moves(before, after, shown), strict=True)
        ],
        "left": [
            {**frame.firm(int(firm)), **move_item(frame, after, int(firm), move)}
            for firm, move in zip(left, moves(before, after, left), strict=True)
        ],
    }


def gone(before: Ranking, after: Ranking, top: int) -> np.ndarray:
    """Return the numbers of firms that were among the first and no longer are, in their former order."""
    first, now = (ranking.firms[ranking.order[:top]] for ranking in (before, after))
    return np.asarray(first[~np.isin(first, now)])


def move_item(frame: Frame, after: Ranking, firm: int, move: Move) -> Document:
    """Return one move with its reason in words."""
    return {
        "was": move.was,
        "now": move.now,
        "moved_by": move.part,
        "moved_by_log_odds": round(move.gain, 4) if move.part else None,
        "move": frame.say(move_text(frame, after, firm, move)),
    }


def move_text(frame: Frame, after: Ranking, firm: int, move: Move) -> Text:
    """Return a move in words; a candidate leaves the list because of the radius, or because its goods count no more."""
    if move.now is None:
        row = int(np.searchsorted(after.firms, firm))
        asked_for = row < len(after.firms) and after.firms[row] == firm
        why = rule_text(frame, after, row, TOO_FAR) if asked_for else T("nothing it makes is asked for any more")
        return T("off the list: {why}", why=why)
    if move.was is None:
        return T("new on the list")
    if move.was == move.now:
        return T("stays")
    figures = {"was": move.was, "now": move.now}
    if move.part is None:
        others = T("others left the list") if move.now < move.was else T("others came to the list")
        return T("from {was} to {now}: {why}", why=others, **figures)
    gain = decimal(move.gain, 2, frame.lang, sign=True)
    part = PART_NAMES[move.part]
    why = (
        T("{part} {gain} against those it passed", part=part, gain=gain)
        if move.now < move.was
        else T("{part} {gain} against those that passed it", part=part, gain=gain)
    )
    return T("from {was} to {now}: {why}", why=why, **figures)
